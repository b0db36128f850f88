"""The front door for the file itself: check it, upgrade it, back it up, bring it back, move it."""

from __future__ import annotations

import logging
import os
import platform
import shutil
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from tutor.clock import Clock, SystemClock
from tutor.config import AUDIO, DATABASE, RECORDINGS, VECTORS, WORD_MAP
from tutor.errors import PackError, UsageError
from tutor.i18n import _
from tutor.long_work import Told, untold
from tutor.meaning.encoder_in_use import encoder_in_use
from tutor.speech.known_packs import Kind
from tutor.speech.packs import Packs
from tutor.store import backup, reviews, startup, transfer
from tutor.store.backup import Backup, Health
from tutor.store.database import Database, translated
from tutor.store.rebuild import rebuild as rebuild_projections

log = logging.getLogger(__name__)

EXPORTS = "exports"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How a rebuild went."""

    reviews: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `tutor doctor`."""

    name: str
    installed: bool
    version: str
    adds: str
    """What it adds."""
    get: str
    """How to get it."""


def check(data_dir: Path) -> Health:
    """Check the file without opening it for writing. Raises CorruptDatabase where it cannot even be read.

    SQLite looks at pages and indexes on one core while the logs' digests are taken on another.
    """
    path = existing(data_dir)
    if not startup.revision(path):
        return Health((_("The file is empty: there are no words in it."),), {}, {})
    with (
        translated("checking your words", path),
        _reading(path) as connection,
        _reading(path) as other,
        ThreadPoolExecutor(1) as beside,
    ):
        problems = beside.submit(backup.problems, other)
        counts, logs = backup.counts(connection), backup.log_digests(connection)
        return Health(problems.result(), counts, logs)


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write, for reading much at once. It may be handed to another thread."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)) as connection:
        connection.execute("PRAGMA cache_size = -64000")
        connection.execute("PRAGMA mmap_size = 1073741824")
        yield connection


def upgrade(data_dir: Path, clock: Clock | None = None, told: Told = untold) -> tuple[str, str]:
    """Bring the file up to date; the revisions before and after."""
    path = existing(data_dir)
    before = startup.revision(path)
    now = (clock or SystemClock()).now()
    startup.open_database(path, now, rebuild_projections, told).close()
    return before, startup.revision(path)


def prepare(data_dir: Path, told: Told = untold) -> None:
    """Bring the file up to date where there is an older one; telling how far it is."""
    if startup.revision(data_dir / DATABASE) not in ("", startup.HEAD):
        upgrade(data_dir, told=told)


def back_up(data_dir: Path, clock: Clock | None = None, told: Told = untold) -> Backup:
    """Make a backup of the file as it is now."""
    path = existing(data_dir)
    startup.revision(path)
    now = (clock or SystemClock()).now()
    with translated("making a backup", path), closing(sqlite3.connect(path)) as connection:
        return backup.make(connection, path, "by-hand", now, told)


def backups(data_dir: Path) -> list[Backup]:
    """The backups there are, newest first."""
    return backup.listed(data_dir / DATABASE)


def answers_since(data_dir: Path, made: Backup) -> int:
    """How many answers, of everybody here, were given since a backup was made."""
    with closing(Database(existing(data_dir))) as database, database.read() as connection:
        return reviews.answers_since(connection, made.made_at)


def restore(data_dir: Path, name: str = "", clock: Clock | None = None, told: Told = untold) -> Backup:
    """Bring back a backup, the newest where no name is given."""
    brought = startup.restore(data_dir / DATABASE, name, (clock or SystemClock()).now(), told)
    # Rows that were numbered after the backup was made may come again under the same numbers.
    _delete(data_dir / VECTORS)
    return brought


def delete_everything(data_dir: Path, clock: Clock | None = None, told: Told = untold) -> Backup:
    """Begin anew: nobody's words, answers and settings stay, but in the backup that is made first.

    Backups, exports and installed models are left where they are; made speech and recordings go.
    """
    path = existing(data_dir)
    upgrade(data_dir, clock)
    saved = startup.begin_anew(path, (clock or SystemClock()).now(), rebuild_projections, told)
    for folder in (data_dir / AUDIO, data_dir / RECORDINGS):
        if folder.is_dir():
            shutil.rmtree(folder, onerror=lambda _what, file, _error: log.warning("%s stays", file))
    for name in (VECTORS, WORD_MAP):
        _delete(data_dir / name)
    return saved


def _delete(file: Path) -> None:
    """Delete a file that is made anew where it is missing."""
    with suppress(OSError):
        file.unlink()


def rebuild(data_dir: Path, told: Told = untold) -> Rebuilt:
    """Drop every projection and fold it anew from the logs."""
    path = existing(data_dir)
    upgrade(data_dir)
    began = time.perf_counter()
    with startup.alone(path) as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        count = rebuild_projections(connection, told)
        connection.exec_driver_sql("COMMIT")
    return Rebuilt(count, time.perf_counter() - began)


def export(
    data_dir: Path, file: IO[str], clock: Clock | None = None, learner: str = "", told: Told = untold
) -> int:
    """Write everything that is here, or that one learner has, as one JSON document; how many rows."""
    path = existing(data_dir)
    upgrade(data_dir)
    with translated("exporting your words", path), _reading(path) as connection:
        connection.execute("BEGIN")
        return transfer.export(connection, file, (clock or SystemClock()).now(), learner, told)


def export_to_folder(
    data_dir: Path, clock: Clock | None = None, learner: str = "", told: Told = untold
) -> Path:
    """Export into a new file of the folder `exports`; where it is."""
    now = (clock or SystemClock()).now()
    path = data_dir / EXPORTS / f"patient-tutor-{now:%Y%m%d-%H%M%S}.json"
    with translated("exporting your words", path):
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        try:
            with unfinished.open("w", encoding="utf-8") as file:
                export(data_dir, file, clock, learner, told)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    return path


def load(data_dir: Path, file: Path, clock: Clock | None = None) -> int:
    """Load an exported document into an empty folder; how many rows it held."""
    from tutor.resources import COURSES
    from tutor.store.courses import load_courses

    tables = transfer.read(file)
    now = (clock or SystemClock()).now()
    path = data_dir / DATABASE
    database = startup.open_database(path, now, rebuild_projections)
    try:
        load_courses(database, COURSES)
        with database.write() as connection:
            return transfer.load(connection, tables, rebuild_projections)
    finally:
        database.close()


def doctor() -> list[Finding]:
    """What is installed, what each missing engine would add, and how to get it."""
    known = (
        ("flet_desktop", "flet-desktop", _("a window of its own")),
        ("flet_web", "flet-web", _("the app in a browser")),
        ("espeakng_loader", "espeakng-loader", _("a voice, clear but mechanical")),
        ("piper", "piper-tts", _("voices that sound human, once they are installed")),
        ("flet_audio_recorder", "flet-audio-recorder", _("recording what you say")),
        ("av", "av", _("reading of recorded sound")),
        ("pydub", "pydub", _("finding where speech begins and ends")),
        ("faster_whisper", "faster-whisper", _("hearing what you say, with a speech model")),
        ("httpx", "httpx", _("installing models and voices from the internet")),
        ("fsrs_rs_python", "fsrs-rs-python", _("fitting the memory model to you")),
        ("onnxruntime", "onnxruntime", _("words of like meaning by a model that you choose, an ONNX file")),
        ("sentence_transformers", "sentence-transformers", _("the same by any sentence-transformers model")),
    )
    return [
        Finding(package, find_spec(module) is not None, _version(package), adds, f"pip install {package}")
        for module, package, adds in known
    ]


def place(data_dir: Path, encoder: str = "") -> dict[str, str]:
    """Where the words are, and what reads them; `encoder` is the one that was chosen."""
    path = data_dir / DATABASE
    return {
        "data": str(data_dir),
        "revision": startup.revision(path) or _("no file yet"),
        "speech_model": _speech_model(data_dir),
        "encoder": _encoder(encoder),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def _speech_model(data_dir: Path) -> str:
    """Which models of the folder hear, the best first; or how to get one."""
    packs = Packs(data_dir)
    try:
        best = packs.speech_model()
        there = [one.name for one in packs.installed() if one.whole and one.kind is Kind.SPEECH]
    except PackError as error:
        return error.message
    if best is None:
        return _("none: you judge yourself; `tutor models install` brings one")
    return ", ".join([best.name, *(name for name in there if name != best.name)])


def _encoder(chosen: str) -> str:
    """What tells words of like meaning; or why it is not the one that was chosen."""
    encoders = encoder_in_use(chosen)
    found = encoders.get()
    return found.name if found and not encoders.problem else encoders.problem


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def existing(data_dir: Path) -> Path:
    """The learner's file. Raises UsageError where there is none: a mistyped folder is not filled."""
    path = data_dir / DATABASE
    # Unlike `Path.exists`, this says no of a folder that may not be looked into.
    if not os.path.exists(path):  # noqa: PTH110
        raise UsageError(
            _("There are no words in {folder} yet; `tutor run` or `tutor practice` makes the file.").format(
                folder=data_dir
            )
        )
    return path
