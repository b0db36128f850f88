"""Who learns: one is picked, shows their PIN where they have one, or is added."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import flet as ft

from tutor import learners
from tutor.learners import Profile
from tutor.ui.turns import Turns

if TYPE_CHECKING:
    from tutor.practice import Tutor


class Picking(ft.Observable):
    """The state of the screen."""

    def __init__(
        self,
        tutor: Tutor,
        turns: Turns,
        everyone: list[Profile],
        asked: Profile | None,
        enter: Callable[[Profile], Awaitable[None]],
    ) -> None:
        self.turns = turns
        self.everyone = everyone
        self.asked = asked
        """Whose PIN is asked for."""
        self.adding = False
        """Whether the name of somebody new is asked for."""
        self._typed = ""
        self._tutor, self._enter = tutor, enter

    async def pick(self, who: Profile) -> None:
        """Go in as somebody, or ask for their PIN."""
        if who.locked:
            self._turn_to(who)
        else:
            await self._enter(who)

    def wrote(self, text: str) -> None:
        """What stands in the field. Not observed, as everywhere."""
        self._typed = text

    async def show_pin(self) -> None:
        """Go in by the PIN that was written."""
        who, digits = self.asked, self._typed
        if who:
            # An empty field for the next try, should this one be wrong.
            self._turn_to(who)
            await self.turns.call(learners.admit, self._tutor, who.id, digits)
            await self._enter(who)

    async def ask_name(self) -> None:
        """Ask what somebody new is called."""
        self._turn_to(None, adding=True)

    async def add(self) -> None:
        """Add somebody by the name that was written, and go in as them."""
        await self._enter(await self.turns.call(learners.add, self._tutor, self._typed))

    async def back(self) -> None:
        """Back to everybody."""
        self._turn_to(None)

    def _turn_to(self, asked: Profile | None, *, adding: bool = False) -> None:
        self.asked, self.adding, self._typed = asked, adding, ""
        self.turns.typing = False
        self.turns.advance()
