"""Who learns on this device."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection
from tzlocal import reload_localzone

from tutor.clock import Calendar, milliseconds
from tutor.errors import UsageError
from tutor.hlc import Stamp
from tutor.i18n import _
from tutor.ids import new_id
from tutor.motivation.pause import Pause
from tutor.store.database import driver
from tutor.store.reviews import loaded_time, stored_time

DEFAULT_GOAL_MINUTES = 10
DEFAULT_DAY_START = time(4)
PAUSES = "pauses"
"""The setting that holds days off: pairs of a first and a last day."""

_FIELDS = ("name", "goal_minutes", "day_start")


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

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """The days off that they said; what another version wrote and this one cannot read is left out."""
        found = []
        for pause in self.settings.get(PAUSES, ()):
            with suppress(ValueError, TypeError):
                first, last = pause
                found.append(Pause(date.fromisoformat(first), date.fromisoformat(last)))
        return tuple(found)

    def calendar(self) -> Calendar:
        """Their days as of now: a device may have travelled since it was last asked.

        Raises ConfigError where their timezone is not known on this device.
        """
        return Calendar.of(self.timezone or reload_localzone().key, self.day_start)


def device_and_learner(connection: Connection, now: datetime, timezone: str) -> tuple[str, str]:
    """This device's id and who learns on it; both are made on the first start.

    In a file that came from elsewhere the learner with the most reviews is taken up.
    """
    row = connection.exec_driver_sql("SELECT id, learner FROM device").first()
    if row:
        return row.id, row.learner
    device = new_id(milliseconds(now))
    found = connection.exec_driver_sql(
        "SELECT learner.id FROM learner LEFT JOIN review ON review.learner = learner.id"
        " GROUP BY learner.id ORDER BY count(review.id) DESC, learner.id LIMIT 1"
    ).scalar()
    learner = found or make(connection, now, timezone)
    connection.exec_driver_sql(
        "INSERT INTO device (id, learner, hlc, created_at) VALUES (?, ?, '', ?)",
        (device, learner, stored_time(now)),
    )
    return device, learner


def make(connection: Connection, now: datetime, timezone: str, name: str = "") -> str:
    """Make a learner; their id."""
    identity = new_id(milliseconds(now))
    connection.exec_driver_sql(
        "INSERT INTO learner (id, name, timezone, day_start, goal_minutes, settings, created_at, clocks)"
        " VALUES (?, ?, ?, '04:00', ?, '{}', ?, '{}')",
        (identity, name, timezone, DEFAULT_GOAL_MINUTES, stored_time(now)),
    )
    return identity


def load(connection: Connection, learner: str) -> Learner:
    """A learner by id. Raises UsageError where there is none."""
    row = connection.exec_driver_sql(
        "SELECT id, name, timezone, day_start, goal_minutes, settings FROM learner"
        " WHERE id = ? AND deleted IS NULL",
        (learner,),
    ).first()
    if row is None:
        raise UsageError(_("This learner is not here any more."), doing="opening your words")
    return Learner(
        row.id, row.name, row.timezone, time.fromisoformat(row.day_start), row.goal_minutes,
        json.loads(row.settings),
    )  # fmt: skip


def set_setting(connection: Connection, learner: str, name: str, value: Any, stamp: str) -> None:
    """Set one of a learner's settings, stamped with when."""
    row = connection.exec_driver_sql("SELECT settings, clocks FROM learner WHERE id = ?", (learner,)).one()
    settings = json.loads(row.settings) | {name: value}
    clocks = json.loads(row.clocks) | {f"settings.{name}": stamp}
    connection.exec_driver_sql(
        "UPDATE learner SET settings = ?, clocks = ? WHERE id = ?",
        (json.dumps(settings), json.dumps(clocks), learner),
    )


def set_field(connection: Connection, learner: str, name: str, value: str | int | time, stamp: str) -> None:
    """Set a learner's name, daily goal (minutes) or the start of their day, stamped with when.

    Raises ValueError for another field.
    """
    if name not in _FIELDS:
        raise ValueError(f"a learner has no field {name!r} to be set")
    clocks = connection.exec_driver_sql("SELECT clocks FROM learner WHERE id = ?", (learner,)).scalar_one()
    stored = value.isoformat("minutes") if isinstance(value, time) else value
    connection.exec_driver_sql(
        f"UPDATE learner SET {name} = ?, clocks = ? WHERE id = ?",
        (stored, json.dumps(json.loads(clocks) | {name: stamp}), learner),
    )


def wrong_pins(connection: Connection, learner: str) -> tuple[int, datetime] | None:
    """How often a wrong PIN was tried in a row, and when last; None where none was."""
    row = connection.exec_driver_sql("SELECT wrong, at FROM pin_try WHERE learner = ?", (learner,)).first()
    return (row.wrong, loaded_time(row.at)) if row else None


def set_wrong_pins(connection: Connection, learner: str, wrong: int, at: datetime) -> None:
    """Keep how often a wrong PIN was tried in a row, and when last."""
    connection.exec_driver_sql("DELETE FROM pin_try WHERE learner = ?", (learner,))
    if wrong:
        connection.exec_driver_sql(
            "INSERT INTO pin_try (learner, wrong, at) VALUES (?, ?, ?)", (learner, wrong, stored_time(at))
        )


def everyone(connection: Connection) -> list[str]:
    """The ids of all learners of this file."""
    rows = connection.exec_driver_sql("SELECT id FROM learner WHERE deleted IS NULL ORDER BY id")
    return [learner for (learner,) in rows]


def last_stamp(connection: Connection) -> Stamp | None:
    """The newest stamp that this device gave out."""
    text = connection.exec_driver_sql("SELECT hlc FROM device").scalar()
    return Stamp.parse(text) if text else None


def device_mark(connection: Connection) -> tuple[str, str]:
    """Changes with every stamped write here, and with a file that was put in the place of this one."""
    row = connection.exec_driver_sql("SELECT id, hlc FROM device").one()
    return row.id, row.hlc


def keep_stamp(connection: Connection, stamp: Stamp) -> None:
    """Keep the newest stamp with the rows that bear it, so that a restart cannot give it out again."""
    driver(connection).execute("UPDATE device SET hlc = ?", (str(stamp),))


def newest_row_stamp(connection: Connection) -> Stamp | None:
    """The newest stamp that a review here bears, whoever made it."""
    text = connection.exec_driver_sql(
        "SELECT max((SELECT max(hlc) FROM review WHERE review.learner = learner.id)) FROM learner"
    ).scalar()
    return Stamp.parse(text) if text else None
