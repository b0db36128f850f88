"""Where in a course a learner stands, found with a few questions, each chosen by the answers before it.

A word's place and the learner's stand are shares of the course, from 0 at its beginning to 1 at its end.
The model is the three-parameter logistic one of item response theory (Birnbaum, 1968) with equal slopes;
the stand is the mean of its distribution after the answers (expected a posteriori).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import exp
from typing import NamedTuple

QUESTIONS = 12

_SLOPE = 12.0
"""How fast words grow unknown around one's stand: from nine in ten to one in ten over 0.37 of the course."""
_GUESS = 0.25
"""A right answer by chance, one option of four."""
_STANDS = tuple(number / 40 for number in range(41))
_KNOWN = 0.7
"""A word that is known with this probability is taken for known, and asked again within two weeks."""


class Given(NamedTuple):
    """An answer."""

    place: float
    right: bool


def stand(answers: Sequence[Given]) -> float:
    """Where the learner stands, by the answers so far; before the first a little below the middle."""
    weights = [_likelihood(at, answers) for at in _STANDS]
    return sum(at * weight for at, weight in zip(_STANDS, weights, strict=True)) / sum(weights)


def next_place(places: Sequence[float], asked: Collection[int], answers: Sequence[Given]) -> int | None:
    """Which of the places to ask next: that nearest to where the learner seems to stand.

    None where enough was asked, or all of them.
    """
    left = [number for number in range(len(places)) if number not in asked]
    if len(answers) >= QUESTIONS or not left:
        return None
    here = stand(answers)
    return min(left, key=lambda number: (abs(places[number] - here), number))


def known(place: float, at: float) -> bool:
    """Whether who stands `at` probably knows a word with this place."""
    return _knows(place, at) >= _KNOWN


def _knows(place: float, at: float) -> float:
    return 1 / (1 + exp(-_SLOPE * (at - place)))


def _likelihood(at: float, answers: Sequence[Given]) -> float:
    """How well a stand explains the answers. Before them, lower ones are likelier: most people begin."""
    found = 1 - 0.6 * at
    for place, right in answers:
        chance = _GUESS + (1 - _GUESS) * _knows(place, at)
        found *= chance if right else 1 - chance
    return found
