"""Words that differ by one sound, to hear and to tell apart: what a screen that has them is about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

import flet as ft

from tutor import contrasts
from tutor.contrasts import Heard
from tutor.course.item import Note
from tutor.i18n import _
from tutor.ui.sound import Sound, speak
from tutor.ui.turns import Turns

if TYPE_CHECKING:
    from tutor.practice import Tutor


@dataclass(frozen=True, slots=True)
class Hearing:
    """A word that was said, what was chosen, and how many were told apart so far."""

    heard: Heard
    right: int = 0
    asked: int = 0
    chosen: str = ""


class TellingApart(ft.Observable):
    """The state of a screen with words that can be heard."""

    def __init__(self, tutor: Tutor, turns: Turns, sound: Sound | None) -> None:
        self.turns = turns
        self.hearing: Hearing | None = None
        """The contrast that is just being told apart by ear."""
        self.voice = tutor.voice.title
        self._tutor, self._sound, self._rng = tutor, sound, Random()

    async def say(self, text: str) -> None:
        """Say a word."""
        self.turns.later(speak(self._tutor, self.turns, self._sound, text))

    async def hear(self, note: Note) -> None:
        """Say a word of one of a note's contrasts, to be told from the other."""
        last = self.hearing if self.hearing and self.hearing.heard.note.key == note.key else None
        heard = await self.turns.call(
            contrasts.ask, self._tutor, note, self._rng, last.heard if last else None
        )
        if heard is None:
            self.turns.tell(_("The voice on this device does not say these words apart."))
            return
        self.hearing = Hearing(heard, right=last.right if last else 0, asked=last.asked if last else 0)
        await self.say(heard.said)
        self.turns.advance()

    async def tell_apart(self, chosen: str) -> None:
        """Say which word was heard."""
        if self.hearing is None or self.hearing.chosen:
            return
        right = await self._judge(self.hearing.heard, chosen)
        one = self.hearing
        self.hearing = replace(one, chosen=chosen, right=one.right + right, asked=one.asked + 1)
        self.turns.advance()

    async def _judge(self, heard: Heard, chosen: str) -> bool:
        """Whether it was that word. What is chosen of a note that no lesson has is kept nowhere."""
        if heard.note.lesson:
            return await self.turns.call(contrasts.answer, self._tutor, heard, chosen)
        return chosen == heard.said

    async def pick(self, which: int) -> None:
        """Choose a word by its number."""
        if self.hearing and which <= len(self.hearing.heard.options):
            await self.tell_apart(self.hearing.heard.options[which - 1])

    async def enough(self) -> None:
        """Put the contrasts away."""
        self.hearing = None
        self.turns.advance()
