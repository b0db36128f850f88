"""What day it is for a learner."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.clock import EPOCH, Calendar, SystemClock, from_milliseconds, milliseconds
from tutor.errors import ConfigError

ZONES = ["UTC", "Europe/Warsaw", "Europe/London", "America/New_York", "America/St_Johns", "America/Santiago",
         "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Auckland",
         "Pacific/Chatham", "Pacific/Kiritimati", "Pacific/Niue"]  # fmt: skip
days = st.dates(date(2020, 1, 1), date(2037, 12, 31))
moments = st.integers(0, 2_200_000_000_000_000).map(lambda us: EPOCH + timedelta(microseconds=us))
WARSAW = Calendar.of("Europe/Warsaw")


def warsaw(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW.zone).astimezone(UTC)


def test_a_day_begins_at_four_in_the_morning() -> None:
    assert WARSAW.day(warsaw("2026-01-06 03:59:59.999")) == date(2026, 1, 5)
    assert WARSAW.day(warsaw("2026-01-06 04:00")) == date(2026, 1, 6)
    assert WARSAW.day(warsaw("2026-01-06 23:59")) == date(2026, 1, 6)
    assert WARSAW.day(warsaw("2026-01-07 00:00")) == date(2026, 1, 6)


def test_no_calendar_begins_its_days_otherwise_unasked() -> None:
    assert Calendar(WARSAW.zone) == WARSAW


def test_a_learner_may_begin_the_day_at_another_hour() -> None:
    early = Calendar.of("Europe/Warsaw", time(0))
    assert early.day(warsaw("2026-01-06 00:00")) == date(2026, 1, 6)
    assert early.day(warsaw("2026-01-05 23:59")) == date(2026, 1, 5)


def test_the_same_moment_is_another_day_elsewhere() -> None:
    at = datetime(2026, 1, 6, 2, 30, tzinfo=UTC)
    found = [Calendar.of(zone).day(at).day for zone in ("Europe/Warsaw", "Asia/Tokyo", "America/New_York")]
    assert found == [5, 6, 5]


@given(st.sampled_from(ZONES), days)
def test_a_day_lasts_from_its_beginning_to_the_next_ones(zone: str, day: date) -> None:
    calendar = Calendar.of(zone)
    begins = calendar.starts(day)
    assert begins.tzinfo is UTC
    assert calendar.day(begins) == day
    assert calendar.day(begins - timedelta(microseconds=1)) == day - timedelta(days=1)
    assert begins.astimezone(calendar.zone).time() == time(4)


def test_days_on_which_the_clocks_change_are_an_hour_shorter_and_longer() -> None:
    def hours(day: date) -> float:
        return (WARSAW.starts(day + timedelta(days=1)) - WARSAW.starts(day)) / timedelta(hours=1)

    # The clocks change at two or three in the night, which belongs to the day before.
    assert [hours(date(2026, 3, day)) for day in (27, 28, 29)] == [24, 23, 24]
    assert [hours(date(2026, 10, day)) for day in (23, 24, 25)] == [24, 25, 24]


@given(st.sampled_from(ZONES), moments, st.integers(0, 10**6))
def test_time_that_goes_on_never_leads_to_an_earlier_day(zone: str, at: datetime, later: int) -> None:
    calendar = Calendar.of(zone)
    assert calendar.day(at) <= calendar.day(at + timedelta(seconds=later))


@pytest.mark.parametrize(
    "zone", ["", "Europe/Nowhere", "Europe", "../etc/passwd", "/etc/passwd", "a\0b", "Ä"]
)
def test_a_timezone_that_is_not_known_is_named(zone: str) -> None:
    with pytest.raises(ConfigError, match="timezone") as caught:
        Calendar.of(zone)
    assert repr(zone) in caught.value.message


@given(moments)
def test_milliseconds_keep_a_time_to_the_millisecond(at: datetime) -> None:
    assert timedelta() <= at - from_milliseconds(milliseconds(at)) < timedelta(milliseconds=1)


def test_the_machines_clock_tells_utc() -> None:
    now = SystemClock().now()
    assert now.utcoffset() == timedelta()
    assert abs(now - datetime.now().astimezone()) < timedelta(seconds=5)
