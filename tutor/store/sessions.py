"""What a resumed session needs: its plan, and each thing done since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from tutor.store.database import driver
from tutor.store.reviews import loaded_time, stored_time

RESUMABLE_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class SavedSession:
    """An interrupted session."""

    id: str
    started_at: datetime
    plan: dict[str, Any]
    steps: list[dict[str, Any]]


def start(connection: Connection, session: str, learner: str, plan: dict[str, Any], now: datetime) -> None:
    """Keep a new session's plan; the one before it cannot be resumed any more."""
    finish_all(connection, learner)
    connection.exec_driver_sql(
        "INSERT INTO session_state (id, learner, started_at, touched_at, plan) VALUES (?, ?, ?, ?, ?)",
        (session, learner, stored_time(now), stored_time(now), json.dumps(plan)),
    )


def add_step(connection: Connection, session: str, number: int, step: dict[str, Any], now: datetime) -> None:
    """Keep one thing that was done."""
    driver(connection).execute(
        "INSERT INTO session_step (session, number, step) VALUES (?, ?, ?)",
        (session, number, json.dumps(step)),
    )
    driver(connection).execute(
        "UPDATE session_state SET touched_at = ? WHERE id = ?", (stored_time(now), session)
    )


def drop_step(connection: Connection, session: str, number: int) -> None:
    """Forget a step that was undone."""
    driver(connection).execute("DELETE FROM session_step WHERE session = ? AND number = ?", (session, number))


def finish_all(connection: Connection, learner: str) -> None:
    """Forget a learner's sessions: none of them can be resumed any more."""
    connection.exec_driver_sql("DELETE FROM session_state WHERE learner = ?", (learner,))
    connection.exec_driver_sql("DELETE FROM session_step WHERE session NOT IN (SELECT id FROM session_state)")


def interrupted(connection: Connection, learner: str, now: datetime) -> SavedSession | None:
    """The session that can be taken up again, if it was touched in the last 24 hours."""
    row = connection.exec_driver_sql(
        "SELECT id, started_at, plan FROM session_state WHERE learner = ?"
        " AND touched_at >= ? ORDER BY touched_at DESC LIMIT 1",
        (learner, stored_time(now - RESUMABLE_FOR)),
    ).fetchone()
    if row is None:
        return None
    steps = connection.exec_driver_sql(
        "SELECT step FROM session_step WHERE session = ? ORDER BY number", (row.id,)
    )
    return SavedSession(
        row.id, loaded_time(row.started_at), json.loads(row.plan), [json.loads(step) for (step,) in steps]
    )
