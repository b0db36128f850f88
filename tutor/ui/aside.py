"""What is opened beside a drill, while the drill stays as it is: what a word means."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import flet as ft

from tutor.gloss import Gloss, look_up

if TYPE_CHECKING:
    from tutor.practice import Tutor
    from tutor.ui.drilling import Drilling


class Open(StrEnum):
    """What is open."""

    NOTHING = ""
    GLOSS = "gloss"


class Aside(ft.Observable):
    """What is open beside the drill of `drilling`."""

    def __init__(self, tutor: Tutor, drilling: Drilling) -> None:
        self.open = Open.NOTHING
        self.gloss: Gloss | None = None
        """The word that is explained."""
        self._tutor, self._drilling = tutor, drilling

    async def close(self) -> None:
        """Put it away."""
        self.put_away()

    def put_away(self) -> None:
        """Have nothing open."""
        self.open, self.gloss = Open.NOTHING, None

    async def explain(self, text: str, at: int) -> None:
        """Say what the word is that stands at `at` in a sentence."""
        drilling = self._drilling
        if drilling.drill is None:
            return
        self.gloss = await drilling.turns.call(
            look_up, self._tutor, drilling.drill, text, at, answered=drilling.told
        )
        self.open = Open.GLOSS
