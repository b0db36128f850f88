"""Wrong options that teach: near in look or topic, never also true."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop
from random import Random

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tutor.course.item import Item
from tutor.text import normal, normal_english, sound

OPTIONS = 4
NEAR_EDITS = 2
"""Letters by which a look-alike differs, at most."""


def choose_distractors(item: Item, neighbours: Sequence[Item], rng: Random, heard: str = "") -> list[Item]:
    """Up to three items whose meaning is surely wrong for `item`, best traps first.

    `neighbours` come with those already met first. Same part of speech before others, look-alikes
    and the same topic before the rest; nothing that means or sounds the same as `item` or another trap,
    and nothing that stands in the sentences that are `heard`.
    """
    said = f" {normal(heard)} "
    traps = [
        (other.pos != item.pos, -(bool(item.topic) and other.topic == item.topic), rng.random(), place)
        for place, other in enumerate(neighbours)
    ]
    for place in look_alikes(item.text, [other.text for other in neighbours]):
        stranger, near, drawn, _ = traps[place]
        traps[place] = stranger, near - 2, drawn, place
    # Three of a hundred are wanted: a heap orders no more than it must.
    heapify(traps)
    right, wrong = [item, *homophones(item, neighbours)], list[Item]()
    while traps and len(wrong) < OPTIONS - 1:
        other = neighbours[heappop(traps)[3]]
        if not any(_confusable(other, one) for one in (*right, *wrong)) and not _stands_in(other, said):
            wrong.append(other)
    return wrong


def look_alikes(text: str, others: Sequence[str]) -> set[int]:
    """The places in `others` of words that differ from `text` by one or two letters."""
    folded = [other.casefold() for other in others]
    found = process.extract(text.casefold(), folded, scorer=OSA.distance, score_cutoff=NEAR_EDITS, limit=None)
    return {place for _, edits, place in found if edits}


def _stands_in(item: Item, said: str) -> bool:
    """Whether an item, in any form, is among words that are said."""
    texts = (item.text, *(form for forms in item.forms.values() for form in forms)) if said.strip() else ()
    return any(f" {normal(text)} " in said for text in texts)


def _confusable(one: Item, other: Item) -> bool:
    """Whether a learner who knows both could take one for the other's right answer."""
    if one.id == other.id or normal(one.text) == normal(other.text):
        return True
    return _sounds_like(one, other) or bool(meanings(one) & meanings(other))


def homophones(item: Item, neighbours: Sequence[Item]) -> list[Item]:
    """The neighbours that nobody can tell from `item` by ear."""
    return [other for other in neighbours if _sounds_like(item, other)]


def _sounds_like(one: Item, other: Item) -> bool:
    """Whether two items are homophones, by their IPA or, where nobody wrote it down, by their spelling."""
    if one.ipa and other.ipa:
        return one.ipa == other.ipa
    return sound(one.text) == sound(other.text)


def meanings(item: Item) -> set[str]:
    """Every English answer for an item, as answers are compared."""
    return {normal_english(meaning) for meaning in item.means}


def shuffled(right: str, wrong: Iterable[str], rng: Random) -> tuple[str, ...]:
    """The options in an order that tells nothing."""
    options = [right, *wrong]
    rng.shuffle(options)
    return tuple(options)
