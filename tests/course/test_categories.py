"""Parts of speech, genders and aspects are said in the language of the app."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tutor.course.categories import category
from tutor.course.item import Item, ItemKind
from tutor.i18n import use


@pytest.fixture
def polish() -> Iterator[None]:
    use("pl")
    yield
    use("en")


def test_every_word_of_the_course_is_described_in_polish(starter_items: list[Item], polish: None) -> None:
    words = [item for item in starter_items if item.kind is ItemKind.WORD]
    assert words
    for item in words:
        english = {item.pos, item.gender, item.animacy, item.aspect} - {""}
        assert not english & set(item.grammar.replace(",", "").split()), item.grammar


def test_what_a_learner_calls_a_word_stays(polish: None) -> None:
    assert category("Zwierzęta") == "Zwierzęta"
    assert category("") == ""
