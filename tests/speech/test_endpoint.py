"""When a recording ends by itself: after what was said, and neither in a pause nor for ever."""

from __future__ import annotations

import math
from array import array
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.speech.endpoint import LONGEST_SECONDS, SILENCE_SECONDS, Endpoint

RATES = (16_000, 44_100, 48_000)
PIECE = 0.02
"""Seconds that come in at once."""


def noise(seconds: float, loud: float, rate: int = 16_000) -> list[bytes]:
    """A sound as loud as told (dB below full scale), in pieces; below -90 there is none at all."""
    top = 32768 * 10 ** (loud / 20) * math.sqrt(3) if loud > -90 else 0
    rng, size = Random(1), round(PIECE * rate)
    return [
        array("h", [round(rng.uniform(-top, top)) for _sample in range(size)]).tobytes()
        for _piece in range(round(seconds / PIECE))
    ]


def told(endpoint: Endpoint, pieces: list[bytes]) -> float | None:
    """After how many seconds of these it is over; None where it is not."""
    for number, piece in enumerate(pieces, 1):
        endpoint.hear(piece)
        if endpoint.over:
            return number * PIECE
    return None


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("room", [-100, -60, -45])
def test_it_is_over_two_seconds_after_the_last_word_in_any_room(rate: int, room: float) -> None:
    endpoint = Endpoint(rate)
    assert told(endpoint, noise(0.5, room, rate)) is None
    assert told(endpoint, noise(1.2, -20, rate)) is None
    assert endpoint.spoke
    assert told(endpoint, noise(3, room, rate)) == pytest.approx(SILENCE_SECONDS, abs=2 * PIECE)


def test_a_pause_between_words_is_no_end() -> None:
    endpoint = Endpoint()
    for _word in range(3):
        assert told(endpoint, [*noise(0.6, -20), *noise(1.8, -60)]) is None


@pytest.mark.parametrize("room", [-100, -50, -20])
def test_where_nobody_speaks_it_waits_to_the_end_and_no_longer(room: float) -> None:
    endpoint = Endpoint()
    over = told(endpoint, noise(LONGEST_SECONDS + 1, room))
    assert over == pytest.approx(LONGEST_SECONDS, abs=2 * PIECE)
    assert not endpoint.spoke


def test_who_does_not_stop_is_heard_for_ten_seconds() -> None:
    assert told(Endpoint(), noise(12, -15)) == pytest.approx(LONGEST_SECONDS, abs=2 * PIECE)


def test_clicks_are_nobody_and_a_short_word_is_somebody() -> None:
    endpoint = Endpoint()
    for _click in range(4):
        told(endpoint, [*noise(0.3, -60), *noise(0.04, -10)])
    assert not endpoint.spoke
    told(endpoint, [*noise(0.3, -60), *noise(0.2, -25)])
    assert endpoint.spoke


def test_what_is_hardly_there_is_nobody_however_quiet_the_room() -> None:
    endpoint = Endpoint()
    assert told(endpoint, [*noise(0.5, -100), *noise(9, -55)]) is None
    assert not endpoint.spoke


def test_the_level_is_empty_in_silence_and_full_where_it_is_loud() -> None:
    endpoint = Endpoint()
    levels = []
    for loud in (-100, -50, -30, -10, -5):
        told(endpoint, noise(0.1, loud))
        levels.append(endpoint.level)
    assert levels == sorted(levels)
    assert levels[0] == 0.0
    assert levels[2] == pytest.approx(0.5, abs=0.05)
    assert levels[-1] == 1.0


@given(st.lists(st.binary(max_size=2_000), max_size=30), st.sampled_from(RATES))
def test_whatever_comes_in_is_taken(pieces: list[bytes], rate: int) -> None:
    endpoint = Endpoint(rate)
    for piece in pieces:
        endpoint.hear(piece)
        assert 0.0 <= endpoint.level <= 1.0
