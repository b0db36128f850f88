"""What one word of a sentence is: its dictionary form, its meaning and which of its forms stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from tutor.course.forms import form_name
from tutor.course.item import Item, ItemKind, Sentence
from tutor.drills.context import form_names
from tutor.drills.drill import Drill
from tutor.i18n import _
from tutor.store import items
from tutor.text import normal, without_diacritics

if TYPE_CHECKING:
    from tutor.practice import Tutor

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ENDING = 2
"""Letters at the end of a dictionary form that may give way to an ending: `miły`, `miłego`."""
_UJE = "owac"
"""Verbs that lose more than that: `kosztować`, `kosztuje`."""


@dataclass(frozen=True, slots=True)
class Gloss:
    """What is told of a word. Where `withheld`, it is what is asked for, and nothing is told."""

    word: str
    """As it stands in the sentence."""
    base: str = ""
    """Its dictionary form, or the phrase that it is a part of; empty where it is not known here."""
    meaning: str = ""
    form: str = ""
    """The name of the form that stands there; empty for the dictionary form itself."""
    withheld: bool = False
    name: bool = False
    """Whether it is somebody's name, or a place's."""

    @property
    def told(self) -> str:
        """All that can be said of it, in one sentence or a few words."""
        if self.withheld:
            return _("That is for you to find. Answer first, then tap it again.")
        if self.name:
            return _("A name.")
        return self.meaning or _("Your course has not taught this word yet.")


def words_of(text: str) -> list[tuple[int, int]]:
    """Where the words of a text begin and end."""
    return [match.span() for match in _WORD.finditer(text)]


def look_up(tutor: Tutor, drill: Drill, text: str, at: int, *, answered: bool) -> Gloss:
    """The word of `text` that stands at `at`.

    Before the answer neither what is tested nor an option is told, and of the words beside them no form:
    an adjective's would give away its noun's.
    """
    start, end = next(((s, e) for s, e in words_of(text) if s <= at < e), (at, at))
    word = text[start:end]
    sentence, begins = _sentence_at(drill, text, at)
    with tutor.database.read() as connection:
        found = _item(connection, tutor, sentence, normal(word), start - begins)
        if not answered and _is_asked(connection, drill, word, found[0] if found else None):
            return Gloss(word, withheld=True)
        gloss = sentence.gloss if sentence else {}
        if found:
            return _of_item(*found, word, gloss, names_form=answered)
        key = _of_the_sentence(gloss, word)
        if key:
            return Gloss(word, key, gloss[key])
        if (sentence and word in sentence.names) or (start > begins and word[:1].isupper()):
            return Gloss(word, name=True)
        phrase = _phrase(connection, tutor, text, word) if answered else None
    return Gloss(word, phrase.text, phrase.meaning) if phrase else Gloss(word)


def _sentence_at(drill: Drill, text: str, at: int) -> tuple[Sentence | None, int]:
    """The sentence of a drill that stands at a place of a text, and where it begins there."""
    for sentence in drill.shown:
        begins = text.find(sentence.text)
        if 0 <= begins <= at < begins + len(sentence.text):
            return sentence, begins
    return None, 0


def _of_item(item: Item, label: str, word: str, gloss: Mapping[str, str], *, names_form: bool) -> Gloss:
    """What is told of a form of an item; its meaning as the sentence explains it, where it does."""
    form = form_name(label) if label else form_names(item).get(normal(word), "")
    plain = not label and normal(word) == normal(item.text)
    return Gloss(
        word, item.text, gloss.get(item.text, item.meaning), form if names_form and not plain else ""
    )


def _item(
    connection: Connection, tutor: Tutor, sentence: Sentence | None, word: str, at: int
) -> tuple[Item, str] | None:
    """The item that a word is a form of, with the label of the form where the course names it there."""
    placed = items.at_place(connection, sentence.id, at) if sentence else None
    found = tutor.items.load(connection, [placed[0]] if placed else items.with_form(connection, word))
    if not found:
        return None
    gloss = sentence.gloss if sentence else {}
    best = next((item for item in found if item.text in gloss), found[0])
    return best, placed[1] if placed else ""


def _is_asked(connection: Connection, drill: Drill, word: str, found: Item | None) -> bool:
    """Whether a word is what the drill asks for, or one of what it offers."""
    texts = [*drill.options, *drill.pieces, *drill.accepted]
    asked = {part for text in texts for part in normal(text).split()}
    if normal(word) in asked:
        return True
    tested = {drill.item.id} if drill.item else set()
    return found is not None and (
        found.id in tested or any(found.id in items.with_form(connection, part) for part in asked)
    )


def _phrase(connection: Connection, tutor: Tutor, text: str, word: str) -> Item | None:
    """The longest phrase of the course that stands in a text and has a word in it."""
    within = f" {normal(text)} "
    found = tutor.items.load(connection, items.phrases_with(connection, normal(word)))
    return next(
        (item for item in found if item.kind is ItemKind.PHRASE and f" {normal(item.text)} " in within),
        None,
    )


def _of_the_sentence(gloss: Mapping[str, str], word: str) -> str:
    """Which of the words that a sentence explains, in their dictionary form, this is a form of.

    By the longest beginning that they share, since a sentence explains no more than a few.
    """
    shared = {key: _alike(word, key) for key in gloss}
    best = max(shared, key=shared.__getitem__, default="")
    return best if best and shared[best] else ""


def _alike(word: str, key: str) -> int:
    """How many letters a word shares with a part of `key` of which it may be a form."""
    sought = without_diacritics(normal(word))
    best = 0
    for part in map(without_diacritics, normal(key).split()):
        shared = sum(
            1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(sought, part, strict=False))
        )
        stem = len(part) - (len(_UJE) if part.endswith(_UJE) else _ENDING)
        if part == sought or shared >= max(_ENDING, stem):
            best = max(best, shared + (part == sought))
    return best
