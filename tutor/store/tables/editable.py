"""What people may change: a clock for each field, tombstones. `EDITABLE` lists them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from tutor.store.tables.columns import a_json, a_number, a_text, a_time, an_id


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
    clocks: Any = a_json()
    deleted: str | None = a_text(nullable=True)


EDITABLE: tuple[type[SQLModel], ...] = (LearnerRow, ItemStateRow)
