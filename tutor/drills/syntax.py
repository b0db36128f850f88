"""SYNTAX: a meaning and the words of its sentence in disorder; put them in order and leave one out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from tutor.course.item import Item, Sentence
from tutor.drills.context import form_names
from tutor.drills.drill import Ask, Drill
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track
from tutor.text import normal

FEWEST_WORDS, MOST_WORDS = 3, 12
"""Two words have no order worth asking; more than twelve are a puzzle, not a sentence."""

_AROUND = re.compile(r"^[^\w]+|[^\w]+$")


def syntax(item: Item, neighbours: Sequence[Item], rng: Random) -> Drill | None:
    """A SYNTAX drill on one of the item's sentences; None where none is short enough or nothing is spare."""
    fitting = [s for s in item.sentences if FEWEST_WORDS <= len(s.text.split()) <= MOST_WORDS]
    if not fitting:
        return None
    sentence = rng.choice(fitting)
    words = pieces_of(sentence, {normal(form) for other in (item, *neighbours) for form in _texts(other)})
    right = {*words, *sentence.accept, *item.accept, *item.forms.get(sentence.form, ())}
    spares = _spares(item, neighbours, {normal(word) for word in right})
    if not spares:
        return None
    pieces = [*words, rng.choice(spares)]
    rng.shuffle(pieces)
    return Drill(
        item=item,
        track=Track.VISUAL,
        mode=Mode.SYNTAX,
        ask=Ask.ORDER,
        task=_("Build the sentence; one word is left over"),
        prompt=sentence.translation,
        answer=sentence.text,
        accepted=(sentence.text, *sentence.orders),
        pieces=tuple(pieces),
        sentence=sentence,
        say=sentence.text,
        say_after=True,
        direction="en-pl",
        form_names=form_names(item),
        why=sentence.because or item.note,
    )


def pieces_of(sentence: Sentence, taught: set[str]) -> list[str]:
    """The words of a sentence without punctuation. A capital that only says "first" is gone."""
    words = [word for word in (_AROUND.sub("", part) for part in sentence.text.split()) if word]
    first = words[0]
    if first.casefold() in taught and first[1:] == first[1:].lower():
        words[0] = first.lower()
    return words


def _spares(item: Item, neighbours: Sequence[Item], right: set[str]) -> list[str]:
    """Words that do not belong: other forms of the item, or else words of its neighbours."""
    own = sorted({form for forms in item.forms.values() for form in forms if " " not in form})
    spares = [form for form in own if normal(form) not in right]
    if spares:
        return spares
    return [
        other.text
        for other in neighbours
        if other.id != item.id and " " not in other.text and normal(other.text) not in right
    ]


def _texts(item: Item) -> list[str]:
    return [item.text, *(form for forms in item.forms.values() for form in forms)]
