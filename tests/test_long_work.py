"""How far long work is, and when it may be said how long it goes on."""

from __future__ import annotations

import pytest

from tutor.errors import Cancelled
from tutor.long_work import Doing, Progress, part, seconds_left, unstoppable


@pytest.mark.parametrize(("done", "total", "share"), [(0, 4, 0), (1, 4, 0.25), (9, 4, 1), (3, 0, 0)])
def test_a_share_is_from_0_to_1_whatever_is_told(done: float, total: float, share: float) -> None:
    assert Progress(done, total, Doing.WRITING).share == share


def test_a_part_tells_itself_as_that_of_the_whole() -> None:
    told: list[Progress] = []
    second = part(part(told.append, 0.5, 1), 0, 0.5)
    second(Progress(1, 2, Doing.SAVING))
    assert told == [Progress(0.625, 1, Doing.SAVING)]


@pytest.mark.parametrize(
    ("seconds", "share", "left"), [(1, 0.5, None), (10, 0.01, None), (3, 0.25, 9), (10, 1, 0)]
)
def test_what_is_left_is_measured_and_not_guessed(seconds: float, share: float, left: float | None) -> None:
    assert seconds_left(seconds, share) == left


def test_what_is_done_already_cannot_be_stopped() -> None:
    told: list[Progress] = []

    def stops(progress: Progress) -> None:
        told.append(progress)
        raise Cancelled("stop")

    unstoppable(stops)(Progress(1, 1, Doing.CHECKING))
    assert len(told) == 1
