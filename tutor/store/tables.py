"""Every table of the learner's file, as it is at the newest revision.

Logs are immutable and united by sync; projections are folds over logs, never synced, and can be
dropped and rebuilt; local tables stay on the device. Migrations tell how a file got here; a test
compares the two.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Float, Index, Integer, String, text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

Id = String(32)
_KEY_IS_ROW = {"sqlite_with_rowid": False}
"""For narrow tables that are found by their key alone: SQLite would keep the key twice."""


class UtcDateTime(TypeDecorator[datetime]):
    """Timezone-aware UTC on both sides; SQLite itself would hand back naive times."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a timezone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


def _id(*, primary_key: bool = False, nullable: bool = False) -> Any:
    return Field(sa_column=Column(Id, primary_key=primary_key, nullable=nullable))


def _json() -> Any:
    return Field(sa_column=Column(JSON, nullable=False))


def _time(*, nullable: bool = False) -> Any:
    return Field(sa_column=Column(UtcDateTime, nullable=nullable))


def _text(*, primary_key: bool = False, nullable: bool = False) -> Any:
    return Field(sa_column=Column(String, primary_key=primary_key, nullable=nullable))


def _number(*, nullable: bool = False) -> Any:
    return Field(sa_column=Column(Integer, nullable=nullable))


def _real(*, nullable: bool = False) -> Any:
    return Field(sa_column=Column(Float, nullable=nullable))


def _day(*, primary_key: bool = False, nullable: bool = False) -> Any:
    return Field(sa_column=Column(Date, primary_key=primary_key, nullable=nullable))


# Logs: immutable, united by sync.


class ReviewRow(SQLModel, table=True):
    """`memory.review.Review`, column by column and in its order."""

    __tablename__ = "review"
    __table_args__ = (Index("review_card", "learner", "item", "track"),)

    id: str = _id(primary_key=True)
    learner: str = _id()
    device: str = _id()
    hlc: str = _text()
    answer_id: str | None = _id(nullable=True)
    kind: str = _text()
    item: str = _id()
    track: str = _text()
    mode: str | None = _text(nullable=True)
    direction: str | None = _text(nullable=True)
    rating: int | None = _number(nullable=True)
    at: datetime = _time()
    local_day: date = _day()
    response_ms: int | None = _number(nullable=True)
    help: str = _text()
    import_run: str | None = _id(nullable=True)
    stability: float | None = _real(nullable=True)
    difficulty: float | None = _real(nullable=True)
    source: str | None = _text(nullable=True)


class UndoRow(SQLModel, table=True):
    """Everything made by `answer_id` counts nowhere."""

    __tablename__ = "undo"
    __table_args__ = (Index("undo_answer", "answer_id"),)

    id: str = _id(primary_key=True)
    learner: str = _id()
    device: str = _id()
    hlc: str = _text()
    answer_id: str = _id()
    at: datetime = _time()


class MistakeRow(SQLModel, table=True):
    """What went wrong in an answer: a grammar point or a sound, and how."""

    __tablename__ = "mistake"
    __table_args__ = (Index("mistake_item", "learner", "item"),)

    id: str = _id(primary_key=True)
    learner: str = _id()
    device: str = _id()
    hlc: str = _text()
    answer_id: str | None = _id(nullable=True)
    item: str = _id()
    concept: str = _text()
    subtype: str = _text()
    raw_text: str = _text()
    at: datetime = _time()


class LessonEventRow(SQLModel, table=True):
    """A step of a lesson reached, its notes seen, or what an older tutor knew of it."""

    __tablename__ = "lesson_event"
    __table_args__ = (Index("lesson_event_lesson", "learner", "lesson"),)

    id: str = _id(primary_key=True)
    learner: str = _id()
    device: str = _id()
    hlc: str = _text()
    answer_id: str | None = _id(nullable=True)
    lesson: str = _id()
    event: str = _text()
    """`note` where a note was shown, `carried` where an older tutor's progress was taken over."""
    detail: str = _text()
    """For `note` the note's key."""
    step: int | None = _number(nullable=True)
    total: int | None = _number(nullable=True)
    cefr: str | None = _text(nullable=True)
    at: datetime = _time()


class PhraseAttemptRow(SQLModel, table=True):
    """One spoken attempt and its scores."""

    __tablename__ = "phrase_attempt"
    __table_args__ = (Index("phrase_attempt_item", "learner", "item"),)

    id: str = _id(primary_key=True)
    learner: str = _id()
    device: str = _id()
    hlc: str = _text()
    answer_id: str | None = _id(nullable=True)
    item: str = _id()
    expected: str | None = _text(nullable=True)
    transcript: str = _text()
    accuracy: float | None = _real(nullable=True)
    fluency: float | None = _real(nullable=True)
    completeness: float | None = _real(nullable=True)
    semantic_score: float | None = _real(nullable=True)
    phonetic_distance: float | None = _real(nullable=True)
    words: Any = Field(default=None, sa_column=Column(JSON, nullable=True))
    response_ms: int | None = _number(nullable=True)
    audio_ref: str | None = _text(nullable=True)
    at: datetime = _time()


class CarriedStatsRow(SQLModel, table=True):
    """Totals of an older tutor that kept no log behind them."""

    __tablename__ = "carried_stats"

    id: str = _id(primary_key=True)
    learner: str = _id()
    device: str = _id()
    hlc: str = _text()
    xp: int = _number()
    streak: int = _number()
    total_attempts: int = _number()
    total_passed: int = _number()
    at: datetime = _time()
    source: str = _text()


LOGS: tuple[type[SQLModel], ...] = (
    ReviewRow,
    UndoRow,
    MistakeRow,
    LessonEventRow,
    PhraseAttemptRow,
    CarriedStatsRow,
)

# Editable: a clock for each field, tombstones.


class LearnerRow(SQLModel, table=True):
    """Someone who learns here."""

    __tablename__ = "learner"

    id: str = _id(primary_key=True)
    name: str = _text()
    timezone: str = _text()
    day_start: str = _text()
    """HH:MM at which a day begins."""
    goal_minutes: int = _number()
    settings: Any = _json()
    created_at: datetime = _time()
    clocks: Any = _json()
    """Field name -> stamp of its last change."""
    deleted: str | None = _text(nullable=True)


class ItemStateRow(SQLModel, table=True):
    """What a learner decided about an item."""

    __tablename__ = "item_state"

    learner: str = _id(primary_key=True)
    item: str = _id(primary_key=True)
    suspended: bool = Field(default=False)
    known: bool = Field(default=False)
    note: str = _text()
    translation: str = _text()
    clocks: Any = _json()
    deleted: str | None = _text(nullable=True)


EDITABLE: tuple[type[SQLModel], ...] = (LearnerRow, ItemStateRow)

# Content from course files.


class CourseFileRow(SQLModel, table=True):
    """A course file as it was last read."""

    __tablename__ = "course_file"

    course: str = _text(primary_key=True)
    name: str = _text(primary_key=True)
    fingerprint: str = _text()
    problem: str = _text()
    """Why it could not be read; empty where it could."""


class LessonRow(SQLModel, table=True):
    """A lesson of a course."""

    __tablename__ = "lesson"

    id: str = _id(primary_key=True)
    course: str = _text()
    key: str = _text()
    number: int = _number()
    title: str = _text()
    title_pl: str = _text()
    can_do: str = _text()
    cefr: str = _text()
    culture: str = _text()


class NoteRow(SQLModel, table=True):
    """A note on grammar or on a sound."""

    __tablename__ = "note"

    course: str = _text(primary_key=True)
    key: str = _text(primary_key=True)
    lesson: str = _id()
    position: int = _number()
    title: str = _text()
    text: str = _text()
    sound: bool = Field(default=False)
    contrasts: Any = _json()


class ItemRow(SQLModel, table=True):
    """A word or a phrase: `course.item.Item` without its sentences."""

    __tablename__ = "item"
    __table_args__ = (Index("item_level", "level", "position"),)

    id: str = _id(primary_key=True)
    kind: str = _text()
    text: str = _text()
    means: Any = _json()
    course: str = _text()
    lesson: str = _text()
    level: int = _number()
    position: int = _number()
    pos: str = _text()
    gender: str = _text()
    animacy: str = _text()
    aspect: str = _text()
    ipa: str = _text()
    rank: int | None = _number(nullable=True)
    topic: str = _text()
    note: str = _text()
    accept: Any = _json()
    prompt: str = _text()
    literal: str = _text()
    who: str = _text()
    rule: str = _text()
    forms: Any = _json()


class SentenceRow(SQLModel, table=True):
    """A sentence and its translation."""

    __tablename__ = "sentence"

    id: str = _id(primary_key=True)
    text: str = _text()
    translation: str = _text()
    gloss: Any = _json()


class ItemSentenceRow(SQLModel, table=True):
    """Where an item stands in a sentence, and what its form there is."""

    __tablename__ = "item_sentence"

    item: str = _id(primary_key=True)
    sentence: str = _id(primary_key=True)
    position: int = _number()
    start: int = _number()
    end: int = _number()
    form: str = _text()
    because: str = _text()
    rule: str = _text()
    accept: Any = _json()


# Projections: folds over logs and content, dropped and rebuilt.


class UserProgressRow(SQLModel, table=True):
    """A card's memory: `memory.fold.Memory`, and whether the card may be offered."""

    __tablename__ = "user_progress"
    __table_args__ = (
        Index("card_due", "learner", "track", "due", "state", sqlite_where=text("active")),
        Index("card_opened", "learner", "opened_day", "track"),
    )

    learner: str = _id(primary_key=True)
    item: str = _id(primary_key=True)
    track: str = _text(primary_key=True)
    stability: float = _real()
    difficulty: float = _real()
    state: int = _number()
    step: int | None = _number(nullable=True)
    due: datetime = _time()
    last_review: datetime = _time()
    last_day: date = _day()
    opened_day: date = _day()
    reps: int = _number()
    passes: int = _number()
    lapses: int = _number()
    active: bool = Field()
    """Whether the item is here and neither suspended nor known."""


class OpeningRow(SQLModel, table=True):
    """A card that may be opened next: `memory.opening` over the item's cards."""

    __tablename__ = "opening"
    __table_args__ = (Index("opening_next", "learner", "track", "level", "position"), _KEY_IS_ROW)

    learner: str = _id(primary_key=True)
    item: str = _id(primary_key=True)
    track: str = _text(primary_key=True)
    level: int = _number()
    position: int = _number()


class StudyDayRow(SQLModel, table=True):
    """A learner's day in sums: `motivation.stats.DayStats`."""

    __tablename__ = "study_day"
    __table_args__ = (_KEY_IS_ROW,)

    learner: str = _id(primary_key=True)
    day: date = _day(primary_key=True)
    answers: int = _number()
    passes: int = _number()
    xp: int = _number()
    response_ms: int = _number()


class UserStatsRow(SQLModel, table=True):
    """A learner's totals: `motivation.stats.Totals`."""

    __tablename__ = "user_stats"

    learner: str = _id(primary_key=True)
    xp: int = _number()
    streak: int = _number()
    last_day: date | None = _day(nullable=True)
    total_attempts: int = _number()
    total_passed: int = _number()


class LessonProgressRow(SQLModel, table=True):
    """How far a learner is in a lesson."""

    __tablename__ = "lesson_progress"

    learner: str = _id(primary_key=True)
    lesson: str = _id(primary_key=True)
    current_index: int = _number()
    total: int = _number()
    cefr: str | None = _text(nullable=True)


class ItemFormRow(SQLModel, table=True):
    """A word under which an item is known, as answers are compared: a form of it, or what it means."""

    __tablename__ = "item_form"
    __table_args__ = (Index("item_form_item", "item"), _KEY_IS_ROW)

    english: bool = Field(sa_column=Column(Boolean, primary_key=True))
    form: str = _text(primary_key=True)
    item: str = _id(primary_key=True)


PROJECTIONS: tuple[type[SQLModel], ...] = (
    UserProgressRow,
    OpeningRow,
    StudyDayRow,
    UserStatsRow,
    LessonProgressRow,
)
"""Those that logs fold into; `item_form` and the search index follow course files."""

# Local to the device.


class DeviceRow(SQLModel, table=True):
    """This device, and who learns on it."""

    __tablename__ = "device"

    id: str = _id(primary_key=True)
    learner: str = _id()
    hlc: str = _text()
    """The newest stamp that this device gave out; empty before its first."""
    created_at: datetime = _time()


class CachedAudioRow(SQLModel, table=True):
    """A clip in the audio cache."""

    __tablename__ = "cached_audio"
    __table_args__ = (Index("cached_audio_hash", "hash"),)

    id: str = _id(primary_key=True)
    hash: str = _text()
    """Of text, voice, engine and rate; an older tutor may have written one twice."""
    audio_ref: str = _text()
    """The file, relative to the audio folder."""
    format: str = _text()
    bytes: int | None = _number(nullable=True)
    duration_ms: int | None = _number(nullable=True)
    last_used: datetime | None = _time(nullable=True)


class SessionStateRow(SQLModel, table=True):
    """What a resumed session needs: its plan. What was done since stands in `session_step`."""

    __tablename__ = "session_state"

    id: str = _id(primary_key=True)
    learner: str = _id()
    started_at: datetime = _time()
    plan: Any = _json()


class SessionStepRow(SQLModel, table=True):
    """One thing done in a session; undo takes the last one away."""

    __tablename__ = "session_step"
    __table_args__ = (_KEY_IS_ROW,)

    session: str = _id(primary_key=True)
    number: int = Field(sa_column=Column(Integer, primary_key=True))
    at: datetime = _time()
    step: Any = _json()


LOCAL: tuple[type[SQLModel], ...] = (DeviceRow, CachedAudioRow, SessionStateRow, SessionStepRow)
