"""The introduction as it is walked through: a few questions, a placement, the sounds, and off one goes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import flet as ft

from tutor import lessons, settings, welcome
from tutor.drills.drill import Drill
from tutor.drills.speaker import Speaker
from tutor.placement import Placed, Placement
from tutor.settings import GOALS, Settings
from tutor.ui.alphabet import Alphabet
from tutor.ui.sound import Sound, speak
from tutor.ui.turns import Turns
from tutor.welcome import Step

if TYPE_CHECKING:
    from tutor.practice import Tutor


class Welcoming(ft.Observable):
    """The state of the screen. `settle` makes the app look as it is set; `leave` ends it on Today."""

    def __init__(
        self,
        tutor: Tutor,
        turns: Turns,
        sound: Sound | None,
        settle: Callable[[], None],
        begin: Callable[[], Awaitable[None]],
        leave: Callable[[], Awaitable[None]],
    ) -> None:
        self.turns = turns
        self.step = welcome.reached(tutor)
        self.settings: Settings = tutor.settings
        self.question: Drill | None = None
        """The question of the placement that is asked."""
        self.placed: Placed | None = None
        """What the placement came to."""
        self.alphabet: Alphabet | None = None
        """The tour of the sounds, while it is open."""
        self.voice = tutor.voice.title
        self._typed = self.settings.name
        self._placement: Placement | None = None
        self._tutor, self._sound = tutor, sound
        self._settle, self._begin, self._leave = settle, begin, leave

    @classmethod
    async def of(
        cls,
        tutor: Tutor,
        turns: Turns,
        sound: Sound | None,
        settle: Callable[[], None],
        begin: Callable[[], Awaitable[None]],
        leave: Callable[[], Awaitable[None]],
    ) -> Welcoming:
        """Where it was left; a placement that was interrupted goes on."""
        welcoming = cls(tutor, turns, sound, settle, begin, leave)
        if welcoming.step is Step.LEVEL and welcome.given(tutor):
            await welcoming.ask()
        return welcoming

    # From step to step.

    async def go(self, step: Step) -> None:
        """Go to a step, and remember it."""
        await self.turns.call(welcome.reach, self._tutor, step)
        self.step, self.question, self.alphabet = step, None, None
        self.turns.typing = False
        self.turns.advance()
        if step is Step.DONE:
            await self._begin()

    async def skip(self) -> None:
        """Leave this step as it is."""
        await self.go(self.step.next)

    async def back(self) -> None:
        """Back by a page, or a step."""
        if self.alphabet and self.alphabet.number:
            await self.turn(-1)
        else:
            await self.go(self.step.before)

    async def stop(self) -> None:
        """Leave the introduction for good."""
        await self.turns.call(welcome.reach, self._tutor, Step.DONE)
        await self._leave()

    # What is set.

    @property
    def typed(self) -> str:
        """What stands in the field for the name."""
        return self._typed

    def wrote(self, text: str) -> None:
        """What stands in the field. Not observed: drawn anew at each letter, the field would lose some."""
        self._typed = text

    async def call_me(self) -> None:
        """Take the name that was written."""
        # In one step: drawn anew in between, the field would ask for a focus that comes when it is gone.
        self.settings = await self.turns.call(settings.change, self._tutor, name=self._typed)
        await self.skip()

    async def choose(self, name: str, value: Any) -> None:
        """Set something, at once. It is no step: whoever taps Next right after it means it."""
        self.settings = await self.turns.call(settings.change, self._tutor, **{name: value})
        self._settle()

    # The placement.

    async def ask(self) -> None:
        """Begin with the questions, or go on with them."""
        self._placement = await self.turns.call(Placement, self._tutor, welcome.given(self._tutor))
        await self._next_question()

    async def answer(self, option: str | None) -> None:
        """Take an option, or None for "not sure"."""
        if self._placement and self.question:
            await self.turns.call(self._placement.answer, self.question, option)
            await self.turns.call(welcome.reach, self._tutor, Step.LEVEL, self._placement.given)
            await self._next_question()

    async def _next_question(self) -> None:
        assert self._placement
        question, placed = await self.turns.call(self._placement.next), None
        if question is None:
            placed = await self.turns.call(self._placement.settle)
            await self.turns.call(welcome.reach, self._tutor, Step.SOUNDS)
        self.question, self.placed = question, placed
        self.turns.advance()

    @property
    def asked(self) -> tuple[int, int]:
        """Questions answered, and those there will be."""
        return (self._placement.done, self._placement.expected) if self._placement else (0, 1)

    # The sounds.

    async def tour(self) -> None:
        """Open the tour of the letters."""
        pages = await self.turns.call(lessons.alphabet, self._tutor)
        if not pages:
            await self.skip()
            return
        self.alphabet = Alphabet(pages)
        self.turns.advance()

    async def turn(self, by: int = 1) -> None:
        """Turn the page of the tour; after the last, go on."""
        if self.alphabet is None or (by > 0 and self.alphabet.last):
            await self.skip()
            return
        self.alphabet = self.alphabet.turned(by)
        self.turns.advance()

    async def say(self, text: str) -> None:
        """Say a word of the tour."""
        self.turns.later(speak(self._tutor, self.turns, self._sound, text))

    async def pick(self, place: int) -> None:
        """What a digit does: the choice with this number."""
        if self.question and place <= len(self.question.options):
            await self.answer(self.question.options[place - 1])
        elif self.step is Step.LEVEL and not self.question and not self.placed and place <= 2:
            await (self.skip() if place == 1 else self.ask())
        elif self.step is Step.SPEAKER and place <= len(Speaker):
            await self.choose("speaker", (Speaker.FEMININE, Speaker.MASCULINE, Speaker.EITHER)[place - 1])
        elif self.step is Step.GOAL and place <= len(GOALS):
            await self.choose("goal_minutes", GOALS[place - 1])

    # Keys.

    async def default(self) -> None:
        """What Enter does: the large button of the step."""
        if self.alphabet:
            await self.turn()
        elif self.step is Step.NAME:
            await self.call_me()
        elif self.placed and self.step is Step.LEVEL:
            await self.go(Step.SOUNDS)
        elif self.step is Step.SOUNDS:
            await self.tour()
        elif self.step is not Step.LEVEL:
            await self.skip()
