"""SYNTAX: a meaning and the words of its sentence in disorder; put them in order and leave one out."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tutor.course.item import Item
from tutor.drills.context import form_names
from tutor.drills.drill import Ask, Drill
from tutor.drills.pieces import other_forms, words_of
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track
from tutor.text import normal

FEWEST_WORDS, MOST_WORDS = 3, 12
"""Two words have no order worth asking; more than twelve are a puzzle, not a sentence."""


def syntax(item: Item, neighbours: Sequence[Item], rng: Random) -> Drill | None:
    """A SYNTAX drill on one of the item's sentences; None where none is short enough or nothing is spare."""
    fitting = [s for s in item.sentences if FEWEST_WORDS <= len(s.text.split()) <= MOST_WORDS]
    if not fitting:
        return None
    sentence = rng.choice(fitting)
    words = words_of(sentence)
    spares = _spares(item, neighbours, [*words, *sentence.accept, *item.accept,
                                        *item.forms.get(sentence.form, ())])  # fmt: skip
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


def _spares(item: Item, neighbours: Sequence[Item], right: Sequence[str]) -> list[str]:
    """Words that do not belong: other forms of the item, or else words of its neighbours."""
    known = {normal(word) for word in right}
    return other_forms(item, right) or [
        other.text
        for other in neighbours
        if other.id != item.id and " " not in other.text and normal(other.text) not in known
    ]
