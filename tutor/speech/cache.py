"""The audio cache: a clip is made once, named by what it says, and found again by its hash."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import threading
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tutor.errors import SpeechError
from tutor.i18n import _
from tutor.speech.synthesizer import NORMAL_RATE, Synthesizer


@dataclass(frozen=True, slots=True)
class CachedClip:
    """A clip's row."""

    hash: str
    audio_ref: str
    """The file, relative to the audio folder."""
    format: str
    bytes: int
    duration_ms: int


class ClipRows(Protocol):
    """Where rows about clips are kept."""

    def find(self, hash: str) -> CachedClip | None:
        """The row of a clip, noted as used now."""
        ...

    def add(self, clip: CachedClip) -> None:
        """Keep a row."""
        ...

    def remove(self, hash: str) -> None:
        """Forget a row whose file has gone."""
        ...


class AudioCache:
    """Clips under one folder. A failed synthesis leaves neither a file nor a row."""

    def __init__(self, folder: Path, rows: ClipRows, synthesizer: Synthesizer) -> None:
        self._folder = folder
        self._rows = rows
        self._synthesizer = synthesizer
        # What is made ahead and what is asked for now may be the same clip.
        self._one_at_a_time = threading.Lock()

    def clip(self, text: str, rate: float = NORMAL_RATE) -> tuple[Path, CachedClip]:
        """The file that says `text`, made now if it is not there. Raises SpeechError."""
        with self._one_at_a_time:
            return self._clip(text, rate)

    def _clip(self, text: str, rate: float) -> tuple[Path, CachedClip]:
        key = clip_hash(text, self._synthesizer.voice, self._synthesizer.engine, rate)
        known = self._rows.find(key)
        if known:
            path = self._folder / known.audio_ref
            if path.is_file() and path.stat().st_size == known.bytes:
                return path, known
            self._rows.remove(key)
        content = self._synthesizer.synthesize(text, rate)
        made = CachedClip(key, f"{key[:2]}/{key}.wav", "wav", len(content), _duration_ms(content))
        path = self._folder / made.audio_ref
        _write(path, content)
        try:
            self._rows.add(made)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path, made


def clip_hash(text: str, voice: str, engine: str, rate: float) -> str:
    """What a clip is known by: the same words, voice, engine and rate give the same clip."""
    return hashlib.sha256("\x1f".join((text, voice, engine, f"{rate:.3f}")).encode()).hexdigest()[:40]


def _duration_ms(content: bytes) -> int:
    try:
        with wave.open(io.BytesIO(content)) as file:
            return round(int(file.getnframes()) * 1000 / int(file.getframerate()))
    except (wave.Error, EOFError, ZeroDivisionError) as error:
        raise SpeechError(
            _("The voice made a sound file that cannot be played; the drill goes on without sound."),
            doing="speaking",
        ) from error


def _write(path: Path, content: bytes) -> None:
    """Write a whole file or none."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(dir=path.parent, suffix=".partial")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(partial).replace(path)
        except BaseException:
            Path(partial).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise SpeechError(
            _("The sound could not be kept ({why}); the drill goes on without it.").format(
                why=error.strerror
            ),
            doing="speaking",
        ) from error
