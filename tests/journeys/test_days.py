"""Easy days over a real file: what is offered moves, and what is due, remembered and logged does not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from helpers import assert_projections_are_folds, logs, projections, right

from tutor import days
from tutor.clock import ManualClock
from tutor.errors import UsageError
from tutor.memory.fold import fuzz_range
from tutor.memory.offered import WEEKDAYS
from tutor.memory.parameters import DEFAULT
from tutor.practice import Tutor


def easy_today(tutor: Tutor, clock: ManualClock) -> str:
    """Make today's weekday one on which nothing should come."""
    weekday = WEEKDAYS[tutor.calendar.day(clock.now()).weekday()]
    days.want(tutor, {weekday: 0.0}, even=False)
    return weekday


def must_come(tutor: Tutor, today: date) -> int:
    """Cards in review whose range ends today or before, and learning cards whose moment has come."""
    count = 0
    for state, due, last_day, stability in tutor.database.raw.execute(
        "SELECT state, due, last_day, stability FROM user_progress WHERE active"
    ):
        if state == 2:
            latest = fuzz_range(DEFAULT.model.interval(stability))[1]
            reached = date.fromisoformat(last_day) + timedelta(days=latest) <= today
            count += date.fromisoformat(due[:10]) <= today and reached
        else:
            count += due <= tutor.clock.now().isoformat(" ")
    return count


def test_an_easy_day_offers_only_what_cannot_wait_and_changes_no_memory(
    practising: Tutor, clock: ManualClock
) -> None:
    clock.advance(timedelta(days=2))
    before, usual = projections(practising.database.raw), sum(practising.due().values())
    easy_today(practising, clock)
    offered = sum(practising.due().values())
    assert offered == must_come(practising, practising.calendar.day(clock.now())) < usual
    assert projections(practising.database.raw) == before
    assert_projections_are_folds(practising)
    days.want(practising, {}, even=False)
    assert sum(practising.due().values()) == usual


def test_what_waited_is_offered_on_the_next_day(practising: Tutor, clock: ManualClock) -> None:
    clock.advance(timedelta(days=2))
    usual = sum(practising.due().values())
    easy_today(practising, clock)
    assert sum(practising.due().values()) < usual
    clock.advance(timedelta(days=1))
    assert sum(practising.due().values()) >= usual


def test_a_session_takes_what_is_offered_and_its_answers_are_folded_as_ever(
    practising: Tutor, clock: ManualClock
) -> None:
    clock.advance(timedelta(days=2))
    easy_today(practising, clock)
    offered = sum(practising.due().values())
    session = practising.start("mix", limit=100, seed=1)
    reviewed = [entry for entry in session.plan.entries if entry.kind == "review"]
    assert len(reviewed) == offered
    while drill := session.next():
        right(session, drill)
    assert_projections_are_folds(practising)


def test_an_even_load_offers_cards_before_their_day_too_and_never_twice(
    practising: Tutor, clock: ManualClock
) -> None:
    days.want(practising, {}, even=True)
    for _day in range(4):
        clock.advance(timedelta(days=1))
        offered = sum(practising.due().values())
        if not offered:
            continue
        session = practising.start("mix", limit=200, seed=1)
        cards = [(e.item, e.track) for e in session.plan.entries if e.kind == "review"]
        assert len(cards) == len(set(cards)) == offered
        while drill := session.next():
            right(session, drill)
        now = clock.now().isoformat(" ")
        waiting = practising.database.raw.execute(
            "SELECT count(*) FROM user_progress WHERE active AND state <> 2 AND due <= ?", (now,)
        ).fetchone()[0]
        assert sum(practising.due().values()) <= waiting, "what was answered is not offered again"
    assert_projections_are_folds(practising)


def test_what_is_wanted_is_kept_with_its_stamp_and_no_log_changes(
    practising: Tutor, clock: ManualClock
) -> None:
    before = logs(practising.database.raw)
    days.want(practising, {"sun": 0.0, "sat": 0.5, "mon": 1.0}, even=True)
    wanted = days.wanted(practising.learner.settings)
    assert (wanted.shares, wanted.even) == ({"sun": 0.0, "sat": 0.5}, True)
    clocks = practising.database.raw.execute("SELECT clocks FROM learner").fetchone()[0]
    assert "settings.days" in clocks
    assert logs(practising.database.raw) == before


@pytest.mark.parametrize(
    "shares",
    [{"funday": 0.5}, {"sun": 1.5}, {"sun": -0.1}, {"sun": float("nan")}, dict.fromkeys(WEEKDAYS, 0.0)],
)
def test_a_week_that_makes_no_sense_is_refused(practising: Tutor, shares: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        days.want(practising, shares, even=False)
    assert not days.wanted(practising.learner.settings).any
