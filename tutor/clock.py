"""What time it is, and which day that is for a learner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tutor.errors import ConfigError
from tutor.i18n import _

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Clock(Protocol):
    """Tells the time; tests hand in one that they move themselves."""

    def now(self) -> datetime:
        """The time now, timezone-aware, UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ManualClock:
    """A clock that stands still until it is told to move."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, by: timedelta) -> None:
        self.at += by


@dataclass(frozen=True, slots=True)
class Calendar:
    """A learner's days: their timezone, and the hour at which their day begins."""

    zone: ZoneInfo
    day_start: time = time(4)

    @classmethod
    def of(cls, zone: str, day_start: time = time(4)) -> Calendar:
        """The calendar of a named zone. Raises ConfigError where the name is not known."""
        try:
            return cls(ZoneInfo(zone), day_start)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ConfigError(
                _("The timezone {zone!r} is not known here; use a name such as Europe/London.").format(
                    zone=zone
                )
            ) from error

    def day(self, at: datetime) -> date:
        """The learner's day at `at`: what is done at 03:59 belongs to the day before."""
        local = at.astimezone(self.zone)
        return local.date() - timedelta(days=local.time() < self.day_start)

    def starts(self, day: date) -> datetime:
        """When a learner's day begins, in UTC."""
        return datetime.combine(day, self.day_start, self.zone).astimezone(UTC)


def milliseconds(at: datetime) -> int:
    """Whole milliseconds since 1970."""
    return (at - EPOCH) // timedelta(milliseconds=1)


def from_milliseconds(value: int) -> datetime:
    """The UTC time that is `value` milliseconds after 1970."""
    return EPOCH + timedelta(milliseconds=value)
