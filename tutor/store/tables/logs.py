"""Logs: immutable, united by sync. `LOGS` lists them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, PrimaryKeyConstraint
from sqlmodel import Field, SQLModel

from tutor.store.tables.columns import KEY_IS_ROW, a_day, a_number, a_real, a_text, a_time, an_id


class ReviewRow(SQLModel, table=True):
    """`memory.review.Review`, column by column and in its order. The rows of a card lie together."""

    __tablename__ = "review"
    __table_args__ = (
        PrimaryKeyConstraint("learner", "item", "track", "id"),
        # Wide enough to tell a learner's usual pace without a look at the rows.
        Index("review_newest", "learner", "hlc", "mode", "rating", "response_ms"),
        KEY_IS_ROW,
    )

    id: str = an_id()
    learner: str = an_id()
    device: str = an_id()
    hlc: str = a_text()
    answer_id: str | None = an_id(nullable=True)
    kind: str = a_text()
    item: str = an_id()
    track: str = a_text()
    mode: str | None = a_text(nullable=True)
    direction: str | None = a_text(nullable=True)
    rating: int | None = a_number(nullable=True)
    at: datetime = a_time()
    local_day: date = a_day()
    response_ms: int | None = a_number(nullable=True)
    help: str = a_text()
    import_run: str | None = an_id(nullable=True)
    stability: float | None = a_real(nullable=True)
    difficulty: float | None = a_real(nullable=True)
    source: str | None = a_text(nullable=True)


class UndoRow(SQLModel, table=True):
    """Everything made by `answer_id` counts nowhere."""

    __tablename__ = "undo"
    __table_args__ = (Index("undo_answer", "answer_id"),)

    id: str = an_id(primary_key=True)
    learner: str = an_id()
    device: str = an_id()
    hlc: str = a_text()
    answer_id: str = an_id()
    at: datetime = a_time()


class MistakeRow(SQLModel, table=True):
    """What went wrong in an answer: a grammar point or a sound, and how."""

    __tablename__ = "mistake"
    __table_args__ = (
        Index("mistake_item", "learner", "item"),
        Index("mistake_day", "learner", "subtype", "at"),
    )

    id: str = an_id(primary_key=True)
    learner: str = an_id()
    device: str = an_id()
    hlc: str = a_text()
    answer_id: str | None = an_id(nullable=True)
    item: str = an_id()
    concept: str = a_text()
    subtype: str = a_text()
    raw_text: str = a_text()
    at: datetime = a_time()


class LessonEventRow(SQLModel, table=True):
    """A step of a lesson reached, its notes seen, a unit's checkpoint, or what an older tutor knew."""

    __tablename__ = "lesson_event"
    __table_args__ = (Index("lesson_event_lesson", "learner", "lesson"),)

    id: str = an_id(primary_key=True)
    learner: str = an_id()
    device: str = an_id()
    hlc: str = a_text()
    answer_id: str | None = an_id(nullable=True)
    lesson: str = an_id()
    """For a checkpoint the unit."""
    event: str = a_text()
    """`store.lessons` names them: a note shown, a dialogue's steps, a checkpoint, what was carried over."""
    detail: str = a_text()
    """For a note its key, for an answer in a dialogue that of its turn."""
    said: str | None = a_text(nullable=True)
    """What the learner answered in a dialogue."""
    step: int | None = a_number(nullable=True)
    total: int | None = a_number(nullable=True)
    cefr: str | None = a_text(nullable=True)
    at: datetime = a_time()


class PhraseAttemptRow(SQLModel, table=True):
    """One attempt that is no review: spoken, with its scores, or tried again in place (decision 13)."""

    __tablename__ = "phrase_attempt"
    __table_args__ = (Index("phrase_attempt_item", "learner", "item"),)

    id: str = an_id(primary_key=True)
    learner: str = an_id()
    device: str = an_id()
    hlc: str = a_text()
    answer_id: str | None = an_id(nullable=True)
    item: str = an_id()
    expected: str | None = a_text(nullable=True)
    transcript: str = a_text()
    accuracy: float | None = a_real(nullable=True)
    fluency: float | None = a_real(nullable=True)
    completeness: float | None = a_real(nullable=True)
    semantic_score: float | None = a_real(nullable=True)
    phonetic_distance: float | None = a_real(nullable=True)
    words: Any = Field(default=None, sa_column=Column(JSON, nullable=True))
    response_ms: int | None = a_number(nullable=True)
    audio_ref: str | None = a_text(nullable=True)
    at: datetime = a_time()


class CarriedStatsRow(SQLModel, table=True):
    """Totals of an older tutor that kept no log behind them."""

    __tablename__ = "carried_stats"

    id: str = an_id(primary_key=True)
    learner: str = an_id()
    device: str = an_id()
    hlc: str = a_text()
    xp: int = a_number()
    streak: int = a_number()
    total_attempts: int = a_number()
    total_passed: int = a_number()
    at: datetime = a_time()
    source: str = a_text()


LOGS: tuple[type[SQLModel], ...] = (
    ReviewRow,
    UndoRow,
    MistakeRow,
    LessonEventRow,
    PhraseAttemptRow,
    CarriedStatsRow,
)
