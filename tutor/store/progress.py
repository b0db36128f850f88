"""What a learner's progress is told from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from tutor.memory.fold import midnight
from tutor.memory.tracks import Track
from tutor.motivation.stats import DayStats
from tutor.store.library import KNOWN_FROM
from tutor.store.reviews import stored_time


def days(connection: Connection, learner: str, first: date, last: date) -> dict[date, DayStats]:
    """The sums of each day with an answer, from `first` to `last`."""
    rows = connection.exec_driver_sql(
        "SELECT day, answers, passes, xp, response_ms FROM study_day"
        " WHERE learner = ? AND day BETWEEN ? AND ? AND answers > 0 ORDER BY day",
        (learner, first.isoformat(), last.isoformat()),
    )
    return {date.fromisoformat(day): DayStats(*sums) for day, *sums in rows}


def first_day(connection: Connection, learner: str) -> date | None:
    """The first day with an answer."""
    day = connection.exec_driver_sql(
        "SELECT min(day) FROM study_day WHERE learner = ? AND answers > 0", (learner,)
    ).scalar()
    return date.fromisoformat(day) if day else None


def answered_since(connection: Connection, learner: str, since: date) -> list[tuple[str, Track]]:
    """The cards that were answered since a day."""
    rows = connection.exec_driver_sql(
        "SELECT item, track FROM user_progress WHERE learner = ? AND last_day >= ? ORDER BY item, track",
        (learner, since.isoformat()),
    )
    return [(item, Track(track)) for item, track in rows]


def strengths(connection: Connection, learner: str, track: Track) -> list[tuple[float, date]]:
    """The stability (days) and the last day of every card of a track."""
    rows = connection.exec_driver_sql(
        "SELECT stability, last_day FROM user_progress WHERE learner = ? AND track = ?",
        (learner, track.value),
    )
    return [(stability, date.fromisoformat(day)) for stability, day in rows]


def coming(connection: Connection, learner: str, today: date, count: int) -> tuple[int, ...]:
    """How many cards come due on each of the next days, all tracks together; the first holds what waits."""
    until = stored_time(midnight(today + timedelta(days=count)))
    rows = connection.exec_driver_sql(
        "SELECT CAST(max(julianday(date(due)) - julianday(?), 0) AS INTEGER), count(*) FROM user_progress"
        " WHERE learner = ? AND active AND due < ? GROUP BY 1",
        (today.isoformat(), learner, until),
    )
    counts: dict[int, int] = dict(rows.fetchall())
    return tuple(counts.get(day, 0) for day in range(count))


def coverage(connection: Connection, learner: str) -> Sequence[tuple[str, int, int]]:
    """Of each CEFR level the words that are known and all there are."""
    rows = connection.exec_driver_sql(
        "SELECT l.cefr, coalesce(sum(p.stability >= :known OR s.known), 0), count(*) FROM item AS i"
        " JOIN lesson AS l ON l.id = i.lesson"
        " LEFT JOIN user_progress AS p ON p.learner = :learner AND p.item = i.id AND p.track = 'visual'"
        " LEFT JOIN item_state AS s ON s.learner = :learner AND s.item = i.id AND s.deleted IS NULL"
        " WHERE i.kind = 'word' GROUP BY l.cefr ORDER BY l.cefr",
        {"learner": learner, "known": KNOWN_FROM},
    )
    return [(cefr, known, count) for cefr, known, count in rows]
