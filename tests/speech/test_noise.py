"""Noise is measured, and taken away without taking the sound with it."""

from __future__ import annotations

import math

import pytest

pytest.importorskip("av", reason="the decoder of recordings is not installed: pip install av")

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tutor.speech.noise import less_noisy, signal_to_noise
from tutor.speech.recording import RATE
from tutor.speech.voice_activity import Speaking

from .clips import said, silence, tone, white_noise


def power(samples: object) -> float:
    return float(np.mean(np.asarray(samples, np.float64) ** 2))


SPEAKING = Speaking(RATE, 2 * RATE, 0)


@pytest.mark.parametrize("decibels", [0, 10, 20, 40])
def test_how_much_louder_speech_is_than_the_room_is_told_in_decibels(decibels: int) -> None:
    voice = np.concatenate([silence(1), white_noise(1, 0.2), silence(1)])
    room = white_noise(3, 0.2 / 10 ** (decibels / 20), seed=1)
    samples = (voice * np.sqrt(1 - 10 ** (-decibels / 10)) + room).astype(np.float32)
    assert signal_to_noise(samples, SPEAKING) == pytest.approx(decibels, abs=0.3)


@pytest.mark.parametrize("around", [0.0, 0.05, 0.1])
def test_with_too_little_around_or_perfect_silence_noise_is_not_made_up(around: float) -> None:
    noisy = white_noise(1 + 2 * around).astype(np.float32)
    start = round(around * RATE)
    assert signal_to_noise(noisy, Speaking(start, start + RATE, 0)) == math.inf
    quiet = np.concatenate([silence(1), tone(440, 1), silence(1)]).astype(np.float32)
    assert signal_to_noise(quiet, SPEAKING) == math.inf


def test_speech_stands_out_of_noise_farther_than_before() -> None:
    speech = np.concatenate([silence(0.5), said("dziękuję bardzo"), silence(0.5)])
    for decibels in (5, 10):
        noise = white_noise(
            len(speech) / RATE, math.sqrt(power(said("dziękuję bardzo"))) / 10 ** (decibels / 20)
        )
        cleaned = less_noisy((speech + noise).astype(np.float32))
        room = slice(RATE // 10, RATE * 4 // 10)
        assert power(cleaned[room]) < power(noise[room]) / 50
        words = slice(RATE // 2, -RATE // 2)
        assert np.corrcoef(cleaned[words], speech[words])[0, 1] > 0.9
        assert power(cleaned[words] - speech[words]) < power(noise[words])


def test_clean_speech_stays_as_it_is() -> None:
    speech = np.concatenate([silence(0.5), said("dziękuję bardzo"), silence(0.5)]).astype(np.float32)
    assert np.abs(less_noisy(speech) - speech).max() < 0.02


@given(
    length=st.integers(0, 3000), seed=st.integers(0, 99), kind=st.sampled_from(["noise", "tone", "nothing"])
)
def test_whatever_it_is_given_the_sound_is_as_long_finite_and_no_louder(
    length: int, seed: int, kind: str
) -> None:
    sounds = {"noise": white_noise(1, 0.3, seed), "tone": tone(50 + 80 * seed, 1), "nothing": silence(1)}
    samples = sounds[kind][:length].astype(np.float32)
    cleaned = less_noisy(samples)
    assert len(cleaned) == length and cleaned.dtype == np.float32
    assert np.isfinite(cleaned).all()
    assert not length or power(cleaned) <= 1.01 * power(samples)
