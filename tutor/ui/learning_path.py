"""The lessons as the learner walks through them: the path, the lesson that is open, the grammar of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flet as ft

from tutor import lessons
from tutor.course.item import Note
from tutor.lessons import LessonPage, Standing
from tutor.ui.alphabet import Alphabet
from tutor.ui.sound import Sound
from tutor.ui.turns import Turns

if TYPE_CHECKING:
    from tutor.practice import Tutor


class LearningPath(ft.Observable):
    """The state of the screen."""

    def __init__(
        self,
        tutor: Tutor,
        turns: Turns,
        sound: Sound | None,
        path: tuple[Standing, ...],
        following: Standing | None,
    ) -> None:
        self.turns = turns
        self.path, self.following = path, following
        self.page: LessonPage | None = None
        """The lesson that is open."""
        self.grammar: tuple[tuple[Standing, tuple[Note, ...]], ...] = ()
        """The reference, while it is open."""
        self.alphabet: Alphabet | None = None
        """The tour of the letters, while it is open."""
        self.voice = tutor.voice
        self._tutor, self._sound = tutor, sound

    @classmethod
    async def of(cls, tutor: Tutor, turns: Turns, sound: Sound | None) -> LearningPath:
        """The path as it stands."""
        path = await turns.call(lessons.path, tutor)
        return cls(tutor, turns, sound, path, await turns.call(lessons.following, tutor))

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
        """Say a word of the tour."""
        self.turns.later(self._speak(text))

    async def _speak(self, text: str) -> None:
        clip = await self.turns.call(self._tutor.speak, text)
        if clip and self._sound:
            await self._sound.play(clip)

    async def close(self) -> None:
        """Back to the path."""
        self.page, self.grammar, self.alphabet = None, (), None
        self.turns.advance()

    @property
    def can_begin(self) -> str:
        """The id of the lesson that is open, where something of it was not met yet; else empty."""
        standing = self.page.standing if self.page else None
        return standing.id if standing and standing.met < standing.items else ""

    @property
    def at_rest(self) -> bool:
        """Whether nothing is open that could be closed."""
        return self.page is None and not self.grammar and self.alphabet is None
