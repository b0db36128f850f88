"""What a CONTEXT drill is made around: the sentences that suit the learner now, and the words beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from tutor.course.item import Item, ItemKind, Sentence
from tutor.text import normal

LONGEST = 9
"""Words of a sentence that is read in passing; longer ones come later."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Of one item, for one learner, now."""

    sentences: tuple[Sentence, ...]
    """Of the sentences that could be shown, those that suit best; a drill draws one of them."""
    company: tuple[str, ...] = ()
    """One to three words that the learner is learning and that go with it; none of them is tested."""
    beside: tuple[Sentence, ...] = ()
    """At most two sentences about the same, in which words of the company stand: for a passage."""
    confusable: Item | None = None
    """The word that it is taken for most easily."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that could be shown, and what speaks for it."""

    sentence: Sentence
    unknown: int
    """Its words that the learner has not met."""
    seen: bool
    """Whether it was shown lately."""
    held: int = 0
    """Words of the company in it."""
    closeness: float = 0.0
    """How near its meaning is to that of the company: a cosine."""


def fittest(candidates: Iterable[Candidate]) -> tuple[Sentence, ...]:
    """The better half of what suits, best first; empty only where there is nothing.

    What was shown lately is left out unless nothing else is there, then what has more than one unknown word;
    of the rest those come first that hold words of the company, are short, and are near in meaning.
    """
    left = list(candidates)
    for fresh in (True, False):
        fits = [one for one in left if not (fresh and one.seen)]
        least = min((max(one.unknown, 1) for one in fits), default=0)
        fits = [one for one in fits if max(one.unknown, 1) == least]
        if fits:
            fits.sort(key=_merit)
            return tuple(one.sentence for one in fits[: math.ceil(len(fits) / 2)])
    return ()


def _merit(one: Candidate) -> tuple[int, int, float, str]:
    too_long = max(len(one.sentence.text.split()) - LONGEST, 0)
    return -one.held, too_long, -one.closeness, one.sentence.id


def is_vouched_for(item: Item, sentence: Sentence) -> bool:
    """Whether the gap of a sentence holds a form that the item's table has under that label.

    A word without a table is vouched for as it is written, and a phrase by its own words.
    """
    target = normal(sentence.target)
    if not target:
        return False
    if item.kind is ItemKind.PHRASE:
        return f" {target} " in f" {normal(item.text)} "
    if not item.forms:
        return target in map(normal, (item.text, *item.accept))
    labelled = item.forms.get(sentence.form) if sentence.form else None
    known = labelled or (item.text, *(form for forms in item.forms.values() for form in forms))
    return any(target in (form, form.removesuffix(" się")) for form in map(normal, known))
