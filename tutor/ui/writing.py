"""What stands in a field for an answer, and Polish letters put in at its caret."""

from __future__ import annotations

import flet as ft

from tutor.text import LONGEST_ANSWER


class Writing:
    """A part of an observable state. What is typed is not observed: nothing is drawn anew meanwhile."""

    letters = 0
    """How many Polish letters were put in: each draws the field anew."""

    def __init__(self) -> None:
        self.field = ft.Ref[ft.TextField]()
        self._typed = ""
        self._selection: ft.TextSelection | None = None

    def clear(self) -> None:
        """Nothing is written."""
        self._typed, self._selection = "", None

    @property
    def typed(self) -> str:
        """What the field holds."""
        return self._typed

    def wrote(self, text: str) -> None:
        """The field holds `text` now."""
        self._typed = text[:LONGEST_ANSWER]

    @property
    def selection(self) -> ft.TextSelection | None:
        """What is selected in the field, or where the caret stands."""
        return self._selection

    def select(self, selection: ft.TextSelection) -> None:
        """The caret moved."""
        self._selection = selection

    async def letter(self, letter: str) -> None:
        """Put a Polish letter in at the caret."""
        chosen = self._selection
        start = min(chosen.start, len(self._typed)) if chosen and chosen.is_valid else len(self._typed)
        end = min(chosen.end, len(self._typed)) if chosen and chosen.is_valid else start
        self.wrote(self._typed[:start] + letter + self._typed[end:])
        at = min(start + 1, len(self._typed))
        self._selection = ft.TextSelection(at, at)
        self.letters += 1
