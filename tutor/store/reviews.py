"""The review log: append to it, read it. Nothing here changes or deletes a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from tutor.clock import milliseconds
from tutor.hlc import Stamp
from tutor.long_work import Doing, Progress, Told, untold
from tutor.memory.fitting import Answer
from tutor.memory.review import Kind, Review
from tutor.memory.tracks import Track
from tutor.store.database import driver

COLUMNS = ", ".join(Review._fields)
COUNTED = "NOT EXISTS (SELECT 1 FROM undo WHERE undo.answer_id = review.answer_id)"
"""Which rows count: those that no undo names."""

_TOLD_EVERY = 500
"""Cards between two tellings of how much was read."""

_RECENT = 600
"""Rows that tell how fast a learner is now."""

_TRACKS = {track.value: track for track in Track}
_KINDS = {kind.value: kind for kind in Kind}
_INSERT = f"INSERT INTO review ({COLUMNS}) VALUES ({', '.join('?' * len(Review._fields))})"


def stored_time(at: datetime) -> str:
    """A UTC time as SQLAlchemy stores it, for statements that go past it."""
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return at.isoformat(" ", "microseconds")[: -len("+00:00")]


def loaded_time(text: str) -> datetime:
    """A stored time, timezone-aware."""
    return datetime.fromisoformat(text + "+00:00")


def append(connection: Connection, reviews: Iterable[Review]) -> None:
    """Write rows at the end of the log, in the caller's transaction."""
    rows = [
        (*review[:11], stored_time(review.at), review.local_day.isoformat(), *review[13:])
        for review in reviews
    ]
    driver(connection).executemany(_INSERT, rows)


def of_card(connection: Connection, learner: str, item: str, track: str) -> list[Review]:
    """The counted log of one card, in no particular order."""
    rows = driver(connection).execute(
        f"SELECT {COLUMNS} FROM review WHERE learner = ? AND item = ? AND track = ? AND {COUNTED}",
        (learner, item, track),
    )
    return [_review(row) for row in rows]


def of_answer(connection: Connection, learner: str, item: str, answer_id: str) -> Review | None:
    """The review of an item that an answer made; its id is the answer's."""
    row = (
        driver(connection)
        .execute(
            f"SELECT {COLUMNS} FROM review WHERE learner = ? AND item = ? AND id = ?",
            (learner, item, answer_id),
        )
        .fetchone()
    )
    return _review(row) if row else None


def undo(
    connection: Connection, identity: str, learner: str, device: str, hlc: str, answer_id: str, at: datetime
) -> None:
    """Add an answer to those that count nowhere."""
    connection.exec_driver_sql(
        "INSERT INTO undo (id, learner, device, hlc, answer_id, at) VALUES (?, ?, ?, ?, ?, ?)",
        (identity, learner, device, hlc, answer_id, stored_time(at)),
    )


def recent_times(connection: Connection, learner: str) -> list[tuple[str, str, int]]:
    """Mode, text and response time (ms) of the latest right answers, for the learner's usual pace."""
    rows = connection.exec_driver_sql(
        "SELECT r.mode, item.text, r.response_ms FROM (SELECT item, mode, rating, response_ms FROM review"
        " WHERE learner = ? ORDER BY hlc DESC LIMIT ?) AS r JOIN item ON item.id = r.item"
        " WHERE r.rating >= 3 AND r.mode IS NOT NULL AND r.response_ms IS NOT NULL",
        (learner, _RECENT),
    )
    return [(mode, text, ms) for mode, text, ms in rows]


def latest(connection: Connection, learner: str) -> datetime | None:
    """When the learner's newest answer was given, by the clock that stamped it."""
    stamp = (
        driver(connection).execute("SELECT max(hlc) FROM review WHERE learner = ?", (learner,)).fetchone()[0]
    )
    return Stamp.parse(stamp).at if stamp else None


def by_card(
    connection: Connection, only: tuple[str, Track] | None = None
) -> Iterator[tuple[tuple[str, str, Track], list[Review]]]:
    """Each card with its counted log, by learner, item and track: everybody's, or `only` those of a track."""
    of_one = "learner = ? AND track = ? AND" if only else ""
    rows = driver(connection).execute(
        f"SELECT {COLUMNS} FROM review WHERE {of_one} {COUNTED} ORDER BY learner, item, track",
        only or (),
    )
    for (learner, item, track), log in groupby(rows, key=_CARD):
        yield (learner, item, _TRACKS[track]), [_review(row) for row in log]


def histories(connection: Connection, learner: str, track: str, told: Told = untold) -> list[list[Answer]]:
    """The answers of every card of a track whose history is whole: it begins with an answer, not a seed.

    What was before a card was last forgotten on purpose does not count.
    """
    rows = driver(connection).execute(
        "SELECT item, at, local_day, coalesce(rating, kind) FROM review"
        f" WHERE learner = ? AND track = ? AND {COUNTED} ORDER BY item, at, id",
        (learner, track),
    )
    found = []
    # Counting the answers themselves would take a tenth as long as all that is done with them.
    total = _count_cards(connection, learner, track)
    for number, (_item, log) in enumerate(groupby(rows, key=itemgetter(0))):
        if number % _TOLD_EVERY == 0:
            told(Progress(number, total, Doing.READING))
        history: list[Answer] = []
        whole = True
        for _, at, day, rating in log:
            if isinstance(rating, int):
                history.append(Answer(at, _ordinal(day), rating))
            else:
                history, whole = [], rating == Kind.FORGET
        if history and whole:
            found.append(history)
    return found


def _count_cards(connection: Connection, learner: str, track: str) -> int:
    """How many cards of a track have a memory: no fewer than have answers."""
    rows = driver(connection).execute(
        "SELECT count(*) FROM user_progress WHERE learner = ? AND track = ?", (learner, track)
    )
    return int(rows.fetchone()[0])


def count(connection: Connection, only: tuple[str, Track] | None = None) -> int:
    """How many rows there are: everybody's, or `only` those of a learner's track."""
    of_one = " WHERE learner = ? AND track = ?" if only else ""
    rows = driver(connection).execute(f"SELECT count(*) FROM review{of_one}", only or ())
    return int(rows.fetchone()[0])


def answers_since(connection: Connection, at: datetime) -> int:
    """How many answers were given after a moment, by everybody."""
    rows = connection.exec_driver_sql(
        "SELECT count(*) FROM review WHERE learner IN (SELECT id FROM learner) AND hlc > ?"
        f" AND kind = 'answer' AND {COUNTED}",
        (str(Stamp(milliseconds(at) + 1, 0, "")),),
    )
    return int(rows.scalar_one())


def count_answers(connection: Connection, learner: str, track: str) -> int:
    """How many counted answers a track has."""
    rows = driver(connection).execute(
        f"SELECT count(*) FROM review WHERE learner = ? AND track = ? AND kind = 'answer' AND {COUNTED}",
        (learner, track),
    )
    return int(rows.fetchone()[0])


_CARD = itemgetter(*(Review._fields.index(name) for name in ("learner", "item", "track")))


def _review(row: tuple[Any, ...]) -> Review:
    """A row of `COLUMNS`."""
    (identity, learner, device, hlc, answer, kind, item, track, mode, direction, rating, at, day, response_ms,
     help_used, import_run, stability, difficulty, source) = row  # fmt: skip
    return Review._make((
        identity, learner, device, hlc, answer, _KINDS[kind], item, _TRACKS[track], mode, direction, rating,
        datetime.fromisoformat(at + "+00:00"), _day(day), response_ms, help_used, import_run, stability,
        difficulty, source,
    ))  # fmt: skip


# Thousands of rows share a few hundred days.
_day = lru_cache(maxsize=4096)(date.fromisoformat)
_ordinal = lru_cache(maxsize=4096)(lambda day: date.fromisoformat(day).toordinal())
