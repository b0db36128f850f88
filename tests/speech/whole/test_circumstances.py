"""Rooms, microphones and other languages: what is no fault of the learner never counts as one."""

from __future__ import annotations

from time import process_time

import numpy as np
import pytest

from benchmarks.renders import noisy
from speech.clips import (
    RATE,
    Sound,
    encoded,
    float_wav,
    melody,
    said,
    silence,
    spoken,
    white_noise,
)
from tutor.speech.evaluation import Evaluator, Hearing
from tutor.speech.recording import Recording, read_recording

from .conftest import Judge

TEXT = "dziękuję bardzo"


def siren() -> Sound:
    return np.concatenate([silence(1), 0.3 * np.sin(np.linspace(0, 60, 2 * RATE) ** 2.2), silence(1)])


def buzzer() -> Sound:
    """Pulses through a vowel's resonances: as near to a voice as a machine comes that says nothing."""
    sound = np.zeros(2 * RATE)
    sound[:: RATE // 100] = 1.0
    for hertz, width in ((700, 80), (1200, 90), (2500, 120)):
        decay = np.exp(-np.pi * width / RATE)
        one, two = 2 * decay * np.cos(2 * np.pi * hertz / RATE), -(decay**2)
        for n in range(2, len(sound)):
            sound[n] += one * sound[n - 1] + two * sound[n - 2]
    return np.concatenate([silence(1), 0.5 * sound / np.abs(sound).max(), silence(1)])


@pytest.mark.parametrize("sound", [*(melody(3, seed) for seed in range(5)), siren(), buzzer()])
def test_music_and_machines_are_never_graded(sound: Sound, evaluator: Evaluator) -> None:
    """Silero takes parts of these for speech; that the rest is as loud tells that they are none."""
    result = evaluator.evaluate(encoded(sound), TEXT)
    assert result.hearing is not Hearing.HEARD
    assert not result.passed


@pytest.mark.parametrize("text", ["nie rozumiem", "woda niegazowana", "pada deszcz", TEXT, "idę do sklepu"])
@pytest.mark.parametrize(("voice", "seed"), [("pl", 1), ("pl+m5", 2)])
def test_noise_never_counts_against_what_was_said_right(
    text: str, voice: str, seed: int, evaluator: Evaluator
) -> None:
    result = evaluator.evaluate(noisy(spoken(text, voice), seed, 10.0), text)
    assert result.passed or result.hearing is Hearing.NOISY


@pytest.mark.parametrize("decibels", [17.0, 20.0])
@pytest.mark.parametrize("text", [TEXT, "pada deszcz", "nie rozumiem", "idę do sklepu"])
def test_in_an_ordinary_room_what_was_said_right_passes(
    text: str, decibels: float, evaluator: Evaluator
) -> None:
    """It is heard again without the noise: as it is, this model mistakes each of them in one of the two."""
    assert evaluator.evaluate(noisy(spoken(text), 3, decibels), text).passed


def test_in_an_ordinary_room_a_wrong_word_is_graded(evaluator: Evaluator) -> None:
    result = evaluator.evaluate(noisy(spoken("gdzie jest toaleta"), 3, 20.0), "gdzie jest dworzec")
    assert result.hearing is Hearing.HEARD and not result.passed and result.words[2].missed


def test_in_noise_nothing_wrong_passes_and_nothing_is_graded(evaluator: Evaluator) -> None:
    result = evaluator.evaluate(noisy(spoken("gdzie jest dworzec"), 4, 8.0), TEXT)
    assert result.hearing is Hearing.NOISY and not result.passed and not result.right_words


@pytest.mark.parametrize("voice", ["pl", "pl+f3", "pl+m3"])
def test_too_loud_a_recording_is_judged_and_told_as_that(voice: str, evaluator: Evaluator) -> None:
    whole = said(TEXT, voice)
    result = evaluator.evaluate(encoded(np.clip(3 * whole / np.abs(whole).max(), -1, 1)), TEXT)
    assert result.clipped and result.hearing is Hearing.HEARD
    assert not any(word.missed for word in result.words)


@pytest.mark.parametrize("loud", [0.02, 0.2])
def test_a_distant_microphone_costs_nothing(loud: float, evaluator: Evaluator, judge: Judge) -> None:
    result = evaluator.evaluate(encoded(loud * said(TEXT)), TEXT)
    assert result.passed and not result.clipped
    assert abs(result.total - judge(TEXT, TEXT).total) < 3


@pytest.mark.parametrize(
    ("voice", "text", "expected"),
    [
        ("en-us", "thank you very much", TEXT), ("en-us", "good morning", "dzień dobry"),
        ("en-us", "yes", "tak"), ("en-us", "I love you", "kocham cię"), ("de", "danke schön", TEXT),
        ("de", "guten Tag", "dzień dobry"), ("de", "auf Wiedersehen", "do widzenia"), ("de", "nein", "nie"),
    ],
)  # fmt: skip
def test_another_language_never_passes(voice: str, text: str, expected: str, judge: Judge) -> None:
    result = judge(text, expected, voice=voice)
    assert not result.passed and not result.right_words


@pytest.mark.parametrize("text", [TEXT, "dzień dobry", "przepraszam", "poproszę kawę z mlekiem"])
def test_read_as_if_it_were_english_it_does_not_pass(text: str, judge: Judge) -> None:
    assert not judge(text, text, voice="en-us").passed


def test_samples_that_are_no_numbers_cost_no_more_than_a_click(evaluator: Evaluator) -> None:
    sound = said(TEXT)
    sound[5000:5010], sound[9000] = np.nan, np.inf
    for recording in (float_wav(sound), Recording(sound.astype(np.float32))):
        result = evaluator.evaluate(recording, TEXT)
        assert result.hearing is Hearing.HEARD and not any(word.missed for word in result.words)


def test_of_ten_minutes_the_first_half_minute_is_judged_soon(evaluator: Evaluator) -> None:
    sound = np.tile(np.concatenate([said(TEXT), silence(1)]), 300)[: 600 * RATE]
    content, begun = encoded(sound), process_time()
    result = evaluator.evaluate(content, TEXT)
    assert process_time() - begun < 12
    assert result.seconds <= 30 and not result.passed
    assert all(0 <= word.start <= word.end <= 30 for word in result.words)


def test_silence_around_moves_the_words_and_nothing_else(evaluator: Evaluator, judge: Judge) -> None:
    first, second = said("dziękuję"), said("bardzo")
    pause = silence(0.4)
    sound = np.concatenate([silence(1.5), first, pause, second, silence(1)])
    result = evaluator.evaluate(read_recording(encoded(sound.astype(np.float32))), TEXT)
    assert result.passed and abs(result.start_ms - 1500) < 120
    one, other = result.words
    pause_begins = 1.5 + len(first) / RATE
    assert one.start == pytest.approx(1.5, abs=0.25)
    assert pause_begins - 0.3 <= other.start <= pause_begins + 0.55
    assert other.end == pytest.approx((len(sound) - RATE) / RATE, abs=0.25)
    assert abs(result.seconds - (len(sound) / RATE - 2.5)) < 0.25


@pytest.mark.parametrize("text", ["mam psa i kota", "poproszę kawę z mlekiem", "jak się masz"])
@pytest.mark.parametrize("around", [0.0, 0.7])
def test_words_are_in_order_and_inside_the_recording(text: str, around: float, evaluator: Evaluator) -> None:
    sound = np.concatenate([silence(around), said(text), silence(around)])
    words = evaluator.evaluate(encoded(sound), text).words
    assert all(0 <= word.start < word.end <= len(sound) / RATE + 0.02 for word in words)
    starts, ends = [word.start for word in words], [word.end for word in words]
    assert starts == sorted(starts) and ends == sorted(ends)
    # One step of the encoder may belong to two words.
    assert all(after >= before - 0.021 for before, after in zip(ends, starts[1:], strict=False))


def test_a_slow_learner_loses_fluency_not_accuracy(evaluator: Evaluator, judge: Judge) -> None:
    sound = np.concatenate([said("dziękuję"), silence(0.6), said("bardzo")])
    slow, quick = evaluator.evaluate(encoded(sound), TEXT), judge(TEXT, TEXT)
    assert slow.fluency < 85 and quick.fluency == 100
    assert slow.right_words and slow.accuracy > 90


def test_noise_alone_beside_a_word_is_not_taken_for_a_word(evaluator: Evaluator) -> None:
    sound = np.concatenate([white_noise(1, 0.003), said(TEXT), white_noise(1, 0.003)])
    result = evaluator.evaluate(encoded(sound), TEXT)
    assert result.passed and not result.extra
