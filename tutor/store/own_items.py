"""The learner's own words: what they wrote, and the items that are made of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from tutor.course.item import Item, ItemKind, Sentence
from tutor.ids import shared_id
from tutor.store import cards, items, learners
from tutor.store.courses import save_items

_FIELDS = ("text", "means", "pos", "note", "sentences")


class OwnItem(NamedTuple):
    """What the learner wrote of a word."""

    text: str
    means: tuple[str, ...]
    pos: str = ""
    note: str = ""
    sentences: tuple[tuple[str, str], ...] = ()
    """Examples, each with what it means."""


def save(
    connection: Connection, learner: str, identity: str, own: OwnItem, stamp: str, level: int | None = None
) -> None:
    """Write an own word, each changed field stamped, and make its item anew, in the caller's transaction.

    `level` is that of a new one; one that is there keeps its own.
    """
    row = connection.exec_driver_sql(
        f"SELECT {', '.join(_FIELDS)}, level, clocks FROM own_item WHERE id = ?", (identity,)
    ).first()
    fields = _stored(own)
    before = dict(zip(_FIELDS, row, strict=False)) if row else {}
    changed = [name for name in _FIELDS if before.get(name) != fields[name]]
    clocks = json.loads(row.clocks) if row else {}
    connection.exec_driver_sql(
        f"INSERT OR REPLACE INTO own_item (id, learner, {', '.join(_FIELDS)}, level, clocks, deleted)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        (
            identity, learner, *fields.values(), row.level if row else level or 0,
            json.dumps(clocks | dict.fromkeys(changed, stamp)),
        ),
    )  # fmt: skip
    derive(connection, [identity])


def delete(connection: Connection, learner: str, identity: str, stamp: str | None) -> None:
    """Take an own word away; with no stamp, bring it back. Its answers stay either way."""
    connection.exec_driver_sql(
        "UPDATE own_item SET deleted = ? WHERE id = ? AND learner = ?", (stamp, identity, learner)
    )
    derive(connection, [identity])


def of(connection: Connection, learner: str, identity: str) -> OwnItem | None:
    """What the learner wrote; None where the item is none of theirs."""
    row = connection.exec_driver_sql(
        f"SELECT {', '.join(_FIELDS)} FROM own_item WHERE id = ? AND learner = ? AND deleted IS NULL",
        (identity, learner),
    ).first()
    return _read(row) if row else None


def is_of_another(connection: Connection, learner: str, identity: str) -> bool:
    """Whether an item is a word that another learner wrote."""
    row = connection.exec_driver_sql(
        "SELECT 1 FROM own_item WHERE id = ? AND learner <> ?", (identity, learner)
    ).first()
    return row is not None


def derive(connection: Connection, identities: Sequence[str] | None = None) -> None:
    """Make items of own words: of these, or of all, as after an export was loaded."""
    rows = connection.exec_driver_sql(
        f"SELECT id, level, deleted, {', '.join(_FIELDS)} FROM own_item ORDER BY id"
    ).fetchall()
    wanted = rows if identities is None else [row for row in rows if row.id in set(identities)]
    there = [row for row in wanted if row.deleted is None]
    if there:
        save_items(connection, [_item(row.id, row.level, _read(row[3:])) for row in there])
    for row in wanted:
        if row.deleted is not None:
            items.remove(connection, row.id)
            for learner in learners.everyone(connection):
                cards.refresh_item(connection, learner, row.id)


def _stored(own: OwnItem) -> Mapping[str, str]:
    return {
        "text": own.text, "means": json.dumps(own.means, ensure_ascii=False), "pos": own.pos,
        "note": own.note, "sentences": json.dumps(own.sentences, ensure_ascii=False),
    }  # fmt: skip


def _read(row: Sequence[Any]) -> OwnItem:
    text, means, pos, note, sentences = row
    return OwnItem(text, tuple(json.loads(means)), pos, note, tuple(map(tuple, json.loads(sentences))))


def _item(identity: str, level: int, own: OwnItem) -> Item:
    words = own.text.split()
    return Item(
        id=identity, kind=ItemKind.WORD if len(words) == 1 else ItemKind.PHRASE, text=own.text,
        means=own.means, level=level, pos=own.pos, note=own.note,
        sentences=tuple(
            _sentence(identity, number, own.text, *one) for number, one in enumerate(own.sentences)
        ),
    )  # fmt: skip


def _sentence(item: str, number: int, word: str, text: str, translation: str) -> Sentence:
    """An example. The word is its gap where it stands there as it was written."""
    start = max(text.casefold().find(word.casefold()), 0)
    end = start + len(word) if text[start : start + len(word)].casefold() == word.casefold() else start
    return Sentence(
        id=shared_id(item, "sentence", str(number)), text=text, translation=translation, start=start, end=end
    )
