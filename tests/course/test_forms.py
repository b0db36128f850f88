"""Names of inflected forms."""

from __future__ import annotations

import pytest

from tutor.course.forms import form_name
from tutor.course.item import Item


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("acc.sg", "accusative singular"),
        ("gen.pl", "genitive plural"),
        ("nom.sg.f", "nominative singular feminine"),
        ("prs.3sg", "present (he, she, it)"),
        ("pst.m.1sg", "past masculine I"),
        ("inf", "infinitive"),
        ("strange.sg", "strange singular"),
    ],
)
def test_a_form_is_named_in_words(label: str, name: str) -> None:
    assert form_name(label) == name


def test_no_form_of_the_starter_course_is_named_by_an_abbreviation(starter_items: list[Item]) -> None:
    labels = {label for item in starter_items for label in item.forms}
    short = {
        label for label in labels if {p for p in label.split(".") if len(p) < 5} & {*form_name(label).split()}
    }
    assert labels
    assert not short
