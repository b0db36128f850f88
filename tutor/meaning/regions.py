"""What a part of a map is about: the topic that most of the words in it have, where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tutor.meaning.projection import Points

_AROUND = 8
_MOST_OF_THEM = 0.6
"""Of a word and those around it, what must be of the topic for the place to be called by it."""


@dataclass(frozen=True, slots=True)
class Region:
    """A topic, and the place on the map where its words are closest together."""

    topic: str
    x: float
    y: float


def regions(points: Points, topics: Sequence[str]) -> list[Region]:
    """Those topics that are most of what stands around some place, the clearest first.

    A topic whose words are all over the map names none.
    """
    if len(points) <= _AROUND:
        return []
    squares = np.square(points).sum(axis=1)
    far = squares[:, None] + squares - 2 * (points @ points.T)
    around = np.argpartition(far, _AROUND, axis=1)[:, : _AROUND + 1]
    named = np.asarray(topics)
    found: list[tuple[float, int, Region]] = []
    for topic in sorted({one for one in topics if one}):
        of_it = named == topic
        share = np.where(of_it, of_it[around].mean(axis=1), 0)
        # Of places that are equally of the topic, the one in the middle of its words.
        middle = np.median(points[of_it], axis=0)
        best = np.lexsort((np.square(points - middle).sum(axis=1), -share))[0]
        if share[best] >= _MOST_OF_THEM:
            x, y = points[around[best]][of_it[around[best]]].mean(axis=0)
            found.append((-float(share[best]), -int(of_it.sum()), Region(topic, float(x), float(y))))
    return [region for _share, _count, region in sorted(found, key=lambda one: one[:2])]
