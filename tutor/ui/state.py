"""What one web session shows. It alone holds the tutor; screens render it and hand back what is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import flet as ft

from tutor.errors import TutorError
from tutor.memory.review import Rating
from tutor.memory.tracks import MIX
from tutor.outcome import Today
from tutor.ui.drilling import Drilling, Phase
from tutor.ui.keys import PRESSING, Does, Key, meaning
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
    TODAY = "today"
    SESSION = "session"
    RESTING = "resting"
    REMEMBERING = "remembering"
    REFUSED = "refused"


class AppState(ft.Observable):
    """The state of one web session, with a tutor of its own."""

    def __init__(self, open_tutor: Callable[[], Tutor], look: Look, sound: Sound | None = None) -> None:
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
        self.drilling: Drilling | None = None
        self.resting: Resting | None = None
        self.remembering: Remembering | None = None
        self.now: Callable[[], datetime] = lambda: datetime.now().astimezone()
        self.sound = sound
        self._open_tutor = open_tutor
        self._tutor: Tutor | None = None
        self._redraw: Callable[[object, str | None], None] | None = None

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
            self._tutor = await self.turns.call(self._open_tutor)
            self.today = await self.turns.call(self._tutor.today, self._tutor.session_limit)
        except TutorError as error:
            self.failure, self.screen = error, Screen.REFUSED
        else:
            self.failure, self.screen = None, Screen.TODAY
            self._tutor.make_ahead()
        self.turns.advance()

    async def shut(self) -> None:
        """The page is gone: the session stays for a day, the file is closed."""
        tutor, self._tutor = self._tutor, None
        if self.drilling:
            await self.drilling.close()
            self.drilling = None
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
        # One component draws everything, so that no part is drawn from a state that is half old.
        self._redraw = lambda _sender, _field: self._notify("drilling")
        drilling.subscribe(self._redraw)
        self.drilling, self.screen = drilling, Screen.SESSION
        self.turns.lost_focus()
        if drilling.notice:
            self.turns.tell(drilling.notice)

    async def see_resting(self) -> None:
        """Open the list of words that rest."""
        if self._tutor is None:
            return
        self.resting = await Resting.of(self._tutor, self.turns)
        self._redraw = lambda _sender, _field: self._notify("resting")
        self.resting.subscribe(self._redraw)
        self.notice, self.screen = "", Screen.RESTING
        self.turns.advance()

    async def see_remembering(self) -> None:
        """Open how the learner remembers."""
        if self._tutor is None:
            return
        self.remembering = await Remembering.of(self._tutor, self.turns)
        self._redraw = lambda _sender, _field: self._notify("remembering")
        self.remembering.subscribe(self._redraw)
        self.notice, self.screen = "", Screen.REMEMBERING
        self.turns.advance()
        self.turns.later(self.remembering.simulate())

    async def leave(self) -> None:
        """Back to Today; asks nothing, since the session can be taken up again."""
        if self._tutor is None:
            return
        if self.drilling:
            await self.drilling.close()
        self.today = await self.turns.call(self._tutor.today, self._tutor.session_limit)
        self.notice, self.drilling, self.resting, self.remembering = "", None, None, None
        self.screen = Screen.TODAY
        self.turns.typing = False
        self.turns.lost_focus()
        self.turns.advance()

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
        if self.screen is Screen.TODAY:
            if does is Does.DEFAULT and self.today and has_something(self.today):
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

    async def _key_in_session(self, drilling: Drilling, does: Does, which: int) -> None:
        drill = drilling.drill
        if does is Does.LEAVE:
            await self.leave()
        elif does is Does.UNDO and drilling.can_undo:
            await drilling.undo()
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
        self.look = replace(self.look, dark=dark)

    def played(self, playing: bool) -> None:
        """A sound began or ended."""
        if self.drilling:
            self.drilling.sounds(playing)


def has_something(today: Today) -> bool:
    """Whether there is anything to do today."""
    return bool(today.resumable or today.new or sum(today.due.values()))
