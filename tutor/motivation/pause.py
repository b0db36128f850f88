"""Pauses: days off that were said beforehand, over which a streak waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Pause:
    """Days off, the first and the last of them included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether a day belongs to it."""
        return self.first <= day <= self.last


def follows(day: date, last: date, pauses: Iterable[Pause] = ()) -> bool:
    """Whether `day` goes on with a streak whose latest day is `last`: only days off lie between."""
    reached = last + timedelta(days=1)
    for pause in sorted(pauses, key=lambda one: one.first):
        if pause.holds(reached):
            reached = pause.last + timedelta(days=1)
    return last < day <= reached
