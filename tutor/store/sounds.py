"""The sounds of what was said and heard: which were off, which were mistaken for others, what came up."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from tutor.store.lessons import CONTRAST
from tutor.store.reviews import stored_time

_COUNTED = "NOT EXISTS (SELECT 1 FROM undo WHERE undo.answer_id = {row}.answer_id)"


def off(connection: Connection, learner: str, since: datetime) -> list[tuple[str, str]]:
    """Each sound of a word that came out otherwise, the latest first: its concept, and what was noted."""
    rows = connection.exec_driver_sql(
        "SELECT concept, raw_text FROM mistake AS m WHERE learner = ? AND subtype = 'sound' AND at >= ?"
        f" AND {_COUNTED.format(row='m')} ORDER BY hlc DESC",
        (learner, stored_time(since)),
    )
    return [(concept, raw) for concept, raw in rows]


def mistaken(connection: Connection, learner: str, since: datetime) -> list[tuple[str, str]]:
    """Each word that was said to be told from another and was not, the latest first: that, and the other."""
    rows = connection.exec_driver_sql(
        "SELECT substr(detail, instr(detail, ' ') + 1) AS word, said FROM lesson_event AS e"
        f" WHERE learner = ? AND event = '{CONTRAST}' AND at >= ? AND said <> word"
        f" AND {_COUNTED.format(row='e')} ORDER BY hlc DESC",
        (learner, stored_time(since)),
    )
    return [(word, said) for word, said in rows]


def said(connection: Connection, learner: str, since: datetime) -> list[Sequence[Mapping[str, Any]]]:
    """The words of everything that was said and heard, as `session_rows` keeps them, the latest first."""
    rows = connection.exec_driver_sql(
        "SELECT words FROM phrase_attempt AS a WHERE learner = ? AND at >= ? AND words IS NOT NULL"
        f" AND {_COUNTED.format(row='a')} ORDER BY hlc DESC",
        (learner, stored_time(since)),
    )
    return [json.loads(words) for (words,) in rows]
