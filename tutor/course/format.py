"""The course format: YAML, one file a lesson, read into lessons and items.

These models are the format; `assets/courses/lesson.schema.json` is made from them. A broken file is
told with file, line and what was expected, and does not keep the others from loading.
"""

from __future__ import annotations

import json
import re
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    ValidationError,
    model_validator,
)

from tutor.course.dialogue import Answer, Dialogue, Reply, Turn
from tutor.course.files import item_id, lesson_file
from tutor.course.item import Frame, Item, ItemKind, Lesson, Note, Sentence, Unit
from tutor.errors import CourseError
from tutor.ids import shared_id

Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
ALPHABET = "alphabet.yaml"

Text = Annotated[str, Field(min_length=1, max_length=1000)]
Forms = dict[str, Text | list[Text]]
"""Label -> the form, or several that are equally right."""

_Model = TypeVar("_Model", bound=BaseModel)
_WORD = re.compile(r"\w+")
_MARKED = re.compile(r"\{([^{}]+)\}")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class UnitEntry(_Entry):
    """Lessons in a row that end in a checkpoint."""

    key: Key
    title: Text
    title_pl: Text
    lessons: Annotated[list[Key], Field(min_length=1)]


class CourseFile(_Entry):
    """`course.yaml`: what the course is, and its lesson files in order."""

    key: Key
    title: Text
    teaches: Annotated[str, Field(pattern="^[a-z]{2}$")]
    speaks: Annotated[str, Field(pattern="^[a-z]{2}$")]
    checked_by_native: bool = False
    lessons: list[Key]
    units: list[UnitEntry] = []
    names: list[Text] = []
    """Words that keep their capital wherever they stand: names, in each of their forms."""
    retired: list[Key] = []
    """Keys of items that were taken out; a key that was ever used never vanishes otherwise."""


class NoteEntry(_Entry):
    """A note on grammar or on a sound."""

    key: Key
    title: Text
    note: Text
    contrasts: list[list[Text]] = []


def _one_in_braces(value: str) -> str:
    if len(_MARKED.findall(value)) != 1 or value.count("{") != 1 or value.count("}") != 1:
        raise ValueError("exactly one form must stand in braces, as in: Piję {kawę}.")
    return value


Marked = Annotated[Text, AfterValidator(_one_in_braces)]
"""Text with one form in braces."""


class CollocationEntry(_Entry):
    """What goes together with a word, which stands outside the braces."""

    pl: Marked
    en: Text
    accept: list[Text] = []
    wrong: Annotated[list[Text], Field(min_length=3, max_length=4)]


class NuanceEntry(_Entry):
    """A sentence that takes this word, in braces, and not the other one."""

    pl: Marked
    en: Text
    other: Text
    because: Text


Groups = Annotated[list[Text], Field(max_length=5)]
"""Three to five sense groups, or none."""


class SentenceEntry(_Entry):
    """A sentence; the tested form stands in braces."""

    pl: Marked
    en: Text
    form: str = ""
    because: str = ""
    rule: str = ""
    accept: list[Text] = []
    gloss: dict[str, str] = {}
    orders: list[Text] = []
    """The same words in other orders that are as grammatical."""
    groups: Groups = []
    reply: str = ""
    reply_en: str = ""


class WordEntry(_Entry):
    """A word with its forms and sentences."""

    key: Key
    text: Text
    means: Annotated[list[Text], Field(min_length=1)]
    pos: Literal[
        "noun", "verb", "adjective", "adverb", "pronoun", "numeral",
        "preposition", "conjunction", "particle", "interjection",
    ]  # fmt: skip
    gender: Literal["", "masculine", "feminine", "neuter"] = ""
    animacy: Literal["", "personal", "animate", "inanimate"] = ""
    aspect: Literal["", "imperfective", "perfective"] = ""
    ipa: Text
    rank: Annotated[int, Field(ge=1)] | None = None
    topic: Text
    accept: list[Text] = []
    note: str = ""
    rule: str = ""
    forms: Forms = {}
    collocations: list[CollocationEntry] = []
    nuances: list[NuanceEntry] = []
    sentences: Annotated[list[SentenceEntry], Field(min_length=1)]


class PhraseEntry(_Entry):
    """A phrase, what asks for it, and the word in it that is worth a gap."""

    key: Key
    text: Text
    means: Annotated[list[Text], Field(min_length=1)]
    literal: str = ""
    prompt: Text
    accept: list[Text] = []
    who: str = ""
    topic: Text
    ipa: str = ""
    gap: Marked
    gap_en: Text
    gap_accept: list[Text] = []
    orders: list[Text] = []
    groups: Groups = []
    reply: str = ""
    reply_en: str = ""
    because: str = ""
    note: str = ""
    rule: str = ""
    collocations: list[CollocationEntry] = []
    nuances: list[NuanceEntry] = []

    def sentence(self) -> SentenceEntry:
        """Its gap as a sentence."""
        return SentenceEntry(
            pl=self.gap, en=self.gap_en, because=self.because, rule=self.rule, accept=self.gap_accept,
            orders=self.orders, groups=self.groups, reply=self.reply, reply_en=self.reply_en,
        )  # fmt: skip


class ReplyEntry(_Entry):
    """What the tutor says to an answer; it leads to the next turn, or to the one named by `then`."""

    says: Text
    means: Text
    then: Key | None = None


class TurnEntry(_Entry):
    """A line of the tutor's and what the learner is to say to it; the last has nothing but the line."""

    key: Key
    says: Text
    means: Text
    gloss: dict[str, Text] = {}
    task: str = ""
    accept: list[Text] = []
    hint: str = ""
    exact: ReplyEntry | None = None
    near: ReplyEntry | None = None
    default: ReplyEntry | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        parts = (self.task.strip(), self.accept, self.hint.strip(), self.exact, self.near, self.default)
        if any(parts) and not all(parts):
            raise ValueError("task, accept, hint, exact, near and default, or none of them")
        if not all(answer.strip() for answer in self.accept):
            raise ValueError("accepted answers that are not blank")
        return self

    def replies(self) -> dict[Answer, ReplyEntry]:
        """What is said to each kind of answer; nothing in the last turn."""
        found = {Answer.EXACT: self.exact, Answer.NEAR: self.near, Answer.DEFAULT: self.default}
        return {answer: reply for answer, reply in found.items() if reply}


class DialogueEntry(_Entry):
    """The dialogue that a lesson begins with. Replies lead on, never back, so that each way ends."""

    who: Text
    scene: Text
    turns: Annotated[list[TurnEntry], Field(min_length=2)]

    @model_validator(mode="after")
    def _leads_on(self) -> Self:
        keys = [turn.key for turn in self.turns]
        for at, turn in enumerate(self.turns):
            if turn.key in keys[:at]:
                raise ValueError(f"a key of its own for each turn; {turn.key!r} stands twice")
            for reply in turn.replies().values():
                if reply.then is not None and reply.then not in keys[at + 1 :]:
                    raise ValueError(f"a turn after {turn.key!r} with the key {reply.then!r}")
        if self.turns[-1].task:
            raise ValueError(f"a last turn without a task, and not {keys[-1]!r}")
        return self


class LessonFile(_Entry):
    """One lesson."""

    key: Key
    title: Text
    title_pl: Text
    can_do: Text
    cefr: Literal["A1", "A2", "B1", "B2", "C1", "C2"]
    grammar: list[NoteEntry] = []
    sounds: list[NoteEntry] = []
    culture: str = ""
    dialogue: DialogueEntry | None = None
    words: list[WordEntry] = []
    phrases: list[PhraseEntry] = []


@dataclass(frozen=True, slots=True)
class LessonContent:
    """A lesson and the items it teaches, in the order in which they are met."""

    lesson: Lesson
    items: tuple[Item, ...]


class SoundEntry(_Entry):
    """A letter, or two that are one sound, with what it sounds like and a word to hear."""

    letter: Text
    ipa: Text
    like: Text
    example: Text
    means: Text


class SoundsPage(_Entry):
    """A few sounds that belong together."""

    title: Text
    note: Text
    letters: Annotated[list[SoundEntry], Field(min_length=1)]


class _AlphabetFile(RootModel[list[SoundsPage]]):
    """`alphabet.yaml`: the tour of the letters, page by page."""


def read_alphabet(folder: Path) -> list[SoundsPage]:
    """A course's tour of its letters; empty where it has none. Raises CourseError for a broken file."""
    return _read(folder, ALPHABET, _AlphabetFile).root if (folder / ALPHABET).is_file() else []


def read_course(folder: Path) -> CourseFile:
    """Read `course.yaml`. Raises CourseError."""
    return _read(folder, "course.yaml", CourseFile)


def read_lesson(folder: Path, course: CourseFile, name: str) -> LessonContent:
    """Read one lesson of the course. Raises CourseError with file, line and what was expected."""
    file = _read(folder, lesson_file(name), LessonFile)
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
            note=entry.note, accept=tuple(entry.accept), rule=entry.rule,
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
        names=tuple(sorted(names & set(_WORD.findall(text)))),
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


def _read(folder: Path, name: str, model: type[_Model]) -> _Model:
    try:
        text = (folder / name).read_text(encoding="utf-8")
        loader = yaml.CSafeLoader(text) if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader(text)
        node = loader.get_single_node()
        _no_key_twice(node)
        content = loader.construct_document(node) if node else None
    except OSError as error:
        raise CourseError(
            file=name, line=0, expected=f"a file that can be read ({error.strerror})"
        ) from error
    except UnicodeDecodeError as error:
        raise CourseError(file=name, line=0, expected="text in UTF-8") from error
    except (ValueError, RecursionError) as error:
        # A date that there is not, a number of a thousand digits.
        raise CourseError(file=name, line=0, expected=f"values that can be read ({error})") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = " ".join((getattr(error, "problem", None) or str(error)).split())
        raise CourseError(
            file=name, line=mark.line + 1 if mark else 0, expected=f"valid YAML ({problem})"
        ) from error
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        expected = f"{place}: {first['msg'][0].lower()}{first['msg'][1:]}"
        raise CourseError(file=name, line=_line(node, first["loc"]), expected=expected) from error


def _no_key_twice(node: Any) -> None:
    """Raise a YAMLError where a mapping has a key twice, of which YAML silently keeps the last."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value} only once", problem_mark=key.start_mark)
            seen.add(str(key.value))
            _no_key_twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _no_key_twice(value)


def _line(node: Any, path: tuple[int | str, ...]) -> int:
    """The line of the innermost node on `path` that is there."""
    line = node.start_mark.line + 1 if node else 0
    for part in path:
        step = _child(node, part)
        if step is None:
            break
        node = step
        line = node.start_mark.line + 1
    return int(line)


def _child(node: Any, part: int | str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part]
    return None


def lesson_schema() -> str:
    """The JSON Schema of a lesson file, as `assets/courses/lesson.schema.json` holds it."""
    return json.dumps(LessonFile.model_json_schema(), indent=2, ensure_ascii=False) + "\n"
