"""Models, voices and recordings as Settings shows them: what is there, what is fetched, what went wrong."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import weakref
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import flet as ft

from tutor.errors import Cancelled, PackError, TutorError, UsageError
from tutor.i18n import _, plural
from tutor.long_work import Progress
from tutor.speech.ear import can_listen
from tutor.speech.known_packs import Kind, KnownPack
from tutor.speech.pack_files import InstalledPack
from tutor.speech.packs import Offer
from tutor.ui.file_picker import Picker, device_picker
from tutor.ui.turns import Turns
from tutor.ui.watched import Watched

if TYPE_CHECKING:
    from tutor.practice import Tutor

log = logging.getLogger("tutor.ui")

IMPORT, RECORDINGS = "*import", "*recordings"
"""What is said and asked of these stands beside what is of packs; no pack can be called so."""

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Said:
    """How something ended, in a sentence."""

    text: str
    again: bool = False
    """Whether trying again may help."""
    fault: bool = False


class SpeechModels(ft.Observable):
    """What one page shows of them. It stays when the learner leaves Settings: a download goes on."""

    def __init__(self, tutor: Tutor, turns: Turns) -> None:
        self.can_listen = can_listen()
        """Whether this device has what listens; without it no model is of use."""
        self.can_speak = find_spec("piper") is not None
        """Whether it has what speaks with installed voices."""
        self.picker: Picker | None = device_picker()
        """The device's window to choose files in; None where there is none."""
        self.installed: list[InstalledPack] = []
        self.in_use = ""
        """The model that hears; empty for none."""
        self.recordings = 0
        """How many recordings are kept."""
        self.offers: dict[str, Offer] = {}
        """What installing packs would bring, as the hub told."""
        self.working: dict[str, Watched] = {}
        """By pack: what is asked of the hub, or fetched, while it goes on."""
        self.said: dict[str, Said] = {}
        """By pack: how it ended, where that was not simply well."""
        self.asked = ""
        """What of is asked once more whether it should be removed; empty for nothing."""
        self._tutor = tutor
        # The other way round the page would never be forgotten: `_PAGES` holds what holds its own key.
        self._turns = weakref.ref(turns)

    @staticmethod
    async def of(tutor: Tutor, turns: Turns) -> SpeechModels:
        """That of a page, as it is now, with what is still going on there."""
        found = _PAGES.get(turns)
        if found is None:
            found = _PAGES[turns] = SpeechModels(tutor, turns)
        # Another may learn on this page by now.
        found._tutor, found.asked = tutor, ""
        found.said = {name: said for name, said in found.said.items() if said.fault}
        await found.look()
        spoken = {file.stem for pack in found.installed for file in pack.path.glob("*.onnx") if pack.whole}
        if found.can_speak and not spoken <= set(tutor.voice.offered):
            # A voice was installed meanwhile, by the command or from another page.
            await turns.call(tutor.look_for_voices)
        return found

    @property
    def turns(self) -> Turns:
        """The page's."""
        turns = self._turns()
        assert turns, "a page that is gone presses nothing"
        return turns

    @property
    def hub(self) -> str:
        """The hub's address."""
        return self._tutor.speaking.packs.endpoint

    @property
    def problem(self) -> str:
        """Why the model in use could not be loaded; empty where it could, or was not yet tried."""
        return self._tutor.speaking.ear.problem

    def known(self, kind: Kind) -> list[KnownPack]:
        """What can be installed by name."""
        return [one for one in self._tutor.speaking.packs.known() if one.kind is kind]

    def there(self, name: str) -> InstalledPack | None:
        """What is on this device of a pack, whole or not."""
        return next((one for one in self.installed if one.name == name), None)

    async def look(self) -> None:
        """See what is on this device."""
        speaking, preferred = self._tutor.speaking, self._tutor.settings.speech_model

        def found() -> tuple[list[InstalledPack], Path | None, int]:
            packs = speaking.packs
            return packs.installed(), packs.speech_model(preferred), speaking.recordings.count()

        try:
            self.installed, path, self.recordings = await asyncio.to_thread(found)
            self.in_use = path.name if path else ""
        except PackError as error:
            self.installed, self.in_use = [], ""
            self._say(IMPORT, Said(error.message, fault=True))

    async def model_chosen(self) -> None:
        """Another model was chosen: what was wrong with the one before does not matter any more."""
        self._tutor.speaking.ear.look_again()
        await self.look()

    # Installing.

    async def install(self, name: str) -> None:
        """Begin to ask the hub what a pack would bring; once that was shown, begin to bring it."""
        if offer := self.offers.get(name):
            self._begin(name, _("Downloading"), partial(self._install, offer))
        else:
            host = self.hub.partition("://")[2]
            self._begin(name, _("Asking {hub}").format(hub=host), partial(self._look_up, name))

    async def decline(self, name: str) -> None:
        """Not to install what was offered."""
        self.offers = {one: offer for one, offer in self.offers.items() if one != name}
        self.turns.advance()

    async def _look_up(self, name: str, work: Watched) -> None:
        def unless_stopped(progress: Progress) -> None:
            # There is nothing to tell how far it is.
            if work.stopping:
                work.told(progress)

        offer = await _beside(self._tutor.speaking.packs.look_up, name, unless_stopped)
        self.offers = self.offers | {name: offer}

    async def _install(self, offer: Offer, work: Watched) -> None:
        try:
            await _beside(self._tutor.speaking.packs.install, offer, work.told)
        except PackError as error:
            if not error.retry:
                # The hub may tell something else by now.
                self._forget_offer(offer.name)
            raise
        self._forget_offer(offer.name)
        await self._look_again()

    def _forget_offer(self, name: str) -> None:
        self.offers = {one: offer for one, offer in self.offers.items() if one != name}

    async def import_archive(self) -> None:
        """Choose an archive and begin to copy a model or a voice out of it."""
        if self.picker:
            self.turns.beside(self._choose, self.picker.archive)

    async def import_folder(self) -> None:
        """Choose a folder and begin to copy the model or the voice in it."""
        if self.picker:
            self.turns.beside(self._choose, self.picker.folder)

    async def _choose(self, window: Callable[[], Awaitable[Path | None]]) -> None:
        try:
            path = await window()
        except UsageError as error:
            self._say(IMPORT, Said(error.message, fault=True))
            return
        if path:
            self._begin(IMPORT, _("Copying"), partial(self._import, path))

    async def _import(self, path: Path, work: Watched) -> None:
        done = await _beside(self._tutor.speaking.packs.import_from, path, told=work.told)
        await self._look_again()
        self._say(IMPORT, Said(_("{name} is installed.").format(name=done.name)))

    async def _look_again(self) -> None:
        """Take up what was installed, and let go of what was removed."""

        def look() -> None:
            self._tutor.speaking.ear.look_again()
            self._tutor.look_for_voices()

        await self.turns.call(look)

    def _begin(self, name: str, title: str, work: Callable[[Watched], Awaitable[None]]) -> None:
        if name in self.working:
            return
        watched = Watched(title, lambda: self._notify("working"))
        self.working = self.working | {name: watched}
        self._unsay(name)
        self.turns.beside(self._go_on, name, work(watched))
        self.turns.advance()

    async def _go_on(self, name: str, work: Awaitable[None]) -> None:
        said: Said | None = None
        try:
            await work
        except Cancelled:
            said = Said(_("Stopped. Nothing was changed."))
        except TutorError as error:
            log.info("%s: %s", error.doing, error.message)
            said = Said(error.message, again=name != IMPORT, fault=True)
        finally:
            await self.look()
            # The learner may be anywhere by now: no step of theirs is over because of this.
            self.working = {one: watched for one, watched in self.working.items() if one != name}
        there = self.there(name)
        if said and not said.fault and there and not there.whole:
            said = Said(_("Stopped. What came so far is kept: the next try goes on from there."))
        if said:
            self._say(name, said)

    # Removing.

    async def ask(self, what: str) -> None:
        """Ask whether a pack, or the recordings, should really go; of nothing: they stay."""
        self.asked = what
        self.turns.advance()

    async def remove(self, name: str) -> None:
        """Delete a pack from this device. One that is just being loaded stays."""
        self.asked = ""
        self._unsay(name)
        try:
            await self.turns.call(self._remove, name)
        except TutorError as error:
            self._say(name, Said(error.message, fault=True))
        else:
            self._forget_offer(name)
            await self._look_again()
        await self.look()
        self.turns.advance()

    def _remove(self, name: str) -> None:
        speaking = self._tutor.speaking
        if name == self.in_use:
            if speaking.ear.loading:
                raise UsageError(
                    _(
                        "{name} is just being made ready to listen, so it was not removed: try again in a "
                        "moment."
                    ).format(name=shown(name)),
                    doing="removing a pack",
                )
            # It leaves the memory first, for some systems keep files that are in use.
            speaking.ear.look_again()
        speaking.packs.remove(name)

    async def clear_recordings(self) -> None:
        """Delete all recordings now."""
        self.asked = ""
        gone = await self.turns.call(self._tutor.speaking.recordings.clear)
        said = plural("{count} recording was deleted.", "{count} recordings were deleted.", gone)
        self._say(RECORDINGS, Said(said))
        await self.look()
        self.turns.advance()

    def _say(self, name: str, said: Said) -> None:
        self.said = self.said | {name: said}

    def _unsay(self, name: str) -> None:
        self.said = {one: said for one, said in self.said.items() if one != name}


_PAGES: weakref.WeakKeyDictionary[Turns, SpeechModels] = weakref.WeakKeyDictionary()
"""Of each page that is open."""


def shown(name: str) -> str:
    """What a pack is called to people."""
    return name.replace("-", " ").title()


async def _beside(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Do work in a thread that ends with the program: leaving it does not wait for a download.

    What came by then is kept, and gone on with.
    """
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[R] = loop.create_future()

    def tell(result: R | None, error: BaseException | None) -> None:
        if ended.cancelled():
            return
        if error:
            ended.set_exception(error)
        else:
            ended.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result: R | None = None
        failure: BaseException | None = None
        try:
            result = work(*args, **kwargs)
        except BaseException as error:  # noqa: BLE001  It is raised where it is waited for.
            failure = error
        # The loop may have ended meanwhile, and nobody waits.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(tell, result, failure)

    Thread(target=contextvars.copy_context().run, args=(run,), name="packs", daemon=True).start()
    return await ended
