"""What a tutor hears with: the speech model that is installed, one in memory for all in this process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from tutor.errors import NoSpeechEngine, SpeechError
from tutor.i18n import _
from tutor.speech.evaluation import Evaluator, SpeechResult
from tutor.speech.phones import PhoneWriter
from tutor.speech.recording import Recording
from tutor.speech.transcriber import Transcriber

log = logging.getLogger(__name__)

IDLE_SECONDS = 300.0
"""After so long without a word the model leaves the memory."""


@dataclass(frozen=True, slots=True)
class Take:
    """One recording, and what was heard in it."""

    recording: Recording
    result: SpeechResult
    response_ms: int | None = None
    """From the end of what was played to the first sound; None where that was not measured."""


class Model(Transcriber, Protocol):
    """A transcriber that can leave the memory again."""

    @property
    def loaded(self) -> bool:
        """Whether it is in memory."""
        ...

    def release(self, idle_seconds: float = ...) -> bool:
        """Leave the memory, unless it was used since; whether it is out of it now."""
        ...


class _OneModel:
    """At most one model in memory. Another folder takes the place of the one before."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._model: Model | None = None
        self._timer: threading.Timer | None = None

    def at(self, folder: Path, make: Callable[[Path], Model]) -> Model:
        """The model of a folder; it leaves the memory once nobody used it for five minutes."""
        with self._lock:
            if self._model is None or self._folder != folder:
                if self._model:
                    self._model.release(0.0)
                self._folder, self._model = folder, make(folder)
            self._watch(IDLE_SECONDS)
            return self._model

    def forget(self, folder: Path) -> None:
        """Let go of a folder's model, because its files change."""
        with self._lock:
            if self._model and self._folder == folder:
                self._model.release(0.0)
                self._model = self._folder = None

    def _watch(self, seconds: float) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = threading.Timer(seconds, self._look)
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        with self._lock:
            if self._model and not self._model.release(IDLE_SECONDS):
                self._watch(IDLE_SECONDS / 5)


_SHARED = _OneModel()


def _whisper(folder: Path) -> Model:
    from tutor.speech.whisper import Whisper

    return Whisper(folder)


def can_listen() -> bool:
    """Whether this device has the packages that listen."""
    return all(find_spec(name) is not None for name in ("av", "faster_whisper", "espeakng_loader", "pydub"))


class Ear:
    """A learner's: the model they chose among those that are installed. There may be none."""

    def __init__(
        self,
        chosen: Callable[[], Path | None],
        writer: PhoneWriter | None,
        make: Callable[[Path], Model] = _whisper,
    ) -> None:
        """`chosen` tells the folder of the model in use; `writer` writes phones, and may be none, too."""
        self._chosen, self._writer, self._make = chosen, writer, make
        self._loading: threading.Thread | None = None
        self.problem = ""
        """Why the model could not be loaded, in a sentence; empty where it could, or was not yet tried."""

    @property
    def hears(self) -> bool:
        """Whether what is said can be judged here."""
        return self._writer is not None and not self.problem and self._chosen() is not None

    @property
    def loading(self) -> bool:
        """Whether the model is just being loaded."""
        return self._loading is not None and self._loading.is_alive()

    def prepare(self) -> None:
        """Load the model in the background, so that it is there when somebody speaks."""
        folder = self._chosen()
        if folder is None or self._writer is None or self.problem or self.loading:
            return

        def load() -> None:
            try:
                _SHARED.at(folder, self._make).load()
            except SpeechError as error:
                self.problem = error.message
            except Exception:
                log.exception("a speech model could not be loaded")
                self.problem = _("The speech model cannot be loaded. Until it can, you judge yourself.")

        self._loading = threading.Thread(target=load, name="speech-model", daemon=True)
        self._loading.start()

    def wait(self) -> None:
        """Wait until what `prepare` began is done."""
        if self._loading:
            self._loading.join()

    def look_again(self) -> None:
        """Models were installed or removed: what was wrong with them may be mended."""
        self.problem = ""
        folder = self._chosen()
        if folder:
            _SHARED.forget(folder)

    def evaluate(
        self,
        recording: Recording,
        expected: str,
        accepted: Sequence[str],
        forms: Mapping[str, str] | None = None,
        says_the_same: Callable[[str], bool] = lambda heard: False,
    ) -> SpeechResult:
        """Judge a recording, as `Evaluator.evaluate` does.

        Raises NoSpeechEngine where nothing is installed, SpeechModelBroken, TooMuchToSay or
        RecordingUnreadable.
        """
        folder = self._chosen()
        if folder is None or self._writer is None:
            raise NoSpeechEngine(
                _("No speech model is installed, so you judge yourself. Settings has one to install."),
                doing="listening",
            )
        evaluator = Evaluator(_SHARED.at(folder, self._make), self._writer)
        return evaluator.evaluate(recording, expected, accepted, forms, says_the_same)
