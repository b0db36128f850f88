"""What a learner decided about an item: whether it rests, and their own words for it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from tutor.course.item import Item
from tutor.memory.leech import LEECH_LAPSES
from tutor.store import cards
from tutor.store.database import driver

_FIELDS = ("suspended", "known", "note", "translation", "sentence")


def change(
    connection: Connection, learner: str, item: str, stamp: str, fields: Mapping[str, str | bool]
) -> None:
    """Set fields of an item's state, each stamped with when; its cards follow, in the caller's transaction.

    Raises ValueError for a field that there is not.
    """
    unknown = set(fields) - set(_FIELDS)
    if unknown:
        raise ValueError(f"an item's state has no {', '.join(sorted(unknown))}")
    row = connection.exec_driver_sql(
        f"SELECT {', '.join(_FIELDS)}, clocks FROM item_state WHERE learner = ? AND item = ?", (learner, item)
    ).first()
    *values, clocks = row or (False, False, "", "", "", "{}")
    now = dict(zip(_FIELDS, values, strict=True)) | dict(fields)
    stamps = json.loads(clocks) | dict.fromkeys(fields, stamp)
    connection.exec_driver_sql(
        f"INSERT OR REPLACE INTO item_state (learner, item, {', '.join(_FIELDS)}, clocks)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (learner, item, *(now[name] for name in _FIELDS), json.dumps(stamps)),
    )
    cards.refresh_item(connection, learner, item)


def is_left_alone(connection: Connection, learner: str, item: str) -> tuple[bool, bool]:
    """Whether an item rests, and whether the learner said that they know it."""
    row = connection.exec_driver_sql(
        "SELECT suspended, known FROM item_state WHERE learner = ? AND item = ? AND deleted IS NULL",
        (learner, item),
    ).first()
    return (bool(row[0]), bool(row[1])) if row else (False, False)


def leeches(connection: Connection, learner: str) -> list[tuple[str, int]]:
    """Items that rest because a card of theirs kept slipping away, with its lapses; the worst first."""
    rows = connection.exec_driver_sql(
        # In this order of joining: few items rest, and there may be any number of cards.
        "SELECT s.item, max(p.lapses) FROM item_state AS s CROSS JOIN user_progress AS p"
        " ON p.learner = s.learner AND p.item = s.item JOIN item ON item.id = s.item"
        " WHERE s.learner = ? AND s.suspended AND s.deleted IS NULL AND p.lapses >= ?"
        " GROUP BY s.item ORDER BY 2 DESC, s.item",
        (learner, LEECH_LAPSES),
    )
    return [(item, lapses) for item, lapses in rows]


def personal(connection: Connection, learner: str, found: Mapping[str, Item]) -> dict[str, Item]:
    """Items as this learner has them: their own meaning first, their memory hook before the course's note,
    and of its sentences the one that they chose.
    """
    rows = _own(connection, learner, list(found))
    own = dict(found)
    for identity, note, translation, sentence in rows:
        item = found[identity]
        chosen = tuple(one for one in item.sentences if one.id == sentence)
        own[identity] = replace(
            item,
            note=f"{note} {item.note}".strip(),
            means=tuple(dict.fromkeys([translation, *item.means] if translation else item.means)),
            sentences=chosen or item.sentences,
        )
    return own


def _own(connection: Connection, learner: str, items: Sequence[str]) -> list[tuple[str, str, str, str]]:
    marks = ", ".join("?" * len(items))
    return (
        driver(connection)
        .execute(
            "SELECT item, note, translation, sentence FROM item_state"
            f" WHERE learner = ? AND item IN ({marks}) AND deleted IS NULL"
            " AND (note <> '' OR translation <> '' OR sentence <> '')",
            (learner, *items),
        )
        .fetchall()
    )
