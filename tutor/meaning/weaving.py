"""A passage woven of sentences: about words that are near each other, one leading to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

FEWEST, MOST = 8, 10
"""Words that a passage is woven around."""
SHORTEST, LONGEST = 40, 120
"""Words of a passage."""
_CENTRES = 4
"""Words around which a passage could be, of which the one with the nearest others is taken."""

Closeness = Mapping[tuple[str, str], float]
"""How near two words are, by their ids in order: cosines. What is not there is near nothing."""


@dataclass(frozen=True, slots=True)
class Strand:
    """A word and a sentence that it could stand in."""

    item: str
    length: int
    """Words of the sentence."""
    due: bool


def weave(strands: Sequence[Strand], near: Closeness, rng: Random) -> list[Strand]:
    """Strands of which a passage is made, in the order in which they are read.

    Eight to ten of them that are near each other, those that are due before others, of 40 to 120 words in
    all; fewer, or less, only where there is no more. The same arguments give the same passage.
    """
    if not strands:
        return []
    due = [strand for strand in strands if strand.due] or list(strands)
    centres = rng.sample(due, min(_CENTRES, len(due)))
    tries = [_around(centre, strands, near) for centre in centres]
    chosen = max(tries, key=lambda some: _together(some, near))
    return _in_order(chosen, near)


def _closeness(one: Strand, other: Strand, near: Closeness) -> float:
    return near.get((min(one.item, other.item), max(one.item, other.item)), 0.0)


def _around(centre: Strand, strands: Sequence[Strand], near: Closeness) -> list[Strand]:
    """The centre and those nearest to it, what is due first."""
    others = sorted(
        (strand for strand in strands if strand.item != centre.item),
        key=lambda strand: (not strand.due, -_closeness(centre, strand, near), strand.item),
    )
    chosen, length = [centre], centre.length
    for strand in others:
        enough = len(chosen) >= FEWEST and length >= SHORTEST
        full = len(chosen) >= MOST and length >= SHORTEST
        if full or (enough and not strand.due):
            break
        if length + strand.length <= LONGEST:
            chosen.append(strand)
            length += strand.length
    return chosen


def _together(some: Sequence[Strand], near: Closeness) -> float:
    """How near the first is to the others, on the whole."""
    return sum(_closeness(some[0], other, near) for other in some[1:])


def _in_order(some: Sequence[Strand], near: Closeness) -> list[Strand]:
    """Each followed by the one of the rest that is nearest to it."""
    ordered, rest = [some[0]], list(some[1:])
    while rest:
        following = max(rest, key=lambda strand: (_closeness(ordered[-1], strand, near), strand.item))
        rest.remove(following)
        ordered.append(following)
    return ordered
