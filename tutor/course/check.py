"""What a course must keep to, beyond the format of its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.course.built import built_text, read_built, text_there
from tutor.course.check_dialogue import dialogue_problems
from tutor.course.check_items import item_problems
from tutor.course.check_language import (
    FREQUENT,
    Vocabulary,
    answer_problems,
    frequency_problems,
    language_problems,
)
from tutor.course.check_sounds import SOUNDS, sound_problems
from tutor.course.check_teaching import teaching_problems
from tutor.course.check_valency import valency_problems
from tutor.course.files import KEYS, built_file, item_id, lesson_file
from tutor.course.format import CourseFile, FrequentFile, JudgedSounds, LessonFile
from tutor.course.item import Item, ItemKind
from tutor.course.reading import LessonContent, lesson_content, read_alphabet, read_course, units_of
from tutor.course.valency_file import BUILT_VALENCY, VALENCY, built_valency, read_valency
from tutor.course.yaml_file import read_yaml
from tutor.errors import CourseError
from tutor.text import normal

if TYPE_CHECKING:
    from tutor.course.build import Builder

Problem = tuple[str, str]
"""A file, and what was expected in it."""

Contents = Sequence[tuple[str, LessonContent]]
"""Each lesson with its file."""


def check_course(
    folder: Path,
    builder: Builder | None = None,
    sounds: Callable[[str], str] | None = None,
) -> list[CourseError]:
    """Everything that is wrong with a course, file by file.

    Without a `builder`, which makes what is made of a course, its Polish is not looked at, nor whether its
    made files are up to date; without `sounds`, what a voice makes of a text, not whether its contrasts can
    be heard; nor is either for a course in another language.
    """
    try:
        course = read_course(folder)
    except CourseError as error:
        return [error]
    if course.teaches != "pl":
        builder = sounds = None
    problems: list[CourseError] = []
    for read in (read_alphabet, read_valency):
        try:
            read(folder)
        except CourseError as error:
            problems.append(error)
    written: dict[str, LessonFile] = {}
    for name in course.lessons:
        try:
            written[name] = read_yaml(folder, lesson_file(name), LessonFile)
        except CourseError as error:
            problems.append(error)
    found = _problems(folder, course, written, builder, sounds)
    return problems + [CourseError(file=file, line=0, expected=expected) for file, expected in found]


def _problems(
    folder: Path,
    course: CourseFile,
    written: dict[str, LessonFile],
    builder: Builder | None,
    sounds: Callable[[str], str] | None,
) -> Iterator[Problem]:
    contents: list[tuple[str, LessonContent]] = []
    for name, lesson in written.items():
        file = lesson_file(name)
        if course.complete:
            yield from ((file, problem) for problem in teaching_problems(lesson, {*course.names}))
        made = builder.lesson(lesson) if builder else read_built(folder, name) or lesson
        contents.append((file, lesson_content(course, name, made)))
        if builder:
            yield from ((file, problem) for problem in answer_problems(lesson, builder.morphology))
            if built_text(folder, name, made) != text_there(folder, name):
                yield built_file(name), "what `tutor course build` makes of the lesson"
    yield from _items(contents, course)
    yield from _asked_alike(contents)
    yield from _keys(folder, course, {item.id for _, content in contents for item in content.items})
    yield from _units(course)
    yield from _language(folder, course, contents, builder)
    yield from _valency(folder, course, contents, builder)
    if sounds:
        yield from _contrasts(contents, sounds)
    if course.complete and sounds:
        judged = read_yaml(folder, SOUNDS, JudgedSounds).root
        every = [item for _file, content in contents for item in content.items]
        yield from ((SOUNDS, problem) for problem in sound_problems(every, sounds, judged))


def _valency(
    folder: Path, course: CourseFile, contents: Contents, builder: Builder | None
) -> Iterator[Problem]:
    try:
        file = read_valency(folder)
    except CourseError:
        return  # told already
    if builder and built_valency(folder, course) != text_there(folder, "valency"):
        yield BUILT_VALENCY, "what `tutor course build` makes of the list"
    every = [item for _file, content in contents for item in content.items]
    yield from ((VALENCY, problem) for problem in valency_problems(course, file, every))


def _items(contents: Contents, course: CourseFile) -> Iterator[Problem]:
    ids: dict[str, str] = {}
    sentences: dict[str, str] = {}
    rules: set[str] = set()
    for file, content in contents:
        rules |= {note.key for note in content.lesson.notes}
        for item in content.items:
            if item.id in ids:
                yield file, f"a key of its own for {item.text!r}; {ids[item.id]!r} has the same"
            ids[item.id] = item.text
            yield from ((file, problem) for problem in item_problems(item, rules, frozenset(course.names)))
            if item.kind is ItemKind.WORD:
                for sentence in item.sentences:
                    text = normal(sentence.text)
                    if text in sentences:
                        yield file, f"a sentence of its own for {item.text!r}: {sentence.text!r} stands twice"
                    sentences[text] = item.text


def _asked_alike(contents: Contents) -> Iterator[Problem]:
    """Items that are asked for by the same words though one is no answer to the other."""
    asked: dict[str, list[Item]] = {}
    for file, content in contents:
        for item in content.items:
            prompt = item.prompt or item.meaning
            for other in asked.setdefault(normal(prompt), []):
                if normal(other.text) not in map(normal, (item.text, *item.accept)):
                    yield file, f"{prompt!r} to say more: it asks for {item.text!r}, and for {other.text!r}"
            asked[normal(prompt)].append(item)


def _units(course: CourseFile) -> Iterator[Problem]:
    if course.units and [name for unit in course.units for name in unit.lessons] != course.lessons:
        yield "course.yaml", "each lesson in one unit, in the order of the lessons"
    if len({unit.key for unit in course.units}) < len(course.units):
        yield "course.yaml", "a key of its own for each unit"


def _contrasts(contents: Contents, sounds: Callable[[str], str]) -> Iterator[Problem]:
    for file, content in contents:
        for note in content.lesson.notes:
            for contrast in note.contrasts:
                if note.sound and len({sounds(word) for word in contrast}) < len(contrast):
                    pair = " / ".join(contrast)
                    yield file, f"words in {note.key!r} that the voice says otherwise, not {pair}"


def _language(
    folder: Path, course: CourseFile, contents: Contents, builder: Builder | None
) -> Iterator[Problem]:
    known = Vocabulary([*course.names, *course.spoken], builder.morphology if builder else None)
    units = units_of(course)
    for file, content in contents:
        lesson = content.lesson
        known.learn(content.items)
        if lesson.dialogue:
            yield from ((file, problem) for problem in dialogue_problems(lesson.dialogue, known.knows))
        if builder:
            first = bool(units) and lesson.unit == units[0].id
            for item in content.items:
                problems = language_problems(item, lesson.number, first, known, builder.morphology)
                yield from ((file, problem) for problem in problems)
    if course.complete and builder:
        frequent = read_yaml(folder, FREQUENT, FrequentFile)
        yield from ((FREQUENT, problem) for problem in frequency_problems(frequent, known))


def _keys(folder: Path, course: CourseFile, ids: set[str]) -> Iterator[Problem]:
    path = folder / KEYS
    if not path.is_file():
        yield KEYS, "a list of every key that the course ever used, one a line"
        return
    listed = set(path.read_text(encoding="utf-8").split())
    by_id = {item_id(course.key, key): key for key in listed}
    for identity in by_id.keys() - ids:
        if by_id[identity] not in course.retired:
            yield KEYS, f"the key {by_id[identity]!r} in a lesson, or among those retired in course.yaml"
    if ids - by_id.keys():
        yield KEYS, f"{len(ids - by_id.keys())} more keys: every key that a lesson uses stands in this list"
