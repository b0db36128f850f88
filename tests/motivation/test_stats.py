"""A learner's numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory.logs import MONDAY, answers, forget, logs, review, seed

from tutor.memory.review import Help, Kind, Rating, Review
from tutor.motivation.stats import Days, DayStats, Totals, current_streak, totals, xp


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def by_day(log: Iterable[Review]) -> dict[date, DayStats]:
    return Days().add(log).stats()


def active(*numbers: int) -> list[tuple[date, DayStats]]:
    return [(day(number), DayStats(answers=1)) for number in numbers]


# XP.


def test_a_right_answer_earns_ten_a_hard_one_eight_and_a_wrong_one_something_too() -> None:
    assert [xp(review(rating)) for rating in (1, 2, 3, 4)] == [2, 8, 10, 10]


def test_nothing_is_ever_taken_away_and_speed_earns_nothing() -> None:
    assert all(xp(review(rating)) > 0 for rating in Rating)
    assert xp(review(3, response_ms=100)) == xp(review(4, response_ms=90_000))


def test_i_was_right_earns_what_any_right_answer_earns() -> None:
    assert xp(review(3, help=Help.OVERRIDE)) == xp(review(3))


# Days.


@given(logs(), st.data())
def test_any_order_of_arrival_gives_the_same_days(log: list[Review], data: st.DataObject) -> None:
    assert by_day(data.draw(st.permutations(log))) == by_day(log)


@given(answers(), st.data())
def test_an_undone_answer_leaves_no_trace_in_its_day(log: list[Review], data: st.DataObject) -> None:
    undone = data.draw(st.sampled_from(log))
    rest = [row for row in log if row is not undone]
    without = by_day(log)[undone.local_day].plus(undone, times=-1)
    assert without == by_day(rest).get(undone.local_day, DayStats())


@given(logs())
def test_answers_alone_are_counted_each_once(log: list[Review]) -> None:
    rows = [row for row in log if row.kind is Kind.ANSWER]
    sums = by_day(log).values()
    assert sum(one.answers for one in sums) == len(rows)
    assert sum(one.passes for one in sums) == sum((row.rating or 0) > 1 for row in rows)
    assert sum(one.xp for one in sums) == sum(map(xp, rows))


def test_an_answer_counts_on_the_learners_day() -> None:
    assert by_day([review(local_day=day(3)), seed(9, 5), forget()]).keys() == {day(3)}


def test_minutes_are_about_what_was_spent_and_a_long_pause_is_no_study() -> None:
    hour_long = by_day([review(response_ms=3_600_000)])[MONDAY]
    assert hour_long.minutes == 1
    ten = by_day([review(response_ms=8_000, number=n) for n in range(10)])[MONDAY]
    assert ten.minutes == 2
    assert by_day([review(response_ms=None)])[MONDAY].minutes == 0


# Streaks.


def test_a_streak_is_days_in_a_row_with_an_answer() -> None:
    assert totals(active(0, 1, 2)).streak == 3
    assert totals(active(0, 1, 3, 4)).streak == 2
    assert totals([*active(0, 1), (day(2), DayStats())]).streak == 2
    assert totals([]) == Totals()
    assert totals(active(2, 0, 1)) == totals(active(0, 1, 2))


@given(st.lists(st.integers(0, 6), unique=True, min_size=3), st.data())
def test_days_in_any_order_give_the_same_totals(numbers: list[int], data: st.DataObject) -> None:
    days = active(*numbers)
    assert totals(data.draw(st.permutations(days))) == totals(days)


def test_a_streak_goes_on_until_a_whole_day_has_passed_without_an_answer() -> None:
    found = totals(active(0, 1, 2))
    assert [current_streak(found, day(n)) for n in (2, 3, 4, 9)] == [3, 3, 0, 0]
    assert current_streak(Totals(), MONDAY) == 0


# What an older tutor's totals add.

CARRIED = Totals(xp=500, streak=5, last_day=MONDAY, attempts=40, passes=30)


def test_carried_totals_are_added() -> None:
    found = totals([(day(1), DayStats(answers=3, passes=2, xp=24))], CARRIED)
    assert found == Totals(xp=524, streak=6, last_day=day(1), attempts=43, passes=32)


@pytest.mark.parametrize(
    ("numbers", "streak"), [((), 5), ((0,), 5), ((0, 1), 6), ((1, 2), 7), ((2,), 1), ((1, 3), 1)]
)
def test_a_carried_streak_goes_on_with_the_day_after_it(numbers: tuple[int, ...], streak: int) -> None:
    assert totals(active(*numbers), CARRIED).streak == streak


def test_older_days_that_are_imported_later_do_not_break_a_carried_streak() -> None:
    found = totals(active(-30, -7, 1), CARRIED)
    assert (found.streak, found.last_day) == (6, day(1))
    assert totals(active(-30), CARRIED).streak == 5
