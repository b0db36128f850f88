"""Days off, days away, and what tomorrow holds."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from helpers import assert_projections_are_folds, finish, mini_course, open_tutor

from tutor import holidays
from tutor.clock import ManualClock
from tutor.errors import UsageError
from tutor.practice import Tutor


def practise(tutor: Tutor, clock: ManualClock) -> None:
    finish(tutor.start(limit=4, seed=1), clock)


def test_a_streak_waits_over_days_off_and_the_rebuild_agrees(tutor: Tutor, clock: ManualClock) -> None:
    for _day in range(2):
        practise(tutor, clock)
        clock.advance(timedelta(days=1))
    pause = holidays.begin(tutor, 5)
    assert (pause.last - pause.first).days == 4
    assert tutor.today().off_until == pause.last
    clock.advance(timedelta(days=5))
    assert (tutor.today().off_until, tutor.today().streak) == (None, 2)
    practise(tutor, clock)
    assert tutor.today().streak == 3
    assert_projections_are_folds(tutor)
    clock.advance(timedelta(days=2))
    assert tutor.today().streak == 0, "a day that was not off was missed"


def test_who_is_back_early_has_no_days_off_any_more(tutor: Tutor, clock: ManualClock) -> None:
    practise(tutor, clock)
    clock.advance(timedelta(days=1))
    holidays.begin(tutor, 10)
    clock.advance(timedelta(days=2))
    holidays.end(tutor)
    assert (holidays.current(tutor), tutor.today().streak) == (None, 1)
    practise(tutor, clock)
    assert tutor.today().streak == 2
    clock.advance(timedelta(days=2))
    assert tutor.today().streak == 0, "what was left of the pause is gone"


def test_practising_on_a_day_off_counts(tutor: Tutor, clock: ManualClock) -> None:
    practise(tutor, clock)
    clock.advance(timedelta(days=1))
    holidays.begin(tutor, 7)
    clock.advance(timedelta(days=3))
    practise(tutor, clock)
    assert tutor.today().streak == 2
    assert_projections_are_folds(tutor)


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_pause_has_a_length(tutor: Tutor, days: int) -> None:
    with pytest.raises(UsageError, match="A pause has 1 to 366 days"):
        holidays.begin(tutor, days)
    assert holidays.current(tutor) is None


def test_after_48_hours_one_is_away_and_what_comes_tomorrow_is_counted(
    tmp_path: Path, clock: ManualClock
) -> None:
    with open_tutor(tmp_path / "data", mini_course(tmp_path / "courses"), clock) as tutor:
        assert not tutor.today().away, "who was never here is not away"
        practise(tutor, clock)
        foretold = tutor.today().tomorrow
        clock.advance(timedelta(days=1))
        assert foretold == sum(tutor.due().values()) > 0
        clock.advance(timedelta(hours=23))
        assert not tutor.today().away
        clock.advance(timedelta(hours=1))
        assert tutor.today().away
        practise(tutor, clock)
        assert not tutor.today().away
