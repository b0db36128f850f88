"""The Library's questions: which items there are of a kind, and how each stands."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from tutor.memory.tracks import Track
from tutor.store import cards
from tutor.store.items import BEST_FIRST, OPEN_TO_ALL, match

KNOWN_FROM = 21.0
"""Stability (days) from which a track of a word is called known."""


class Wanted(NamedTuple):
    """Which items are asked for; what is empty asks for nothing."""

    query: str = ""
    standing: str = ""
    """One of `STANDINGS`."""
    cefr: str = ""
    pos: str = ""
    tag: str = ""
    """A topic of the course or a tag of the learner's own."""
    lesson: str = ""
    """The id of the lesson that teaches it."""


class Row(NamedTuple):
    """One item in a list."""

    id: str
    text: str
    meaning: str
    suspended: bool
    known: bool
    tracks: Mapping[Track, float]
    """Stability in days of the tracks that are open."""


_SHOWN = "i.id, i.text, i.means, s.translation, s.suspended, s.known"
_STATE = " LEFT JOIN item_state AS s ON s.learner = :learner AND s.item = i.id AND s.deleted IS NULL"

STANDINGS = ("due", "new", "learning", "known", "resting", "own")
"""How an item may stand."""


def _standing(name: str, *, few: bool) -> str:
    """SQL that is true of an item `i` that stands so. Of `few` each is looked up, of many all at once."""

    def opened(more: str = "") -> str:
        cards_of = f"FROM user_progress AS p WHERE p.learner = :learner{more}"
        return (
            f"EXISTS (SELECT 1 {cards_of} AND p.item = i.id)"
            if few
            else f"i.id IN (SELECT p.item {cards_of})"
        )

    read = " AND p.track = 'visual' AND p.stability"
    return {
        "new": f"NOT {opened()}",
        "learning": opened(f"{read} < {KNOWN_FROM}"),
        "known": f"({opened(f'{read} >= {KNOWN_FROM}')} OR s.known)",
        "resting": "s.suspended",
        "own": "i.course = ''",
    }[name]


def find(
    connection: Connection, learner: str, wanted: Wanted, now: datetime, today: date, limit: int, offset: int
) -> tuple[list[Row], int]:
    """Items of a kind, so many from `offset` on, and how many there are of it."""
    source, order, given = "item AS i", "i.level, i.position, i.id", dict[str, Any](learner=learner)
    if wanted.query:
        given["match"] = match(wanted.query)
        if not given["match"]:
            return [], 0
        if wanted == Wanted(wanted.query):
            return _matching(connection, given | {"limit": limit, "offset": offset})
        source = "item_search JOIN item AS i ON i.id = item_search.item"
        order = BEST_FIRST
    elif wanted.standing in ("due", "learning", "known", "resting", "own"):
        # Those are fewer than all: better sorted than looked for along the index by which all are in order.
        order = "+i.level, +i.position, i.id"
    conditions = [OPEN_TO_ALL.format(item="i.id", learner=":learner")]
    if wanted.query:
        conditions.append("item_search MATCH :match")
    if wanted.standing == "due":
        conditions.append(f"i.id IN ({cards.due_items(connection, learner)})")
        given |= cards.moment(learner, now, today)
    elif wanted.standing:
        conditions.append(_standing(wanted.standing, few=bool(wanted.query)))
    if wanted.cefr:
        conditions.append("i.lesson IN (SELECT id FROM lesson WHERE cefr = :cefr)")
        given["cefr"] = wanted.cefr
    if wanted.pos:
        conditions.append("i.pos = :pos")
        given["pos"] = wanted.pos
    if wanted.lesson:
        conditions.append("i.lesson = :lesson")
        given["lesson"] = wanted.lesson
    if wanted.tag:
        conditions.append(
            "(i.topic = :tag OR EXISTS (SELECT 1 FROM item_tag AS t WHERE t.learner = :learner"
            " AND t.item = i.id AND t.tag = :tag AND t.deleted IS NULL))"
        )
        given["tag"] = wanted.tag
    where = f" WHERE {' AND '.join(conditions)}"
    # What the learner said of an item is looked up for those that are shown, and for a count where it counts.
    counted = _STATE if "s." in where else ""
    total = connection.exec_driver_sql(f"SELECT count(*) FROM {source}{counted}{where}", given).scalar_one()
    rows = connection.exec_driver_sql(
        f"SELECT {_SHOWN} FROM {source}{_STATE}{where} ORDER BY {order} LIMIT :limit OFFSET :offset",
        given | {"limit": limit, "offset": offset},
    ).fetchall()
    return _rows(connection, learner, rows), int(total)


def _matching(connection: Connection, given: Mapping[str, Any]) -> tuple[list[Row], int]:
    """What a query alone finds. A letter begins thousands of words: only those shown are looked up."""
    seen = OPEN_TO_ALL.format(item="item", learner=":learner")
    matches = f"FROM item_search WHERE item_search MATCH :match AND {seen}"
    total = connection.exec_driver_sql(f"SELECT count(*) {matches}", given).scalar_one()
    best = f"SELECT item, {BEST_FIRST} AS place {matches} ORDER BY place LIMIT :limit OFFSET :offset"
    rows = connection.exec_driver_sql(
        f"SELECT {_SHOWN} FROM ({best}) AS m JOIN item AS i ON i.id = m.item{_STATE} ORDER BY m.place", given
    ).fetchall()
    return _rows(connection, given["learner"], rows), int(total)


def chosen(connection: Connection, learner: str, ids: Sequence[str], kind: str = "") -> list[Row]:
    """Those of the items that the learner may see, all or of a kind, in the order in which they are named."""
    marks = ", ".join(f":item{at}" for at in range(len(ids)))
    seen = OPEN_TO_ALL.format(item="i.id", learner=":learner")
    rows = connection.exec_driver_sql(
        f"SELECT {_SHOWN} FROM item AS i{_STATE} WHERE i.id IN ({marks}) AND {seen}"
        " AND (:kind = '' OR i.kind = :kind)",
        {"learner": learner, "kind": kind} | {f"item{at}": item for at, item in enumerate(ids)},
    ).fetchall()
    found = {row.id: row for row in _rows(connection, learner, rows)}
    return [found[item] for item in ids if item in found]


def _rows(connection: Connection, learner: str, rows: Sequence[Any]) -> list[Row]:
    tracks = _tracks(connection, learner, [row.id for row in rows])
    return [_row(row, tracks.get(row.id, {})) for row in rows]


def _row(row: Any, tracks: Mapping[Track, float]) -> Row:
    meaning = row.translation or json.loads(row.means)[0]
    return Row(row.id, row.text, meaning, bool(row.suspended), bool(row.known), tracks)


def facets(connection: Connection, learner: str) -> tuple[list[str], list[str], list[str]]:
    """The CEFR levels, the parts of speech and the topics and tags that there are."""

    def column(statement: str) -> list[str]:
        return [value for (value,) in connection.exec_driver_sql(statement, {"learner": learner}) if value]

    return (
        column("SELECT DISTINCT cefr FROM lesson ORDER BY cefr"),
        column(
            "SELECT DISTINCT pos FROM item"
            f" WHERE {OPEN_TO_ALL.format(item='item.id', learner=':learner')} ORDER BY pos"
        ),
        column(
            "SELECT topic FROM item UNION SELECT tag FROM item_tag WHERE learner = :learner"
            " AND deleted IS NULL ORDER BY 1"
        ),
    )


def mistakes(connection: Connection, learner: str, item: str, limit: int) -> list[tuple[str, str, str]]:
    """The latest mistakes with an item: concept, subtype and what was written."""
    rows = connection.exec_driver_sql(
        "SELECT concept, subtype, raw_text FROM mistake AS m WHERE learner = ? AND item = ? AND NOT EXISTS"
        " (SELECT 1 FROM undo WHERE undo.answer_id = m.answer_id) ORDER BY hlc DESC LIMIT ?",
        (learner, item, limit),
    )
    return [tuple(row) for row in rows]


def _tracks(connection: Connection, learner: str, ids: Sequence[str]) -> dict[str, dict[Track, float]]:
    marks = ", ".join("?" * len(ids))
    rows = connection.exec_driver_sql(
        f"SELECT item, track, stability FROM user_progress WHERE learner = ? AND item IN ({marks})",
        (learner, *ids),
    )
    found: dict[str, dict[Track, float]] = {}
    for item, track, stability in rows:
        found.setdefault(item, {})[Track(track)] = stability
    return found
