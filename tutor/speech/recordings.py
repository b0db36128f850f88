"""What the learner said, kept on this device for a while."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.errors import SpeechError
from tutor.i18n import _
from tutor.speech.recording import to_opus

if TYPE_CHECKING:
    from tutor.speech.recording import Samples

log = logging.getLogger(__name__)

KEPT_DAYS = 7


class KeepRecordings(StrEnum):
    """How long recordings stay on the device."""

    NEVER = "never"
    WEEK = "week"
    ALWAYS = "always"


class Recordings:
    """Ogg Opus files in a folder of their own, each named by the attempt that it belongs to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def kept(self, attempt: str, samples: Samples) -> Iterator[str]:
        """Keep a recording, unless what is done within fails. Gives what the attempt remembers it by.

        Raises SpeechError where it cannot be written.
        """
        ref = f"{attempt}.ogg"
        path = self._folder / ref
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(to_opus(samples))
        except OSError as error:
            raise SpeechError(
                _("The recording could not be kept ({why}). Make room, or set recordings to be never kept in "
                  "Settings.").format(why=error.strerror),
                doing="keeping a recording",
            ) from error  # fmt: skip
        try:
            yield ref
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    def find(self, ref: str) -> Path | None:
        """A recording's file; None where it was deleted by now."""
        path = self._folder / ref
        return path if path.is_file() else None

    def count(self) -> int:
        """How many there are."""
        return sum(1 for _path in self._folder.glob("*.ogg")) if self._folder.is_dir() else 0

    def clear(self, before: datetime | None = None) -> int:
        """Delete recordings made before a moment, or all; how many there were."""
        gone = 0
        for path in self._folder.glob("*.ogg") if self._folder.is_dir() else ():
            try:
                if before is None or path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    gone += 1
            except OSError:
                log.warning("an old recording could not be deleted", exc_info=True)
        return gone
