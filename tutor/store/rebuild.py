"""Every projection dropped and folded anew from the logs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from sqlalchemy import Connection

from tutor.long_work import Doing, Progress, Told, untold
from tutor.memory.fold import State, fold
from tutor.memory.opening import Standing, may_open
from tutor.memory.parameters import Parameters
from tutor.memory.review import Review
from tutor.memory.tracks import Track
from tutor.motivation.stats import Days
from tutor.store import cards, learners, lessons, parameters, reviews, stats
from tutor.store.bulk import without_collector
from tutor.store.database import driver

_TRACKS = {track.value: track for track in Track}
_STATES = {state.value: state for state in State}
_BATCH = 1000
"""Cards that are folded before they are saved: reading and writing in turn is slower for each."""


def rebuild(connection: Connection, told: Told = untold) -> int:
    """Fold all projections anew, in the caller's transaction; returns how many reviews were folded.

    Rows are written in the order of their keys, so the same logs give the same bytes.
    """
    days: defaultdict[str, Days] = defaultdict(Days)
    connection.exec_driver_sql("DELETE FROM user_progress")
    count = _fold_all(connection, reviews.by_card(connection), days, reviews.count(connection), told)
    _openings(connection)
    stats.rebuild(connection, days)
    lessons.rebuild(connection)
    return count


def refold(connection: Connection, learner: str, track: Track, told: Told = untold) -> int:
    """Fold a learner's track anew, in the caller's transaction, after its parameters changed.

    Days and openings stay: they do not depend on weights or retention. Returns how many reviews were folded.
    """
    connection.exec_driver_sql(
        "DELETE FROM user_progress WHERE learner = ? AND track = ?", (learner, track.value)
    )
    total = reviews.count(connection, (learner, track))
    logs = reviews.by_card(connection, (learner, track))
    return _fold_all(connection, logs, defaultdict(Days), total, told)


def _fold_all(
    connection: Connection,
    logs: Iterator[tuple[tuple[str, str, Track], list[Review]]],
    days: defaultdict[str, Days],
    total: int,
    told: Told,
) -> int:
    """Save what each card's log amounts to, and add it to its learner's days; returns how many reviews."""
    chosen: dict[tuple[str, Track], Parameters] = {}
    count = 0
    with without_collector():
        while batch := list(islice(logs, _BATCH)):
            rows = []
            for (learner, item, track), log in batch:
                count += len(log)
                days[learner].add(log)
                if (learner, track) not in chosen:
                    chosen[learner, track] = parameters.current(connection, learner, track)
                memory = fold(log, chosen[learner, track])
                if memory is not None:
                    rows.append(cards.card_row(learner, item, track, memory))
            driver(connection).executemany(cards.UPSERT, rows)
            told(Progress(count, total, Doing.FOLDING))
    return count


def _openings(connection: Connection) -> None:
    """Untouched items open VISUAL; the others what their cards allow."""
    connection.exec_driver_sql("DELETE FROM opening")
    for learner in learners.everyone(connection):
        cards.offer_untouched(connection, learner)
    started = connection.exec_driver_sql(
        "SELECT p.learner, p.item, p.track, p.state, p.passes, item.level, item.position"
        " FROM user_progress AS p JOIN item ON item.id = p.item WHERE p.active ORDER BY p.learner, p.item"
    )
    standings: dict[tuple[str, str, int, int], dict[Track, Standing]] = defaultdict(dict)
    for learner, item, track, state, passes, level, position in started:
        standings[learner, item, level, position][_TRACKS[track]] = Standing(_STATES[state], passes)
    rows = [
        (learner, item, track.value, level, position)
        for (learner, item, level, position), open_cards in standings.items()
        for track in sorted(may_open(open_cards))
    ]
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO opening (learner, item, track, level, position) VALUES (?, ?, ?, ?, ?)", rows
        )
