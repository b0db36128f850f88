"""What a tutor speaks with: the voice that the learner chose, its clips, and a thread that makes them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tutor.errors import Cancelled, SpeechError
from tutor.i18n import _
from tutor.speech.cache import AudioCache, ClipRows
from tutor.speech.synthesizer import NORMAL_RATE, SLOW_RATE, Synthesizer

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Clip:
    """A piece of speech that can be played."""

    path: str
    """The WAV file; of what the learner just said the name alone."""
    duration_ms: int
    content: bytes = b""
    """The WAV itself where it is in no file."""


class Voice:
    """The voices of this device, of which the learner chose one. There may be none: it then says nothing."""

    def __init__(
        self,
        voices: Sequence[Synthesizer],
        folder: Path,
        rows: ClipRows,
        chosen: Callable[[], tuple[str, float]],
    ) -> None:
        """`chosen` tells the voice's name and its speed (1 is its own); an unknown name is the first's."""
        self.offered = {one.voice: one.name for one in voices}
        """What people are told of each voice that can be chosen, by its own name."""
        self._caches = {one.voice: AudioCache(folder, rows, one) for one in voices}
        self._voices = {one.voice: one for one in voices}
        self._chosen = chosen
        self._heard: dict[tuple[str, str], str] = {}
        self._thread: ThreadPoolExecutor | None = None

    @property
    def name(self) -> str:
        """The voice in use; empty where there is none."""
        chosen, _speed = self._chosen()
        return chosen if chosen in self._voices else next(iter(self._voices), "")

    @property
    def title(self) -> str:
        """What people are told about the voice in use; empty where there is none."""
        return self._voices[self.name].title if self._voices else ""

    def says_apart(self, one: str, other: str) -> bool:
        """Whether two texts are said so that they can be told apart by ear."""
        try:
            return self._sounds(one) != self._sounds(other)
        except SpeechError:
            log.warning("two words could not be compared by ear", exc_info=True)
            return False

    def _sounds(self, text: str) -> str:
        """What the voice makes of a text; asked of it once, for a drill compares a word with ten others."""
        key = self.name, text
        if key not in self._heard:
            self._heard[key] = self._voices[self.name].sounds(text) if self._voices else ""
        return self._heard[key]

    def clip(self, text: str, slow: bool = False) -> Clip | None:
        """A clip that says `text`, from the cache or made now; None where that cannot be."""
        if not self._voices or not text:
            return None
        try:
            return self._made(text, slow)
        except SpeechError:
            log.warning("a clip could not be made", exc_info=True)
            return None

    def _made(self, text: str, slow: bool = False) -> Clip:
        _name, speed = self._chosen()
        rate = round(speed * (SLOW_RATE if slow else NORMAL_RATE), 2)
        path, clip = self._caches[self.name].clip(text, rate)
        return Clip(str(path), clip.duration_ms)

    def in_turn(self) -> Callable[[str], Clip]:
        """What makes many clips one after another, on the thread that makes all of them.

        It raises SpeechError where one cannot be made, and Cancelled once the voice was ended meanwhile.
        """
        thread = self._started()

        def make(text: str) -> Clip:
            try:
                return thread.submit(self._made, text).result()
            except (CancelledError, RuntimeError) as error:
                raise Cancelled(
                    _("That was stopped. The sounds made so far stay."), doing="speaking"
                ) from error

        return make

    def ahead(self, texts: Sequence[str]) -> None:
        """Have clips made in the background, so that they are there when they are needed."""
        for text in texts:
            self.beside(self.clip, text)

    def beside(self, work: Callable[..., object], *args: object) -> None:
        """Do something in the background, after what is to be done there already.

        A fault goes into the log. Where there is no voice nothing is done.
        """

        def guarded() -> None:
            try:
                work(*args)
            except Exception:
                log.exception("work in the background failed")

        if not self._voices:
            return
        thread = self._started()
        # Closing may have ended the thread while it was still asking for more.
        with suppress(RuntimeError):
            thread.submit(guarded)

    def _started(self) -> ThreadPoolExecutor:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="voice")
        return self._thread

    def end(self) -> None:
        """End the work in the background, once the clip that is just being made is kept."""
        if self._thread:
            self._thread.shutdown(cancel_futures=True)
            self._thread = None
