"""Cards: their memory, what is due, what may be opened. `refresh` is the one way to a memory state."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from enum import Enum

from sqlalchemy import Connection

from tutor.memory.fold import Memory, State, fold, midnight
from tutor.memory.opening import Standing, may_open
from tutor.memory.selection import RESCUE_BELOW, RESCUE_LAPSES, DueCard, Openable
from tutor.memory.tracks import Track
from tutor.store import parameters, reviews
from tutor.store.database import driver
from tutor.store.items import OPEN_TO_ALL
from tutor.store.reviews import stored_time

_ACTIVE = (
    "EXISTS (SELECT 1 FROM item WHERE item.id = :item) AND NOT EXISTS (SELECT 1 FROM item_state AS s"
    " WHERE s.learner = :learner AND s.item = :item AND (s.suspended OR s.known) AND s.deleted IS NULL)"
)
_NAMES = ("learner", "item", "track", *Memory._fields)
UPSERT = (
    f"INSERT INTO user_progress ({', '.join(_NAMES)}, active)"
    f" VALUES ({', '.join('?' * len(_NAMES))}, {_ACTIVE.replace(':learner', '?').replace(':item', '?')})"
    " ON CONFLICT (learner, item, track) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in (*Memory._fields, "active"))
)
"""`card_row` is its parameters."""

_CHANGING = tuple(name for name in Memory._fields if name != "opened_day")
_UPDATE = (
    f"UPDATE user_progress SET {', '.join(f'{name} = :{name}' for name in _CHANGING)}, active = ({_ACTIVE})"
    " WHERE learner = :learner AND item = :item AND track = :track AND opened_day = :opened_day"
)
"""Of a card that was there: naming `opened_day` would have SQLite write its index anew each time."""


def refresh(connection: Connection, learner: str, item: str, track: Track) -> Memory | None:
    """Fold a card's log and save what it amounts to, in the caller's transaction.

    Practice, imports, undo and sync all end here. None where the card is not open any more.
    """
    log = reviews.of_card(connection, learner, item, track)
    memory = fold(log, parameters.current(connection, learner, track))
    standings = _standings(connection, learner, item)
    before = may_open(standings)
    if memory is None:
        driver(connection).execute(
            "DELETE FROM user_progress WHERE learner = ? AND item = ? AND track = ?", (learner, item, track)
        )
        standings.pop(track, None)
    else:
        row = card_row(learner, item, track, memory)
        if not driver(connection).execute(_UPDATE, dict(zip(_NAMES, row, strict=False))).rowcount:
            driver(connection).execute(UPSERT, row)
        standings[track] = Standing(memory.state, memory.passes)
    if may_open(standings) != before:
        refresh_openings(connection, learner, item)
    return memory


def card_row(learner: str, item: str, track: Track, memory: Memory) -> tuple[object, ...]:
    """A card and its memory as the parameters of `UPSERT`, which asks for the item once more."""
    stability, difficulty, state, step, due, last_review, last_day, opened_day, *counts = memory
    return (
        learner, item, track.value, stability, difficulty, state.value, step, stored_time(due),
        stored_time(last_review), last_day.isoformat(), opened_day.isoformat(), *counts,
        item, learner, item,
    )  # fmt: skip


def strength(connection: Connection, learner: str, item: str, track: Track) -> tuple[float, int]:
    """A card's stability (days) and how often it lapsed, as last folded; 0 and 0 where it is not open."""
    row = (
        driver(connection)
        .execute(
            "SELECT stability, lapses FROM user_progress WHERE learner = ? AND item = ? AND track = ?",
            (learner, item, track),
        )
        .fetchone()
    )
    return (row[0], row[1]) if row else (0.0, 0)


def offered_day(connection: Connection, learner: str, item: str, track: Track) -> date | None:
    """The day on which a card is offered instead of its own; None where nothing was planned."""
    day = connection.exec_driver_sql(
        "SELECT d.day FROM daily_review AS d JOIN user_progress AS p USING (learner, item, track, due)"
        " WHERE d.learner = ? AND d.item = ? AND d.track = ? AND p.state = 2",
        (learner, item, track.value),
    ).scalar()
    return date.fromisoformat(day[:10]) if day else None


def open_tracks(connection: Connection, learner: str, item: str) -> list[Track]:
    """The tracks on which an item is open."""
    return sorted(_standings(connection, learner, item))


def _standings(connection: Connection, learner: str, item: str) -> dict[Track, Standing]:
    rows = driver(connection).execute(
        "SELECT track, state, passes FROM user_progress WHERE learner = ? AND item = ?", (learner, item)
    )
    return {Track(track): Standing(State(state), passes) for track, state, passes in rows}


def refresh_openings(connection: Connection, learner: str, item: str) -> None:
    """Write down which tracks of an item may be opened next; none where it is not to be offered."""
    connection.exec_driver_sql("DELETE FROM opening WHERE learner = ? AND item = ?", (learner, item))
    row = connection.exec_driver_sql(
        f"SELECT level, position FROM item WHERE id = :item AND {_ACTIVE}"
        f" AND {OPEN_TO_ALL.format(item=':item', learner=':learner')}",
        {"learner": learner, "item": item},
    ).fetchone()
    if row:
        for track in sorted(may_open(_standings(connection, learner, item))):
            connection.exec_driver_sql(
                "INSERT INTO opening (learner, item, track, level, position) VALUES (?, ?, ?, ?, ?)",
                (learner, item, track, *row),
            )


def refresh_item(connection: Connection, learner: str, item: str) -> None:
    """After an item came, went, was suspended or known: which of its cards may be offered."""
    connection.exec_driver_sql(
        f"UPDATE user_progress SET active = ({_ACTIVE}) WHERE learner = :learner AND item = :item",
        {"learner": learner, "item": item},
    )
    refresh_openings(connection, learner, item)


HORIZON = timedelta(days=30)
"""How far ahead a card's day may have been planned."""

_TRACKS = ", ".join(f"'{track}'" for track in Track)
_DUE = (
    "p.active AND p.learner = :learner AND p.due <= :bound"
    " AND ((p.state = 2 AND p.due <= :midnight) OR (p.state <> 2 AND p.due <= :now))"
)
_DUE_BY_PLAN = (
    "p.active AND p.learner = :learner AND p.due <= :horizon AND CASE p.state WHEN 2 THEN"
    " coalesce((SELECT d.day FROM daily_review AS d WHERE d.learner = p.learner AND d.item = p.item"
    " AND d.track = p.track AND d.due = p.due), p.due) <= :midnight ELSE p.due <= :now END"
)
"""As `_DUE`, where the days were planned and a card may be offered on another day."""


def _due_now(connection: Connection, learner: str) -> str:
    """Which cards `p` of `user_progress` are offered now; `moment` has its parameters."""
    planned = connection.exec_driver_sql("SELECT 1 FROM day_plan WHERE learner = ?", (learner,)).first()
    return _DUE_BY_PLAN if planned else _DUE


_SHARE = "(julianday(:today) - julianday(last_day)) / stability"
"""Elapsed days over stability: retrievability falls with it."""


class Order(Enum):
    """Which due cards are taken first."""

    HIGHEST = f"{_SHARE} ASC"
    """Those of the highest retrievability."""
    LOWEST = f"{_SHARE} DESC"
    HARDEST = "difficulty DESC"
    LONGEST = "due ASC"
    """Those that have waited longest."""


def due_items(connection: Connection, learner: str) -> str:
    """SQL that selects the items of the cards that are offered now; `moment` has its parameters."""
    due = _due_now(connection, learner)
    # Naming the tracks lets SQLite find them by the index.
    return f"SELECT p.item FROM user_progress AS p WHERE {due} AND p.track IN ({_TRACKS})"


def moment(learner: str, now: datetime, today: date) -> dict[str, object]:
    """When it is, as the parameters of what asks for due cards."""
    day = midnight(today)
    return {
        "learner": learner,
        "midnight": stored_time(day),
        "now": stored_time(now),
        "bound": stored_time(max(day, now)),
        "horizon": stored_time(day + HORIZON),
        "today": today.isoformat(),
    }


def count_due(connection: Connection, learner: str, now: datetime, today: date) -> dict[Track, int]:
    """How many cards are due, by track; tracks with none are left out."""
    # Naming the tracks lets SQLite answer from the index alone.
    rows = connection.exec_driver_sql(
        f"SELECT track, count(*) FROM user_progress AS p WHERE {_due_now(connection, learner)}"
        f" AND track IN ({_TRACKS}) GROUP BY track",
        moment(learner, now, today),
    )
    return {Track(track): count for track, count in rows}


def due(
    connection: Connection,
    learner: str,
    track: Track,
    now: datetime,
    today: date,
    limit: int,
    order: Order,
) -> list[DueCard]:
    """Due cards of a track, at most `limit`, in this order."""
    rows = connection.exec_driver_sql(
        f"SELECT item, stability, difficulty FROM user_progress AS p WHERE {_due_now(connection, learner)}"
        " AND track = :track"
        f" ORDER BY {order.value}, item LIMIT :limit",
        {**moment(learner, now, today), "track": track.value, "limit": limit},
    )
    return [DueCard(item, track, stability, difficulty) for item, stability, difficulty in rows]


def coming(connection: Connection, learner: str, track: Track, limit: int) -> list[tuple[str, float, int]]:
    """The open cards of a track that come due next: item, stability (days) and lapses."""
    rows = connection.exec_driver_sql(
        "SELECT item, stability, lapses FROM user_progress WHERE learner = ? AND track = ? AND active"
        " ORDER BY due LIMIT ?",
        (learner, track.value, limit),
    )
    return [(item, stability, lapses) for item, stability, lapses in rows]


def open_items(connection: Connection, learner: str, track: Track) -> set[str]:
    """The items that are open on a track and may be offered."""
    rows = connection.exec_driver_sql(
        "SELECT item FROM user_progress WHERE learner = ? AND track = ? AND active", (learner, track.value)
    )
    return {item for (item,) in rows}


def met_among(connection: Connection, learner: str, items: Collection[str]) -> set[str]:
    """Those of some items that a learner has met."""
    marks = ", ".join("?" * len(items))
    rows = driver(connection).execute(
        f"SELECT item FROM user_progress WHERE learner = ? AND track = 'visual' AND item IN ({marks})",
        (learner, *items),
    )
    return {item for (item,) in rows}


def count_open(connection: Connection, learner: str, track: Track) -> int:
    """How many cards of a track are open."""
    rows = connection.exec_driver_sql(
        "SELECT count(*) FROM user_progress WHERE learner = ? AND track = ? AND active",
        (learner, track.value),
    )
    return int(rows.scalar_one())


def forecast(connection: Connection, learner: str, track: Track, today: date, days: int) -> tuple[int, ...]:
    """How many cards of a track come due on each of the next days, if nothing is done meanwhile.

    The first number is of today, and of all that is overdue.
    """
    rows = connection.exec_driver_sql(
        "SELECT CAST(max(julianday(date(due)) - julianday(?), 0) AS INTEGER), count(*) FROM user_progress"
        " WHERE learner = ? AND track = ? AND active AND due < ? GROUP BY 1",
        (today.isoformat(), learner, track.value, stored_time(midnight(today + timedelta(days=days)))),
    )
    counts: dict[int, int] = dict(rows.fetchall())
    return tuple(counts.get(day, 0) for day in range(days))


def to_rescue(
    connection: Connection, learner: str, tracks: Collection[Track], now: datetime, today: date, limit: int
) -> list[DueCard]:
    """Due cards of these tracks that are hardly recalled by now or lapsed often, frequent words first."""
    shares = {
        track.value: parameters.current(connection, learner, track).model.share_at(RESCUE_BELOW)
        for track in tracks
    }
    named = ", ".join(f"'{track}'" for track in shares)
    unlikely = " OR ".join(f"track = '{track}' AND {_SHARE} > :{track}" for track in shares)
    rows = connection.exec_driver_sql(
        "SELECT p.item, p.track, p.stability, p.difficulty FROM user_progress AS p"
        f" JOIN item ON item.id = p.item WHERE {_due_now(connection, learner)} AND track IN ({named})"
        f" AND ({unlikely} OR lapses >= :lapses)"
        " ORDER BY item.rank IS NULL, item.rank, p.item, p.track LIMIT :limit",
        {**moment(learner, now, today), **shares, "lapses": RESCUE_LAPSES, "limit": limit},
    )
    return [DueCard(item, Track(track), *strength) for item, track, *strength in rows]


def openable(
    connection: Connection, learner: str, track: Track, today: date, level: int, limit: int
) -> list[Openable]:
    """Cards of a track that may be opened today, in course order, some of each band around `level`.

    An item opens one track a day.
    """
    found: dict[str, Openable] = {}
    bands = ("= :level", "< :level", "> :level") if track is Track.VISUAL else (">= 0",)
    for band in bands:
        rows = connection.exec_driver_sql(
            "SELECT o.item, o.level, item.lesson FROM opening AS o JOIN item ON item.id = o.item"
            f" WHERE o.learner = :learner AND o.track = :track AND o.level {band} AND NOT EXISTS"
            " (SELECT 1 FROM user_progress AS p WHERE p.learner = o.learner AND p.item = o.item"
            " AND p.opened_day = :today AND p.reps > 0) ORDER BY o.level, o.position LIMIT :limit",
            {"learner": learner, "track": track.value, "level": level, "today": today.isoformat(),
             "limit": limit},
        )  # fmt: skip
        found.update((item, Openable(item, track, at, lesson)) for item, at, lesson in rows)
    return list(found.values())


def unmet(connection: Connection, learner: str, lesson: str, limit: int) -> list[str]:
    """The next items of a lesson that were not met yet."""
    rows = connection.exec_driver_sql(
        "SELECT o.item FROM opening AS o JOIN item ON item.id = o.item"
        " WHERE o.learner = ? AND o.track = 'visual' AND item.lesson = ? ORDER BY o.position LIMIT ?",
        (learner, lesson, limit),
    )
    return [item for (item,) in rows]


def unmet_in_order(connection: Connection, learner: str) -> list[str]:
    """Everything of the courses that was not met yet, in its order."""
    rows = connection.exec_driver_sql(
        "SELECT o.item FROM opening AS o JOIN item ON item.id = o.item"
        " WHERE o.learner = ? AND o.track = 'visual' AND item.course <> '' ORDER BY o.level, o.position",
        (learner,),
    )
    return [item for (item,) in rows]


def of_lesson(
    connection: Connection, learner: str, lesson: str, tracks: Collection[Track], limit: int
) -> list[DueCard]:
    """Of each item of a lesson its open card that comes due first, due by now or not; the first ones."""
    named = ", ".join(f"'{track}'" for track in tracks)
    rows = connection.exec_driver_sql(
        "SELECT p.item, p.track, p.stability, p.difficulty, min(p.due) FROM user_progress AS p"
        " JOIN item ON item.id = p.item WHERE p.learner = ? AND p.active AND item.lesson = ?"
        f" AND p.track IN ({named})"
        " GROUP BY p.item ORDER BY 5, p.item LIMIT ?",
        (learner, lesson, limit),
    )
    return [DueCard(item, Track(track), *strength) for item, track, *strength, _due in rows]


def opened_on(connection: Connection, learner: str, day: date) -> Mapping[Track, int]:
    """How many cards were opened by an answer on a day, by track."""
    rows = connection.exec_driver_sql(
        "SELECT track, count(*) FROM user_progress WHERE learner = ? AND opened_day = ? AND reps > 0"
        " GROUP BY track",
        (learner, day.isoformat()),
    )
    return {Track(track): count for track, count in rows}


def offer_untouched(connection: Connection, learner: str) -> None:
    """Offer every item that a learner may see and has not touched yet, to be met."""
    connection.exec_driver_sql(
        "INSERT INTO opening (learner, item, track, level, position)"
        " SELECT :learner, item.id, 'visual', item.level, item.position FROM item"
        " LEFT JOIN item_state AS s ON s.learner = :learner AND s.item = item.id AND s.deleted IS NULL"
        " WHERE NOT coalesce(s.suspended OR s.known, 0)"
        f" AND {OPEN_TO_ALL.format(item='item.id', learner=':learner')} AND NOT EXISTS"
        " (SELECT 1 FROM user_progress AS p WHERE p.learner = :learner AND p.item = item.id)"
        " ORDER BY item.id",
        {"learner": learner},
    )


def level(connection: Connection, learner: str) -> int:
    """The learner's level: the first level of which more than a fifth is not met yet; 0 where none is."""
    unmet_at = "FROM opening WHERE learner = :learner AND track = 'visual' AND level"
    last = -1
    # Level by level, and no further than it takes: there may be any number of words to come.
    while True:
        at, unmet = connection.exec_driver_sql(
            f"SELECT level, count(*) {unmet_at} = (SELECT min(level) {unmet_at} > :last)",
            {"learner": learner, "last": last},
        ).one()
        if not unmet:
            return max(last, 0)
        last = int(at)
        total = connection.exec_driver_sql(
            "SELECT (SELECT count(*) FROM item WHERE level = ?) - (SELECT count(*) FROM own_item"
            " WHERE level = ? AND learner <> ? AND deleted IS NULL)",
            (at, at, learner),
        ).scalar_one()
        if unmet * 5 > total:
            return last
