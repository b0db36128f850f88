"""The map's questions: which words there are, and how each stands with a learner."""

from __future__ import annotations

import json
from typing import NamedTuple

from sqlalchemy import Connection

from tutor.store.items import OPEN_TO_ALL


class Word(NamedTuple):
    """A word as it stands with a learner."""

    id: str
    text: str
    meaning: str
    topic: str
    known: bool
    """Whether the learner said that they know it."""
    stability: float | None
    """On the Read track, in days; None where it was not met."""


def every(connection: Connection) -> list[str]:
    """The words of all courses and of all learners, in the order of the course."""
    rows = connection.exec_driver_sql("SELECT id FROM item WHERE kind = 'word' ORDER BY level, position, id")
    return [item for (item,) in rows]


def of(connection: Connection, learner: str, most: int) -> tuple[list[Word], int]:
    """Words that a learner may see, those that hold longest first, then in the order of the course.

    At most so many, and how many there are.
    """
    seen = f"i.kind = 'word' AND {OPEN_TO_ALL.format(item='i.id', learner=':learner')}"
    rows = connection.exec_driver_sql(
        "SELECT i.id, i.text, i.means, i.topic, s.translation, s.known, p.stability FROM item AS i"
        " LEFT JOIN item_state AS s ON s.learner = :learner AND s.item = i.id AND s.deleted IS NULL"
        " LEFT JOIN user_progress AS p ON p.learner = :learner AND p.item = i.id AND p.track = 'visual'"
        f" WHERE {seen} ORDER BY s.known DESC, p.stability DESC, i.level, i.position, i.id LIMIT :most",
        {"learner": learner, "most": most},
    )
    words = [
        Word(row.id, row.text, row.translation or json.loads(row.means)[0], row.topic, bool(row.known),
             row.stability)
        for row in rows
    ]  # fmt: skip
    total = connection.exec_driver_sql(
        f"SELECT count(*) FROM item AS i WHERE {seen}", {"learner": learner}
    ).scalar_one()
    return words, int(total)
