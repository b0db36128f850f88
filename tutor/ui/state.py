"""What one web session shows. It alone holds the tutor; screens render it and hand back what is done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import flet as ft

from tutor import checkpoint, holidays, learners, lessons, upkeep, welcome
from tutor.errors import TutorError
from tutor.i18n import _, use
from tutor.learners import Profile
from tutor.lessons import Standing
from tutor.long_work import Told
from tutor.memory.tracks import MIX
from tutor.outcome import SHORT_SESSION, Today
from tutor.settings import Theme
from tutor.speech.ear import can_listen
from tutor.store.backup import Backup
from tutor.ui.adjusting import Adjusting
from tutor.ui.browsing import Browsing, Writing
from tutor.ui.charting import Charting
from tutor.ui.drilling import Drilling
from tutor.ui.learning_path import LearningPath, Part, next_part
from tutor.ui.looking_back import LookingBack
from tutor.ui.memory import Memory
from tutor.ui.microphone import Microphone
from tutor.ui.picking import Picking
from tutor.ui.place import Place
from tutor.ui.remembering import Remembering
from tutor.ui.resting import Resting
from tutor.ui.sound import Sound
from tutor.ui.talking import Talking
from tutor.ui.theme import Look
from tutor.ui.turns import Turns
from tutor.ui.watched import Watched
from tutor.ui.welcoming import Welcoming

if TYPE_CHECKING:
    from tutor.practice import Tutor
    from tutor.session import Session


R = TypeVar("R")

_VECTORS_AT_ONCE, _VECTORS_SECONDS, _BETWEEN_VECTORS = 250, 0.1, 0.02
"""Vectors that are made in the background at once, for how many seconds, and how many lie in between."""


class Screen(StrEnum):
    """Where the learner is."""

    OPENING = "opening"
    PLACE = "place"
    WELCOME = "welcome"
    SESSION = "session"
    RESTING = "resting"
    REMEMBERING = "remembering"
    MAP = "map"
    TALK = "talk"
    WORKING = "working"
    PICKING = "picking"
    REFUSED = "refused"


Content = (
    Picking
    | Drilling
    | Talking
    | Resting
    | Remembering
    | Adjusting
    | Browsing
    | Charting
    | LearningPath
    | LookingBack
    | Welcoming
)


class AppState(ft.Observable):
    """The state of one web session, with a tutor of its own."""

    def __init__(
        self,
        open_tutor: Callable[[], Tutor],
        look: Look,
        sound: Sound | None = None,
        on_theme: Callable[[Theme], None] = lambda theme: None,
        prepare: Callable[[Told], object] = lambda told: None,
        memory: Memory | None = None,
    ) -> None:
        self.turns = Turns(self._report, lambda: self.show_focus(False))
        self.look = look
        self.screen = Screen.OPENING
        self.slow = False
        """Whether opening takes so long that it should be said."""
        self.today: Today | None = None
        self.failure: TutorError | None = None
        self.notice = ""
        self.fault = False
        """Whether the notice tells of a fault, and not merely of something to know."""
        self.keys_shown = False
        """Whether it is shown what the keys do."""
        self.session_waits = False
        """Whether the learner came here from a session, to go back to it."""
        self.map_waits = ""
        """The item to whose page the learner came from the map, to go back to it."""
        self.following: Standing | None = None
        """The lesson to go on with."""
        self.place = Place.TODAY
        self.content: Content | None = None
        """What the screen is about, where that is more than the day."""
        self.work: Watched | None = None
        """Long work that has the screen to itself."""
        self.now: Callable[[], datetime] = lambda: datetime.now().astimezone()
        self.sound = sound
        self.microphone: Microphone | None = None
        """That of the page; None where there is no page, as in tests."""
        self._open_tutor, self._on_theme, self._prepare = open_tutor, on_theme, prepare
        self._memory = memory or Memory()
        self._inside = ""
        """The id of the learner who was let in on this page."""
        self._out_of_sight = False
        """Whether the page is out of sight."""
        self._tutor: Tutor | None = None
        self._redraw: Callable[[object, str | None], None] | None = None

    @property
    def drilling(self) -> Drilling | None:
        """The session, while it is shown."""
        return self.content if isinstance(self.content, Drilling) else None

    @property
    def talking(self) -> Talking | None:
        """The dialogue, while it is shown."""
        return self.content if isinstance(self.content, Talking) else None

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
        """Open the folder for whoever learns on this page, or say why that cannot be done.

        Where that is not known, or has to be shown by a PIN, it is asked.
        """
        try:
            await self._watched(_("Opening your words"), self._prepare)
            self._tutor = await self.turns.call(self._open_tutor)
            everyone = await self.turns.call(learners.everyone, self._tutor)
            known = self._inside or await self._memory.recall()
            me = next(
                (one for one in everyone if one.id == known), everyone[0] if len(everyone) == 1 else None
            )
            if me and (me.id == self._inside or not me.locked):
                await self.enter(me)
            else:
                await self._ask_who(everyone, me)
        except TutorError as error:
            self.failure, self.screen = error, Screen.REFUSED
            self.turns.advance()

    async def enter(self, me: Profile) -> None:
        """Open the folder for a learner, from Today on; this browser knows them from now on."""
        assert self._tutor
        if self._tutor.learner.id != me.id:
            self._tutor = await self.turns.call(self._tutor.serving, me.id)
        tutor = self._tutor
        self.now = lambda: tutor.clock.now().astimezone(tutor.calendar.zone)
        await self._see_the_day(tutor)
        self._inside, self.failure, self.place = me.id, None, Place.TODAY
        await self._memory.keep(me.id)
        self.settle()
        self._show(Screen.PLACE, None)
        await self._welcome(self._tutor)
        self._tutor.make_ahead()
        self.turns.later(self._make_vectors(self._tutor))

    async def _make_vectors(self, tutor: Tutor) -> None:
        """Make the vectors that are missing, a few at a time, while this page is looked at."""

        def some() -> tuple[int, int]:
            # Asked here, for the folder may have been left while this waited for its turn.
            if self._tutor is not tutor or self._out_of_sight:
                return 0, 0
            made = tutor.meanings.catch_up(_VECTORS_AT_ONCE, _VECTORS_SECONDS)
            return made, tutor.meanings.count_missing()

        # A large encoder takes seconds to load, for which nothing else has to wait.
        await asyncio.to_thread(tutor.meanings.look)
        made = 1
        while made:
            made, left = await self.turns.call(some)
            if made and isinstance(self.content, Adjusting):
                self.content.unready = left
            # What the learner does comes first.
            await asyncio.sleep(_BETWEEN_VECTORS)

    async def switch(self) -> None:
        """Ask who learns."""
        if self._tutor:
            await self._ask_who(await self.turns.call(learners.everyone, self._tutor), None)

    async def _ask_who(self, everyone: list[Profile], me: Profile | None) -> None:
        assert self._tutor
        self._inside = ""
        self._show(Screen.PICKING, Picking(self._tutor, self.turns, everyone, me, self.enter))

    async def _welcome(self, tutor: Tutor) -> None:
        """Show the introduction to who is new, where they left it."""
        if welcome.reached(tutor) is not welcome.Step.DONE:

            async def home() -> None:
                await self.go(Place.TODAY)

            welcoming = await Welcoming.of(tutor, self.turns, self.sound, self.settle, self.start, home)
            self._show(Screen.WELCOME, welcoming)

    async def _see_the_day(self, tutor: Tutor) -> None:
        self.today = await self.turns.call(tutor.today, tutor.session_limit)
        self.following = await self.turns.call(lessons.following, tutor)

    def settle(self) -> None:
        """Look as the learner set it."""
        if self._tutor:
            self.look = self.look.set_by(self._tutor.settings)
            self._on_theme(self._tutor.settings.theme)
            self.turns.language = self._tutor.settings.language
            use(self.turns.language)

    # Work that takes long.

    async def _watched(self, title: str, work: Callable[[Told], R]) -> R:
        """Do the work, and show meanwhile how far it is."""
        self.work = Watched(title, lambda: self._notify("work"))
        try:
            return await self.turns.call(work, self.work.told)
        finally:
            self.work = None

    async def _alone(self, title: str, work: Callable[[Path, Told], R]) -> R:
        """Close the folder, do work that needs it alone, and open it again, whatever came of that.

        Where it could not be done, the learner is back in the settings.
        """
        assert self._tutor
        tutor, self._tutor = self._tutor, None
        self._show(Screen.WORKING, None)
        await self.turns.call(tutor.close)
        try:
            done = await self._watched(title, partial(work, tutor.folder))
        except TutorError:
            await self.open()
            await self.go(Place.SETTINGS)
            raise
        await self.open()
        return done

    async def restore(self, chosen: Backup) -> None:
        """Bring a backup back."""

        def work(folder: Path, told: Told) -> Backup:
            return upkeep.restore(folder, chosen.path.name, told=told)

        await self._alone(_("Bringing the backup back"), work)
        self.turns.tell(_("Everything is as it was then. What was here is kept as a backup."))

    async def delete_everything(self) -> None:
        """Begin anew, where that is meant."""
        if isinstance(self.content, Adjusting):
            self.content.must_be_meant()

            def work(folder: Path, told: Told) -> Backup:
                return upkeep.delete_everything(folder, told=told)

            saved = await self._alone(_("Deleting everything"), work)
            said = _("Everything was deleted. The backup made before is {path}.")
            self.turns.tell(said.format(path=saved.path))

    async def out_of_sight(self) -> None:
        """The page is out of sight, perhaps for a moment, perhaps for good: the file is left to others."""
        if self._tutor:
            self._out_of_sight = True
            await self.turns.call(self._tutor.let_go)

    async def back_in_sight(self) -> None:
        """The page is back: it goes on where it was, or from Today on where others were at the file."""
        if self._tutor and self._out_of_sight:
            as_left = await self.turns.call(self._tutor.is_as_left)
            self._out_of_sight = False
            if as_left:
                self.turns.later(self._make_vectors(self._tutor))
            else:
                tutor, self._tutor = self._tutor, None
                await self.turns.call(tutor.close)
                await self.open()

    async def shut(self) -> None:
        """The page is gone: the session stays for a day, the file is closed."""
        tutor, self._tutor = self._tutor, None
        if leaving := self.drilling or self.talking:
            await leaving.close()
        self._fall_silent()
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

    async def begin(self, today: Today) -> None:
        """What the large button on Today offers."""
        if today.resumable:
            await self.resume()
        elif today.short_offered:
            await self.start_short()
        else:
            await self.start()

    async def start_short(self) -> None:
        """Begin the short session that is offered after days away."""
        if self._tutor:
            session = await self.turns.call(self._tutor.resume)
            if session is None:
                session = await self.turns.call(self._tutor.start, MIX, SHORT_SESSION)
            await self._enter(session)

    async def back_again(self) -> None:
        """End the pause."""
        if self._tutor:
            await self.turns.call(holidays.end, self._tutor)
            await self.go(Place.TODAY)

    async def see_lesson(self, lesson: str) -> None:
        """Open a lesson's page."""
        await self.go(Place.LESSONS)
        if isinstance(self.content, LearningPath):
            await self.content.open(lesson)

    async def start_lesson(self, lesson: str) -> None:
        """Meet the next words of a lesson."""
        if self._tutor:
            await self._enter(await self.turns.call(self._tutor.start_lesson, lesson))

    async def go_on(self, lesson: Standing) -> None:
        """The next thing to do in a lesson: its dialogue, then its words, then practice."""
        doing = {Part.TALK: self.talk, Part.WORDS: self.start_lesson, Part.PRACTICE: self.practise_lesson}
        await doing[next_part(lesson)](lesson.id)

    async def practise_lesson(self, lesson: str) -> None:
        """A small session of what was met of a lesson."""
        if self._tutor:
            await self._enter(await self.turns.call(lessons.practise, self._tutor, lesson))

    async def start_checkpoint(self, unit: str) -> None:
        """Begin the checkpoint of a unit."""
        if self._tutor:
            await self._enter(await self.turns.call(checkpoint.start, self._tutor, unit))

    async def talk(self, lesson: str) -> None:
        """Open a lesson's dialogue, where it was left."""
        if self._tutor:
            talking = await Talking.of(self._tutor, self.turns, self.sound, lesson, self.microphone)
            self._show(Screen.TALK, talking)

    async def resume(self) -> None:
        """Take the interrupted session up again; where it is gone by now, begin a new one."""
        if self._tutor:
            session = await self.turns.call(self._tutor.resume)
            if session is None:
                session = await self.turns.call(self._tutor.start, MIX, self._tutor.session_limit)
            await self._enter(session)

    async def _enter(self, session: Session) -> None:
        assert self._tutor
        drilling = Drilling(self._tutor, session, self.turns, self.sound, self.microphone)
        drilling.to_settings = self.see_settings if can_listen() else None
        await drilling.begin()
        self._show(Screen.SESSION, drilling)
        if drilling.notice:
            self.turns.tell(drilling.notice)

    def _show(self, screen: Screen, content: Content | None) -> None:
        """Show a screen and what it is about, from the start of a step."""
        self._fall_silent()
        if content:
            # One component draws everything, so that no part is drawn from a state that is half old.
            self._redraw = lambda _sender, _field: self._notify("content")
            content.subscribe(self._redraw)
        self.content, self.screen, self.notice = content, screen, ""
        self.session_waits, self.map_waits = False, ""
        self.keys_shown = False
        self.turns.typing = screen in (Screen.SESSION, Screen.TALK) and self.turns.typing
        self.turns.lost_focus()
        self.turns.advance()

    def _fall_silent(self) -> None:
        """What goes on behind the screen ends with it."""
        if isinstance(self.content, Browsing):
            self.content.fall_silent()
        elif isinstance(self.content, Charting):
            self.content.give_up()

    async def after_talk(self, talking: Talking) -> None:
        """From the end of a dialogue to the new words of its lesson; where all were met, back to it."""
        if talking.words_left:
            await talking.close()
            await self.start_lesson(talking.lesson.id)
        else:
            await self.leave()

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

    async def see_map(self, item: str = "") -> None:
        """Open the map of the vocabulary, an item on it chosen."""
        if self._tutor:
            charting = Charting(self._tutor, self.turns, self.to_page, item)
            self._show(Screen.MAP, charting)
            self.turns.beside(charting.load)

    async def to_page(self, item: str) -> None:
        """From the map to an item's page."""
        if self._tutor:
            browsing = await Browsing.of(self._tutor, self.turns, self.sound, self.microphone)
            await browsing.open(item)
            self._show(Screen.PLACE, browsing)
            self.map_waits = item

    async def edit(self, item: str) -> None:
        """Write at an item in the Library; the session waits meanwhile."""
        if self.drilling:
            await self.drilling.close()
        if self._tutor:
            browsing = await Browsing.of(self._tutor, self.turns, self.sound, self.microphone)
            await browsing.open(item)
            await browsing.write(Writing.EDIT)
            self.place = Place.LIBRARY
            self._show(Screen.PLACE, browsing)
            self.session_waits = True

    async def see_settings(self) -> None:
        """From a session to the settings; it can be taken up again for a day."""
        if self.drilling:
            await self.drilling.close()
        await self.go(Place.SETTINGS)

    async def leave(self) -> None:
        """Back to the place one came from; asks nothing, since a session can be taken up again."""
        if self.talking:
            lesson = self.talking.lesson.id
            await self.talking.close()
            await self.see_lesson(lesson)
            return
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
            content = await LearningPath.of(self._tutor, self.turns, self.sound)
        elif place is Place.LIBRARY:
            content = await Browsing.of(self._tutor, self.turns, self.sound, self.microphone)
        elif place is Place.PROGRESS:
            content = looking = LookingBack(self._tutor, self.turns, self.sound)
            self.turns.later(looking.count())
        elif place is Place.SETTINGS:
            content = await Adjusting.of(self._tutor, self.turns, self.settle)
        self.place = place
        self._show(Screen.PLACE, content)

    async def keep_going(self) -> None:
        """From the summary on with what is left of the session, or into another."""
        if self.drilling:
            await self.drilling.close()
        await self.resume()

    # Keys, window and sound.

    async def show_keys(self, shown: bool) -> None:
        """Lay what the keys do over the screen, or take it away."""
        self.keys_shown = shown
        self.turns.lost_focus()

    def show_focus(self, shown: bool) -> None:
        """Show where the focus is, or no longer."""
        if shown != self.look.rings:
            self.look = replace(self.look, rings=shown)

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
