"""Attempts that are no reviews: what was tried again in place, and what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from tutor.store.database import driver
from tutor.store.reviews import stored_time


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at an answer. `answer_id` is the answer it came after: taken back, it takes this with it."""

    id: str
    learner: str
    device: str
    hlc: str
    answer_id: str
    item: str
    expected: str
    transcript: str
    accuracy: float
    """Of what was written: 1 where it is right, 0.5 where it is nearly, else 0."""
    response_ms: int | None
    at: datetime


def append(connection: Connection, attempt: Attempt) -> None:
    """Write an attempt at the end of the log, in the caller's transaction."""
    driver(connection).execute(
        "INSERT INTO phrase_attempt (id, learner, device, hlc, answer_id, item, expected, transcript,"
        " accuracy, response_ms, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            attempt.id, attempt.learner, attempt.device, attempt.hlc, attempt.answer_id, attempt.item,
            attempt.expected, attempt.transcript, attempt.accuracy, attempt.response_ms,
            stored_time(attempt.at),
        ),
    )  # fmt: skip
