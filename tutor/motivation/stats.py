"""A learner's numbers, folded from the review log: sums by day, and totals over days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tutor.memory.review import Help, Kind, Rating, Review
from tutor.motivation.pause import Pause, follows

XP: Mapping[int, int] = {Rating.AGAIN: 2, Rating.HARD: 8, Rating.GOOD: 10, Rating.EASY: 10}
"""What an answer earns: trying always counts, and speed earns nothing."""

LONGEST_ANSWER_MS = 60_000
"""A longer pause is a break, not study."""

ABOUT_AN_ANSWER_MS = 4_000
"""Hearing the model and reading the verdict, which no timer sees; so that minutes are about right."""


class DayStats(NamedTuple):
    """One day in sums. Sums add in any order, so a day may be folded answer by answer."""

    answers: int = 0
    passes: int = 0
    xp: int = 0
    response_ms: int = 0

    def plus(self, review: Review, times: int = 1) -> DayStats:
        """With one more counted review; `times=-1` takes an undone one out again."""
        if review.kind is not Kind.ANSWER:
            return self
        more = _counts(review)
        return DayStats(*(own + times * added for own, added in zip(self, more, strict=True)))

    @property
    def minutes(self) -> int:
        """Time spent, in whole minutes."""
        return round(self.response_ms / 60_000)


def xp(review: Review) -> int:
    """What an answer earns. One taken back by "I was right" earns as any right answer does."""
    if review.rating is None:
        return 0
    return XP[Rating.GOOD] if review.help == Help.OVERRIDE else XP[review.rating]


def _counts(review: Review) -> tuple[int, int, int, int]:
    """What one answer adds to its day, in the order of `DayStats`."""
    rating, response_ms = review.rating or 0, review.response_ms or 0
    return 1, rating > 1, xp(review), min(response_ms, LONGEST_ANSWER_MS) + ABOUT_AN_ANSWER_MS


class Days:
    """One learner's days, summed up from parts of their counted log in any order."""

    def __init__(self) -> None:
        self._sums: dict[date, list[int]] = {}

    def add(self, log: Iterable[Review]) -> Days:
        """Count a part of the log in."""
        for review in log:
            if review.kind is Kind.ANSWER:
                answers, passes, earned, response_ms = _counts(review)
                sums = self._sums.get(review.local_day)
                if sums is None:
                    sums = self._sums[review.local_day] = [0, 0, 0, 0]
                sums[0] += answers
                sums[1] += passes
                sums[2] += earned
                sums[3] += response_ms
        return self

    def stats(self) -> dict[date, DayStats]:
        """Each day's sums, oldest day first."""
        return {day: DayStats(*sums) for day, sums in sorted(self._sums.items())}


@dataclass(frozen=True, slots=True)
class Totals:
    """A learner's totals."""

    xp: int = 0
    streak: int = 0
    """Days in a row with an answer, up to `last_day`."""
    last_day: date | None = None
    attempts: int = 0
    passes: int = 0


def totals(
    days: Iterable[tuple[date, DayStats]], carried: Totals | None = None, pauses: Sequence[Pause] = ()
) -> Totals:
    """Totals over days in any order, with what an older tutor's totals add.

    A carried streak goes on when the first day here follows the carried last day; over pauses a streak waits.
    """
    carried = carried or Totals()
    active = sorted((day, sums) for day, sums in days if sums.answers)
    streak, last = carried.streak, carried.last_day
    for day, _ in active:
        if last is None or day > last:
            streak = streak + 1 if last and follows(day, last, pauses) else 1
            last = day
    return Totals(
        xp=carried.xp + sum(sums.xp for _, sums in active),
        streak=streak,
        last_day=last,
        attempts=carried.attempts + sum(sums.answers for _, sums in active),
        passes=carried.passes + sum(sums.passes for _, sums in active),
    )


def current_streak(totals: Totals, today: date, pauses: Sequence[Pause] = ()) -> int:
    """The streak as it stands today: it goes on until a whole day has passed without an answer or a pause."""
    last = totals.last_day
    if last is None or (today > last and not follows(today, last, pauses)):
        return 0
    return totals.streak
