"""Backups: whole copies of the learner's file, made by SQLite's backup API and verified."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tutor.errors import CorruptDatabase, UsageError
from tutor.i18n import _
from tutor.long_work import Doing, Progress, Told, part, unstoppable, untold
from tutor.store.database import translated
from tutor.store.log_digest import Digest, digest, tables
from tutor.store.names import LOGS

_NAME = re.compile(r"tutor-(\d{8}T\d{6}\.\d{6}Z)-(.+)\.db")
_PAGES = 1000
"""Pages copied between two tellings of how far it is."""

_COPYING, _HEALTH, _SOUNDNESS = 0.15, 0.7, 0.55
"""Of making a backup the share that is copying, of verifying it that which is its health, and of that the
share that SQLite's own check takes: measured on 660,000 reviews.
"""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file."""

    path: Path
    made_at: datetime
    bytes: int
    reason: str
    """Why it was made: `by-hand`, or before what."""


@dataclass(frozen=True, slots=True)
class Health:
    """What a check of a file found."""

    problems: tuple[str, ...]
    """What integrity_check and foreign_key_check said; empty where all is well."""
    counts: dict[str, int]
    """Rows of every table."""
    logs: dict[str, Digest]
    """Each log's digest."""


def folder(database: Path) -> Path:
    """Where a file's backups are."""
    return database.parent / "backups"


def make(
    source: sqlite3.Connection, database: Path, reason: str, now: datetime, told: Told = untold
) -> Backup:
    """Copy the open file as it is now and verify the copy. Raises CorruptDatabase where it is not whole.

    `source` may be in use; what others commit meanwhile is in the copy whole or not at all.
    """
    target = folder(database)
    with translated("making a backup", database):
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise sqlite3.OperationalError(f"unable to open ({error.strerror})") from error
        path = target / f"tutor-{now.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{reason}.db"
        partial = path.with_suffix(".partial")
        try:
            with closing(sqlite3.connect(partial)) as copy, _standing_still(source):
                _copy(source, copy, Doing.SAVING, part(told, 0, _COPYING))
                copy.execute("PRAGMA journal_mode = DELETE")
                verify(copy, source, part(told, _COPYING, 1))
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    return Backup(path, now, path.stat().st_size, reason)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, what: Doing, told: Told) -> None:
    """Copy a whole file, in one transaction of the target's."""

    def copied(_status: int, left: int, total: int) -> None:
        # Once nothing is left it is written, and what is told from then on must stop nothing.
        if left:
            told(Progress(total - left, total, what))

    source.backup(target, pages=_PAGES, progress=copied)


@contextmanager
def _standing_still(source: sqlite3.Connection) -> Iterator[None]:
    """The file as it is now, whatever others write meanwhile: copy and comparison see the same rows."""
    source.execute("BEGIN")
    try:
        source.execute("SELECT 1 FROM sqlite_master").fetchone()
        yield
    finally:
        source.execute("ROLLBACK")


def verify(copy: sqlite3.Connection, source: sqlite3.Connection, told: Told = untold) -> None:
    """Raise CorruptDatabase unless the copy is sound and holds the same logs as its source."""
    found = health(copy, part(told, 0, _HEALTH))
    if found.problems or found.counts != counts(source) or found.logs != log_digests(source):
        raise CorruptDatabase(
            _(
                "The backup did not come out whole, so it was thrown away. Your words are as they were; "
                "run `tutor db check`."
            ),
            doing="making a backup",
        )


def health(connection: sqlite3.Connection, told: Told = untold) -> Health:
    """Check a file's pages, indexes and references, and take its logs' digests."""
    told(Progress(0, 1, Doing.CHECKING))
    found = problems(connection)
    told(Progress(_SOUNDNESS, 1, Doing.CHECKING))
    whole = Health(found, counts(connection), log_digests(connection))
    told(Progress(1, 1, Doing.CHECKING))
    return whole


def problems(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What is wrong with a file's pages, indexes and references; empty where all is well."""
    found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    found += [
        f"{table} row {row} refers to a missing row of {parent}"
        for table, row, parent, _index in connection.execute("PRAGMA foreign_key_check")
    ]
    return tuple(found)


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has; the search index's own tables are left out."""
    names = sorted(name for name in tables(connection) if not name.startswith(("sqlite_", "item_search")))
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def log_digests(connection: sqlite3.Connection) -> dict[str, Digest]:
    """The digest of each log that a file has."""
    here = tables(connection)
    return {name: digest(connection, name) for name in LOGS if name in here}


def listed(database: Path) -> list[Backup]:
    """The backups of a file, newest first."""
    found = []
    for path in folder(database).glob("tutor-*.db"):
        if name := _NAME.fullmatch(path.name):
            made = datetime.strptime(name[1], "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
            found.append(Backup(path, made, path.stat().st_size, name[2]))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def named(database: Path, name: str) -> Backup:
    """A backup by its file name, or the newest for an empty name. Raises UsageError where there is none."""
    backups = listed(database)
    for backup in backups:
        if name in ("", backup.path.name):
            return backup
    raise UsageError(
        _("There is no backup called {name}; `tutor db list` shows what there is.").format(name=name)
        if backups
        else _("There is no backup yet; `tutor db backup` makes one."),
        doing="restoring a backup",
    )


def must_be_sound(path: Path, told: Told = untold) -> None:
    """Raise CorruptDatabase where a backup is damaged."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            problems = health(connection, told).problems
    except sqlite3.DatabaseError as error:
        problems = (str(error),)
    if problems:
        raise CorruptDatabase(
            _("The backup {name} is damaged, so nothing was restored; choose another one.").format(
                name=path.name
            ),
            doing="restoring a backup",
        )


def restore(path: Path, target: sqlite3.Connection, told: Told = untold) -> None:
    """Write a backup that is sound over an open file, as one transaction of SQLite's backup API."""
    with (
        translated("restoring a backup", path),
        closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as source,
    ):
        put_in_place(source, target, told)


def put_in_place(source: sqlite3.Connection, target: sqlite3.Connection, told: Told = untold) -> None:
    """Write another file over an open one and verify it; all of it or, where it is stopped, nothing."""
    _copy(source, target, Doing.RESTORING, part(told, 0, _COPYING))
    verify(target, source, part(unstoppable(told), _COPYING, 1))
