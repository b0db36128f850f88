"""Course files into the learner's file: only what changed is read, and progress is never touched."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from tutor.course.files import built_file, fingerprint, item_id, lesson_file
from tutor.course.item import Item, Sentence, Unit
from tutor.errors import CourseError
from tutor.store import cards, dialogues, items, learners
from tutor.store.database import Database

if TYPE_CHECKING:
    from tutor.course.format import CourseFile
    from tutor.course.reading import LessonContent

log = logging.getLogger(__name__)


def load_courses(database: Database, root: Path) -> list[CourseError]:
    """Bring every course under `root` up to date; returns what could not be read.

    A file that is broken keeps what was loaded from it before; the others load all the same.
    """
    problems: list[CourseError] = []
    for folder in sorted(path.parent for path in root.glob("*/course.yaml")):
        try:
            problems += _load_course(database, folder)
        except CourseError as error:
            problems.append(error)
    for problem in problems:
        log.warning("course file not loaded: %s", problem.message)
    return problems


def _load_course(database: Database, folder: Path) -> list[CourseError]:
    with database.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT name, fingerprint, problem FROM course_file WHERE course = ?", (folder.name,)
        ).fetchall()
    known = {name: (mark, problem) for name, mark, problem in rows}
    paths = [*folder.rglob("*.yaml"), *folder.glob(built_file("*"))]
    files = {path.relative_to(folder).as_posix() for path in paths}
    marks = {name: fingerprint(folder, name) for name in files}
    changed = {name for name, mark in marks.items() if known.get(name, ("", ""))[0] != mark}
    if not changed and {name for name, (mark, _) in known.items() if mark} == marks.keys():
        return [_recorded(name, problem) for name, (_, problem) in known.items() if problem]
    # Reading YAML takes longer to import than a course that did not change takes to be passed over.
    from tutor.course.reading import read_course, read_lesson, units_of

    course = read_course(folder)
    problems: list[CourseError] = []
    contents: list[LessonContent] = []
    found: dict[str, str] = {}
    for name in course.lessons:
        file = lesson_file(name)
        # A change of course.yaml may renumber every lesson.
        if changed & {file, built_file(name), "course.yaml"} or file not in files:
            try:
                contents.append(read_lesson(folder, course, name))
            except CourseError as error:
                problems.append(error)
                found[file] = f"{error.line}\x1f{error.expected}"
        elif known[file][1]:
            problems.append(_recorded(file, known[file][1]))
            found[file] = known[file][1]
    with database.write() as connection:
        _save_units(connection, course.key, units_of(course))
        for content in contents:
            _save_lesson(connection, content)
        _retire(connection, course)
        connection.exec_driver_sql("DELETE FROM course_file WHERE course = ?", (folder.name,))
        connection.exec_driver_sql(
            "INSERT INTO course_file (course, name, fingerprint, problem) VALUES (?, ?, ?, ?)",
            # A lesson whose file is missing is kept, too: without a mark, and told at every start.
            [
                (folder.name, name, marks.get(name, ""), found.get(name, ""))
                for name in sorted({*marks, *found})
            ],
        )
    return problems


def _recorded(name: str, problem: str) -> CourseError:
    line, _, expected = problem.partition("\x1f")
    return CourseError(file=name, line=int(line), expected=expected)


def _save_units(connection: Connection, course: str, units: Sequence[Unit]) -> None:
    connection.exec_driver_sql("DELETE FROM unit WHERE course = ?", (course,))
    for unit in units:
        connection.exec_driver_sql(
            "INSERT INTO unit (id, course, number, title, title_pl) VALUES (?, ?, ?, ?, ?)",
            (unit.id, unit.course, unit.number, unit.title, unit.title_pl),
        )


def _save_lesson(connection: Connection, content: LessonContent) -> None:
    lesson = content.lesson
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO lesson (id, course, key, number, title, title_pl, can_do, cefr, culture,"
        " unit, steps, dialogue, extras, checked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (lesson.id, lesson.course, lesson.key, lesson.number, lesson.title, lesson.title_pl, lesson.can_do,
         lesson.cefr, lesson.culture, lesson.unit, lesson.dialogue.steps if lesson.dialogue else 0,
         dialogues.stored(lesson.dialogue), json.dumps([asdict(extra) for extra in lesson.extras]),
         lesson.checked),
    )  # fmt: skip
    connection.exec_driver_sql("DELETE FROM note WHERE course = ? AND lesson = ?", (lesson.course, lesson.id))
    for position, note in enumerate(lesson.notes):
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO note (course, key, lesson, position, title, text, sound, contrasts)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (lesson.course, note.key, lesson.id, position, note.title, note.text, note.sound,
             json.dumps(note.contrasts)),
        )  # fmt: skip
    save_items(connection, content.items)


def save_items(connection: Connection, new: Sequence[Item]) -> None:
    """Write items in place: their ids stay, so all progress stays with them."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO item (id, kind, text, means, course, lesson, level, position, pos, gender,"
        " animacy, aspect, ipa, rank, topic, note, accept, prompt, literal, who, rule, forms,"
        f" collocations, nuances, number, partner, partner_forms,"
        f" false_friend) VALUES ({', '.join('?' * 28)})",
        [_item_row(item) for item in new],
    )
    connection.exec_driver_sql("DELETE FROM item_sentence WHERE item = ?", [(item.id,) for item in new])
    sentences = [(item, index, sentence) for item in new for index, sentence in enumerate(item.sentences)]
    if sentences:
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO sentence (id, text, translation, gloss, orders, groups, names,"
            " reply, reply_translation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_sentence_row(sentence) for _, _, sentence in sentences],
        )
        connection.exec_driver_sql(
            "INSERT INTO item_sentence (item, sentence, position, start, \"end\", form, because, rule,"
            " accept, governor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(item.id, s.id, index, s.start, s.end, s.form, s.because, s.rule, json.dumps(s.accept),
              s.governor)
             for item, index, s in sentences],
        )  # fmt: skip
    items.index(connection, new)
    for learner in learners.everyone(connection):
        for item in new:
            cards.refresh_item(connection, learner, item.id)


def _item_row(item: Item) -> tuple[object, ...]:
    return (
        item.id, item.kind.value, item.text, json.dumps(item.means), item.course, item.lesson, item.level,
        item.position, item.pos, item.gender, item.animacy, item.aspect, item.ipa, item.rank, item.topic,
        item.note, json.dumps(item.accept), item.prompt, item.literal, item.who, item.rule,
        json.dumps({label: list(forms) for label, forms in item.forms.items()}),
        json.dumps([asdict(frame) for frame in item.collocations]),
        json.dumps([asdict(frame) for frame in item.nuances]),
        item.number, item.partner, json.dumps(item.partner_forms), item.false_friend,
    )  # fmt: skip


def _sentence_row(sentence: Sentence) -> tuple[object, ...]:
    return (
        sentence.id, sentence.text, sentence.translation, json.dumps(dict(sentence.gloss)),
        json.dumps(sentence.orders), json.dumps(sentence.groups), json.dumps(sentence.names),
        sentence.reply, sentence.reply_translation,
    )  # fmt: skip


def _retire(connection: Connection, course: CourseFile) -> None:
    """Take retired items out of what is offered. Their reviews and memories stay."""
    for key in course.retired:
        identity = item_id(course.key, key)
        if items.remove(connection, identity):
            for learner in learners.everyone(connection):
                cards.refresh_item(connection, learner, identity)
