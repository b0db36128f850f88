"""The words that rest: what the learner can change about one, so that it comes back and stays."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import flet as ft

from tutor import hard_words
from tutor.hard_words import HardWord
from tutor.i18n import _
from tutor.ui.turns import Turns

if TYPE_CHECKING:
    from tutor.practice import Tutor


class Way(StrEnum):
    """What can be done about a word."""

    HOOK = "hook"
    REWORD = "reword"
    SENTENCE = "sentence"
    AGAIN = "again"


class Resting(ft.Observable):
    """The list of resting words, and the one that is being seen to."""

    def __init__(self, tutor: Tutor, turns: Turns, words: list[HardWord]) -> None:
        self.turns = turns
        self.words = words
        self.item = ""
        """The id of the word that is open; empty for none."""
        self.way: Way | None = None
        """What is being written or chosen for it."""
        self._typed = ""
        self._tutor = tutor

    @classmethod
    async def of(cls, tutor: Tutor, turns: Turns) -> Resting:
        """The words that rest now."""
        return cls(tutor, turns, await turns.call(hard_words.hard_words, tutor))

    async def take_up(self, item: str, way: Way) -> None:
        """Begin to do something about a word; pressed again, leave it."""
        same = (item, way) == (self.item, self.way)
        self.item, self.way, self._typed = ("", None, "") if same else (item, way, "")
        self.turns.typing = False
        self.turns.advance()

    async def put_away(self) -> None:
        """Leave what was begun."""
        self.item, self.way, self._typed = "", None, ""
        self.turns.typing = False
        self.turns.advance()

    def wrote(self, text: str) -> None:
        """What stands in the field. Not observed: drawn anew at each letter, the field would lose some."""
        self._typed = text

    async def save(self) -> None:
        """Keep what was written, and let the word come back."""
        given = {"hook" if self.way is Way.HOOK else "meaning": self._typed}
        await self.turns.call(hard_words.bring_back, self._tutor, self.item, **given)
        await self._done()

    async def choose(self, sentence: str) -> None:
        """Ask for the word in this sentence alone, and let it come back."""
        await self.turns.call(hard_words.bring_back, self._tutor, self.item, sentence=sentence)
        await self._done()

    async def meet_again(self) -> None:
        """Begin with the word anew."""
        await self.turns.call(hard_words.meet_again, self._tutor, self.item)
        await self._done()

    async def _done(self) -> None:
        back = next((word.item.text for word in self.words if word.item.id == self.item), "")
        self.words = await self.turns.call(hard_words.hard_words, self._tutor)
        await self.put_away()
        self.turns.tell(_("{word} comes back.").format(word=back))
