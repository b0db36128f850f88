"""Opening the learner's file: made where there is none, brought up to date where it is older.

The version is read first. A newer file is refused untouched. An older one is backed up and verified,
then each revision runs in one transaction of its own; any failure puts the backup back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.pool import NullPool, StaticPool

from tutor.errors import (
    Cancelled,
    CorruptDatabase,
    DatabaseBusy,
    MigrationFailed,
    NewerDatabase,
    TutorError,
)
from tutor.folder import make_folder
from tutor.i18n import _
from tutor.long_work import Doing, Progress, Told, part, untold
from tutor.resources import MIGRATIONS
from tutor.store import backup
from tutor.store.database import BUSY_TIMEOUT_MS, Database, driver, translated
from tutor.store.log_digest import tables
from tutor.store.names import LOGS

if TYPE_CHECKING:
    from alembic.config import Config

Rebuild = Callable[[Connection, Told], object]
"""Folds every projection anew, and tells how far it is."""

HEAD = "0007"
"""The revision that this program reads and writes."""

_KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", HEAD)

_PREDECESSOR = {"phrase_attempts", "daily_reviews", "user_stats"}
"""Tables by which a file of an older tutor is known that names no revision."""

_CARRIED = {
    "phrase_attempts": "phrase_attempt",
    "daily_reviews": "review",
    "user_progress": "lesson_event",
    "user_stats": "carried_stats",
}
"""Where the rows of the tables of `0001` stand now."""


def open_database(path: Path, now: datetime, rebuild: Rebuild, told: Told = untold) -> Database:
    """Open the file at `path`, made or migrated as needed. `rebuild` folds the projections anew.

    Raises NewerDatabase, CorruptDatabase, DatabaseBusy, DatabaseUnwritable, MigrationFailed or, where it
    was stopped, Cancelled; in each case the file is as it was.
    """
    make_folder(path.parent)
    found = revision(path)
    if not found and path.exists() and backup.listed(path):
        raise CorruptDatabase(
            _(
                "The file {path} is empty, but there were words in it once. It was left as it is: "
                "`tutor db list` shows your backups and `tutor db restore` brings one back."
            ).format(path=path),
            doing="opening your words",
        )
    if found != HEAD:
        _bring_up_to_date(path, found, now, rebuild, told)
    return Database(path)


def revision(path: Path) -> str:
    """The schema revision of the file: "" for a new or empty one. Reads only.

    Raises NewerDatabase for a revision that this program does not know, CorruptDatabase for a file that
    is not ours.
    """
    if not path.exists() or path.stat().st_size == 0:
        return ""
    with (
        translated("opening your words", path),
        closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection,
    ):
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        here = tables(connection)
        if "alembic_version" in here:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            found = str(row[0]) if row else ""
            if found and found not in _KNOWN:
                raise NewerDatabase(found=found, known=HEAD)
            if found:
                return found
        if here >= _PREDECESSOR:
            return "0001"
        if here - {"alembic_version"}:
            raise CorruptDatabase(
                _(
                    "The file {path} is a database, but not one of Patient Tutor's. It was left as it is; "
                    "choose another folder with --data."
                ).format(path=path),
                doing="opening your words",
            )
    return ""


@contextmanager
def alone(path: Path) -> Iterator[Connection]:
    """The file with no other process in it. Raises DatabaseBusy where one has it open."""
    engine = sa.create_engine(
        f"sqlite:///{path}", poolclass=NullPool, connect_args={"isolation_level": None},
        isolation_level="AUTOCOMMIT", hide_parameters=True,
    )  # fmt: skip
    try:
        with translated("opening your words", path), engine.connect() as connection:
            _lock(connection)
            # A rebuild reads the whole log, card by card. No other process can cut the file short meanwhile.
            connection.exec_driver_sql("PRAGMA cache_size = -64000")
            connection.exec_driver_sql("PRAGMA mmap_size = 1073741824")
            yield connection
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()


def _bring_up_to_date(path: Path, found: str, now: datetime, rebuild: Rebuild, told: Told) -> None:
    with alone(path) as connection:
        # Another process may have upgraded it while this one waited.
        found = _recorded(connection) or found
        if found == HEAD:
            return
        before = backup.health(driver(connection), part(told, 0, 0.1))
        saved = (
            backup.make(driver(connection), path, f"before-{HEAD}", now, part(told, 0.1, 0.3))
            if found
            else None
        )
        try:
            _migrate(connection, found, rebuild, part(told, 0.3, 0.9))
            _check(before, backup.health(driver(connection), part(told, 0.9, 1)), found)
        except Exception as error:
            if saved:
                backup.restore(saved.path, driver(connection))
            raise _failed(error, saved) from error


def _lock(connection: Connection) -> None:
    """Hold the file alone. Raises DatabaseBusy where another process has it open."""
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    connection.exec_driver_sql("PRAGMA synchronous = FULL")
    connection.exec_driver_sql("PRAGMA locking_mode = EXCLUSIVE")
    try:
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
        connection.exec_driver_sql("COMMIT")
    except sa.exc.OperationalError as error:
        if "locked" not in str(error):
            raise
        raise DatabaseBusy(
            _(
                "This needs your words for itself, and another Patient Tutor has them open. "
                "Nothing was changed: close the other one and try again."
            ),
            doing="opening your words alone",
        ) from error


def _migrate(connection: Connection, found: str, rebuild: Rebuild, told: Told) -> None:
    """Run each revision after `found`, one transaction each; the last one folds the projections, too,
    so that a file is never at the newest revision without them.
    """
    from alembic import command
    from alembic.script import ScriptDirectory

    config = _config(connection)
    if found and not _recorded(connection):
        _in_transaction(connection, lambda: command.stamp(config, found))
    steps = ScriptDirectory.from_config(config).walk_revisions(found or "base", HEAD)
    targets = [step.revision for step in steps if step.revision != found][::-1]
    for number, target in enumerate(targets):
        told(Progress(number, len(targets) + 1, Doing.UPGRADING))

        def upgrade(target: str = target) -> None:
            command.upgrade(config, target)
            if target == HEAD:
                rebuild(connection, part(told, len(targets) / (len(targets) + 1), 1))

        _in_transaction(connection, upgrade)


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _in_transaction(connection: Connection, work: Callable[[], object]) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        work()
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        if driver(connection).in_transaction:
            connection.exec_driver_sql("ROLLBACK")
        raise


def _check(before: backup.Health, after: backup.Health, found: str) -> None:
    """Raise CorruptDatabase unless the file is sound and every log has at least the rows it had."""
    problems = list(after.problems)
    for table, count in before.counts.items():
        now_in = _CARRIED.get(table, table) if found == "0001" else table
        if now_in in LOGS and after.counts.get(now_in, 0) < count:
            problems.append(f"{count} rows of {table} became {after.counts.get(now_in, 0)}")
    if problems:
        raise CorruptDatabase("; ".join(problems[:3]), doing="checking the upgrade")


def _recorded(connection: Connection) -> str:
    with suppress(sa.exc.OperationalError):
        row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else ""
    return ""


def restore(path: Path, name: str, now: datetime, told: Told = untold) -> backup.Backup:
    """Bring back a backup (the newest for an empty name); what stood there is kept as a backup itself.

    A file that is too damaged to be copied is set aside under another name. Raises UsageError where
    there is no such backup, CorruptDatabase where it is damaged, DatabaseBusy where the file is in use,
    Cancelled where it was stopped.
    """
    chosen = backup.named(path, name)
    backup.must_be_sound(chosen.path, part(told, 0, 0.2))
    copying = part(told, 0.2, 1)
    try:
        _restore_over(path, chosen, now, copying)
    except CorruptDatabase:
        if not path.exists() or _is_sound(path):
            raise
        for file in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
            if file.exists():
                file.rename(file.with_name(f"{file.name}.damaged-{now:%Y%m%dT%H%M%SZ}"))
        _restore_over(path, chosen, now, copying)
    return chosen


def _restore_over(path: Path, chosen: backup.Backup, now: datetime, told: Told) -> None:
    with alone(path) as connection:
        if backup.counts(driver(connection)):
            backup.make(driver(connection), path, "before-restore", now, part(told, 0, 0.5))
        backup.restore(chosen.path, driver(connection), part(told, 0.5, 1))


def begin_anew(path: Path, now: datetime, rebuild: Rebuild, told: Told = untold) -> backup.Backup:
    """Put a file without any words in the place of the one that is there; the backup that was made of it.

    Nothing of what was there stays in the file's pages. Raises DatabaseBusy where the file is in use.
    """
    with alone(path) as connection:
        saved = backup.make(driver(connection), path, "before-deletion", now, part(told, 0, 0.9))
        told(Progress(0.9, 1, Doing.CLEARING))
        empty = sa.create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"isolation_level": None},
            isolation_level="AUTOCOMMIT",
        )  # fmt: skip
        try:
            with empty.connect() as made:
                _migrate(made, "", rebuild, untold)
                backup.put_in_place(driver(made), driver(connection))
        finally:
            empty.dispose()
    return saved


def _is_sound(path: Path) -> bool:
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection,
    ):
        return not backup.health(connection).problems
    return False


def _failed(error: Exception, saved: backup.Backup | None) -> TutorError:
    if isinstance(error, Cancelled):
        return error
    cause = error.message if isinstance(error, TutorError) else str(error).splitlines()[0]
    kept = " " + _("A copy is kept as {name}.").format(name=saved.path.name) if saved else ""
    return MigrationFailed(
        _(
            "Upgrading your words failed, so they were put back as they were and nothing is lost.{kept} "
            "What happened: {cause}"
        ).format(kept=kept, cause=cause),
        doing="upgrading your words",
    )
