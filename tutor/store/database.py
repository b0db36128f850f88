"""One SQLite file, one connection, and every error of the library translated at this seam."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from tutor.errors import CorruptDatabase, DatabaseBusy, DatabaseError, DatabaseUnwritable
from tutor.i18n import _

BUSY_TIMEOUT_MS = 5000
"""How long a write waits for another process before it says that the file is busy."""

_UNWRITABLE = (
    "readonly",
    "read-only",
    "disk is full",
    "unable to open",
    "disk i/o error",
    "attempt to write",
)
_CORRUPT = ("malformed", "not a database", "corrupt", "no such table", "no such column")


class Database:
    """The learner's file, open. Safe for threads one at a time: a lock is held for each transaction.

    WAL with synchronous FULL: what `write` has committed survives kill -9 and a power cut.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self.engine = _engine(path)
        try:
            with translated("opening your words", path):
                self._open: Connection | None = self.engine.connect()
        except BaseException:
            self.engine.dispose()
            raise

    @property
    def _connection(self) -> Connection:
        """The one connection; it is made anew where the file was let go."""
        if self._open is None:
            self._open = self.engine.connect()
        return self._open

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading, each statement on its own."""
        with self._lock, translated("reading your words", self.path):
            yield self._connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it is kept, or none of it."""
        with self._lock, translated("saving", self.path):
            driver = self.raw
            driver.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                driver.execute("COMMIT")
            except BaseException:
                if driver.in_transaction:
                    driver.execute("ROLLBACK")
                raise

    @property
    def raw(self) -> sqlite3.Connection:
        """The driver's own connection, for the backup API and for bulk reading."""
        return driver(self._connection)

    def close(self) -> None:
        """Close the file. The write-ahead log is folded into it where no other process holds it."""
        self.let_go()

    def let_go(self) -> None:
        """Leave the file to others who need it alone; the next use opens it again."""
        with self._lock:
            if self._open is not None:
                self._open.close()
                self._open = None
            self.engine.dispose()


def driver(connection: Connection) -> sqlite3.Connection:
    """The driver's connection below SQLAlchemy's.

    The dozen statements of an answer go to it directly: SQLAlchemy adds 25 µs to each.
    """
    found: Any = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection)
    return found


def _engine(path: Path) -> Engine:
    engine = sa.create_engine(
        f"sqlite:///{path}",
        poolclass=StaticPool,
        connect_args={"check_same_thread": False, "isolation_level": None, "cached_statements": 256},
        # Transactions are begun by `write` alone, so that each is IMMEDIATE.
        isolation_level="AUTOCOMMIT",
        # What was answered belongs in no log and no error message.
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: object) -> None:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -32000")
        # A quarter of SQLite's own: a checkpoint holds up the answer in which it falls.
        connection.execute("PRAGMA wal_autocheckpoint = 250")
        connection.execute("PRAGMA temp_store = MEMORY")

    return engine


@contextmanager
def translated(doing: str, path: Path) -> Iterator[None]:
    """Turn the library's errors into ours. Every use of SQLite stands inside one of these."""
    try:
        yield
    except DBAPIError as error:
        raise translate(error.orig or error, doing, path) from error
    except sqlite3.Error as error:
        raise translate(error, doing, path) from error


def translate(error: BaseException, doing: str, path: Path) -> DatabaseError:
    """The error of ours that says what happened and what to do."""
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return DatabaseBusy(
            _(
                "Another Patient Tutor is using your words just now. Nothing is lost: close the other one, "
                "or wait a moment and try again."
            ),
            doing=doing,
        )
    if "full" in text:
        return DatabaseUnwritable(
            _(
                "The disk is full, so the last step could not be saved. Everything before it is safe: "
                "make some room and try again."
            ),
            doing=doing,
        )
    if any(sign in text for sign in _UNWRITABLE):
        return DatabaseUnwritable(
            _(
                "Your words in {folder} cannot be written. Nothing is lost: allow writing to that folder, "
                "or choose another with --data."
            ).format(folder=path.parent),
            doing=doing,
        )
    if any(sign in text for sign in _CORRUPT):
        return CorruptDatabase(
            _(
                "The file {path} is damaged or is not Patient Tutor's. It was left as it is: "
                "`tutor db list` shows your backups and `tutor db restore` brings one back."
            ).format(path=path),
            doing=doing,
        )
    return DatabaseError(
        _("Something went wrong while {doing} ({error}). Nothing before it is lost.").format(
            doing=doing, error=error
        ),
        doing=doing,
    )
