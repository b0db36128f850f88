"""The course that comes with the program, word by word."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tutor.course.item import Item
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
