"""The day's plan: cards that are offered on another day than they are due. A local cache, made once a day."""

from __future__ import annotations

import json
from datetime import date, timedelta

from sqlalchemy import Connection

from tutor.memory.fold import fuzz_range, midnight
from tutor.memory.offered import DaysWanted, Movable, offered_days
from tutor.memory.tracks import Track
from tutor.store import parameters
from tutor.store.cards import HORIZON
from tutor.store.reviews import stored_time


def is_made(connection: Connection, learner: str, today: date, wanted: DaysWanted) -> bool:
    """Whether there is nothing to be done: the plan for today was made, or none is wanted and none there."""
    made = connection.exec_driver_sql(
        "SELECT day, wanted FROM day_plan WHERE learner = ?", (learner,)
    ).fetchone()
    if not wanted.any:
        return made is None
    return made is not None and tuple(made) == (today.isoformat(), _said(wanted))


def make(connection: Connection, learner: str, today: date, wanted: DaysWanted) -> None:
    """Plan the coming days anew, in the caller's transaction."""
    connection.exec_driver_sql("DELETE FROM daily_review WHERE learner = ?", (learner,))
    connection.exec_driver_sql("DELETE FROM day_plan WHERE learner = ?", (learner,))
    if not wanted.any:
        return
    connection.exec_driver_sql(
        "INSERT INTO day_plan (learner, day, wanted) VALUES (?, ?, ?)",
        (learner, today.isoformat(), _said(wanted)),
    )
    moved = offered_days(_movable(connection, learner, today), wanted, today)
    rows = [
        (stored_time(midnight(day)), learner, item, track) for (item, track), day in sorted(moved.items())
    ]
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO daily_review (learner, item, track, day, due) SELECT learner, item, track, ?, due"
            " FROM user_progress WHERE learner = ? AND item = ? AND track = ?",
            rows,
        )


def _movable(connection: Connection, learner: str, today: date) -> list[Movable]:
    """The cards in review that are due by the horizon, with their ranges."""
    models = {track.value: parameters.current(connection, learner, track.value).model for track in Track}
    rows = connection.exec_driver_sql(
        "SELECT item, track, due, last_day, stability FROM user_progress"
        " WHERE learner = ? AND active AND state = 2 AND due <= ?",
        (learner, stored_time(midnight(today) + HORIZON)),
    )
    found = []
    for item, track, due, last_day, stability in rows:
        low, high = fuzz_range(models[track].interval(stability))
        last = date.fromisoformat(last_day)
        found.append(
            Movable(
                item, track, date.fromisoformat(due[:10]), last + timedelta(days=low),
                last + timedelta(days=high),
            )
        )  # fmt: skip
    return found


def _said(wanted: DaysWanted) -> str:
    return json.dumps([dict(sorted(wanted.shares.items())), wanted.even])
