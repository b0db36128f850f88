"""Vectors of items, as rows of whole numbers with a scale."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection


class Text(NamedTuple):
    """What an item's vector is made of."""

    item: str
    text: str
    means: tuple[str, ...]


class Embedding(NamedTuple):
    """An item's vector, `dim` bytes of whole numbers with a sign, each times `scale`."""

    item: str
    scale: float
    vector: bytes


def missing(connection: Connection, encoder: str, limit: int) -> list[Text]:
    """Items that have no vector of an encoder: new ones, changed ones, those of another encoder."""
    rows = connection.exec_driver_sql(
        "SELECT id, text, means FROM item AS i WHERE NOT EXISTS"
        " (SELECT 1 FROM embedding AS e WHERE e.item = i.id AND e.encoder = ?) LIMIT ?",
        (encoder, limit),
    )
    return [Text(item, text, tuple(json.loads(means))) for item, text, means in rows]


def count_missing(connection: Connection, encoder: str) -> int:
    """How many they are: a vector goes with its item, so both need only be counted."""
    (count,) = connection.exec_driver_sql(
        "SELECT (SELECT count(*) FROM item) - (SELECT count(*) FROM embedding WHERE encoder = ?)", (encoder,)
    ).one()
    return int(count)


def save(connection: Connection, encoder: str, made: Sequence[Embedding]) -> None:
    """Keep vectors, in place of those that the items had."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO embedding (item, encoder, scale, vector) VALUES (?, ?, ?, ?)",
        [(one.item, encoder, one.scale, one.vector) for one in made],
    )


def mark(connection: Connection, encoder: str) -> str:
    """What all vectors of an encoder are now, in a few words: it changes with any of them.

    A row that is replaced gets a new number, and numbers are never given twice.
    """
    count, newest = connection.exec_driver_sql(
        "SELECT count(*), max(number) FROM embedding WHERE encoder = ?", (encoder,)
    ).one()
    return f"{encoder} {count} {newest}"


def all_of(connection: Connection, encoder: str) -> list[Embedding]:
    """All vectors of an encoder, by item."""
    rows = connection.exec_driver_sql(
        "SELECT item, scale, vector FROM embedding WHERE encoder = ? ORDER BY item", (encoder,)
    )
    return [Embedding(*row) for row in rows]
