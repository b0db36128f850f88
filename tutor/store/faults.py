"""What a learner found wrong with drills. It stays on the device until it is exported."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from tutor.store.reviews import loaded_time, stored_time

_FIELDS = "id, learner, at, item, track, mode, sentence, prompt, answer, response, note, app, course"


@dataclass(frozen=True, slots=True)
class Fault:
    """A drill with which something is wrong, as it was shown."""

    id: str
    learner: str
    at: datetime
    item: str | None
    """None for a note on grammar."""
    track: str
    mode: str | None
    sentence: str | None
    prompt: str
    answer: str
    response: str
    note: str
    app: str
    course: str


def append(connection: Connection, fault: Fault) -> None:
    """Keep a fault."""
    marks = ", ".join("?" * len(_FIELDS.split(",")))
    values = astuple(replace(fault, at=stored_time(fault.at)))  # type: ignore[arg-type]
    connection.exec_driver_sql(f"INSERT INTO noted_fault ({_FIELDS}) VALUES ({marks})", values)


def remove(connection: Connection, identity: str) -> None:
    """Forget a fault that was taken back."""
    connection.exec_driver_sql("DELETE FROM noted_fault WHERE id = ?", (identity,))


def of_learner(connection: Connection, learner: str) -> list[Fault]:
    """A learner's faults, the oldest first."""
    rows = connection.exec_driver_sql(
        f"SELECT {_FIELDS} FROM noted_fault WHERE learner = ? ORDER BY at, rowid", (learner,)
    )
    return [Fault(**{**row, "at": loaded_time(row["at"])}) for row in rows.mappings()]


def course_version(connection: Connection) -> str:
    """A short name for the course files as they are here: the same files give the same."""
    rows = connection.exec_driver_sql(
        "SELECT course, name, fingerprint FROM course_file ORDER BY course, name"
    )
    files = [tuple(row) for row in rows]
    return hashlib.blake2b(repr(files).encode(), digest_size=6).hexdigest()
