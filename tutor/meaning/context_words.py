"""Words that go with a word: near it in meaning and not the same, from what the learner is just learning."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.meaning.vector_file import VectorFile

NEAR, FAR = 0.15, 0.50
"""Cosine distances between which a word fits another; nearer ones mean almost the same."""
NEARER, FARTHER = 0.10, 0.70
"""The same where too few fit."""
MOST = 3


@dataclass(frozen=True, slots=True)
class ContextWord:
    """An item that goes with the target."""

    item: str
    distance: float | None
    """Cosine distance; None where it was taken at random, for want of any that fit."""


def context_words(
    target: str,
    pools: Sequence[Sequence[str]],
    vectors: VectorFile | None,
    rng: Random,
    most: int = MOST,
    akin: Set[str] = frozenset(),
) -> list[ContextWord]:
    """One to `most` words that go with `target`, fewer only where the pools hold fewer.

    `pools` hold items, those to be preferred first: what is due and being learned, then what the course
    has. All pools are searched for words that fit before the bounds are widened, and then words are drawn at
    random, those that are `akin` in some other way before the rest. The same arguments give the same words.
    """
    chosen: dict[str, ContextWord] = {}
    if vectors is not None and target in vectors:
        far = [
            list(vectors.distances(target, (item for item in pool if item != target)).items())
            for pool in pools
        ]
        for least, greatest in ((NEAR, FAR), (NEARER, FARTHER)):
            for found in far:
                fits = [one for one in found if least <= one[1] <= greatest and one[0] not in chosen]
                for item, distance in rng.sample(fits, min(len(fits), most - len(chosen))):
                    chosen.setdefault(item, ContextWord(item, distance))
    for pool in (*([item for item in pool if item in akin] for pool in pools), *pools):
        left = [item for item in dict.fromkeys(pool) if item != target and item not in chosen]
        for item in rng.sample(left, min(len(left), most - len(chosen))):
            chosen[item] = ContextWord(item, None)
    return list(chosen.values())
