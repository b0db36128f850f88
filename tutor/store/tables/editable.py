"""What people may change: a clock for each field, tombstones. `EDITABLE` lists them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from tutor.store.tables.columns import a_json, a_number, a_real, a_text, a_time, an_id


class LearnerRow(SQLModel, table=True):
    """Someone who learns here."""

    __tablename__ = "learner"

    id: str = an_id(primary_key=True)
    name: str = a_text()
    timezone: str = a_text()
    day_start: str = a_text()
    """HH:MM at which a day begins."""
    goal_minutes: int = a_number()
    settings: Any = a_json()
    created_at: datetime = a_time()
    clocks: Any = a_json()
    """Field name -> stamp of its last change."""
    deleted: str | None = a_text(nullable=True)


class ItemStateRow(SQLModel, table=True):
    """What a learner decided about an item."""

    __tablename__ = "item_state"

    learner: str = an_id(primary_key=True)
    item: str = an_id(primary_key=True)
    suspended: bool = Field(default=False)
    known: bool = Field(default=False)
    note: str = a_text()
    translation: str = a_text()
    sentence: str = an_id()
    """The one in which it is asked; empty for all of them."""
    clocks: Any = a_json()
    deleted: str | None = a_text(nullable=True)


class OwnItemRow(SQLModel, table=True):
    """A word that the learner wrote; its `item` is made of it."""

    __tablename__ = "own_item"

    id: str = an_id(primary_key=True)
    learner: str = an_id()
    text: str = a_text()
    means: Any = a_json()
    pos: str = a_text()
    note: str = a_text()
    sentences: Any = a_json()
    """Pairs of an example and what it means."""
    level: int = a_number()
    """The learner's level when it was written: that is when it is met."""
    clocks: Any = a_json()
    deleted: str | None = a_text(nullable=True)


class ItemTagRow(SQLModel, table=True):
    """A tag that a learner put on an item."""

    __tablename__ = "item_tag"

    learner: str = an_id(primary_key=True)
    item: str = an_id(primary_key=True)
    tag: str = a_text(primary_key=True)
    clock: str = a_text()
    """The stamp of its last change."""
    deleted: str | None = a_text(nullable=True)


class ParameterSetRow(SQLModel, table=True):
    """`memory.parameters.Parameters`. Immutable: its id is its key, a hash of all that it says."""

    __tablename__ = "parameter_set"

    id: str = an_id(primary_key=True)
    weights: Any = a_json()
    learning_steps: Any = a_json()
    """Seconds."""
    relearning_steps: Any = a_json()
    desired_retention: float = a_real()


class ParameterPointerRow(SQLModel, table=True):
    """Which set a learner's track is folded with, and which before."""

    __tablename__ = "parameter_pointer"

    learner: str = an_id(primary_key=True)
    track: str = a_text(primary_key=True)
    parameter_set: str = an_id()
    before: str = an_id()
    clocks: Any = a_json()
    deleted: str | None = a_text(nullable=True)


EDITABLE: tuple[type[SQLModel], ...] = (
    LearnerRow,
    ItemStateRow,
    OwnItemRow,
    ItemTagRow,
    ParameterSetRow,
    ParameterPointerRow,
)
