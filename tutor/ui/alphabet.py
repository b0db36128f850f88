"""The tour of the letters and their sounds: which page is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.course.format import SoundsPage


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The pages, and the number of the one that is open."""

    pages: Sequence[SoundsPage]
    number: int = 0

    @property
    def page(self) -> SoundsPage:
        """The page that is open."""
        return self.pages[self.number]

    @property
    def last(self) -> bool:
        """Whether no page follows."""
        return self.number == len(self.pages) - 1

    def turned(self, by: int) -> Alphabet:
        """With another page open, so many further; at the ends it stays."""
        return replace(self, number=min(max(self.number + by, 0), len(self.pages) - 1))
