"""From a marked answer to a rating: every rule and number of the design."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tutor.memory.grading import Pace, grade, grade_spoken, length_band
from tutor.memory.marking import Mark
from tutor.memory.review import Help, Rating
from tutor.memory.tracks import MODES, Mode

CHOICES = [mode for mode, info in MODES.items() if info.choice]
NO_CHOICES = [mode for mode, info in MODES.items() if not info.choice]
NO_MEDIAN = Pace()


def usual(mode: Mode, ms: int, count: int = 20, band: int = 0) -> Pace:
    """The pace of a learner who answered `count` times in exactly `ms`."""
    return Pace.of([(mode, band, ms)] * count)


# What the answer was.


@pytest.mark.parametrize(
    ("mark", "rating"),
    [
        (Mark.EXACT, 3),
        (Mark.SLIP, 3),
        (Mark.TAIL, 2),
        (Mark.OTHER_FORM, 1),
        (Mark.OTHER_WORD, 1),
        (Mark.WRONG, 1),
        (Mark.EMPTY, 1),
    ],
)
def test_right_is_good_nearly_is_hard_and_wrong_is_again(mark: Mark, rating: int) -> None:
    assert grade(mark, mode=Mode.CONTEXT) == rating


def test_a_partial_hint_makes_a_right_answer_hard_and_a_wrong_one_no_better() -> None:
    for mark in (Mark.EXACT, Mark.SLIP, Mark.TAIL):
        assert grade(mark, mode=Mode.CONTEXT, help_used=Help.HINT) == Rating.HARD
    assert grade(Mark.WRONG, mode=Mode.CONTEXT, help_used=Help.HINT) == Rating.AGAIN


@pytest.mark.parametrize("mark", Mark)
def test_the_whole_answer_shown_is_again(mark: Mark) -> None:
    assert grade(mark, mode=Mode.CONTEXT, help_used=Help.SHOWN) == Rating.AGAIN


@pytest.mark.parametrize("mark", Mark)
def test_i_was_right_makes_any_answer_good(mark: Mark) -> None:
    assert grade(mark, mode=Mode.CONTEXT, help_used=Help.OVERRIDE) == Rating.GOOD


# Time: Easy.


@pytest.mark.parametrize(
    ("mode", "limit"), [(Mode.PHRASE, 1000), (Mode.SYNTAX, 2500), (Mode.CONTEXT, 5000), (Mode.AUDIO, 1500)]
)
def test_before_there_is_a_median_easy_is_faster_than_a_fixed_time(mode: Mode, limit: int) -> None:
    for pace in (NO_MEDIAN, usual(mode, 60_000, count=19)):
        assert grade(Mark.EXACT, mode=mode, response_ms=limit - 1, pace=pace) == Rating.EASY
        assert grade(Mark.EXACT, mode=mode, response_ms=limit, pace=pace) == Rating.GOOD


@pytest.mark.parametrize("mode", [Mode.RECALL, Mode.PRODUCE])
def test_before_there_is_a_median_nothing_else_is_easy(mode: Mode) -> None:
    assert grade(Mark.EXACT, mode=mode, response_ms=0, pace=NO_MEDIAN) == Rating.GOOD


@pytest.mark.parametrize("mode", Mode)
def test_from_20_answers_easy_is_faster_than_six_tenths_of_the_learners_own_median(mode: Mode) -> None:
    pace = usual(mode, 10_000)
    assert grade(Mark.EXACT, mode=mode, response_ms=5_999, pace=pace) == Rating.EASY
    assert grade(Mark.EXACT, mode=mode, response_ms=6_000, pace=pace) == Rating.GOOD


def test_it_is_the_median_of_that_mode_and_that_length() -> None:
    pace = Pace.of(
        [(Mode.PHRASE, 0, ms) for ms in [1_000] * 10 + [10_000] * 11 + [90_000] * 10]
        + [(Mode.PHRASE, 2, 60_000)] * 20 + [(Mode.AUDIO, 0, 30_000)] * 20
    )  # fmt: skip
    assert grade(Mark.EXACT, mode=Mode.PHRASE, response_ms=5_999, pace=pace) == Rating.EASY
    assert grade(Mark.EXACT, mode=Mode.PHRASE, response_ms=6_000, pace=pace) == Rating.GOOD
    assert grade(Mark.EXACT, mode=Mode.PHRASE, band=2, response_ms=35_999, pace=pace) == Rating.EASY
    assert grade(Mark.EXACT, mode=Mode.AUDIO, response_ms=17_999, pace=pace) == Rating.EASY
    assert grade(Mark.EXACT, mode=Mode.AUDIO, band=2, response_ms=17_999, pace=pace) == Rating.GOOD


def test_lengths_are_a_word_up_to_three_words_and_more() -> None:
    assert [length_band("słowo " * words) for words in range(6)] == [0, 0, 1, 1, 2, 2]


def test_only_an_unaided_answer_without_a_slip_is_easy() -> None:
    assert grade(Mark.SLIP, mode=Mode.PHRASE, response_ms=1, pace=NO_MEDIAN) == Rating.GOOD
    assert (
        grade(Mark.EXACT, mode=Mode.PHRASE, response_ms=1, pace=NO_MEDIAN, help_used=Help.HINT) == Rating.HARD
    )
    for help_used in (Help.SHOWN, Help.OVERRIDE):
        assert (
            grade(Mark.EXACT, mode=Mode.PHRASE, response_ms=1, pace=NO_MEDIAN, help_used=help_used)
            < Rating.EASY
        )


# Time: Hard.


@pytest.mark.parametrize("mode", CHOICES)
def test_a_choice_is_hard_only_beyond_three_times_the_median(mode: Mode) -> None:
    pace = usual(mode, 2_000)
    assert grade(Mark.EXACT, mode=mode, response_ms=6_000, pace=pace) == Rating.GOOD
    assert grade(Mark.EXACT, mode=mode, response_ms=6_001, pace=pace) == Rating.HARD
    assert grade(Mark.EXACT, mode=mode, response_ms=10**7, pace=usual(mode, 2_000, count=19)) == Rating.GOOD


@pytest.mark.parametrize("mode", NO_CHOICES)
def test_time_never_makes_an_answer_hard_where_nothing_is_chosen(mode: Mode) -> None:
    assert grade(Mark.EXACT, mode=mode, response_ms=10**7, pace=usual(mode, 2_000)) == Rating.GOOD


def test_something_is_chosen_in_these_modes_alone() -> None:
    assert set(CHOICES) == {Mode.PHRASE, Mode.BLITZ, Mode.AUDIO, Mode.NUANCE, Mode.READING}


@given(
    st.sampled_from([Mark.TAIL, Mark.OTHER_FORM, Mark.OTHER_WORD, Mark.WRONG, Mark.EMPTY]),
    st.sampled_from(Mode),
    st.sampled_from(Help),
    st.integers(0, 10**7),
)
def test_time_changes_nothing_about_an_answer_that_is_not_right(
    mark: Mark, mode: Mode, help_used: Help, response_ms: int
) -> None:
    timed = grade(mark, mode=mode, help_used=help_used, response_ms=response_ms, pace=usual(mode, 2_000))
    assert timed == grade(mark, mode=mode, help_used=help_used)


@pytest.mark.parametrize("response_ms", [0, 10**7])
def test_with_timing_off_a_right_answer_is_good_however_long_it_took(response_ms: int) -> None:
    assert grade(Mark.EXACT, mode=Mode.PHRASE, response_ms=response_ms, pace=None) == Rating.GOOD
    assert (
        grade(Mark.EXACT, mode=Mode.PHRASE, response_ms=None, pace=usual(Mode.PHRASE, 2_000)) == Rating.GOOD
    )


# Caps.


@given(
    st.sampled_from(Mark),
    st.sampled_from(Mode),
    st.sampled_from(Help),
    st.integers(0, 10_000),
    st.sampled_from([NO_MEDIAN, *(usual(mode, 2_000) for mode in Mode)]),
)
@example(Mark.EXACT, Mode.PHRASE, Help.NONE, 1, NO_MEDIAN)
@example(Mark.WRONG, Mode.PHRASE, Help.NONE, 1, NO_MEDIAN)
def test_first_tests_and_returns_are_good_at_most_and_otherwise_as_any_answer(
    mark: Mark, mode: Mode, help_used: Help, response_ms: int, pace: Pace
) -> None:
    free = grade(mark, mode=mode, help_used=help_used, response_ms=response_ms, pace=pace)
    capped = grade(mark, mode=mode, help_used=help_used, response_ms=response_ms, pace=pace, cap=Rating.GOOD)
    assert capped == min(free, Rating.GOOD)


# What was said aloud.


@pytest.mark.parametrize(
    ("right_words", "well", "rating"),
    [(True, True, 3), (True, False, 2), (False, True, 1), (False, False, 1)],
)
def test_said_well_is_good_said_otherwise_hard_and_a_missing_word_again(
    right_words: bool, well: bool, rating: int
) -> None:
    assert grade_spoken(right_words=right_words, well=well, mode=Mode.SPEAK) == rating


@given(
    st.sampled_from([Mode.SPEAK, Mode.RESPOND]),
    st.booleans(),
    st.sampled_from([Help.NONE, Help.HINT, Help.OVERRIDE]),
    st.integers(0, 10**7) | st.none(),
    st.sampled_from([None, NO_MEDIAN, usual(Mode.SPEAK, 2_000), usual(Mode.RESPOND, 2_000)]),
)
def test_how_it_sounded_alone_is_never_again(
    mode: Mode, well: bool, help_used: Help, response_ms: int | None, pace: Pace | None
) -> None:
    rating = grade_spoken(
        right_words=True, well=well, mode=mode, help_used=help_used, response_ms=response_ms, pace=pace
    )
    assert rating > Rating.AGAIN


def test_only_what_was_said_well_alone_and_fast_is_easy() -> None:
    pace = usual(Mode.SPEAK, 2_000)
    fast = {"mode": Mode.SPEAK, "response_ms": 1_199, "pace": pace}
    assert grade_spoken(right_words=True, well=True, **fast) == Rating.EASY
    assert grade_spoken(right_words=True, well=True, **(fast | {"response_ms": 1_200})) == Rating.GOOD
    assert grade_spoken(right_words=True, well=False, **fast) == Rating.HARD
    assert grade_spoken(right_words=True, well=True, help_used=Help.HINT, **fast) == Rating.HARD
    assert grade_spoken(right_words=True, well=True, cap=Rating.GOOD, **fast) == Rating.GOOD
    other_length = grade_spoken(right_words=True, well=True, band=2, **fast)
    assert other_length == Rating.GOOD, "its own median is not known"


@pytest.mark.parametrize(("help_used", "rating"), [(Help.SHOWN, 1), (Help.OVERRIDE, 3)])
@pytest.mark.parametrize("right_words", [True, False])
def test_what_was_shown_is_again_and_what_the_learner_calls_right_is_good(
    help_used: Help, rating: int, right_words: bool
) -> None:
    said = grade_spoken(right_words=right_words, well=right_words, mode=Mode.SPEAK, help_used=help_used)
    assert said == rating
