"""The focus timer: 25 minutes of work, 5 of break, 15 after the fourth round; by the clock on the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

WORK, BREAK, LONG_BREAK = timedelta(minutes=25), timedelta(minutes=5), timedelta(minutes=15)
ROUNDS = 4
STALE = timedelta(hours=1)
"""A round that ended so long ago belongs to another sitting."""


@dataclass(frozen=True, slots=True)
class Focus:
    """A stretch of work, or the break after it."""

    began: datetime
    number: int = 1
    """Which of the rounds it is."""
    resting: bool = False

    @property
    def lasts(self) -> timedelta:
        """How long it is."""
        if not self.resting:
            return WORK
        return LONG_BREAK if self.number == ROUNDS else BREAK

    def minutes_left(self, now: datetime) -> int:
        """Whole minutes until it is over, begun ones counted; none from then on."""
        return max(0, -(-(self.began + self.lasts - now) // timedelta(minutes=1)))

    def stale(self, now: datetime) -> bool:
        """Whether it is from another sitting, or from a clock that was ahead."""
        return now < self.began or now > self.began + self.lasts + STALE

    def following(self, now: datetime) -> Focus:
        """The break after work, or the next round after a break."""
        if not self.resting:
            return Focus(now, self.number, resting=True)
        return Focus(now, self.number % ROUNDS + 1)
