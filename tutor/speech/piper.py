"""piper, from the package piper-tts: voices that sound human, each installed as a voice pack."""

from __future__ import annotations

import os
import re
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.errors import SpeechError
from tutor.i18n import _
from tutor.speech.synthesizer import NORMAL_RATE
from tutor.speech.wav import as_wav

if TYPE_CHECKING:
    from piper import PiperVoice

_PUBLISHED = re.compile(r"[a-z]{2,3}_[A-Z]{2}-(?P<speaker>.+)-(x_low|low|medium|high)")
"""How piper's own voices are named, as `pl_PL-gosia-medium` is."""

_STRESS = "ˈˌ"
_WINDOWS = os.name == "nt"


class Piper:
    """A voice of piper: a folder with one `<voice>.onnx` and its `<voice>.onnx.json`.

    The files are read when it is first asked to speak; a voice is used by one thread at a time.
    """

    def __init__(self, folder: Path) -> None:
        self._model = min(folder.glob("*.onnx"), default=folder / f"{folder.name}.onnx")
        self._loaded: PiperVoice | None = None
        self._one_at_a_time = threading.Lock()

    @property
    def engine(self) -> str:
        """piper and its version."""
        return _engine()

    @property
    def voice(self) -> str:
        """The file's name, without its ending."""
        return self._model.stem

    @property
    def name(self) -> str:
        """Who lent the voice."""
        published = _PUBLISHED.fullmatch(self.voice)
        return (published["speaker"] if published else self.voice).replace("_", " ").title()

    @property
    def title(self) -> str:
        """The voice, as the learner reads it."""
        return _("{name} (piper, sounds human)").format(name=self.name)

    def synthesize(self, text: str, rate: float = NORMAL_RATE) -> bytes:
        """A mono 16-bit WAV file. Raises SpeechError where the voice is missing, damaged or says nothing."""
        with self._at_work() as voice:
            from piper import SynthesisConfig

            pace = SynthesisConfig(length_scale=voice.config.length_scale / rate)
            samples = b"".join(one.audio_int16_bytes for one in voice.synthesize(text, pace))
            sample_rate = voice.config.sample_rate
        if not samples.strip(b"\0"):
            raise _unsaid()
        return as_wav(samples, sample_rate)

    def sounds(self, text: str) -> str:
        """The IPA from which the voice speaks `text`, without stress and marks. Raises SpeechError."""
        with self._at_work() as voice:
            return _sounds(voice, text)

    @contextmanager
    def _at_work(self) -> Iterator[PiperVoice]:
        """The voice, for one thread. A file from anywhere can fail in any way: each is a SpeechError."""
        with self._one_at_a_time:
            if self._loaded is None:
                self._loaded = self._load()
            try:
                yield self._loaded
            except Exception as error:
                raise _unsaid() from error

    def _load(self) -> PiperVoice:
        try:
            from piper import PiperVoice
            from piper.phonemize_espeak import ESPEAK_DATA_DIR
        except (ImportError, OSError) as error:
            raise self._unpacked() from error
        # Where the espeak-ng within piper cannot read its data, it ends the whole process. On Windows it
        # takes the UTF-8 of the path for the system's code page.
        if not (ESPEAK_DATA_DIR / "phontab").is_file():
            raise self._unpacked()
        if _WINDOWS and not str(ESPEAK_DATA_DIR).isascii():
            raise SpeechError(
                _(
                    "The voice {name} cannot speak while this program is in a folder whose name has other "
                    "than English letters ({folder}); the drill goes on without sound. Choose another voice."
                ).format(name=self.name, folder=ESPEAK_DATA_DIR),
                doing="loading the voice",
            )
        try:
            voice = PiperVoice.load(self._model, espeak_data_dir=ESPEAK_DATA_DIR)
            _check(voice)
        except Exception as error:
            raise SpeechError(
                _(
                    "The voice {name} could not be loaded: its files are missing, damaged or of another "
                    "kind. Your words are safe; install the voice again, or choose another."
                ).format(name=self.name),
                doing="loading the voice",
            ) from error
        return voice

    def _unpacked(self) -> SpeechError:
        return SpeechError(
            _(
                "The voice {name} needs the package piper-tts, which is not installed here; `tutor doctor` "
                "says how to get it. The drill goes on without sound."
            ).format(name=self.name),
            doing="loading the voice",
        )


@cache
def _engine() -> str:
    try:
        return f"piper-{version('piper-tts')}"
    except PackageNotFoundError:
        # A built app may have the package without its description.
        return "piper"


def _check(voice: PiperVoice) -> None:
    """Raise ValueError or TypeError where what the voice says of itself cannot be used."""
    config = voice.config
    if not 0 < config.sample_rate <= 192_000 or not config.length_scale > 0:
        raise ValueError(f"sample rate {config.sample_rate}, length scale {config.length_scale}")
    if not {"_", "^", "$"} <= set(config.phoneme_id_map):
        raise ValueError("no ids for the beginning, the end and the gaps of a sentence")


def _sounds(voice: PiperVoice, text: str) -> str:
    said = " ".join("".join(sentence) for sentence in voice.phonemize(text))
    heard = (one for one in said if one not in _STRESS and not unicodedata.category(one).startswith("P"))
    return " ".join("".join(heard).split())


def _unsaid() -> SpeechError:
    return SpeechError(_("The voice could not say this; the drill goes on without sound."), doing="speaking")
