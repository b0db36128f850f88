"""Lessons: what was shown of them, and how far a learner is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from tutor.course.item import Extra
from tutor.store.reviews import stored_time

NOTE = "note"
CARRIED = "carried"
BEGUN, ANSWERED, COMPLETED = "begun", "answered", "completed"
"""Of a lesson's dialogue."""
CHECKPOINT = "checkpoint"
CONTRAST = "contrast"
"""Which of two words that differ by a sound was heard."""


@dataclass(frozen=True, slots=True)
class LessonEvent:
    """A row of the lesson log."""

    id: str
    learner: str
    device: str
    hlc: str
    lesson: str
    """For a checkpoint the unit."""
    event: str
    at: datetime
    answer_id: str | None = None
    """The answer that made it, and takes it along when it is undone."""
    detail: str = ""
    said: str | None = None
    step: int | None = None
    """How far the dialogue got; for a checkpoint how many answers were right."""
    total: int | None = None


def append(connection: Connection, event: LessonEvent) -> None:
    """Write an event at the end of the log and refresh the lesson's progress, in the caller's transaction."""
    connection.exec_driver_sql(
        "INSERT INTO lesson_event (id, learner, device, hlc, answer_id, lesson, event, detail, said, step,"
        " total, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (event.id, event.learner, event.device, event.hlc, event.answer_id, event.lesson, event.event,
         event.detail, event.said, event.step, event.total, stored_time(event.at)),
    )  # fmt: skip
    refresh(connection, event.learner, event.lesson)


_COUNTED = "NOT EXISTS (SELECT 1 FROM undo WHERE undo.answer_id = e.answer_id)"
_FOLD = (
    "INSERT OR REPLACE INTO lesson_progress (learner, lesson, current_index, total, cefr)"
    " SELECT e.learner, e.lesson, max(coalesce(e.step, 0)), max(coalesce(e.total, 0)), max(e.cefr)"
    f" FROM lesson_event AS e WHERE {_COUNTED}"
)


def refresh(connection: Connection, learner: str, lesson: str) -> None:
    """Fold one lesson's events: the furthest step counts, and replay never moves it back."""
    connection.exec_driver_sql(
        "DELETE FROM lesson_progress WHERE learner = ? AND lesson = ?", (learner, lesson)
    )
    connection.exec_driver_sql(
        f"{_FOLD} AND e.learner = ? AND e.lesson = ? GROUP BY e.learner, e.lesson", (learner, lesson)
    )


def rebuild(connection: Connection) -> None:
    """Fold every lesson's events anew."""
    connection.exec_driver_sql("DELETE FROM lesson_progress")
    connection.exec_driver_sql(f"{_FOLD} GROUP BY e.learner, e.lesson ORDER BY e.learner, e.lesson")


class Standing(NamedTuple):
    """A lesson, and how far the learner is with it."""

    id: str
    course: str
    number: int
    title: str
    title_pl: str
    can_do: str
    cefr: str
    culture: str
    items: int
    """Words and phrases it teaches."""
    met: int
    """Those of them that were answered or known."""
    key: str
    unit: str
    steps: int
    """Answers that its dialogue takes; 0 where it has none."""
    talked: int
    """How far the learner ever got in it."""
    checked: bool
    """Whether a native speaker has checked it."""

    @property
    def share(self) -> float:
        """What is done of it, its dialogue and its words, from 0 to 1."""
        return (self.talked + self.met) / max(self.steps + self.items, 1)

    @property
    def done(self) -> bool:
        """Whether all of it is."""
        return self.met >= self.items and self.talked >= self.steps


def following(connection: Connection, learner: str) -> Standing | None:
    """The lesson to go on with: the one that teaches the next item that was not met; None at the end."""
    lesson = connection.exec_driver_sql(
        # Lesson by lesson, in this order of joining: what belongs to none may be any number of words.
        "SELECT l.id FROM lesson AS l WHERE EXISTS (SELECT 1 FROM item AS i CROSS JOIN opening AS o"
        " WHERE i.lesson = l.id AND o.learner = ? AND o.track = 'visual' AND o.item = i.id)"
        " ORDER BY l.number, l.course LIMIT 1",
        (learner,),
    ).scalar()
    return next(iter(standings(connection, learner, lesson)), None) if lesson else None


def standings(connection: Connection, learner: str, only: str = "") -> list[Standing]:
    """Every lesson, in the order of its course; or `only` one."""
    of_one = " WHERE l.id = ?" if only else ""
    rows = connection.exec_driver_sql(
        "SELECT l.id, l.course, l.number, l.title, l.title_pl, l.can_do, l.cefr, l.culture, count(i.id),"
        " coalesce(sum(EXISTS (SELECT 1 FROM user_progress AS p WHERE p.learner = ? AND p.item = i.id"
        " AND p.track = 'visual')), 0), l.key, l.unit, l.steps,"
        " coalesce((SELECT min(g.current_index, l.steps) FROM lesson_progress AS g WHERE g.learner = ?"
        " AND g.lesson = l.id), 0), l.checked"
        f" FROM lesson AS l LEFT JOIN item AS i ON i.lesson = l.id{of_one} GROUP BY l.id"
        " ORDER BY l.course, l.number",
        (learner, learner, only) if only else (learner, learner),
    )
    return [Standing(*row) for row in rows]


def extras(connection: Connection, lesson: str) -> tuple[Extra, ...]:
    """What a lesson has for the fun of it."""
    stored = connection.exec_driver_sql("SELECT extras FROM lesson WHERE id = ?", (lesson,)).scalar()
    return tuple(Extra(**extra) for extra in json.loads(stored or "[]"))


def unseen_grammar(connection: Connection, learner: str, lessons: Sequence[str]) -> Mapping[str, list[str]]:
    """Of these lessons, the keys of grammar notes that were not shown yet, by lesson."""
    marks = ", ".join("?" * len(lessons))
    rows = connection.exec_driver_sql(
        f"SELECT note.lesson, note.key FROM note WHERE NOT note.sound AND note.lesson IN ({marks})"
        " AND NOT EXISTS (SELECT 1 FROM lesson_event AS e WHERE e.learner = ? AND e.lesson = note.lesson"
        f" AND e.event = '{NOTE}' AND e.detail = note.key AND {_COUNTED})"
        " ORDER BY note.lesson, note.position",
        (*lessons, learner),
    )
    unseen: dict[str, list[str]] = {}
    for lesson, key in rows:
        unseen.setdefault(lesson, []).append(key)
    return unseen
