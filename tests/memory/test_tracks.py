"""Which mode tests which track, and which suits a card."""

from __future__ import annotations

import pytest

from tutor.memory.opening import TRAINABLE
from tutor.memory.tracks import (
    BANDS,
    MIX_WEIGHTS,
    MODES,
    SPOKEN_MIX_WEIGHTS,
    Mode,
    Track,
    mode_for,
    stability_band,
)


@pytest.mark.parametrize(
    ("mode", "level", "track"),
    [
        (Mode.RECALL, 0, Track.VISUAL),
        (Mode.PHRASE, 0, Track.VISUAL),
        (Mode.SYNTAX, 0, Track.VISUAL),
        (Mode.BLITZ, 0, Track.VISUAL),
        (Mode.AUDIO, 1, Track.AUDIO),
        (Mode.DICTATION, 1, Track.AUDIO),
        (Mode.CHUNKING, 1, Track.AUDIO),
        (Mode.CONTEXT, 2, Track.CONTEXT),
        (Mode.NUANCE, 2, Track.CONTEXT),
        (Mode.PRODUCE, 2, Track.CONTEXT),
        (Mode.SPEAK, 3, Track.SPEECH),
        (Mode.RESPOND, 3, Track.SPEECH),
    ],
)
def test_a_mode_has_the_level_and_the_track_of_the_design(mode: Mode, level: int, track: Track) -> None:
    assert (MODES[mode].level, MODES[mode].track) == (level, track)


def test_every_mode_is_in_the_one_table() -> None:
    assert set(MODES) == set(Mode)


def test_mix_draws_the_levels_as_four_to_three_to_three() -> None:
    by_level = {info.level: MIX_WEIGHTS.get(info.track) for info in MODES.values()}
    assert by_level == {0: 4, 1: 3, 2: 3, 3: None}


def test_where_somebody_can_be_heard_it_draws_two_of_speaking_beside_them() -> None:
    by_level = {info.level: SPOKEN_MIX_WEIGHTS[info.track] for info in MODES.values()}
    assert by_level == {0: 4, 1: 3, 2: 3, 3: 2}


@pytest.mark.parametrize(
    ("track", "stability", "in_turn"),
    [
        (Track.VISUAL, 0.0, [Mode.RECALL]),
        (Track.VISUAL, 0.99, [Mode.RECALL]),
        (Track.VISUAL, 1.0, [Mode.RECALL, Mode.SYNTAX]),
        (Track.VISUAL, 6.99, [Mode.RECALL, Mode.SYNTAX]),
        (Track.VISUAL, 7.0, [Mode.PHRASE]),
        (Track.VISUAL, 20.99, [Mode.PHRASE]),
        (Track.VISUAL, 21.0, [Mode.BLITZ]),
        (Track.AUDIO, 13.99, [Mode.AUDIO]),
        (Track.AUDIO, 14.0, [Mode.DICTATION, Mode.CHUNKING]),
        (Track.CONTEXT, 44.99, [Mode.CONTEXT]),
        (Track.CONTEXT, 45.0, [Mode.PRODUCE, Mode.NUANCE, Mode.CONTEXT]),
        (Track.SPEECH, 6.99, [Mode.SPEAK]),
        (Track.SPEECH, 7.0, [Mode.SPEAK, Mode.RESPOND]),
    ],
)
def test_the_mode_that_suits_a_card(track: Track, stability: float, in_turn: list[Mode]) -> None:
    assert [mode_for(track, stability, turn) for turn in range(6)] == in_turn * (6 // len(in_turn))
    assert all(MODES[mode].track is track for mode in in_turn)


def test_in_one_band_a_card_is_asked_alike() -> None:
    """From one bound to the next neither the mode nor what AUDIO says changes."""
    assert [stability_band(bound) for bound in (0.0, *BANDS)] == list(range(len(BANDS) + 1))
    for low, high in zip((1.0, *BANDS), (*BANDS, 100.0), strict=True):
        inside = [low + (high - low) * share / 10 for share in range(10)]
        for track in sorted(TRAINABLE):
            for turn in (0, 1, 2):
                assert len({mode_for(track, stability, turn) for stability in inside}) == 1


@pytest.mark.parametrize("track", sorted(TRAINABLE))
@pytest.mark.parametrize("stability", [0, 7, 14, 21, 45, 400])
def test_a_card_is_always_tested_in_a_mode_of_its_own_track(track: Track, stability: float) -> None:
    assert MODES[mode_for(track, stability)].track is track
