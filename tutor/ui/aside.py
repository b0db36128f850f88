"""What is opened beside a drill, while the drill stays as it is: a word explained, the menu, a fault."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import flet as ft

from tutor import faults
from tutor.faults import Fault
from tutor.gloss import Gloss, look_up
from tutor.i18n import _
from tutor.ui.turns import way_back

if TYPE_CHECKING:
    from tutor.practice import Tutor
    from tutor.ui.drilling import Drilling


class Open(StrEnum):
    """What is open."""

    NOTHING = ""
    GLOSS = "gloss"
    MENU = "menu"
    FAULT = "fault"
    """A line to say what is wrong with the drill."""


class Aside(ft.Observable):
    """What is open beside the drill of `drilling`."""

    def __init__(self, tutor: Tutor, drilling: Drilling) -> None:
        self.open = Open.NOTHING
        self.gloss: Gloss | None = None
        """The word that is explained."""
        self._noted: Fault | None = None
        self._typed = ""
        self._tutor, self._drilling = tutor, drilling

    async def close(self) -> None:
        """Put it away."""
        self.put_away()

    def put_away(self) -> None:
        """Have nothing open."""
        if self.open is Open.FAULT:
            self._drilling.turns.typing = False
        if self.open:
            self.open, self.gloss, self._typed = Open.NOTHING, None, ""
            self._drilling.turns.lost_focus()

    async def menu(self) -> None:
        """Open or close what can be done about the drill."""
        was = self.open
        self.put_away()
        if was is not Open.MENU and self._drilling.drill:
            self.open = Open.MENU

    async def show_rule(self) -> None:
        """Show the note that explains, or hide it."""
        self.put_away()
        await self._drilling.show_rule()

    async def put_aside(self, known: bool) -> None:
        """Let the word rest, or take it for known."""
        await self._drilling.put_aside(known=known)

    # Faults.

    async def write_fault(self) -> None:
        """Ask what is wrong."""
        self.put_away()
        self.open = Open.FAULT

    def wrote(self, text: str) -> None:
        """What stands in the field. Not observed: drawn anew at each letter, the field would lose some."""
        self._typed = text

    async def note_fault(self) -> None:
        """Keep that something is wrong here."""
        drilling, text = self._drilling, self._typed
        if drilling.drill is None:
            return
        self._noted = await drilling.turns.call(
            faults.note, self._tutor, drilling.drill, drilling.chosen, text
        )
        self.put_away()
        drilling.turns.tell(_("Noted."), way=way_back(self.take_fault_back))

    async def take_fault_back(self) -> None:
        """Forget what was noted last."""
        if self._noted:
            await self._drilling.turns.call(faults.take_back, self._tutor, self._noted)
            self._noted = None
            self._drilling.turns.tell(_("It is not noted any more."))

    async def explain(self, text: str, at: int) -> None:
        """Say what the word is that stands at `at` in a sentence."""
        drilling = self._drilling
        if drilling.drill is None:
            return
        self.gloss = await drilling.turns.call(
            look_up, self._tutor, drilling.drill, text, at, answered=drilling.told
        )
        self.open = Open.GLOSS
