"""What stays on the device."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer
from sqlmodel import Field, SQLModel

from tutor.store.tables.columns import KEY_IS_ROW, a_day, a_json, a_number, a_text, a_time, an_id


class DeviceRow(SQLModel, table=True):
    """This device, and who learns on it."""

    __tablename__ = "device"

    id: str = an_id(primary_key=True)
    learner: str = an_id()
    hlc: str = a_text()
    """The newest stamp that this device gave out; empty before its first."""
    created_at: datetime = a_time()


class CachedAudioRow(SQLModel, table=True):
    """A clip in the audio cache."""

    __tablename__ = "cached_audio"
    __table_args__ = (Index("cached_audio_hash", "hash"),)

    id: str = an_id(primary_key=True)
    hash: str = a_text()
    """Of text, voice, engine and rate; an older tutor may have written one twice."""
    audio_ref: str = a_text()
    """The file, relative to the audio folder."""
    format: str = a_text()
    bytes: int | None = a_number(nullable=True)
    duration_ms: int | None = a_number(nullable=True)
    last_used: datetime | None = a_time(nullable=True)


class DayPlanRow(SQLModel, table=True):
    """That the coming days were planned, when, and as the learner wanted them."""

    __tablename__ = "day_plan"

    learner: str = an_id(primary_key=True)
    day: date = a_day()
    wanted: Any = a_json()


class DailyReviewRow(SQLModel, table=True):
    """A card that is offered on another day than it is due; true as long as it is due then."""

    __tablename__ = "daily_review"
    __table_args__ = (KEY_IS_ROW,)

    learner: str = an_id(primary_key=True)
    item: str = an_id(primary_key=True)
    track: str = a_text(primary_key=True)
    day: datetime = a_time()
    due: datetime = a_time()


class DrillInventoryRow(SQLModel, table=True):
    """A drill that was made ahead, by its seed."""

    __tablename__ = "drill_inventory"
    __table_args__ = (KEY_IS_ROW,)

    learner: str = an_id(primary_key=True)
    item: str = an_id(primary_key=True)
    mode: str = a_text(primary_key=True)
    band: int = Field(sa_column=Column(Integer, primary_key=True))
    seed: str = a_text()
    fingerprint: str = a_text()
    """Of the item and the voice as they were."""


class SessionStateRow(SQLModel, table=True):
    """What a resumed session needs: its plan. What was done since stands in `session_step`."""

    __tablename__ = "session_state"

    id: str = an_id(primary_key=True)
    learner: str = an_id()
    started_at: datetime = a_time()
    plan: Any = a_json()


class SessionStepRow(SQLModel, table=True):
    """One thing done in a session; undo takes the last one away."""

    __tablename__ = "session_step"
    __table_args__ = (KEY_IS_ROW,)

    session: str = an_id(primary_key=True)
    number: int = Field(sa_column=Column(Integer, primary_key=True))
    at: datetime = a_time()
    step: Any = a_json()


class PinTryRow(SQLModel, table=True):
    """How often a learner's PIN was tried wrongly in a row; no row where the last try was right."""

    __tablename__ = "pin_try"

    learner: str = an_id(primary_key=True)
    wrong: int = a_number()
    at: datetime = a_time()


class NotedFaultRow(SQLModel, table=True):
    """What a learner found wrong with a drill, and what was on the screen."""

    __tablename__ = "noted_fault"

    id: str = an_id(primary_key=True)
    learner: str = an_id()
    at: datetime = a_time()
    item: str | None = an_id(nullable=True)
    track: str = a_text()
    mode: str | None = a_text(nullable=True)
    sentence: str | None = an_id(nullable=True)
    prompt: str = a_text()
    answer: str = a_text()
    response: str = a_text()
    """What was answered; empty before an answer."""
    note: str = a_text()
    """What the learner wrote about it; may be empty."""
    app: str = a_text()
    course: str = a_text()
    """The app's version and the fingerprint of the course's files."""


class FocusRow(SQLModel, table=True):
    """Where the focus timer of a learner stands."""

    __tablename__ = "focus"

    learner: str = an_id(primary_key=True)
    began: datetime = a_time()
    number: int = a_number()
    """Which of its four rounds it is."""
    resting: bool = Field(sa_column=Column(Boolean, nullable=False))


class ShownSentenceRow(SQLModel, table=True):
    """A sentence that was shown at a place in a session, so that others come first for a while."""

    __tablename__ = "shown_sentence"
    __table_args__ = (
        Index("shown_sentence_place", "learner", "session", "place"),
        {"sqlite_autoincrement": True},
    )

    number: int = Field(sa_column=Column(Integer, primary_key=True))
    learner: str = an_id()
    session: str = an_id()
    place: int = a_number()
    sentence: str = an_id()


LOCAL: tuple[type[SQLModel], ...] = (
    DeviceRow, CachedAudioRow, DayPlanRow, DailyReviewRow, DrillInventoryRow, SessionStateRow, SessionStepRow,
    NotedFaultRow, FocusRow, PinTryRow, ShownSentenceRow,
)  # fmt: skip
