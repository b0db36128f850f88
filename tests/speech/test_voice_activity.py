"""Where somebody speaks is found, and nobody is heard where there is no voice."""

from __future__ import annotations

import pytest

pytest.importorskip(
    "faster_whisper", reason="the detector of voices is not installed: pip install faster-whisper"
)

import numpy as np

from tutor.speech.recording import RATE, evened
from tutor.speech.voice_activity import find_speech

from .clips import VOICES, Sound, click, hum, said, silence, tone, white_noise

NOBODY = {
    "nothing": silence(2),
    "no samples": silence(0),
    "one sample": np.ones(1),
    "a click": click(),
    "clicks": np.concatenate([click()] * 4),
    "hum": hum(3),
    "a tone": tone(1000, 2),
    "faint noise": white_noise(3, 0.001),
    "noise": white_noise(3, 0.1),
    "loud noise": white_noise(3, 0.5),
    "30 s of noise": white_noise(30, 0.1),
    "a rumble": np.cumsum(white_noise(2, 0.003)),
    "a constant": np.full(RATE, 0.5),
}


def speech_in(sound: Sound) -> tuple[float, float, float] | None:
    """Where it begins and ends and how long its pauses are, in seconds."""
    found = find_speech(evened(sound.astype(np.float32)))
    return (found.start / RATE, found.end / RATE, found.pauses / RATE) if found else None


@pytest.mark.parametrize("kind", NOBODY)
def test_where_nobody_speaks_nobody_is_heard(kind: str) -> None:
    assert speech_in(NOBODY[kind]) is None


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("word", ["i", "o", "nie", "tak", "cześć", "źdźbło", "szczęście"])
def test_the_shortest_words_are_heard_at_their_place(word: str, voice: str) -> None:
    alone = said(word, voice)
    found = speech_in(np.concatenate([silence(1), alone, silence(0.7)]))
    assert found
    start, end, pauses = found
    assert 0.9 <= start < end <= 1.1 + len(alone) / RATE
    assert pauses == 0


def test_a_pause_counts_once_and_silence_around_does_not() -> None:
    one, other = said("dziękuję"), said("bardzo")
    found = speech_in(np.concatenate([silence(2), one, silence(0.9), other, silence(3)]))
    assert found
    start, end, pauses = found
    assert abs(start - 2) < 0.15
    assert abs(end - 2.9 - (len(one) + len(other)) / RATE) < 0.25
    assert 0.8 < pauses < 1.15
    closure = find_speech(np.concatenate([one, silence(0.15), other]).astype(np.float32))
    assert closure and closure.pauses == 0


def test_how_long_it_took_to_begin_is_told_in_milliseconds() -> None:
    found = find_speech(np.concatenate([silence(1.5), said("dziękuję")]).astype(np.float32))
    assert found and abs(found.start_ms - 1500) < 120
    assert found.seconds == (found.end - found.start) / RATE


def test_a_distant_microphone_is_heard_as_well() -> None:
    speech = said("dziękuję bardzo")
    near, far = speech_in(speech), speech_in(0.02 * speech)
    assert near and far and far == pytest.approx(near, abs=0.1)
