"""The focus timer's rounds, by the clock on the wall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tutor.motivation.focus import Focus

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_four_rounds_with_short_breaks_and_then_a_long_one() -> None:
    focus, told = Focus(NOON), []
    for _stretch in range(9):
        told.append((focus.number, focus.resting, focus.lasts // timedelta(minutes=1)))
        focus = focus.following(focus.began + focus.lasts)
    assert told == [
        (1, False, 25), (1, True, 5), (2, False, 25), (2, True, 5), (3, False, 25), (3, True, 5),
        (4, False, 25), (4, True, 15), (1, False, 25),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "left"), [(0, 25), (1, 25), (60, 24), (24 * 60 + 59, 1), (25 * 60, 0), (99 * 60, 0)]
)
def test_minutes_that_have_begun_count(seconds: int, left: int) -> None:
    assert Focus(NOON).minutes_left(NOON + timedelta(seconds=seconds)) == left


def test_a_stretch_of_another_sitting_is_stale() -> None:
    assert not Focus(NOON).stale(NOON + timedelta(minutes=84))
    assert Focus(NOON).stale(NOON + timedelta(minutes=86))
    assert Focus(NOON).stale(NOON - timedelta(seconds=1))
