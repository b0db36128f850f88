"""How it goes, as the learner looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flet as ft

from tutor import progress
from tutor.progress import Progress
from tutor.ui.turns import Turns

if TYPE_CHECKING:
    from tutor.practice import Tutor


class LookingBack(ft.Observable):
    """The state of the screen: it is there at once, and its figures when they are counted."""

    def __init__(self, tutor: Tutor, turns: Turns) -> None:
        self.turns = turns
        self.progress: Progress | None = None
        self.years = False
        """Whether every day since the first is shown, and not the last weeks alone."""
        self._tutor = tutor

    async def count(self) -> None:
        """Count everything, in the background."""
        self.progress = await self.turns.call(progress.look, self._tutor)

    async def widen(self, years: bool) -> None:
        """Show the last weeks, or all the years."""
        self.years = years
        self.turns.advance()
