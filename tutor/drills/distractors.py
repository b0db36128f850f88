"""Wrong options that teach: near in meaning, look, sound or topic, never also true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from heapq import heapify, heappop
from random import Random

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tutor.course.item import Item
from tutor.text import normal, normal_english, sound, without_remarks

OPTIONS = 4
NEAR_EDITS = 2
"""Letters by which a look-alike differs, at most."""
NEAR_SOUNDS = 1
"""Signs of IPA by which a sound-alike differs, at most."""
SAME_MEANING, NEAR_MEANING = 0.2, 0.4
"""Cosine distances: what is nearer than the first may mean the same, up to the second it is a trap."""

Distances = Mapping[str, float]
"""How far in meaning other items are from one, by their ids: cosine distances."""

_NO_SOUND = dict.fromkeys(map(ord, "\u0361ˈˌ.[]/ "))
_LITTLE_WORDS = {
    "a", "an", "the", "to", "of", "be", "do", "in", "on", "at", "for", "with", "is", "are", "am", "it", "i",
    "you", "he", "she", "we", "they",
}  # fmt: skip


def choose_distractors(
    item: Item, neighbours: Sequence[Item], rng: Random, heard: str = "", distances: Distances | None = None
) -> list[Item]:
    """Up to three items whose meaning is surely wrong for `item`, best traps first.

    `neighbours` come with those already met first. Same part of speech before others; what looks or sounds
    alike or lies near in meaning, and the same topic, before the rest; nothing that means or sounds the same
    as `item` or another trap, and nothing that stands in the sentences that are `heard`.
    """
    far = distances or {}
    alike, same = likeness(item, neighbours, far), synonyms(item, neighbours, far)
    traps = [
        (
            other.pos != item.pos,
            -2 * bool(alike.get(place)) - (bool(item.topic) and other.topic == item.topic),
            rng.random(),
            place,
        )
        for place, other in enumerate(neighbours)
        if place not in same
    ]
    # Three of a hundred are wanted: a heap orders no more than it must.
    heapify(traps)
    right, wrong = [item, *homophones(item, neighbours)], list[Item]()
    while traps and len(wrong) < OPTIONS - 1:
        other = neighbours[heappop(traps)[3]]
        if not any(_confusable(other, one) for one in (*right, *wrong)) and not stands_in(other, heard):
            wrong.append(other)
    return wrong


def likeness(item: Item, others: Sequence[Item], distances: Distances) -> Counter[int]:
    """In how many ways others may be taken for `item`, by look, sound or meaning: by their places."""
    found = Counter(look_alikes(item.text, [other.text for other in others]))
    found.update(sound_alikes(item, others))
    if distances:
        found.update(
            place
            for place, other in enumerate(others)
            if SAME_MEANING <= distances.get(other.id, 1.0) <= NEAR_MEANING and not share_a_word(item, other)
        )
    return found


def synonyms(item: Item, others: Sequence[Item], distances: Distances) -> set[int]:
    """The places of words that could be as right: the course says so, or they lie too near to tell."""
    listed = {*map(normal, (*item.accept, item.partner))} - {""}
    return {
        place
        for place, other in enumerate(others)
        if (listed and normal(other.text) in listed) or distances.get(other.id, 1.0) < SAME_MEANING
    }


def most_confusable(item: Item, others: Sequence[Item], distances: Distances) -> Item | None:
    """The word of the same kind that is taken for `item` most easily, and means something else.

    The one that is alike in most ways, and of those the nearest in meaning; None where none is alike.
    """
    alike, same = likeness(item, others, distances), synonyms(item, others, distances)
    near = [
        (-ways, distances.get(others[place].id, 1.0), others[place].id, place)
        for place, ways in alike.items()
        if place not in same and _is_another(item, others[place])
    ]
    return others[min(near)[3]] if near else None


def _is_another(item: Item, other: Item) -> bool:
    """Whether a word is of the same kind and surely means something else."""
    return other.pos == item.pos and not _confusable(item, other) and not share_a_word(item, other)


def share_a_word(one: Item, other: Item) -> bool:
    """Whether a word that says something stands in the meanings of both."""
    return bool(_meaning_words(one) & _meaning_words(other))


def _meaning_words(item: Item) -> set[str]:
    words = {word for meaning in item.means for word in normal(without_remarks(meaning)).split()}
    return words - _LITTLE_WORDS


def sound_alikes(item: Item, others: Sequence[Item]) -> set[int]:
    """The places in `others` of words that differ from `item` by a sound, where IPA is written of both."""
    if not item.ipa:
        return set()
    heard = [_sounds(other.ipa) for other in others]
    found = process.extract(
        _sounds(item.ipa), heard, scorer=OSA.distance, score_cutoff=NEAR_SOUNDS, limit=None
    )
    return {place for ipa, signs, place in found if signs and ipa}


# Each of a hundred neighbours is asked for its sounds at each choice.
@lru_cache(maxsize=8192)
def _sounds(ipa: str) -> str:
    """A word's sounds, a sign for each, and none for stress, ties and breaks."""
    return ipa.translate(_NO_SOUND)


def look_alikes(text: str, others: Sequence[str]) -> set[int]:
    """The places in `others` of words that differ from `text` by one or two letters."""
    folded = [other.casefold() for other in others]
    found = process.extract(text.casefold(), folded, scorer=OSA.distance, score_cutoff=NEAR_EDITS, limit=None)
    return {place for _, edits, place in found if edits}


def stands_in(item: Item, said: str) -> bool:
    """Whether an item, in any form, is among words that are said."""
    within = f" {normal(said)} "
    texts = (item.text, *(form for forms in item.forms.values() for form in forms)) if said else ()
    return any(f" {normal(text)} " in within for text in texts)


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
