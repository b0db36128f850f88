"""The map of the vocabulary: words near in meaning stand near each other, lit by how long they hold."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from tutor.config import WORD_MAP
from tutor.errors import DatabaseError
from tutor.long_work import Doing, Progress, Told, untold
from tutor.store import vocabulary
from tutor.store.library import KNOWN_FROM
from tutor.store.vocabulary import Word

if TYPE_CHECKING:
    from tutor.meaning.encoder import Vectors
    from tutor.meaning.projection import Points
    from tutor.meaning.regions import Region
    from tutor.practice import Tutor

log = logging.getLogger(__name__)

SHOWN = 1500
"""Words on a map: more could be neither told apart nor drawn quickly."""
WEEK, LONG = 7.0, 45.0
"""Stability (days) from which a word is lit more than one that is new, and from which it is lit fully."""
STAYS = 0.9
"""Of the words, what must have its place on the map for the others to be put between them. Else all are laid
out anew."""


class Light(IntEnum):
    """How brightly a word is lit."""

    UNMET = 0
    NEW = 1
    """It holds for less than a week."""
    LEARNING = 2
    """It holds for less than three weeks."""
    KNOWN = 3
    LASTING = 4
    """It holds for 45 days and more."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A word on the map."""

    item: str
    text: str
    meaning: str
    topic: str
    x: float
    y: float
    """From 0 to 1."""
    light: Light
    days: float | None
    """For how long it holds; None where that is not known from answers."""


@dataclass(frozen=True, slots=True)
class VocabularyMap:
    """What is shown to one learner."""

    spots: tuple[Spot, ...]
    """Those that hold longest first, then in the order of the course."""
    regions: tuple[Region, ...] = ()
    total: int = 0
    """How many words there are; of very many, not all are shown."""
    problem: str = ""
    """Why there is no map, in a sentence, where there cannot be one."""

    @property
    def lit(self) -> int:
        """How many were met."""
        return sum(spot.light > Light.UNMET for spot in self.spots)


def look(tutor: Tutor, told: Told = untold) -> VocabularyMap:
    """The map as it is now. Where it is not laid out yet, that takes a while, and can be stopped.

    Raises Cancelled, before the file is looked at, where nobody waits for it any more.
    """
    told(Progress(0, 1, Doing.MAPPING))
    places = _places(tutor, told)
    with tutor.database.read() as connection:
        words, total = vocabulary.of(connection, tutor.learner.id, SHOWN)
    if places is None:
        return VocabularyMap((), total=total, problem=tutor.meanings.problem)
    spots = [_spot(word, places[word.id]) for word in words if word.id in places]
    return VocabularyMap(tuple(spots), tuple(_regions(spots)), total)


def light(word: Word) -> Light:
    """How brightly a word is lit: by how long it holds on Read, by which the Library tells what is known."""
    if word.stability is None:
        return Light.KNOWN if word.known else Light.UNMET
    bounds = (WEEK, KNOWN_FROM, LONG)
    held = Light(Light.NEW + sum(word.stability >= bound for bound in bounds))
    return max(held, Light.KNOWN) if word.known else held


def _places(tutor: Tutor, told: Told) -> dict[str, tuple[float, float]] | None:
    """Where each word of the folder stands, by item; None with no encoder."""
    try:
        tutor.meanings.embed(told)
    except DatabaseError as error:
        # Nobody who only looks is told that nothing can be written now: what is there has to do.
        log.warning("no vectors were made: %s", error.message)
    vectors = tutor.meanings.vectors()
    if vectors is None:
        return None
    with tutor.database.read() as connection:
        every = vocabulary.every(connection)
    items, of_them = vectors.vectors(every)
    points = _laid_out(tutor, items, of_them, told)
    return dict(zip(items, map(tuple, points.tolist()), strict=True))


def _laid_out(tutor: Tutor, items: Sequence[str], vectors: Vectors, told: Told) -> Points:
    """From the file, as far as the words have their places there; kept there again where some have not."""
    import numpy as np

    from tutor.meaning import map_file, projection

    path = tutor.folder / WORD_MAP
    points = map_file.read(path, items, vectors)
    there = ~np.isnan(points[:, 0])
    if there.all():
        return points
    if there.mean() >= STAYS:
        points[~there] = projection.placed(vectors[~there], vectors[there], points[there], told)
    else:
        points = projection.laid_out(vectors, told)
    try:
        map_file.write(path, items, vectors, points)
    except OSError:
        # Without the file it only takes as long the next time.
        log.warning("the map could not be put into a file", exc_info=True)
    return points


def _spot(word: Word, place: tuple[float, float]) -> Spot:
    return Spot(word.id, word.text, word.meaning, word.topic, *place, light(word), word.stability)


def _regions(spots: Sequence[Spot]) -> list[Region]:
    import numpy as np

    from tutor.meaning.regions import regions

    points = np.array([(spot.x, spot.y) for spot in spots], np.float32).reshape(len(spots), 2)
    return regions(points, [spot.topic for spot in spots])
