"""What of a course is made: its lessons with forms, ranks and sounds of their words, for the app.

What a lesson's author wrote stands before what is made. Making takes morfeusz2 and wordfreq, which learners'
devices lack; reading takes neither, nor YAML. For making courses, not for learning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from tutor.course.built import built_text, text_there
from tutor.course.files import KEYS, built_file, lesson_file
from tutor.course.format import Forms, LessonFile, WordEntry
from tutor.course.frequency import rank_of, ranks
from tutor.course.inflection import adjective_table, noun_table, verb_table
from tutor.course.morphology import Morphology
from tutor.course.pronunciation import ipa
from tutor.course.reading import read_course
from tutor.course.valency_file import BUILT_VALENCY, built_valency
from tutor.course.yaml_file import read_yaml

_HARDLY_SAID = 200
"""How many times rarer than another a form is that nobody needs to know: *wakacyj* beside *wakacji*."""


class Builder:
    """Makes what of lessons is made."""

    def __init__(self, morphology: Morphology) -> None:
        self.morphology = morphology

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        return ranks(self.morphology)

    def lesson(self, written: LessonFile) -> LessonFile:
        """A lesson with all that its author left to be made."""
        return written.model_copy(
            update={
                "words": [self._word(word) for word in written.words],
                "phrases": [
                    phrase.model_copy(update={"ipa": phrase.ipa or ipa(phrase.text)})
                    for phrase in written.phrases
                ],
            }
        )

    def _word(self, word: WordEntry) -> WordEntry:
        forms = {**self._table(word), **word.forms}
        return word.model_copy(
            update={
                "forms": {label: written for label, written in forms.items() if written},
                "partner_forms": word.partner_forms or self._partner_forms(word),
                "rank": word.rank or rank_of(word.text, self._ranks, self.morphology),
                "ipa": word.ipa or ipa(word.text),
            }
        )

    def _partner_forms(self, word: WordEntry) -> list[str]:
        """The forms of the verb of the other aspect, each once."""
        if not word.partner:
            return []
        table = verb_table(word.partner, word.aspect == "imperfective", self.morphology)
        return list(dict.fromkeys(form for forms in table.values() for form in forms))

    def _table(self, word: WordEntry) -> Forms:
        match word.pos:
            case "noun":
                table = noun_table(
                    word.text, word.gender, word.animacy, word.number == "plural", self.morphology
                )
            case "verb":
                table = verb_table(word.text, word.aspect == "perfective", self.morphology)
            case "adjective" | "pronoun":
                table = adjective_table(word.text, self.morphology)
            case _:
                table = {}
        return {label: _by_frequency(forms) for label, forms in table.items()}


def _by_frequency(forms: list[str]) -> str | list[str]:
    """Forms that are equally right, the most frequent first; those that hardly anybody says are left out."""
    if len(forms) == 1:
        return forms[0]
    from wordfreq import word_frequency

    counted = {form: word_frequency(form, "pl") for form in forms}
    said = sorted(forms, key=lambda form: -counted[form])
    said = [form for form in said if counted[form] * _HARDLY_SAID >= counted[said[0]]]
    return said[0] if len(said) == 1 else said


def build_course(folder: Path, builder: Builder) -> Iterator[str]:
    """Bring a course's made files up to date, and write down its new keys; yields the files that changed.

    Raises CourseError.
    """
    course = read_course(folder)
    names = course.lessons
    used: list[str] = []
    for name in names:
        made = builder.lesson(read_yaml(folder, lesson_file(name), LessonFile))
        used += [word.key for word in made.words] + [phrase.key for phrase in made.phrases]
        text = built_text(folder, name, made)
        if text != text_there(folder, name):
            path = folder / built_file(name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            yield built_file(name)
    listed = built_valency(folder, course)
    if listed and listed != text_there(folder, "valency"):
        (folder / BUILT_VALENCY).write_text(listed, encoding="utf-8", newline="\n")
        yield BUILT_VALENCY
    kept = {folder / built_file(name) for name in names} | ({folder / BUILT_VALENCY} if listed else set())
    for path in set(folder.glob(built_file("*"))) - kept:
        path.unlink()
        yield path.relative_to(folder).as_posix()
    keys = folder / KEYS
    known = keys.read_text(encoding="utf-8").split() if keys.is_file() else []
    if new := [key for key in dict.fromkeys(used) if key not in set(known)]:
        keys.write_text("\n".join([*known, *new]) + "\n", encoding="utf-8", newline="\n")
        yield KEYS
