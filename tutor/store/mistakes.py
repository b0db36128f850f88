"""What went wrong: a grammar point, a word or a sound, and how."""

from __future__ import annotations

from sqlalchemy import Connection

from tutor.clock import milliseconds
from tutor.ids import new_id
from tutor.memory.review import Review
from tutor.store.attempts import Attempt
from tutor.store.database import driver
from tutor.store.reviews import stored_time


def append(connection: Connection, made: Review | Attempt, concept: str, subtype: str, raw_text: str) -> None:
    """Write what went wrong in an answer or an attempt, in the caller's transaction."""
    driver(connection).execute(
        "INSERT INTO mistake (id, learner, device, hlc, answer_id, item, concept, subtype, raw_text, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            new_id(milliseconds(made.at)), made.learner, made.device, made.hlc, made.answer_id, made.item,
            concept, subtype, raw_text, stored_time(made.at),
        ),
    )  # fmt: skip
