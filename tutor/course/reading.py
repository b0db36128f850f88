"""The files of a course, read into lessons and items."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from tutor.course.built import read_built
from tutor.course.dialogue import Dialogue, Reply, Turn
from tutor.course.files import item_id, lesson_file
from tutor.course.format import (
    FREE,
    AlphabetFile,
    CourseFile,
    DialogueEntry,
    LessonFile,
    PhraseEntry,
    SentenceEntry,
    SoundsPage,
    UnitEntry,
    WordEntry,
)
from tutor.course.item import Extra, Frame, Item, ItemKind, Lesson, Note, Sentence, Unit
from tutor.course.yaml_file import read_yaml
from tutor.ids import shared_id

_ALPHABET = "alphabet.yaml"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class LessonContent:
    """A lesson and the items it teaches, in the order in which they are met."""

    lesson: Lesson
    items: tuple[Item, ...]


def read_alphabet(folder: Path) -> list[SoundsPage]:
    """A course's tour of its letters; empty where it has none. Raises CourseError for a broken file."""
    return read_yaml(folder, _ALPHABET, AlphabetFile).root if (folder / _ALPHABET).is_file() else []


def read_course(folder: Path) -> CourseFile:
    """Read `course.yaml`. Raises CourseError."""
    return read_yaml(folder, "course.yaml", CourseFile)


def read_lesson(folder: Path, course: CourseFile, name: str) -> LessonContent:
    """Read one lesson of the course. Raises CourseError with file, line and what was expected.

    What `tutor course build` made of it is read where it is there and up to date, else what was written.
    """
    written = read_built(folder, name) or read_yaml(folder, lesson_file(name), LessonFile)
    return lesson_content(course, name, written)


def lesson_content(course: CourseFile, name: str, file: LessonFile) -> LessonContent:
    """A lesson of the course, `name` in its list of lessons, as what there is to learn."""
    number = course.lessons.index(name) + 1
    lesson_id = shared_id(course.key, "lesson", file.key)
    notes = tuple(
        Note(note.key, note.title, note.note, file.key, sound, tuple(map(tuple, note.contrasts)))
        for sound, entries in ((False, file.grammar), (True, file.sounds))
        for note in entries
    )
    lesson = Lesson(
        id=lesson_id, key=file.key, course=course.key, number=number, title=file.title,
        title_pl=file.title_pl, can_do=file.can_do, cefr=file.cefr, culture=file.culture, notes=notes,
        unit=next((_unit_id(course, unit) for unit in course.units if name in unit.lessons), ""),
        dialogue=_dialogue(file.dialogue) if file.dialogue else None,
        extras=tuple(Extra(extra.text, extra.means, extra.note) for extra in file.extras),
        checked=course.checked_by_native,
    )  # fmt: skip
    entries = _interleaved(file.words, file.phrases)
    items = tuple(_item(course, lesson, entry, number * 1000 + index) for index, entry in enumerate(entries))
    return LessonContent(lesson, items)


def units_of(course: CourseFile) -> tuple[Unit, ...]:
    """The units of a course, in order."""
    return tuple(
        Unit(_unit_id(course, unit), course.key, number, unit.title, unit.title_pl)
        for number, unit in enumerate(course.units, 1)
    )


def _unit_id(course: CourseFile, unit: UnitEntry) -> str:
    return shared_id(course.key, "unit", unit.key)


def _dialogue(entry: DialogueEntry) -> Dialogue:
    turns = []
    for at, turn in enumerate(entry.turns):
        replies = {
            answer: Reply(reply.says, reply.means, reply.then or entry.turns[at + 1].key)
            for answer, reply in turn.replies().items()
        }
        turns.append(Turn(turn.key, turn.says, turn.means, turn.task, tuple(turn.accept), turn.hint,
                          replies, dict(turn.gloss)))  # fmt: skip
    return Dialogue(entry.who, entry.scene, tuple(turns))


def _interleaved(words: list[WordEntry], phrases: list[PhraseEntry]) -> list[WordEntry | PhraseEntry]:
    """Words and phrases spread evenly among each other, each in its own order."""
    placed: list[tuple[float, WordEntry | PhraseEntry]] = []
    placed += [((i + 0.5) / len(words), word) for i, word in enumerate(words)]
    placed += [((i + 0.5) / len(phrases), phrase) for i, phrase in enumerate(phrases)]
    return [entry for _, entry in sorted(placed, key=lambda pair: pair[0])]


def _item(course: CourseFile, lesson: Lesson, entry: WordEntry | PhraseEntry, position: int) -> Item:
    identity = item_id(course.key, entry.key)
    names = frozenset(course.names)
    if isinstance(entry, WordEntry):
        return Item(
            id=identity, kind=ItemKind.WORD, text=entry.text, means=tuple(entry.means), course=course.key,
            lesson=lesson.id, level=lesson.number, position=position, pos=entry.pos, gender=entry.gender,
            animacy=entry.animacy, aspect=entry.aspect, ipa=entry.ipa, rank=entry.rank, topic=entry.topic,
            note=entry.note, accept=tuple(entry.accept), rule=entry.rule, number=entry.number,
            partner=entry.partner, partner_forms=tuple(entry.partner_forms), false_friend=entry.false_friend,
            forms={label: (f,) if isinstance(f, str) else tuple(f) for label, f in entry.forms.items()},
            collocations=_collocations(entry), nuances=_nuances(entry),
            sentences=tuple(_sentence(identity, index, s, names) for index, s in enumerate(entry.sentences)),
        )  # fmt: skip
    return Item(
        id=identity, kind=ItemKind.PHRASE, text=entry.text, means=tuple(entry.means), course=course.key,
        lesson=lesson.id, level=lesson.number, position=position, pos="phrase", ipa=entry.ipa,
        topic=entry.topic, note=entry.note, accept=tuple(entry.accept), prompt=entry.prompt,
        literal=entry.literal, who=entry.who, rule=entry.rule, collocations=_collocations(entry),
        nuances=_nuances(entry), sentences=(_sentence(identity, 0, entry.sentence(), names),),
    )  # fmt: skip


def _sentence(item: str, index: int, entry: SentenceEntry, names: Set[str]) -> Sentence:
    before, target, after = _around(entry.pl)
    text = before + target + after
    return Sentence(
        id=shared_id(item, "sentence", str(index)), text=text, translation=entry.en,
        start=len(before), end=len(before) + len(target), form=entry.form, because=entry.because,
        rule=entry.rule, accept=tuple(entry.accept), gloss=dict(entry.gloss), orders=tuple(entry.orders),
        groups=tuple(entry.groups), reply=entry.reply, reply_translation=entry.reply_en,
        names=tuple(sorted(names & set(_WORD.findall(text)))), governor=entry.governor.removeprefix(FREE),
    )  # fmt: skip


def _collocations(entry: WordEntry | PhraseEntry) -> tuple[Frame, ...]:
    return tuple(
        Frame(before, after, right, one.en, tuple(one.wrong), tuple(one.accept))
        for one in entry.collocations
        for before, right, after in [_around(one.pl)]
    )


def _nuances(entry: WordEntry | PhraseEntry) -> tuple[Frame, ...]:
    return tuple(
        Frame(before, after, right, one.en, (one.other,), because=one.because)
        for one in entry.nuances
        for before, right, after in [_around(one.pl)]
    )


def _around(marked: str) -> tuple[str, str, str]:
    """What stands before the form in braces, the form, and what stands after."""
    before, target, after = re.split(r"[{}]", marked)
    return before, target, after
