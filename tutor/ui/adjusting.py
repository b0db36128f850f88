"""The settings as they are changed, one row open at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import flet as ft

from tutor import faults, settings, upkeep
from tutor.settings import Settings
from tutor.store.backup import Backup
from tutor.ui.turns import Turns

if TYPE_CHECKING:
    from tutor.practice import Tutor


class Adjusting(ft.Observable):
    """The state of the screen."""

    def __init__(self, tutor: Tutor, turns: Turns, settle: Callable[[], None], backups: list[Backup]) -> None:
        self.turns = turns
        self.settings: Settings = tutor.settings
        self.voice = tutor.voice
        self.folder = str(tutor.folder)
        self.backups = backups
        self.open = ""
        """The setting whose choices are shown; empty for none."""
        self.done = ""
        """Where the export was written to."""
        self.faults = 0
        """How many faults were noted."""
        self.faults_done = ""
        """Where they were written to."""
        self._typed = ""
        self._tutor, self._settle = tutor, settle

    @classmethod
    async def of(cls, tutor: Tutor, turns: Turns, settle: Callable[[], None]) -> Adjusting:
        """As it is set now. `settle` is called whenever something changed, so that the app looks so."""
        found = cls(tutor, turns, settle, await turns.call(upkeep.backups, tutor.folder))
        found.faults = len(await turns.call(faults.listed, tutor))
        return found

    async def unfold(self, name: str) -> None:
        """Show what a setting can be; pressed again, put that away."""
        self.open, self._typed = "" if name == self.open else name, ""
        self.turns.typing = False
        self.turns.advance()

    async def choose(self, name: str, value: Any) -> None:
        """Set it."""
        self.settings = await self.turns.call(settings.change, self._tutor, **{name: value})
        self._settle()
        self.turns.advance()

    def wrote(self, text: str) -> None:
        """What stands in the field. Not observed: drawn anew at each letter, the field would lose some."""
        self._typed = text

    async def rename(self) -> None:
        """Set the name that was written."""
        await self.choose("name", self._typed)
        await self.unfold("name")

    async def back_up(self) -> None:
        """Make a backup now."""
        await self.turns.call(upkeep.back_up, self._tutor.folder)
        self.backups = await self.turns.call(upkeep.backups, self._tutor.folder)
        self.turns.advance()

    async def export(self) -> None:
        """Write everything into a file of the folder."""
        path = await self.turns.call(upkeep.export_to_folder, self._tutor.folder)
        self.done = str(path)
        self.turns.advance()

    async def export_faults(self) -> None:
        """Write what was noted into a file of the folder."""
        if self.faults:
            path = await self.turns.call(faults.export_to_folder, self._tutor)
            self.faults_done = str(path)
            self.turns.advance()
