"""Who learns on this device."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert
from tzlocal import get_localzone_name

from tutor.clock import Calendar, milliseconds
from tutor.hlc import Stamp
from tutor.ids import new_id
from tutor.store.tables import DeviceRow, LearnerRow

DEFAULT_GOAL_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Learner:
    """Someone who learns here."""

    id: str
    name: str
    timezone: str
    """A zone's name; empty where the days are those of the device they are on."""
    day_start: time
    goal_minutes: int
    settings: dict[str, Any]

    def calendar(self) -> Calendar:
        """Their days. Raises ConfigError where their timezone is not known on this device."""
        return Calendar.of(self.timezone or str(get_localzone_name()), self.day_start)


def device_and_learner(connection: Connection, now: datetime, timezone: str) -> tuple[str, str]:
    """This device's id and who learns on it; both are made on the first start.

    In a file that came from elsewhere the learner with the most reviews is taken up.
    """
    row = connection.execute(select(DeviceRow.id, DeviceRow.learner)).first()  # type: ignore[call-overload]
    if row:
        return row.id, row.learner
    device = new_id(milliseconds(now))
    found = connection.exec_driver_sql(
        "SELECT learner.id FROM learner LEFT JOIN review ON review.learner = learner.id"
        " GROUP BY learner.id ORDER BY count(review.id) DESC, learner.id LIMIT 1"
    ).scalar()
    learner = found or _new_learner(connection, now, timezone)
    connection.execute(insert(DeviceRow).values(id=device, learner=learner, created_at=now))
    return device, learner


def _new_learner(connection: Connection, now: datetime, timezone: str) -> str:
    identity = new_id(milliseconds(now))
    connection.execute(
        insert(LearnerRow).values(
            id=identity, name="", timezone=timezone, day_start="04:00", goal_minutes=DEFAULT_GOAL_MINUTES,
            settings={}, created_at=now, clocks={}, deleted=None,
        )
    )  # fmt: skip
    return identity


def load(connection: Connection, learner: str) -> Learner:
    """A learner by id."""
    row = connection.exec_driver_sql(
        "SELECT id, name, timezone, day_start, goal_minutes, settings FROM learner WHERE id = ?", (learner,)
    ).one()
    return Learner(
        row.id, row.name, row.timezone, time.fromisoformat(row.day_start), row.goal_minutes,
        json.loads(row.settings),
    )  # fmt: skip


def everyone(connection: Connection) -> list[str]:
    """The ids of all learners of this file."""
    rows = connection.exec_driver_sql("SELECT id FROM learner WHERE deleted IS NULL ORDER BY id")
    return [learner for (learner,) in rows]


def last_stamp(connection: Connection, device: str | None = None) -> Stamp | None:
    """The newest stamp in any log, by one device or by all: a device's newest row is its last."""
    newest = ""
    for table in ("review", "undo", "lesson_event"):
        chosen, values = ("WHERE device = ?", (device,)) if device else ("", ())
        rows = connection.exec_driver_sql(
            f"SELECT hlc FROM {table} {chosen} ORDER BY rowid DESC LIMIT 1", values
        )
        newest = max(newest, rows.scalar() or "")
    return Stamp.parse(newest) if newest else None
