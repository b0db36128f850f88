"""Stamps that order what several devices did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.clock import ManualClock, milliseconds
from tutor.hlc import MAX_DRIFT, HybridClock, Stamp

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
DEVICE = "0198c0ffee0070008000000000abcdef"

stamps = st.builds(
    Stamp,
    ms=st.one_of(st.integers(0, 2**48 - 1), st.integers(milliseconds(NOON), milliseconds(NOON) + 9)),
    counter=st.one_of(st.integers(0, 0xFFFF), st.integers(0, 3)),
    node=st.sampled_from(["00abcdef", "ffffffff", "12345678"]),
)


@given(
    st.lists(
        st.one_of(st.timedeltas(timedelta(days=-2), timedelta(days=2)), st.just(timedelta()), stamps),
        max_size=60,
    )
)
def test_stamps_only_go_forward_whatever_the_clock_does_and_others_say(
    events: list[timedelta | Stamp],
) -> None:
    clock = ManualClock(NOON)
    hybrid = HybridClock(clock, DEVICE)
    given_out = [hybrid.tick()]
    for event in events:
        if isinstance(event, Stamp):
            hybrid.receive(event)
        else:
            clock.advance(event)
        given_out.append(hybrid.tick())
    assert all(earlier < later for earlier, later in pairwise(given_out))


def test_a_stamp_is_the_time_it_was_given_and_ends_in_the_devices_id() -> None:
    stamp = HybridClock(ManualClock(NOON), DEVICE).tick()
    assert stamp.at == NOON
    assert str(stamp).endswith(".00abcdef")


def test_a_crowd_of_stamps_in_one_millisecond_stays_in_order() -> None:
    hybrid = HybridClock(ManualClock(NOON), DEVICE)
    crowd = [str(hybrid.tick()) for _ in range(0x10000 + 10)]
    assert crowd == sorted(set(crowd))


def test_a_restart_does_not_give_a_stamp_again() -> None:
    clock = ManualClock(NOON)
    last = HybridClock(clock, DEVICE).tick()
    clock.advance(timedelta(hours=-3))
    assert HybridClock(clock, DEVICE, last).tick() > last


@given(stamps, stamps)
def test_text_sorts_as_stamps_sort(one: Stamp, other: Stamp) -> None:
    assert (str(one) < str(other)) == (one < other)


@given(stamps)
def test_a_stamp_is_read_back_as_it_was_written(stamp: Stamp) -> None:
    assert Stamp.parse(str(stamp)) == stamp


@pytest.mark.parametrize(
    "text",
    ["", "now", "1.2", "1.2.3.4", "0198c0ffee00.0000", "zzzzzzzzzzzz.0000.abcdef12",
     "-0000000001a.0000.abcdef12", "0198c0ffee00.00_0.abcdef12", "0198c0ffee000.0000.abcdef12",
     " 198c0ffee00.0000.abcdef12", "1.2.abcdef12", "0198c0ffee00.0000.abcdef123",
     "0198c0ffee00.0000.abcdef12\n", "0198C0FFEE00.0000.abcdef12"],
)  # fmt: skip
def test_text_that_would_sort_elsewhere_is_no_stamp(text: str) -> None:
    """It came from another device: what is not written as stamps are written is refused."""
    with pytest.raises(ValueError):
        Stamp.parse(text)


def test_after_another_devices_stamp_ours_are_later() -> None:
    hybrid = HybridClock(ManualClock(NOON), DEVICE)
    ahead = Stamp(milliseconds(NOON + timedelta(minutes=4)), 7, "ffffffff")
    hybrid.receive(ahead)
    assert hybrid.tick() > ahead
    behind = Stamp(milliseconds(NOON - timedelta(days=1)), 9, "ffffffff")
    before = hybrid.tick()
    hybrid.receive(behind)
    assert hybrid.tick() > before


@given(st.lists(stamps, min_size=1))
def test_another_devices_clock_drags_ours_by_no_more_than_five_minutes(others: list[Stamp]) -> None:
    assert timedelta(minutes=5) == MAX_DRIFT
    hybrid = HybridClock(ManualClock(NOON), DEVICE)
    for other in [*others, Stamp(2**48 - 1, 0xFFFF, "ffffffff")]:
        hybrid.receive(other)
        assert hybrid.tick().at <= NOON + timedelta(minutes=5)
