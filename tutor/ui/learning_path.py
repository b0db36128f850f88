"""The lessons as the learner walks through them: the path, the lesson that is open, the grammar of all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random
from typing import TYPE_CHECKING

import flet as ft

from tutor import checkpoint, contrasts, lessons
from tutor.checkpoint import UnitStanding
from tutor.contrasts import Heard
from tutor.course.item import Note
from tutor.i18n import _
from tutor.lessons import LessonPage, Standing
from tutor.ui.alphabet import Alphabet
from tutor.ui.sound import Sound, speak
from tutor.ui.turns import Turns

if TYPE_CHECKING:
    from tutor.practice import Tutor


class Part(StrEnum):
    """What there is to do in a lesson, in the order in which it is done."""

    TALK = "talk"
    WORDS = "start-lesson"
    PRACTICE = "practise-lesson"


@dataclass(frozen=True, slots=True)
class Hearing:
    """A word that was said, what was chosen, and how many were told apart so far."""

    heard: Heard
    right: int = 0
    asked: int = 0
    chosen: str = ""


def parts_of(lesson: Standing) -> tuple[Part, ...]:
    """The parts that a lesson has."""
    return tuple(Part) if lesson.steps else (Part.WORDS, Part.PRACTICE)


def is_done(part: Part, lesson: Standing) -> bool:
    """Whether a part was done to its end, ever. Practice never is."""
    if part is Part.TALK:
        return lesson.talked >= lesson.steps
    return part is Part.WORDS and lesson.met >= lesson.items


def next_part(lesson: Standing) -> Part:
    """What to do next in a lesson."""
    return next(part for part in parts_of(lesson) if not is_done(part, lesson))


class LearningPath(ft.Observable):
    """The state of the screen."""

    def __init__(
        self,
        tutor: Tutor,
        turns: Turns,
        sound: Sound | None,
        path: tuple[Standing, ...],
        units: tuple[UnitStanding, ...],
        following: Standing | None,
    ) -> None:
        self.turns = turns
        self.path, self.units, self.following = path, units, following
        self.page: LessonPage | None = None
        """The lesson that is open."""
        self.grammar: tuple[tuple[Standing, tuple[Note, ...]], ...] = ()
        """The reference, while it is open."""
        self.alphabet: Alphabet | None = None
        """The tour of the letters, while it is open."""
        self.hearing: Hearing | None = None
        """The contrast that is just being told apart by ear."""
        self.voice = tutor.voice.title
        self._tutor, self._sound, self._rng = tutor, sound, Random()

    @classmethod
    async def of(cls, tutor: Tutor, turns: Turns, sound: Sound | None) -> LearningPath:
        """The path as it stands."""
        path = await turns.call(lessons.path, tutor)
        units = await turns.call(checkpoint.path, tutor)
        return cls(tutor, turns, sound, path, units, await turns.call(lessons.following, tutor))

    async def open(self, lesson: str) -> None:
        """Open a lesson."""
        self.page = await self.turns.call(lessons.page, self._tutor, lesson)
        self.turns.advance()

    async def look_up(self) -> None:
        """Open the grammar of all lessons."""
        self.grammar = await self.turns.call(lessons.grammar, self._tutor)
        self.turns.advance()

    async def tour(self) -> None:
        """Open the tour of the letters and their sounds."""
        pages = await self.turns.call(lessons.alphabet, self._tutor)
        self.alphabet = Alphabet(pages) if pages else None
        self.turns.advance()

    async def turn(self, by: int = 1) -> None:
        """Turn a page of the tour; after the last, back to the path."""
        if self.alphabet is None or (by > 0 and self.alphabet.last):
            await self.close()
            return
        self.alphabet = self.alphabet.turned(by)
        self.turns.advance()

    async def say(self, text: str) -> None:
        """Say a word of the tour, or of a contrast."""
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
        right = await self.turns.call(contrasts.answer, self._tutor, self.hearing.heard, chosen)
        one = self.hearing
        self.hearing = replace(one, chosen=chosen, right=one.right + right, asked=one.asked + 1)
        self.turns.advance()

    async def pick(self, which: int) -> None:
        """Choose a word by its number."""
        if self.hearing and which <= len(self.hearing.heard.options):
            await self.tell_apart(self.hearing.heard.options[which - 1])

    async def enough(self) -> None:
        """Put the contrasts away."""
        self.hearing = None
        self.turns.advance()

    async def close(self) -> None:
        """Back to the path, or from a contrast to its lesson."""
        if self.hearing:
            await self.enough()
            return
        self.page, self.grammar, self.alphabet = None, (), None
        self.turns.advance()

    @property
    def at_rest(self) -> bool:
        """Whether nothing is open that could be closed."""
        return self.page is None and not self.grammar and self.alphabet is None
