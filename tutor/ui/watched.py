"""Long work while it goes on, as a screen shows it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

from tutor.errors import Cancelled
from tutor.i18n import _
from tutor.long_work import Progress, seconds_left

_EVERY = 0.2
"""Seconds between two looks at it, unless it goes over to something else."""


class Watched:
    """How far the work is and how long it will take. `seen` is called whenever that changed.

    `told` is what the work is given; it raises Cancelled there once the learner asked for an end.
    """

    def __init__(self, title: str, seen: Callable[[], None]) -> None:
        self.title = title
        self.progress: Progress | None = None
        self.left: float | None = None
        """Seconds that it will go on; None until that can be told."""
        self.stopping = False
        self._seen = seen
        self._loop = asyncio.get_running_loop()
        self._first: tuple[float, float] | None = None
        """When it was first told how far the work is, and what share that was."""
        self._looked_at = 0.0
        self._latest: Progress | None = None

    def told(self, progress: Progress) -> None:
        """Take note of how far it is, from the thread that works. Raises Cancelled where it is to end."""
        if self.stopping:
            raise Cancelled(_("That was stopped. Everything is as it was before."), doing="long work")
        before, now = self._latest, monotonic()
        if before and before.what is progress.what and now - self._looked_at < _EVERY:
            return
        self._latest, self._looked_at = progress, now
        self._loop.call_soon_threadsafe(self._see, progress)

    def _see(self, progress: Progress) -> None:
        now = monotonic()
        began, share = self._first = self._first or (now, progress.share)
        # What was there before it began, as of a download that goes on, says nothing of how fast it is.
        ours = (progress.share - share) / (1 - share) if share < 1 else 0.0
        self.progress, self.left = progress, seconds_left(now - began, ours)
        self._seen()

    def stop(self) -> None:
        """Ask for an end at the next place where all can be put back."""
        self.stopping = True
        self._seen()
