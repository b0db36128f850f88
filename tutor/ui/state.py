"""What one web session shows. It alone holds the tutor; screens render it and hand back what is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import flet as ft

from tutor import lessons
from tutor.errors import TutorError
from tutor.lessons import Standing
from tutor.memory.review import Rating
from tutor.memory.tracks import MIX
from tutor.outcome import Today
from tutor.settings import Theme
from tutor.ui.adjusting import Adjusting
from tutor.ui.browsing import Browsing
from tutor.ui.drilling import Drilling, Phase
from tutor.ui.keys import PRESSING, Does, Key, meaning
from tutor.ui.learning_path import LearningPath
from tutor.ui.looking_back import LookingBack
from tutor.ui.place import Place
from tutor.ui.remembering import Remembering
from tutor.ui.resting import Resting
from tutor.ui.sound import Sound
from tutor.ui.theme import Look
from tutor.ui.turns import Turns

if TYPE_CHECKING:
    from tutor.practice import Tutor
    from tutor.session import Session


class Screen(StrEnum):
    """Where the learner is."""

    OPENING = "opening"
    PLACE = "place"
    SESSION = "session"
    RESTING = "resting"
    REMEMBERING = "remembering"
    REFUSED = "refused"


Content = Drilling | Resting | Remembering | Adjusting | Browsing | LearningPath | LookingBack


class AppState(ft.Observable):
    """The state of one web session, with a tutor of its own."""

    def __init__(
        self,
        open_tutor: Callable[[], Tutor],
        look: Look,
        sound: Sound | None = None,
        on_theme: Callable[[Theme], None] = lambda theme: None,
    ) -> None:
        self.turns = Turns(self._report)
        self.look = look
        self.screen = Screen.OPENING
        self.slow = False
        """Whether opening takes so long that it should be said."""
        self.today: Today | None = None
        self.failure: TutorError | None = None
        self.notice = ""
        self.fault = False
        """Whether the notice tells of a fault, and not merely of something to know."""
        self.following: Standing | None = None
        """The lesson to go on with."""
        self.place = Place.TODAY
        self.content: Content | None = None
        """What the screen is about, where that is more than the day."""
        self.now: Callable[[], datetime] = lambda: datetime.now().astimezone()
        self.sound = sound
        self._open_tutor, self._on_theme = open_tutor, on_theme
        self._tutor: Tutor | None = None
        self._redraw: Callable[[object, str | None], None] | None = None

    @property
    def drilling(self) -> Drilling | None:
        """The session, while it is shown."""
        return self.content if isinstance(self.content, Drilling) else None

    @property
    def resting(self) -> Resting | None:
        """The words that rest, while they are shown."""
        return self.content if isinstance(self.content, Resting) else None

    @property
    def remembering(self) -> Remembering | None:
        """How the learner remembers, while that is shown."""
        return self.content if isinstance(self.content, Remembering) else None

    def _report(self, message: str, fault: bool) -> None:
        self.notice, self.fault = message, fault

    async def dismiss(self) -> None:
        """Put the notice away."""
        self.notice = ""
        self.turns.lost_focus()

    # Opening and leaving.

    async def open(self) -> None:
        """Open the learner's folder, or say why that cannot be done."""
        try:
            self._tutor = tutor = await self.turns.call(self._open_tutor)
            self.now = lambda: tutor.clock.now().astimezone(tutor.calendar.zone)
            await self._see_the_day(tutor)
        except TutorError as error:
            self.failure, self.screen = error, Screen.REFUSED
        else:
            self.failure, self.screen, self.place, self.content = None, Screen.PLACE, Place.TODAY, None
            self.settle()
            tutor.make_ahead()
        self.turns.advance()

    async def _see_the_day(self, tutor: Tutor) -> None:
        self.today = await self.turns.call(tutor.today, tutor.session_limit)
        self.following = await self.turns.call(lessons.following, tutor)

    def settle(self) -> None:
        """Look as the learner set it."""
        if self._tutor:
            self.look = self.look.set_by(self._tutor.settings)
            self._on_theme(self._tutor.settings.theme)

    async def shut(self) -> None:
        """The page is gone: the session stays for a day, the file is closed."""
        tutor, self._tutor = self._tutor, None
        if self.drilling:
            await self.drilling.close()
        self.content = None
        if tutor:
            await self.turns.call(tutor.close)

    # Today.

    async def start(self, mode: str = MIX) -> None:
        """Begin a session, or go on with the one that began in another window after this page was drawn."""
        if self._tutor:
            offered = self.today and self.today.resumable
            session = None if offered else await self.turns.call(self._tutor.resume)
            if session is None:
                session = await self.turns.call(self._tutor.start, mode, self._tutor.session_limit)
            await self._enter(session)

    async def see_lesson(self, lesson: str) -> None:
        """Open a lesson's page."""
        await self.go(Place.LESSONS)
        if isinstance(self.content, LearningPath):
            await self.content.open(lesson)

    async def start_lesson(self, lesson: str) -> None:
        """Meet the next words of a lesson."""
        if self._tutor:
            await self._enter(await self.turns.call(self._tutor.start_lesson, lesson))

    async def resume(self) -> None:
        """Take the interrupted session up again; where it is gone by now, begin a new one."""
        if self._tutor:
            session = await self.turns.call(self._tutor.resume)
            if session is None:
                session = await self.turns.call(self._tutor.start, MIX, self._tutor.session_limit)
            await self._enter(session)

    async def _enter(self, session: Session) -> None:
        assert self._tutor
        drilling = Drilling(self._tutor, session, self.turns, self.sound)
        await drilling.next()
        self._show(Screen.SESSION, drilling)
        if drilling.notice:
            self.turns.tell(drilling.notice)

    def _show(self, screen: Screen, content: Content | None) -> None:
        """Show a screen and what it is about, from the start of a step."""
        if content:
            # One component draws everything, so that no part is drawn from a state that is half old.
            self._redraw = lambda _sender, _field: self._notify("content")
            content.subscribe(self._redraw)
        self.content, self.screen, self.notice = content, screen, ""
        self.turns.typing = screen is Screen.SESSION and self.turns.typing
        self.turns.lost_focus()
        self.turns.advance()

    async def see_resting(self) -> None:
        """Open the list of words that rest."""
        if self._tutor:
            self._show(Screen.RESTING, await Resting.of(self._tutor, self.turns))

    async def see_remembering(self) -> None:
        """Open how the learner remembers."""
        if self._tutor:
            remembering = await Remembering.of(self._tutor, self.turns)
            self._show(Screen.REMEMBERING, remembering)
            self.turns.later(remembering.simulate())

    async def leave(self) -> None:
        """Back to the place one came from; asks nothing, since a session can be taken up again."""
        if self.drilling:
            await self.drilling.close()
        await self.go(self.place)

    async def go(self, place: Place) -> None:
        """Go to a place."""
        if self._tutor is None:
            return
        content: Content | None = None
        if place is Place.TODAY:
            await self._see_the_day(self._tutor)
        elif place is Place.LESSONS:
            content = await LearningPath.of(self._tutor, self.turns)
        elif place is Place.LIBRARY:
            content = await Browsing.of(self._tutor, self.turns, self.sound)
        elif place is Place.PROGRESS:
            content = looking = LookingBack(self._tutor, self.turns)
            self.turns.later(looking.count())
        elif place is Place.SETTINGS:
            content = await Adjusting.of(self._tutor, self.turns, self.settle)
        self.place = place
        self._show(Screen.PLACE, content)

    async def keep_going(self) -> None:
        """From the summary straight into another session."""
        if self.drilling:
            await self.drilling.close()
        await self.start()

    # Keys, window and sound.

    async def key(self, key: Key) -> None:
        """Do what a key means here and now."""
        self.turns.keyed(presses=key.name in PRESSING)
        found = meaning(key, typing=self.turns.typing, focused=bool(self.turns.focused))
        if found is None:
            return
        does, which = found
        if self.screen is Screen.PLACE:
            if self.place is not Place.TODAY:
                await self._key_in_place(does)
            elif does is Does.DEFAULT and self.today and has_something(self.today):
                await (self.resume() if self.today.resumable else self.start())
        elif self.screen is Screen.REFUSED:
            if does is Does.DEFAULT:
                await self.open()
        elif self.screen in (Screen.RESTING, Screen.REMEMBERING):
            if does is Does.LEAVE and self.resting and self.resting.way:
                await self.resting.put_away()
            elif does is Does.LEAVE:
                await self.leave()
        elif self.drilling:
            await self._key_in_session(self.drilling, does, which)

    async def _key_in_place(self, does: Does) -> None:
        """Escape goes back a step; Enter begins the lesson that is open."""
        content = self.content
        if does is Does.LEAVE:
            if isinstance(content, Browsing | LearningPath) and not content.at_rest:
                await content.close()
            else:
                await self.go(Place.TODAY)
        elif does is Does.DEFAULT and isinstance(content, LearningPath) and content.can_begin:
            await self.start_lesson(content.can_begin)

    async def _key_in_session(self, drilling: Drilling, does: Does, which: int) -> None:
        drill = drilling.drill
        if does is Does.LEAVE:
            await self.leave()
        elif does is Does.UNDO and drilling.can_undo:
            await drilling.undo()
        elif does is Does.TRY_AGAIN:
            await drilling.try_again()
        elif does in (Does.REPLAY, Does.SLOWER):
            await drilling.replay(does is Does.SLOWER)
        elif does is Does.PICK and drill:
            if drilling.phase is Phase.REVEALED and which in drilling.previews:
                await drilling.rate(Rating(which))
            elif drilling.phase is Phase.ASK and which <= len(drill.options):
                await drilling.choose(drill.options[which - 1])
            elif drilling.phase is Phase.ASK and which <= len(drill.pieces):
                await drilling.place(which - 1)
        elif does is Does.BACK and drilling.phase is Phase.ASK and drilling.placed:
            await drilling.take_back(drilling.placed[-1])
        elif does is Does.DEFAULT:
            await self._default(drilling)

    async def _default(self, drilling: Drilling) -> None:
        """The one thing to do: go on, or turn the card over."""
        if drilling.phase is Phase.OVER:
            await self.leave()
        elif drilling.phase is Phase.ANSWERED:
            await drilling.next()
        elif drilling.drill and drilling.phase is Phase.ASK:
            if drilling.drill.meeting:
                await drilling.acknowledge()
            elif drilling.previews:
                await drilling.reveal()
            elif drilling.placed:
                await drilling.built()

    def resized(self, width: float, height: float) -> None:
        """The window has another size."""
        self.look = replace(self.look, width=width, height=height)

    def darkened(self, dark: bool) -> None:
        """The device went over to its other theme."""
        self.look = replace(self.look, device_dark=dark)

    def played(self, playing: bool) -> None:
        """A sound began or ended."""
        if self.drilling:
            self.drilling.sounds(playing)


def has_something(today: Today) -> bool:
    """Whether there is anything to do today."""
    return bool(today.resumable or today.new or sum(today.due.values()))
