"""A learner's numbers: motivation's fold of the review log, kept by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import Connection

from tutor.memory.review import Review
from tutor.motivation.pause import Pause
from tutor.motivation.stats import Days, DayStats, Totals, current_streak, totals
from tutor.store import learners
from tutor.store.database import driver

_DAY = "answers, passes, xp, response_ms"
_TOTALS = "xp, streak, last_day, total_attempts, total_passed"


def refresh(connection: Connection, review: Review, times: int = 1) -> tuple[DayStats, DayStats]:
    """Count one review in (`times=1`), or an undone one out (`times=-1`), in the caller's transaction.

    Returns its day as it was and as it is now.
    """
    day = of_day(connection, review.learner, review.local_day)
    changed = day.plus(review, times)
    _save_day(connection, review.learner, review.local_day, changed)
    known = totals_of(connection, review.learner)
    if times == 1 and known.last_day and review.local_day >= known.last_day:
        # Days only grow at their end, so the totals grow by the difference.
        pauses = _pauses(connection, review.learner) if review.local_day > known.last_day else ()
        grown = totals([(review.local_day, changed)], known, pauses)
        new = Totals(
            known.xp + changed.xp - day.xp, grown.streak, grown.last_day,
            known.attempts + changed.answers - day.answers, known.passes + changed.passes - day.passes,
        )  # fmt: skip
        _save_totals(connection, review.learner, new)
    else:
        refresh_totals(connection, review.learner)
    return day, changed


def of_day(connection: Connection, learner: str, day: date) -> DayStats:
    """One day's sums."""
    row = (
        driver(connection)
        .execute(f"SELECT {_DAY} FROM study_day WHERE learner = ? AND day = ?", (learner, day.isoformat()))
        .fetchone()
    )
    return DayStats(*row) if row else DayStats()


def totals_of(connection: Connection, learner: str) -> Totals:
    """A learner's totals."""
    row = (
        driver(connection)
        .execute(f"SELECT {_TOTALS} FROM user_stats WHERE learner = ?", (learner,))
        .fetchone()
    )
    if row is None:
        return Totals()
    xp, streak, last_day, attempts, passes = row
    return Totals(xp, streak, date.fromisoformat(last_day) if last_day else None, attempts, passes)


def streak_on(connection: Connection, learner: str, today: date) -> int:
    """The streak as it stands on a day. Days after it, from a clock that was ahead, do not count."""
    known, pauses = totals_of(connection, learner), _pauses(connection, learner)
    if known.last_day and known.last_day > today:
        known = totals(_days(connection, learner, until=today), _carried(connection, learner), pauses)
    return current_streak(known, today, pauses)


def active_days(connection: Connection, learner: str, first: date, last: date) -> frozenset[date]:
    """The days from `first` to `last` on which something was answered."""
    rows = connection.exec_driver_sql(
        "SELECT day FROM study_day WHERE learner = ? AND day BETWEEN ? AND ? AND answers > 0",
        (learner, first.isoformat(), last.isoformat()),
    )
    return frozenset(date.fromisoformat(day) for (day,) in rows)


def refresh_totals(connection: Connection, learner: str) -> None:
    """Fold the totals from every day anew."""
    days = _days(connection, learner, until=date.max)
    _save_totals(
        connection, learner, totals(days, _carried(connection, learner), _pauses(connection, learner))
    )


def _pauses(connection: Connection, learner: str) -> tuple[Pause, ...]:
    return learners.load(connection, learner).pauses


def _days(connection: Connection, learner: str, until: date) -> list[tuple[date, DayStats]]:
    rows = connection.exec_driver_sql(
        f"SELECT day, {_DAY} FROM study_day WHERE learner = ? AND day <= ?", (learner, until.isoformat())
    )
    return [(date.fromisoformat(day), DayStats(*sums)) for day, *sums in rows]


def rebuild(connection: Connection, days: Mapping[str, Days]) -> None:
    """Save every learner's days, folded anew, and fold their totals from them."""
    connection.exec_driver_sql("DELETE FROM study_day")
    connection.exec_driver_sql("DELETE FROM user_stats")
    for learner, of_learner in sorted(days.items()):
        for day, sums in of_learner.stats().items():
            _save_day(connection, learner, day, sums)
    for (learner,) in connection.exec_driver_sql("SELECT id FROM learner ORDER BY id").fetchall():
        refresh_totals(connection, learner)


def _carried(connection: Connection, learner: str) -> Totals:
    """What older tutors' totals amount to; the streak is the newest one's."""
    rows = connection.exec_driver_sql(
        "SELECT xp, streak, total_attempts, total_passed, at FROM carried_stats WHERE learner = ?"
        " ORDER BY at, id",
        (learner,),
    ).fetchall()
    carried = Totals()
    for xp, streak, attempts, passed, at in rows:
        day = date.fromisoformat(at[:10])
        carried = Totals(carried.xp + xp, streak, day, carried.attempts + attempts, carried.passes + passed)
    return carried


def _save_day(connection: Connection, learner: str, day: date, sums: DayStats) -> None:
    """Keep a day's sums; a day without an answer has no row, as after a rebuild."""
    if not sums.answers:
        driver(connection).execute(
            "DELETE FROM study_day WHERE learner = ? AND day = ?", (learner, day.isoformat())
        )
        return
    driver(connection).execute(
        f"INSERT INTO study_day (learner, day, {_DAY}) VALUES (?, ?, ?, ?, ?, ?)"
        f" ON CONFLICT (learner, day) DO UPDATE SET {_set(_DAY)}",
        (learner, day.isoformat(), sums.answers, sums.passes, sums.xp, sums.response_ms),
    )


def _save_totals(connection: Connection, learner: str, new: Totals) -> None:
    """Keep a learner's totals; one who has none has no row, as before the first answer."""
    if new == Totals():
        driver(connection).execute("DELETE FROM user_stats WHERE learner = ?", (learner,))
        return
    driver(connection).execute(
        f"INSERT INTO user_stats (learner, {_TOTALS}) VALUES (?, ?, ?, ?, ?, ?)"
        f" ON CONFLICT (learner) DO UPDATE SET {_set(_TOTALS)}",
        (learner, new.xp, new.streak, new.last_day.isoformat() if new.last_day else None, new.attempts,
         new.passes),
    )  # fmt: skip


def _set(names: str) -> str:
    """The second half of an upsert; a REPLACE would write the key's index anew, too."""
    return ", ".join(f"{name} = excluded.{name}" for name in names.split(", "))


def week_of(today: date) -> tuple[date, ...]:
    """The seven days of a day's week, Monday first."""
    monday = today - timedelta(days=today.weekday())
    return tuple(monday + timedelta(days=i) for i in range(7))
