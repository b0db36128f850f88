"""Work that takes long enough to be watched: how far it is, how long it will take, and stopping it.

A use case tells how far it is by a callback. Stopping it is an exception that the callback raises: the
work ends there as it would by any failure, with everything put back.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from tutor.errors import Cancelled


class Doing(StrEnum):
    """What long work is just doing."""

    CHECKING = "checking"
    SAVING = "saving"
    RESTORING = "restoring"
    CLEARING = "clearing"
    UPGRADING = "upgrading"
    FOLDING = "folding"
    WRITING = "writing"
    READING = "reading"
    FITTING = "fitting"
    VOICING = "voicing"
    EMBEDDING = "embedding"
    MAPPING = "mapping"
    DOWNLOADING = "downloading"
    """What is done and the total are bytes."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far work is: so much of so much, and what is being done."""

    done: float
    total: float
    what: Doing

    @property
    def share(self) -> float:
        """What is done of the whole, from 0 to 1."""
        return min(max(self.done / self.total, 0.0), 1.0) if self.total else 0.0


Told = Callable[[Progress], None]
"""Is told how far the work is. What it raises stops the work."""


def untold(_progress: Progress) -> None:
    """Nobody watches."""


def part(told: Told, begin: float, end: float) -> Told:
    """For a part of the work: what it tells of itself is told as that of the whole, from `begin` to `end`."""

    def of_whole(progress: Progress) -> None:
        told(Progress(begin + (end - begin) * progress.share, 1, progress.what))

    return of_whole


def unstoppable(told: Told) -> Told:
    """For what comes when the work is done and is only looked over: nothing can be stopped any more."""

    def only_told(progress: Progress) -> None:
        with suppress(Cancelled):
            told(progress)

    return only_told


_FIRST_SECONDS, _FIRST_SHARE = 2.0, 0.05


def seconds_left(seconds: float, share: float) -> float | None:
    """How long it will go on, after so long for this share; None as long as that would be a guess."""
    if seconds < _FIRST_SECONDS or share < _FIRST_SHARE:
        return None
    return seconds * (1 - share) / share
