"""The kinds of columns that tables are made of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column, Date, DateTime, Float, Integer, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

Id = String(32)
KEY_IS_ROW = {"sqlite_with_rowid": False}
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


def an_id(*, primary_key: bool = False, nullable: bool = False) -> Any:
    return Field(sa_column=Column(Id, primary_key=primary_key, nullable=nullable))


def a_json() -> Any:
    return Field(sa_column=Column(JSON, nullable=False))


def a_time(*, nullable: bool = False) -> Any:
    return Field(sa_column=Column(UtcDateTime, nullable=nullable))


def a_text(*, primary_key: bool = False, nullable: bool = False) -> Any:
    return Field(sa_column=Column(String, primary_key=primary_key, nullable=nullable))


def a_number(*, nullable: bool = False) -> Any:
    return Field(sa_column=Column(Integer, nullable=nullable))


def a_real(*, nullable: bool = False) -> Any:
    return Field(sa_column=Column(Float, nullable=nullable))


def a_day(*, primary_key: bool = False, nullable: bool = False) -> Any:
    return Field(sa_column=Column(Date, primary_key=primary_key, nullable=nullable))
