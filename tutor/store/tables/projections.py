"""Folds over logs and content: never synced, dropped and rebuilt. `PROJECTIONS` lists those of the logs."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, text
from sqlmodel import Field, SQLModel

from tutor.store.tables.columns import KEY_IS_ROW, Id, a_day, a_number, a_real, a_text, a_time, an_id


class UserProgressRow(SQLModel, table=True):
    """A card's memory: `memory.fold.Memory`, and whether the card may be offered."""

    __tablename__ = "user_progress"
    __table_args__ = (
        Index("card_due", "learner", "track", "due", "state", sqlite_where=text("active")),
        Index("card_opened", "learner", "opened_day", "track"),
    )

    learner: str = an_id(primary_key=True)
    item: str = an_id(primary_key=True)
    track: str = a_text(primary_key=True)
    stability: float = a_real()
    difficulty: float = a_real()
    state: int = a_number()
    step: int | None = a_number(nullable=True)
    due: datetime = a_time()
    last_review: datetime = a_time()
    last_day: date = a_day()
    opened_day: date = a_day()
    reps: int = a_number()
    passes: int = a_number()
    lapses: int = a_number()
    active: bool = Field()
    """Whether the item is here and neither suspended nor known."""


class OpeningRow(SQLModel, table=True):
    """A card that may be opened next: `memory.opening` over the item's cards."""

    __tablename__ = "opening"
    __table_args__ = (Index("opening_next", "learner", "track", "level", "position"), KEY_IS_ROW)

    learner: str = an_id(primary_key=True)
    item: str = an_id(primary_key=True)
    track: str = a_text(primary_key=True)
    level: int = a_number()
    position: int = a_number()


class StudyDayRow(SQLModel, table=True):
    """A learner's day in sums: `motivation.stats.DayStats`."""

    __tablename__ = "study_day"
    __table_args__ = (KEY_IS_ROW,)

    learner: str = an_id(primary_key=True)
    day: date = a_day(primary_key=True)
    answers: int = a_number()
    passes: int = a_number()
    xp: int = a_number()
    response_ms: int = a_number()


class UserStatsRow(SQLModel, table=True):
    """A learner's totals: `motivation.stats.Totals`."""

    __tablename__ = "user_stats"

    learner: str = an_id(primary_key=True)
    xp: int = a_number()
    streak: int = a_number()
    last_day: date | None = a_day(nullable=True)
    total_attempts: int = a_number()
    total_passed: int = a_number()


class LessonProgressRow(SQLModel, table=True):
    """How far a learner is in a lesson."""

    __tablename__ = "lesson_progress"

    learner: str = an_id(primary_key=True)
    lesson: str = an_id(primary_key=True)
    current_index: int = a_number()
    total: int = a_number()
    cefr: str | None = a_text(nullable=True)


class ItemFormRow(SQLModel, table=True):
    """A word under which an item is known, as answers are compared: a form of it, or what it means."""

    __tablename__ = "item_form"
    __table_args__ = (Index("item_form_item", "item"), KEY_IS_ROW)

    english: bool = Field(sa_column=Column(Boolean, primary_key=True))
    form: str = a_text(primary_key=True)
    item: str = an_id(primary_key=True)


class EmbeddingRow(SQLModel, table=True):
    """An item's vector, in whole numbers with a scale; `number` is never given twice."""

    __tablename__ = "embedding"
    __table_args__ = (Index("embedding_encoder", "encoder", "number"), {"sqlite_autoincrement": True})

    number: int = Field(sa_column=Column(Integer, primary_key=True))
    item: str = Field(sa_column=Column(Id, nullable=False, unique=True))
    encoder: str = a_text()
    scale: float = a_real()
    vector: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


PROJECTIONS: tuple[type[SQLModel], ...] = (
    UserProgressRow,
    OpeningRow,
    StudyDayRow,
    UserStatsRow,
    LessonProgressRow,
)
"""Those that logs fold into; `item_form`, the search index and `embedding` follow the items."""
