"""The course that comes with the program, word by word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tutor.course.format import CourseFile
from tutor.course.item import Item, ItemKind
from tutor.course.reading import LessonContent
from tutor.drills.context import form_names
from tutor.memory.marking import Mark, mark
from tutor.resources import COURSES
from tutor.text import normal


def test_every_answer_of_the_course_is_exactly_itself(starter_items: list[Item]) -> None:
    wrong = [
        answer
        for item in starter_items
        for answers, english in (
            (item.means, True),
            ((item.text, *item.accept), False),
            ([form for forms in item.forms.values() for form in forms], False),
            ([part for sentence in item.sentences for part in (sentence.target, *sentence.accept)], False),
        )
        for answer in answers
        if mark(answer, [answer], english=english).mark is not Mark.EXACT
    ]
    assert not wrong


def test_no_form_of_a_word_passes_for_another(starter_items: list[Item]) -> None:
    """Whatever form was asked for, another that the course lists is never right, and no mere missing tail."""
    passed = []
    for item in starter_items:
        names = form_names(item)
        for wanted in {form for forms in item.forms.values() for form in forms}:
            for written in names.keys() - {normal(wanted)}:
                found = mark(written, [wanted], base=item.text, form_names=names).mark
                if found in (Mark.EXACT, Mark.SLIP, Mark.TAIL):
                    passed.append((item.text, written, wanted))
    assert not passed


def test_every_item_says_what_it_means_and_how_it_sounds(starter_items: list[Item]) -> None:
    assert all(item.text.strip() and all(meaning.strip() for meaning in item.means) for item in starter_items)
    assert all(sentence.translation.strip() for item in starter_items for sentence in item.sentences)


def test_the_course_says_that_no_native_speaker_has_checked_it_until_one_has(starter_course: object) -> None:
    assert starter_course.checked_by_native is False  # type: ignore[attr-defined]


@pytest.mark.parametrize("file", sorted(COURSES.rglob("*.yaml")), ids=lambda file: file.name)
def test_a_phone_that_has_no_fast_yaml_reads_the_same(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert yaml.load(text, yaml.SafeLoader) == yaml.load(text, yaml.CSafeLoader)


def test_the_phrases_that_a_beginner_hears_first_are_in_it(
    shared: Path, starter_lessons: list[LessonContent]
) -> None:
    """Those that the small speech model knows, whatever the order and the name in them."""
    taught = " | ".join(
        normal(text)
        for content in starter_lessons
        for text in (
            *(extra.text for extra in content.lesson.extras),
            *(text for item in content.items for text in (item.text, *item.accept)),
        )
    )
    heard = (shared / "models/whisper-pl-fixture/phrases.txt").read_text(encoding="utf-8").split("\n")
    missing = {phrase for phrase in map(normal, heard) if phrase and phrase not in taught}
    # *Jestem z Anglii* is what its learners say of themselves; *Jutro będzie słońce* is stiff.
    assert missing <= {"jestem z polski", "jutro będzie słońce", "chciałbym kawę z mlekiem"}


def test_it_is_whole(starter_course: CourseFile, starter_lessons: list[LessonContent]) -> None:
    assert starter_course.complete
    assert len(starter_lessons) == 30
    assert [len(unit.lessons) for unit in starter_course.units] == [5] * 6
    items = [item for content in starter_lessons for item in content.items]
    words = [item for item in items if item.kind is ItemKind.WORD]
    assert len(words) >= 450
    assert len(items) - len(words) >= 330


def test_each_word_is_told_in_full(starter_items: list[Item]) -> None:
    words = [item for item in starter_items if item.kind is ItemKind.WORD]
    lacking = {
        item.text
        for item in words
        if not item.ipa
        or len(item.sentences) < 3
        or (item.pos in {"noun", "verb", "adjective"} and len(item.forms) < 3)
        or (item.pos == "verb" and not item.aspect)
        or (item.rank is None and " " not in item.text)
    }
    assert not lacking
    without = [item.text for item in words if not item.collocations]
    assert len(without) < len(words) / 5, without
    assert len([item for item in words if item.partner]) > 40
    assert len([item for item in words if item.false_friend]) > 10


SPEAKER = re.compile(r"\((?:[^)]* )?(?:a |two |several )?(?:man|men|woman|women|people|boy|girl)\b[^)]*\)")
ENDINGS = re.compile(r"\w+[aąeęiyu]ł(?:em|am|bym|abym)|(?:po|wy|przy)?(?:szedłem|szłam)")
BOTH_FORMS = re.compile(r"łem\b.*łam\b|łam\b.*łem\b|łbym\b.*łabym\b|łabym\b.*łbym\b")


def test_who_speaks_is_marked_where_polish_shows_it(starter_items: list[Item]) -> None:
    """Where a form is asked for that only men or only women say, the English tells, or both are right."""
    unmarked = [
        (sentence.text, sentence.translation)
        for item in starter_items
        for sentence in item.sentences
        if ENDINGS.fullmatch(sentence.target)
        and not SPEAKER.search(sentence.translation)
        and not BOTH_FORMS.search(" ".join((sentence.target, *sentence.accept)))
    ]
    assert not unmarked


@pytest.mark.parametrize(
    ("one", "other"),
    [("iść", "jechać"), ("wiedzieć", "znać"), ("uczyć się", "uczyć"), ("móc", "umieć"),
     ("słyszeć", "słuchać"), ("chodzić", "iść"), ("jeździć", "jechać")],
)  # fmt: skip
def test_famous_pairs_are_told_apart(starter_items: list[Item], one: str, other: str) -> None:
    pytest.importorskip("morfeusz2", reason="forms are told by morfeusz2, which is not installed")
    from tutor.course.morphology import Morphology

    morphology = Morphology()

    def lemmas(text: str) -> set[str]:
        return {reading.lemma for word in normal(text).split() for reading in morphology.readings(word)}

    verb = other.removesuffix(" się")
    told = [
        frame
        for item in starter_items
        if item.text in (one, other)
        for frame in item.nuances
        if frame.because and {one.removesuffix(" się"), verb} <= lemmas(" ".join((frame.right, *frame.wrong)))
    ]
    assert told
