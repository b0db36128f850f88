"""What a course must keep to, beyond the format of its files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.course.check_dialogue import dialogue_problems, words_of
from tutor.course.check_language import Vocabulary, language_problems
from tutor.course.files import item_id, lesson_file
from tutor.course.format import CourseFile
from tutor.course.item import Item, ItemKind, Sentence
from tutor.course.reading import LessonContent, read_alphabet, read_course, read_lesson, units_of
from tutor.errors import CourseError
from tutor.text import normal, normal_english

if TYPE_CHECKING:
    from tutor.course.morphology import Morphology

_WITHIN = re.compile(r"(?<=\w)[^\w.!?…]+([^\W\d_a-ząćęłńóśźż]\w*)")
"""Words with a capital that begin no sentence."""

KEYS = "keys.txt"
"""Every key that a course ever used, one a line: no key vanishes unless it is retired."""

SENTENCES_A_WORD = 3
FEWEST_GROUPS = 3


def check_course(
    folder: Path,
    morphology: Morphology | None = None,
    sounds: Callable[[str], str] | None = None,
) -> list[CourseError]:
    """Everything that is wrong with a course, file by file.

    Without `morphology` its Polish is not looked at, and without `sounds`, what a voice makes of a Polish
    text, not whether its contrasts can be heard; nor is either for a course in another language.
    """
    try:
        course = read_course(folder)
    except CourseError as error:
        return [error]
    problems: list[CourseError] = []
    try:
        read_alphabet(folder)
    except CourseError as error:
        problems.append(error)
    contents: list[tuple[str, LessonContent]] = []
    for name in course.lessons:
        try:
            contents.append((lesson_file(name), read_lesson(folder, course, name)))
        except CourseError as error:
            problems.append(error)
    for file, expected in _broken_rules(folder, course, contents):
        problems.append(CourseError(file=file, line=0, expected=expected))
    polish = course.teaches == "pl"
    if sounds and polish:
        for file, expected in _contrasts(contents, sounds):
            problems.append(CourseError(file=file, line=0, expected=expected))
    if morphology and polish:
        for file, expected in _language(course, contents, morphology):
            problems.append(CourseError(file=file, line=0, expected=expected))
    return problems


def _broken_rules(
    folder: Path, course: CourseFile, contents: list[tuple[str, LessonContent]]
) -> Iterator[tuple[str, str]]:
    ids: dict[str, str] = {}
    sentences: dict[str, str] = {}
    rules: set[str] = set()
    known = {word for name in course.names for word in normal(name).split()}
    for file, content in contents:
        known |= {word for item in content.items for word in words_of(item)}
        if content.lesson.dialogue:
            yield from ((file, problem) for problem in dialogue_problems(content.lesson.dialogue, known))
        rules |= {note.key for note in content.lesson.notes}
        for item in content.items:
            if item.id in ids:
                yield file, f"a key of its own for {item.text!r}; {ids[item.id]!r} has the same"
            ids[item.id] = item.text
            yield from ((file, problem) for problem in _item_problems(item, rules))
            yield from ((file, problem) for problem in _capitals(item, frozenset(course.names)))
            if item.kind is ItemKind.WORD:
                for sentence in item.sentences:
                    text = normal(sentence.text)
                    if text in sentences:
                        yield file, f"a sentence of its own for {item.text!r}: {sentence.text!r} stands twice"
                    sentences[text] = item.text
    yield from _vanished(folder, course, set(ids))
    if course.units and [name for unit in course.units for name in unit.lessons] != course.lessons:
        yield "course.yaml", "each lesson in one unit, in the order of the lessons"
    if len({unit.key for unit in course.units}) < len(course.units):
        yield "course.yaml", "a key of its own for each unit"


def _contrasts(
    contents: list[tuple[str, LessonContent]], sounds: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    for file, content in contents:
        for note in content.lesson.notes:
            for contrast in note.contrasts:
                if note.sound and len({sounds(word) for word in contrast}) < len(contrast):
                    yield (
                        file,
                        f"words in {note.key!r} that the voice says otherwise, not {' / '.join(contrast)}",
                    )


def _language(
    course: CourseFile, contents: list[tuple[str, LessonContent]], morphology: Morphology
) -> Iterator[tuple[str, str]]:
    known = Vocabulary([*course.names, *course.spoken], morphology)
    units = units_of(course)
    for file, content in contents:
        lesson = content.lesson
        known.learn(content.items)
        first = bool(units) and lesson.unit == units[0].id
        for item in content.items:
            problems = language_problems(item, lesson.number, first, known, morphology)
            yield from ((file, problem) for problem in problems)


def _item_problems(item: Item, rules: set[str]) -> Iterator[str]:
    if item.kind is ItemKind.WORD and len(item.sentences) < SENTENCES_A_WORD:
        yield f"at least {SENTENCES_A_WORD} sentences for {item.text!r}"
    if len({normal_english(meaning) for meaning in item.means}) < len(item.means):
        yield f"meanings of {item.text!r} that differ from one another"
    for rule in (item.rule, *(sentence.rule for sentence in item.sentences)):
        if rule and rule not in rules:
            yield f"a note with the key {rule!r}, in this lesson or before, for {item.text!r}"
    for sentence in item.sentences:
        yield from _sentence_problems(item, sentence)
    yield from _frame_problems(item)
    if item.kind is ItemKind.PHRASE and any(s.text != item.text for s in item.sentences):
        yield f"the words of {item.text!r} around its gap"


def _sentence_problems(item: Item, sentence: Sentence) -> Iterator[str]:
    forms = item.forms.get(sentence.form, ())
    if sentence.form and not forms:
        yield f"a form {sentence.form!r} among those of {item.text!r}"
    elif sentence.form and normal(sentence.target) not in map(normal, forms):
        yield f"{' or '.join(forms)} as {sentence.form} of {item.text!r} in {sentence.text!r}"
    for order in sentence.orders:
        if sorted(normal(order).split()) != sorted(normal(sentence.text).split()):
            yield f"the words of {sentence.text!r} in another order, and not {order!r}"
    if sentence.groups:
        yield from _group_problems(sentence)
    if bool(sentence.reply) != bool(sentence.reply_translation):
        yield f"both `reply` and `reply_en` for {sentence.text!r}, or neither"
    asked = set(normal(sentence.target).split())
    for glossed in sentence.gloss:
        if asked & set(normal(glossed).split()):
            yield f"no gloss of {glossed!r}, which {sentence.text!r} asks for"


def _capitals(item: Item, names: Set[str]) -> Iterator[str]:
    """A capital within a sentence is that of a name: so a drill knows which one only says "first"."""
    for sentence in item.sentences:
        for text in (sentence.text, *sentence.orders):
            for within in _WITHIN.findall(text):
                if within not in names:
                    yield f"{within!r} among the names in course.yaml, for {text!r}"


def _group_problems(sentence: Sentence) -> Iterator[str]:
    if len(sentence.groups) < FEWEST_GROUPS:
        yield f"at least {FEWEST_GROUPS} groups of the words of {sentence.text!r}, or none"
    if normal(" ".join(sentence.groups)).split() != normal(sentence.text).split():
        yield f"the words of {sentence.text!r} in groups, and not {' | '.join(sentence.groups)!r}"


def _frame_problems(item: Item) -> Iterator[str]:
    for frame in (*item.collocations, *item.nuances):
        right = {normal(word) for word in (frame.right, *frame.accept)}
        wrong = [normal(word) for word in frame.wrong]
        if right & {*wrong} or len({*wrong}) < len(wrong):
            yield f"wrong words for {frame.text!r} that differ from the right ones and from one another"
    for frame in item.collocations:
        if normal(frame.right) in {normal(item.text), *_forms(item)}:
            yield f"another word than {item.text!r} in the braces of {frame.text!r}"
    for frame in item.nuances:
        own = {normal(item.text), *_forms(item), *map(normal, item.accept)}
        if item.kind is ItemKind.WORD and normal(frame.right) not in own:
            yield f"a form of {item.text!r} in the braces of {frame.text!r}"
        if {normal(word) for word in frame.wrong} & _forms(item):
            yield f"another word than a form of {item.text!r} beside {frame.text!r}"


def _forms(item: Item) -> set[str]:
    return {normal(form) for forms in item.forms.values() for form in forms}


def _vanished(folder: Path, course: CourseFile, ids: set[str]) -> Iterator[tuple[str, str]]:
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
