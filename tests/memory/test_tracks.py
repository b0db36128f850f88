"""Which mode tests which track, and which suits a card."""

from __future__ import annotations

import pytest

from tutor.memory.opening import TRAINABLE
from tutor.memory.tracks import MIX_WEIGHTS, MODES, Mode, Track, mode_for


@pytest.mark.parametrize(
    ("mode", "level", "track"),
    [
        (Mode.RECALL, 0, Track.VISUAL),
        (Mode.PHRASE, 0, Track.VISUAL),
        (Mode.SYNTAX, 0, Track.VISUAL),
        (Mode.AUDIO, 1, Track.AUDIO),
        (Mode.DICTATION, 1, Track.AUDIO),
        (Mode.CONTEXT, 2, Track.CONTEXT),
        (Mode.PRODUCE, 2, Track.CONTEXT),
    ],
)
def test_a_mode_has_the_level_and_the_track_of_the_design(mode: Mode, level: int, track: Track) -> None:
    assert (MODES[mode].level, MODES[mode].track) == (level, track)


def test_every_mode_is_in_the_one_table() -> None:
    assert set(MODES) == set(Mode)


def test_mix_draws_the_levels_as_four_to_three_to_three() -> None:
    by_level = {MODES[mode].level: MIX_WEIGHTS[info.track] for mode, info in MODES.items()}
    assert by_level == {0: 4, 1: 3, 2: 3}


@pytest.mark.parametrize(
    ("track", "stability", "mode"),
    [
        (Track.VISUAL, 0, Mode.RECALL),
        (Track.VISUAL, 6.99, Mode.RECALL),
        (Track.VISUAL, 7, Mode.PHRASE),
        (Track.VISUAL, 20.9, Mode.PHRASE),
        (Track.AUDIO, 0, Mode.AUDIO),
        (Track.AUDIO, 13.9, Mode.AUDIO),
        (Track.AUDIO, 14, Mode.DICTATION),
        (Track.CONTEXT, 0, Mode.CONTEXT),
        (Track.CONTEXT, 44.9, Mode.CONTEXT),
        (Track.CONTEXT, 45, Mode.PRODUCE),
    ],
)
def test_the_mode_suits_the_stability(track: Track, stability: float, mode: Mode) -> None:
    assert mode_for(track, stability) is mode


def test_words_that_are_no_longer_new_are_recalled_and_built_into_sentences_in_turn() -> None:
    assert [mode_for(Track.VISUAL, 3, turn) for turn in range(4)] == [Mode.RECALL, Mode.SYNTAX] * 2
    assert {mode_for(Track.VISUAL, 0.9, turn) for turn in range(4)} == {Mode.RECALL}


@pytest.mark.parametrize("track", sorted(TRAINABLE))
@pytest.mark.parametrize("stability", [0, 7, 14, 21, 45, 400])
def test_a_card_is_always_tested_in_a_mode_of_its_own_track(track: Track, stability: float) -> None:
    assert MODES[mode_for(track, stability)].track is track
