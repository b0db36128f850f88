"""The focus timer beside a session: how many minutes are left, and whether it is time for a break."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import flet as ft

from tutor import focus as front
from tutor.focus import Focus
from tutor.i18n import _, plural
from tutor.ui.turns import Turns, Way

if TYPE_CHECKING:
    from tutor.practice import Tutor

_EVERY = 2.0
"""Seconds between two looks at the clock on the wall."""


class Focusing(ft.Observable):
    """The state of the timer. Nothing is counted where the learner does not want it."""

    def __init__(self, tutor: Tutor, turns: Turns) -> None:
        self.focus: Focus | None = None
        self.minutes = 0
        """How many are left of this stretch."""
        self._tutor, self._turns = tutor, turns
        self._counting: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Count on from where it stands."""
        self.focus = await self._turns.call(front.begin, self._tutor)
        if self.focus:
            self.look()
            self._counting = asyncio.create_task(self._count())

    async def _count(self) -> None:
        while True:
            await asyncio.sleep(_EVERY)
            self.look()

    def look(self) -> None:
        """Look at the clock; said once where the stretch has ended."""
        left = self.focus.minutes_left(self._tutor.clock.now()) if self.focus else 0
        if left == self.minutes:
            return
        ended, self.minutes = left == 0, left
        if ended and not self.resting:
            self._turns.tell(
                self.offer,
                way=Way("take-break", _("Break"), self.go_on),
            )

    @property
    def resting(self) -> bool:
        """Whether there is a break."""
        return self.focus is not None and self.focus.resting

    @property
    def offered(self) -> bool:
        """Whether it is time for a break."""
        return self.focus is not None and not self.resting and not self.minutes

    @property
    def offer(self) -> str:
        """That it is time for a break, and how long it is."""
        if self.focus is None:
            return ""
        after = self.focus.following(self.focus.began)
        minutes = after.minutes_left(after.began)
        return plural(
            "25 minutes are done: {count} minute off?", "25 minutes are done: {count} minutes off?", minutes
        )

    async def go_on(self) -> None:
        """Into the break, or out of it."""
        if self.focus:
            self.focus = await self._turns.call(front.go_on, self._tutor, self.focus)
            self.minutes = self.focus.minutes_left(self._tutor.clock.now())
            self._turns.typing = False
            self._turns.advance()

    def end(self) -> None:
        """Count no more; the wall's clock goes on."""
        if self._counting:
            self._counting.cancel()
            self._counting = None
