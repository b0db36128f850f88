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
from tutor.store.database import translated
from tutor.store.log_digest import Digest, digest, tables
from tutor.store.names import LOGS

_NAME = re.compile(r"tutor-(\d{8}T\d{6}\.\d{6}Z)-.+\.db")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file."""

    path: Path
    made_at: datetime
    bytes: int


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


def make(source: sqlite3.Connection, database: Path, reason: str, now: datetime) -> Backup:
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
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
                verify(copy, source)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    return Backup(path, now, path.stat().st_size)


@contextmanager
def _standing_still(source: sqlite3.Connection) -> Iterator[None]:
    """The file as it is now, whatever others write meanwhile: copy and comparison see the same rows."""
    source.execute("BEGIN")
    try:
        source.execute("SELECT 1 FROM sqlite_master").fetchone()
        yield
    finally:
        source.execute("ROLLBACK")


def verify(copy: sqlite3.Connection, source: sqlite3.Connection) -> None:
    """Raise CorruptDatabase unless the copy is sound and holds the same logs as its source."""
    found = health(copy)
    if found.problems or found.counts != counts(source) or found.logs != log_digests(source):
        raise CorruptDatabase(
            _(
                "The backup did not come out whole, so it was thrown away. Your words are as they were; "
                "run `tutor db check`."
            ),
            doing="making a backup",
        )


def health(connection: sqlite3.Connection) -> Health:
    """Check a file's pages, indexes and references, and take its logs' digests."""
    return Health(problems(connection), counts(connection), log_digests(connection))


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
            found.append(Backup(path, made, path.stat().st_size))
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


def must_be_sound(path: Path) -> None:
    """Raise CorruptDatabase where a backup is damaged."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            problems = health(connection).problems
    except sqlite3.DatabaseError as error:
        problems = (str(error),)
    if problems:
        raise CorruptDatabase(
            _("The backup {name} is damaged, so nothing was restored; choose another one.").format(
                name=path.name
            ),
            doing="restoring a backup",
        )


def restore(path: Path, target: sqlite3.Connection) -> None:
    """Write a backup over an open file, as one transaction of SQLite's backup API, and verify it.

    Raises CorruptDatabase, with nothing written, where the backup itself is not sound.
    """
    must_be_sound(path)
    with (
        translated("restoring a backup", path),
        closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as source,
    ):
        source.backup(target)
        verify(target, source)
