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
        "INSERT INTO session_state (id, learner, started_at, plan) VALUES (?, ?, ?, ?)",
        (session, learner, stored_time(now), json.dumps(plan)),
    )


def add_step(connection: Connection, session: str, number: int, step: dict[str, Any], now: datetime) -> None:
    """Keep one thing that was done."""
    driver(connection).execute(
        "INSERT INTO session_step (session, number, at, step) VALUES (?, ?, ?, ?)",
        (session, number, stored_time(now), json.dumps(step)),
    )


def count_steps(connection: Connection, session: str) -> int | None:
    """How many steps of a session are kept; None where another session has taken its place."""
    counting = "SELECT count(*) FROM session_step WHERE session = s.id"
    query = f"SELECT ({counting}) FROM session_state AS s WHERE id = ?"
    row = driver(connection).execute(query, (session,)).fetchone()
    return row[0] if row else None


def steps(connection: Connection, session: str) -> list[dict[str, Any]]:
    """Everything that was done in a session, in order."""
    rows = connection.exec_driver_sql(
        "SELECT step FROM session_step WHERE session = ? ORDER BY number", (session,)
    )
    return [json.loads(step) for (step,) in rows]


def drop_step(connection: Connection, session: str, number: int) -> None:
    """Forget a step that was undone."""
    driver(connection).execute("DELETE FROM session_step WHERE session = ? AND number = ?", (session, number))


def finish_all(connection: Connection, learner: str) -> None:
    """Forget a learner's sessions: none of them can be resumed any more."""
    connection.exec_driver_sql("DELETE FROM session_state WHERE learner = ?", (learner,))
    connection.exec_driver_sql("DELETE FROM session_step WHERE session NOT IN (SELECT id FROM session_state)")


def interrupted(connection: Connection, learner: str, now: datetime) -> SavedSession | None:
    """The session that can be taken up again, if something was done in it in the last 24 hours."""
    row = connection.exec_driver_sql(
        "SELECT id, started_at, plan FROM session_state WHERE learner = ? ORDER BY started_at DESC LIMIT 1",
        (learner,),
    ).fetchone()
    if row is None:
        return None
    steps = connection.exec_driver_sql(
        "SELECT at, step FROM session_step WHERE session = ? ORDER BY number", (row.id,)
    ).fetchall()
    last = steps[-1].at if steps else row.started_at
    if loaded_time(last) < now - RESUMABLE_FOR:
        return None
    return SavedSession(
        row.id, loaded_time(row.started_at), json.loads(row.plan), [json.loads(step) for _, step in steps]
    )
