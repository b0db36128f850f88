"""Answers that say something else than what was asked for: negated, of another person, of another number.

Each is made of a phrase of the course by its tables of forms, and differs from it in nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tutor.course.item import Item, ItemKind
from tutor.drills.produce import produce
from tutor.text import normal

_TENSES = ("prs", "fut", "pst")
_NOT = "nie"
_PERSONS = ("1sg", "2sg", "3sg", "1pl", "2pl", "3pl")


class Contradiction(NamedTuple):
    """A phrase, what was made of it, and what of it was changed: negation, person or number."""

    item: Item
    response: str
    kind: str


class _Form(NamedTuple):
    item: Item
    label: str


def contradictions(items: Iterable[Item]) -> Iterator[Contradiction]:
    """All of a course. What its own list of right answers holds is none."""
    listed = list(items)
    table: dict[str, list[_Form]] = defaultdict(list)
    for item in listed:
        for label, forms in item.forms.items():
            for form in forms:
                table[normal(form)].append(_Form(item, label))
    for item in listed:
        if item.kind is ItemKind.PHRASE:
            right = {normal(text) for text in produce(item).accepted}
            words = normal(item.text).split()
            for kind, made in _changed(words, table):
                response = " ".join(made)
                if response not in right:
                    yield Contradiction(item, response, kind)


def _changed(words: list[str], table: dict[str, list[_Form]]) -> Iterator[tuple[str, list[str]]]:
    if _NOT in words:
        at = words.index(_NOT)
        yield "negation", words[:at] + words[at + 1 :]
    for at, word in enumerate(words):
        for form in table.get(word, ()):
            if form.item.pos == "verb" and form.label.startswith(_TENSES):
                if _NOT not in words:
                    yield "negation", [*words[:at], _NOT, *words[at:]]
                yield from (
                    ("person", [*words[:at], other, *words[at + 1 :]]) for other in _other_persons(form, word)
                )
            elif form.item.pos == "noun" and form.label.count(".") == 1:
                case, number = form.label.split(".")
                others = form.item.forms.get(f"{case}.{'pl' if number == 'sg' else 'sg'}", ())
                yield from (
                    ("number", [*words[:at], normal(other), *words[at + 1 :]])
                    for other in others[:1]
                    if normal(other) != word
                )


def _other_persons(form: _Form, word: str) -> Iterator[str]:
    tense, person, *rest = form.label.split(".")
    for other in _PERSONS:
        found = form.item.forms.get(".".join([tense, other, *rest]), ())
        if other != person and found and normal(found[0]) != word:
            yield normal(found[0])
