"""What course files hold."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from tutor.store.tables.columns import KEY_IS_ROW, a_json, a_number, a_text, an_id


class CourseFileRow(SQLModel, table=True):
    """A course file as it was last read."""

    __tablename__ = "course_file"

    course: str = a_text(primary_key=True)
    name: str = a_text(primary_key=True)
    fingerprint: str = a_text()
    problem: str = a_text()
    """Why it could not be read; empty where it could."""


class UnitRow(SQLModel, table=True):
    """A unit of a course: `course.item.Unit`."""

    __tablename__ = "unit"

    id: str = an_id(primary_key=True)
    course: str = a_text()
    number: int = a_number()
    title: str = a_text()
    title_pl: str = a_text()


class LessonRow(SQLModel, table=True):
    """A lesson of a course."""

    __tablename__ = "lesson"

    id: str = an_id(primary_key=True)
    course: str = a_text()
    key: str = a_text()
    number: int = a_number()
    title: str = a_text()
    title_pl: str = a_text()
    can_do: str = a_text()
    cefr: str = a_text()
    culture: str = a_text()
    unit: str = an_id()
    steps: int = a_number()
    """Answers on the longest way through its dialogue; 0 where it has none."""
    dialogue: Any = a_json()
    """`course.dialogue.Dialogue`, or null."""
    extras: Any = a_json()
    checked: bool = Field(default=False)


class NoteRow(SQLModel, table=True):
    """A note on grammar or on a sound."""

    __tablename__ = "note"

    course: str = a_text(primary_key=True)
    key: str = a_text(primary_key=True)
    lesson: str = an_id()
    position: int = a_number()
    title: str = a_text()
    text: str = a_text()
    sound: bool = Field(default=False)
    contrasts: Any = a_json()


class ItemRow(SQLModel, table=True):
    """A word or a phrase: `course.item.Item` without its sentences."""

    __tablename__ = "item"
    __table_args__ = (
        Index("item_level", "level", "position"),
        Index("item_lesson", "lesson"),
        Index("item_pos", "pos"),
        Index("item_topic", "topic"),
    )

    id: str = an_id(primary_key=True)
    kind: str = a_text()
    text: str = a_text()
    means: Any = a_json()
    course: str = a_text()
    lesson: str = a_text()
    level: int = a_number()
    position: int = a_number()
    pos: str = a_text()
    gender: str = a_text()
    animacy: str = a_text()
    aspect: str = a_text()
    ipa: str = a_text()
    rank: int | None = a_number(nullable=True)
    topic: str = a_text()
    note: str = a_text()
    accept: Any = a_json()
    prompt: str = a_text()
    literal: str = a_text()
    who: str = a_text()
    rule: str = a_text()
    forms: Any = a_json()
    collocations: Any = a_json()
    nuances: Any = a_json()
    number: str = a_text()
    partner: str = a_text()
    false_friend: str = a_text()
    partner_forms: Any = a_json()


class SentenceRow(SQLModel, table=True):
    """A sentence and its translation."""

    __tablename__ = "sentence"

    id: str = an_id(primary_key=True)
    text: str = a_text()
    translation: str = a_text()
    gloss: Any = a_json()
    orders: Any = a_json()
    groups: Any = a_json()
    names: Any = a_json()
    reply: str = a_text()
    reply_translation: str = a_text()


class ItemSentenceRow(SQLModel, table=True):
    """Where an item stands in a sentence, and what its form there is."""

    __tablename__ = "item_sentence"
    __table_args__ = (KEY_IS_ROW,)

    item: str = an_id(primary_key=True)
    sentence: str = an_id(primary_key=True)
    position: int = a_number()
    start: int = a_number()
    end: int = a_number()
    form: str = a_text()
    because: str = a_text()
    rule: str = a_text()
    accept: Any = a_json()
    governor: str = a_text()


CONTENT: tuple[type[SQLModel], ...] = (
    CourseFileRow,
    UnitRow,
    LessonRow,
    NoteRow,
    ItemRow,
    SentenceRow,
    ItemSentenceRow,
)
