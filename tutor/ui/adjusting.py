"""The settings as they are changed, one row open at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import flet as ft

from tutor import faults, holidays, learners, settings, upkeep, voicing
from tutor.errors import UsageError
from tutor.i18n import _
from tutor.learners import Profile
from tutor.long_work import Told
from tutor.motivation.pause import Pause
from tutor.settings import Settings
from tutor.store.backup import Backup
from tutor.ui.speech_models import SpeechModels
from tutor.ui.turns import Turns
from tutor.ui.watched import Watched
from tutor.voicing import Voiced

if TYPE_CHECKING:
    from tutor.practice import Tutor


class Adjusting(ft.Observable):
    """The state of the screen."""

    def __init__(
        self,
        tutor: Tutor,
        turns: Turns,
        settle: Callable[[], None],
        backups: list[Backup],
        me: Profile,
        speech: SpeechModels,
        *,
        alone: bool,
    ) -> None:
        self.turns = turns
        self.settings: Settings = tutor.settings
        self.met = 0
        """How many words and phrases were met."""
        self.voiced: Voiced | None = None
        """What sounds are there, once all were made."""
        self.folder = str(tutor.folder)
        self.backups = backups
        self.pause: Pause | None = holidays.current(tutor)
        """The days off that today belongs to."""
        self.speech = speech
        """Models that hear, voices to install, and recordings."""
        # Kept: what is subscribed is forgotten with whoever asked for it.
        self._see_speech: Callable[[object, str | None], None] = lambda _who, _what: self._notify("speech")
        speech.subscribe(self._see_speech)
        self.meaning_problem = tutor.meanings.problem
        """What is missing to tell words of like meaning, as far as it is known by now."""
        self.unready = 0
        """How many words are not ready for that yet."""
        self.me, self.alone = me, alone
        """Who learns here on this page, and whether nobody else has a profile."""
        self.open = ""
        """The setting whose choices are shown; empty for none."""
        self.done = ""
        """Where the last export was written."""
        self.working: dict[str, Watched] = {}
        """A backup, an export or the making of sounds, while it goes on."""
        self.asked: Backup | None = None
        """The backup of which it is asked once more whether it should be brought back."""
        self.lost = 0
        """How many answers would go with that."""
        self.word = _("delete")
        """What has to be written before everything is deleted."""
        self.faults = 0
        """How many faults were noted."""
        self.faults_done = ""
        """Where they were written to."""
        self._typed = ""
        self._tutor, self._settle = tutor, settle

    @classmethod
    async def of(cls, tutor: Tutor, turns: Turns, settle: Callable[[], None]) -> Adjusting:
        """As it is set now. `settle` is called whenever something changed, so that the app looks so."""
        backups = await turns.call(upkeep.backups, tutor.folder)
        everyone = await turns.call(learners.everyone, tutor)
        me = next(one for one in everyone if one.id == tutor.learner.id)
        speech = await SpeechModels.of(tutor, turns)
        found = cls(tutor, turns, settle, backups, me, speech, alone=len(everyone) == 1)
        found.met = await turns.call(voicing.count, tutor)
        found.faults = len(await turns.call(faults.listed, tutor))
        found.unready = await turns.call(tutor.meanings.count_missing)
        turns.later(found.look_at_meaning())
        return found

    async def look_at_meaning(self) -> None:
        """See what is missing to tell words of like meaning; a large encoder takes seconds to load."""
        self.meaning_problem = await asyncio.to_thread(self._tutor.meanings.look)

    @property
    def voice(self) -> str:
        """What people are told about the voice in use; empty where there is none."""
        return self._tutor.voice.title

    @property
    def voice_now(self) -> str:
        """The voice in use."""
        return self._tutor.voice.name

    @property
    def voices(self) -> dict[str, str]:
        """The voices that can be chosen, and what they are called."""
        return self._tutor.voice.offered

    async def unfold(self, name: str) -> None:
        """Show what a setting can be; pressed again, put that away."""
        self.open, self._typed, self.asked = "" if name == self.open else name, "", None
        self.speech.asked = ""
        self.turns.typing = False
        self.turns.advance()

    async def choose(self, name: str, value: Any) -> None:
        """Set it. It is no step: whoever taps something else right after it means it."""
        if name == "pause":
            await self._take_off(value)
            return
        self.settings = await self.turns.call(settings.change, self._tutor, **{name: value})
        if name in ("voice", "speed"):
            self.voiced = None
        elif name == "speech_model":
            await self.speech.model_chosen()
        self._settle()

    @property
    def days_off(self) -> int:
        """How many days the pause has that today belongs to; 0 for none."""
        return (self.pause.last - self.pause.first).days + 1 if self.pause else 0

    async def _take_off(self, days: int) -> None:
        """Take days off from today on, or none."""
        if days:
            await self.turns.call(holidays.begin, self._tutor, days)
        else:
            await self.turns.call(holidays.end, self._tutor)
        self.pause = holidays.current(self._tutor)

    def wrote(self, text: str) -> None:
        """What stands in the field. Not observed: drawn anew at each letter, the field would lose some."""
        self._typed = text

    async def rename(self) -> None:
        """Set the name that was written."""
        # In one step: drawn anew in between, the field would ask for a focus that comes when it is gone.
        self.settings = await self.turns.call(settings.change, self._tutor, name=self._typed)
        await self.unfold("name")

    async def lock(self) -> None:
        """Ask for the PIN that was written from now on."""
        await self.turns.call(learners.set_pin, self._tutor, self._typed)
        self.me = replace(self.me, locked=True)
        await self.unfold("pin")

    async def unlock(self) -> None:
        """Ask for no PIN any more."""
        await self.turns.call(learners.forget_pin, self._tutor, self.me.id)
        self.me = replace(self.me, locked=False)
        await self.unfold("pin")

    async def ask(self, one: Backup | None) -> None:
        """Ask whether a backup should be brought back, and say what would go; None takes that back."""
        self.lost = await self.turns.call(upkeep.answers_since, self._tutor.folder, one) if one else 0
        self.asked = one
        self.turns.advance()

    def must_be_meant(self) -> None:
        """Raise UsageError unless the word that has to be written was written."""
        if self._typed.strip().casefold() != self.word.casefold():
            raise UsageError(_("Nothing was deleted: write “{word}” first.").format(word=self.word))

    async def back_up(self) -> None:
        """Begin to make a backup."""
        await self._begin("back-up", _("Making a backup"), self._back_up)

    async def _back_up(self, told: Told) -> None:
        await asyncio.to_thread(upkeep.back_up, self._tutor.folder, told=told)
        self.backups = await asyncio.to_thread(upkeep.backups, self._tutor.folder)

    async def export(self) -> None:
        """Begin to write everything into a file of the folder."""
        await self._begin("export", _("Writing the file"), self._export)

    async def _export(self, told: Told) -> None:
        write = partial(upkeep.export_to_folder, learner=self._tutor.learner.id, told=told)
        self.done = str(await asyncio.to_thread(write, self._tutor.folder))

    async def voice_all(self) -> None:
        """Begin to make the sounds of all that was met."""
        if self.met:
            await self._begin("voice-all", _("Making sounds"), self._voice_all)

    async def _voice_all(self, told: Told) -> None:
        self.voiced = await asyncio.to_thread(voicing.voice_all, self._tutor, told)

    async def _begin(self, name: str, title: str, work: Callable[[Told], Awaitable[None]]) -> None:
        """Begin work that reads the file by a connection of its own, so that nothing has to wait for it."""
        if name not in self.working:
            watched = Watched(title, lambda: self._notify("working"))
            self.working = self.working | {name: watched}
            self.turns.beside(self._go_on, name, work(watched.told))
            self.turns.advance()

    async def _go_on(self, name: str, work: Awaitable[None]) -> None:
        try:
            await work
        finally:
            # The learner may be anywhere by now: no step of theirs is over because of this.
            self.working = {one: watched for one, watched in self.working.items() if one != name}

    async def export_faults(self) -> None:
        """Write what was noted into a file of the folder."""
        if self.faults:
            path = await self.turns.call(faults.export_to_folder, self._tutor)
            self.faults_done = str(path)
            self.turns.advance()
