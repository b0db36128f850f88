"""Attempts that are no reviews: what was tried again in place, and what was said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from tutor.store.database import driver
from tutor.store.reviews import stored_time


@dataclass(frozen=True, slots=True)
class Spoken:
    """What only something said has; scores from 0 to 1."""

    fluency: float | None
    completeness: float | None
    semantic_score: float | None
    phonetic_distance: float | None
    words: tuple[Mapping[str, Any], ...]
    """For each word its text, score and phones, expected and heard."""
    audio_ref: str | None
    """The recording, relative to the folder of recordings; it may be gone by now."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at an answer. `answer_id` is the answer that it made, or came after: taken back, it takes this
    with it; None where nothing was graded."""

    id: str
    learner: str
    device: str
    hlc: str
    answer_id: str | None
    item: str
    expected: str
    transcript: str
    accuracy: float | None
    """Of what was written: 1 where it is right, 0.5 where it is nearly, else 0. Of what was said 0 to 1."""
    response_ms: int | None
    at: datetime
    spoken: Spoken | None = None


def append(connection: Connection, attempt: Attempt) -> None:
    """Write an attempt at the end of the log, in the caller's transaction."""
    driver(connection).execute(
        "INSERT INTO phrase_attempt (id, learner, device, hlc, answer_id, item, expected, transcript,"
        " accuracy, response_ms, at, fluency, completeness, semantic_score, phonetic_distance,"
        " words, audio_ref)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            attempt.id, attempt.learner, attempt.device, attempt.hlc, attempt.answer_id, attempt.item,
            attempt.expected, attempt.transcript, attempt.accuracy, attempt.response_ms,
            stored_time(attempt.at),
            *(_columns(attempt.spoken) if attempt.spoken else (None,) * 6),
        ),
    )  # fmt: skip


def _columns(spoken: Spoken) -> tuple[Any, ...]:
    words = json.dumps(spoken.words, ensure_ascii=False) if spoken.words else None
    return (
        spoken.fluency, spoken.completeness, spoken.semantic_score, spoken.phonetic_distance, words,
        spoken.audio_ref,
    )  # fmt: skip
