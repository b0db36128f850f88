"""Where the focus timer stands, so that a page that is loaded again goes on counting."""

from __future__ import annotations

from sqlalchemy import Connection

from tutor.motivation.focus import Focus
from tutor.store.reviews import loaded_time, stored_time


def load(connection: Connection, learner: str) -> Focus | None:
    """The stretch that was begun last."""
    row = connection.exec_driver_sql(
        "SELECT began, number, resting FROM focus WHERE learner = ?", (learner,)
    ).first()
    return Focus(loaded_time(row[0]), row[1], bool(row[2])) if row else None


def save(connection: Connection, learner: str, focus: Focus) -> None:
    """Keep the stretch that has begun."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO focus (learner, began, number, resting) VALUES (?, ?, ?, ?)",
        (learner, stored_time(focus.began), focus.number, focus.resting),
    )
