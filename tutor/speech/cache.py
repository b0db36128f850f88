"""The audio cache: a clip is made once, named by what it says, and found again by its hash.

Those that nobody hears any more are deleted: any of them can be made again.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
import threading
import wave
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple, Protocol

from tutor.clock import Clock
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


# What is not heard any more.

UNUSED = timedelta(days=90)
"""After so long a clip that was not used is deleted."""

LARGEST = 200 * 2**20
"""Bytes that all clips may take."""

_LEFT = 0.9
"""Of that, what is left where they took more: so that it is not too much again with the next clip."""

_DAY = timedelta(days=1)
_IN_USE = 2 * _DAY
"""A row tells the use of its clip to a day: used today, it may still say that it was yesterday."""

_MARK = ".evicted"
"""The file whose time says when clips were last deleted."""

_OURS = re.compile(r"[0-9a-f]{40}\.wav|.+\.partial")


class ClipUse(NamedTuple):
    """When a clip was used."""

    hash: str
    audio_ref: str
    last_used: datetime


class ClipUses(Protocol):
    """What the rows say of the use of clips."""

    def uses(self) -> Sequence[ClipUse]:
        """Every clip, those that were not used for longest first."""
        ...

    def forget(self, hashes: Sequence[str]) -> None:
        """Forget rows: all of them, or none."""
        ...


def evict_daily(folder: Path, rows: ClipUses, clock: Clock, largest: int = LARGEST) -> None:
    """`evict`, unless that was done in the last 24 hours: then it is one look at a file."""
    now, mark = clock.now().timestamp(), folder / _MARK
    try:
        if 0 <= now - mark.stat().st_mtime < _DAY.total_seconds():
            return
    except FileNotFoundError:
        if not folder.is_dir():
            return
    evict(folder, rows, clock.now(), largest)
    mark.touch()
    os.utime(mark, (now, now))


def evict(folder: Path, rows: ClipUses, now: datetime, largest: int = LARGEST) -> None:
    """Delete the clips that were not used for 90 days. Where the rest takes more than `largest` bytes, those
    go that were not used for longest, until it takes nine tenths of that; but none that was used today.

    Rows go before their files. If that is interrupted, or a file cannot be deleted now, files without a row
    are left; those that are older than a day are deleted, too. Nothing but the cache's own files is.
    """
    files = _files(folder)
    uses = rows.uses()
    known = {use.audio_ref for use in uses}
    abandoned = {
        ref
        for ref, (_size, written) in files.items()
        if ref not in known and now.timestamp() - written > _DAY.total_seconds()
    }
    evicted = [use for use in uses if now - use.last_used > UNUSED]
    going = abandoned.union(use.audio_ref for use in evicted)
    left = sum(size for ref, (size, _written) in files.items() if ref not in going)
    if left > largest:
        for use in uses[len(evicted) :]:
            if left <= largest * _LEFT or now - use.last_used <= _IN_USE:
                break
            evicted.append(use)
            left -= files.get(use.audio_ref, (0, 0.0))[0]
    if evicted:
        rows.forget([use.hash for use in evicted])
    for ref in abandoned.union(use.audio_ref for use in evicted) & files.keys():
        # One that is just being played cannot be deleted everywhere; without its row it goes another day.
        with suppress(OSError):
            (folder / ref).unlink()


def _files(folder: Path) -> dict[str, tuple[int, float]]:
    """The cache's own files, by what rows call them: how large each is, and when it was written."""
    found: dict[str, tuple[int, float]] = {}
    for shelf in os.scandir(folder):
        if len(shelf.name) != 2 or not shelf.is_dir(follow_symlinks=False):
            continue
        for file in os.scandir(shelf):
            if _OURS.fullmatch(file.name) and file.is_file(follow_symlinks=False):
                # Another process may delete it at the same time.
                with suppress(FileNotFoundError):
                    about = file.stat(follow_symlinks=False)
                    found[f"{shelf.name}/{file.name}"] = about.st_size, about.st_mtime
    return found
