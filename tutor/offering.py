"""What there is for a session to be chosen from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from tutor.memory.selection import (
    BACKLOG_SESSIONS,
    OTHER_OPENINGS_SHARE,
    DueCard,
    Offer,
    none_left_behind,
)
from tutor.memory.tracks import Track
from tutor.store import cards, lessons, stats
from tutor.store.cards import Order

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tutor.practice import Tutor

_OPENABLE_AT_ONCE = 60
"""Cards that may be opened, from which a session takes the few that it opens."""

_TURNS = 2**16
"""From so many turns one is drawn."""


def offer(
    tutor: Tutor,
    connection: Connection,
    now: datetime,
    limit: int,
    weights: Mapping[Track, int],
    *,
    arena: bool = False,
) -> Offer:
    """Everything that a session may be chosen from."""
    today, learner = tutor.calendar.day(now), tutor.learner.id
    counts = cards.count_due(connection, learner, now, today)
    total = sum(counts.values())
    waiting = sum(counts.get(track, 0) for track in weights)

    # Drawn by what was done so far: Today and Start agree, and short sessions fill the round together.
    turn = Random(stats.totals_of(connection, learner).attempts).randrange(_TURNS)

    def due_first(track: Track, order: Order) -> list[DueCard]:
        return cards.due(connection, learner, track, now, today, limit, order)

    def of_track(track: Track) -> list[DueCard]:
        if waiting <= limit:
            return due_first(track, Order.HARDEST if arena else Order.LOWEST)
        best = due_first(track, Order.HARDEST if arena else Order.HIGHEST)
        return none_left_behind(best, due_first(track, Order.LONGEST), turn)

    due = {track: of_track(track) for track in weights if counts.get(track)}
    opened = cards.opened_on(connection, learner, today)
    new_per_day = tutor.settings.new_per_day
    level = cards.level(connection, learner)
    openable = {}
    if total <= BACKLOG_SESSIONS * limit:
        for track in {*weights, Track.VISUAL}:
            at_once = max(limit, _OPENABLE_AT_ONCE)
            openable[track] = cards.openable(connection, learner, track, today, level, at_once)
    in_context = tuple({card.lesson for card in openable.get(Track.CONTEXT, ()) if card.lesson})
    return Offer(
        due=due,
        due_counts=counts,
        openable=openable,
        level=level,
        new_left=max(0, new_per_day - opened.get(Track.VISUAL, 0)),
        openings_left=max(
            0,
            round(new_per_day * OTHER_OPENINGS_SHARE)
            - sum(n for t, n in opened.items() if t is not Track.VISUAL),
        ),
        notes=lessons.unseen_grammar(connection, learner, in_context),
        rescue=cards.to_rescue(connection, learner, weights, now, today, limit) if arena else (),
        turn=turn,
    )


def is_open(tutor: Tutor, connection: Connection, tracks: Iterable[Track]) -> bool:
    """Whether anything is open on one of these tracks."""
    return any(cards.count_open(connection, tutor.learner.id, track) for track in tracks)
