"""The lessons as the learner walks through them: the path, the lesson that is open, the grammar of all."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tutor import checkpoint, lessons
from tutor.checkpoint import UnitStanding
from tutor.course.item import Note
from tutor.lessons import LessonPage, Standing
from tutor.ui.alphabet import Alphabet
from tutor.ui.sound import Sound
from tutor.ui.telling_apart import TellingApart
from tutor.ui.turns import Turns

if TYPE_CHECKING:
    from tutor.practice import Tutor


class Part(StrEnum):
    """What there is to do in a lesson, in the order in which it is done."""

    TALK = "talk"
    WORDS = "start-lesson"
    PRACTICE = "practise-lesson"


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


class LearningPath(TellingApart):
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
        super().__init__(tutor, turns, sound)
        self.path, self.units, self.following = path, units, following
        self.page: LessonPage | None = None
        """The lesson that is open."""
        self.grammar: tuple[tuple[Standing, tuple[Note, ...]], ...] = ()
        """The reference, while it is open."""
        self.alphabet: Alphabet | None = None
        """The tour of the letters, while it is open."""

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
