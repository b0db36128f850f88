"""A map of vectors: points in the unit square, near where the vectors are near in angle.

The two directions in which the vectors differ most keep a tenth of who is near whom, and put all else into
the middle. So they are only the start, from which t-SNE (van der Maaten and Hinton 2008) draws together what
is near and pushes the rest apart. It looks at each pair: of as many vectors as that takes a second or two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.long_work import Doing, Progress, Told, untold

if TYPE_CHECKING:
    import numpy.typing as npt

    from tutor.meaning.encoder import Vectors

    Points = npt.NDArray[np.float32]
    """Shape (vectors, 2), from 0 to 1."""
    Floats = npt.NDArray[np.float32]

MOST = 1000
"""Vectors that are laid out by each other; what is beyond is put beside the nearest of those."""

_STEPS, _DRAWN_TOGETHER = 400, 100
"""Steps of the layout, and those at the beginning in which neighbours are drawn together more than they are
near: it sorts out what belongs where."""
_TOGETHER = 12.0
_NEIGHBOURS = 20
"""How many neighbours count, roughly; the perplexity of t-SNE."""
_HALVINGS = 40
_SMALL = 1e-4
"""How far apart the points begin."""
_APART = 0.4
"""Of the room that each would have were they spread evenly, what is kept clear round each."""
_ROUNDS = 30
_NEAREST = 3
"""Those that decide where another one goes."""
_SHARP = 0.05
"""By how much less near a neighbour may be and still count by a third."""
_AT_ONCE = 4096
_GOLDEN = np.pi * (3 - np.sqrt(5))


def laid_out(vectors: Vectors, told: Told = untold) -> Points:
    """A point for each vector of unit length. The same vectors give the same points.

    Of more than `MOST`, some that stand evenly among them are laid out, and the others put between those.
    """
    if len(vectors) > MOST:
        chosen = np.linspace(0, len(vectors) - 1, MOST).astype(np.intp)
        points = np.empty((len(vectors), 2), np.float32)
        others = np.setdiff1d(np.arange(len(vectors)), chosen)
        points[chosen] = laid_out(vectors[chosen], told)
        points[others] = placed(vectors[others], vectors[chosen], points[chosen], told)
        return points
    if len(vectors) < 2:
        return np.full((len(vectors), 2), 0.5, np.float32)
    return _apart(_filling(_moved(_start(vectors), _affinities(vectors), told)))


def placed(vectors: Vectors, known: Vectors, points: Points, told: Told = untold) -> Points:
    """Points for vectors among others that have theirs: each is put beside those that are nearest to it."""
    found = np.empty((len(vectors), 2), np.float32)
    count = min(_NEAREST, len(known))
    room = 1 / np.sqrt(max(len(known), 1))
    for start in range(0, len(vectors), _AT_ONCE):
        told(Progress(start, len(vectors), Doing.MAPPING))
        part = slice(start, start + _AT_ONCE)
        close = vectors[part] @ known.T
        nearest = np.argpartition(close, -count, axis=1)[:, -count:]
        near = np.take_along_axis(close, nearest, axis=1)
        weights = np.exp((near - near.max(axis=1, keepdims=True)) / _SHARP)
        weights /= weights.sum(axis=1, keepdims=True)
        found[part] = np.einsum("nk,nkd->nd", weights, points[nearest])
    # A little beside, each to another side, or two that have the same neighbours would be one.
    return np.asarray(np.clip(found + 0.5 * room * _spiral(len(vectors)), 0, 1), np.float32)


def _start(vectors: Vectors) -> Floats:
    """The two directions in which they differ most, very small; what is alike stands beside each other."""
    centred = vectors - vectors.mean(axis=0)
    _sizes, directions = np.linalg.eigh(centred.T @ centred)
    flat = centred @ directions[:, -1:-3:-1]
    # The sign of a direction means nothing, and must not change the map.
    flat = flat * np.where(flat[np.abs(flat).argmax(axis=0), range(flat.shape[1])] < 0, -1, 1)
    wide = float(flat.std())
    flat = flat * (_SMALL / wide) if wide > _SMALL else np.zeros((len(vectors), 2))
    return np.asarray(flat + _SMALL / 10 * _spiral(len(vectors)), np.float32)


def _affinities(vectors: Vectors) -> Floats:
    """How much each pair belongs together; all of them sum to 1.

    For each vector the bounds of what is near are drawn so that it has `_NEIGHBOURS`, wherever it stands.
    """
    count = len(vectors)
    some = min(count - 1, 3 * _NEIGHBOURS)
    far = np.maximum(2 - 2 * (vectors @ vectors.T), 0)
    np.fill_diagonal(far, np.inf)
    nearest = np.argpartition(far, some - 1, axis=1)[:, :some]
    gaps = np.take_along_axis(far, nearest, axis=1)
    gaps -= gaps.min(axis=1, keepdims=True)
    wanted = np.log(min(_NEIGHBOURS, max(some / 3, 1)))
    low, high, sharp = np.zeros(count), np.full(count, np.inf), np.ones(count)
    for _halving in range(_HALVINGS):
        weights = np.exp(-gaps * sharp[:, None])
        total = weights.sum(axis=1)
        blurred = np.log(total) + sharp * (gaps * weights).sum(axis=1) / total > wanted
        low, high = np.where(blurred, sharp, low), np.where(blurred, high, sharp)
        sharp = np.where(np.isinf(high), np.minimum(sharp * 2, 1e6), (low + high) / 2)
    found = np.zeros((count, count), np.float32)
    np.put_along_axis(found, nearest, (weights / total[:, None]).astype(np.float32), axis=1)
    return (found + found.T) / np.float32(2 * count)


def _moved(points: Floats, affinities: Floats, told: Told) -> Floats:
    """The points, moved step by step to where near ones are together and others are not."""
    count = len(points)
    speed, gains = np.zeros_like(points), np.ones_like(points)
    rate = max(count / _TOGETHER / 4, 50.0)
    near, pull = np.empty((count, count), np.float32), np.empty((count, count), np.float32)
    for step in range(_STEPS):
        told(Progress(step, _STEPS, Doing.MAPPING))
        early = step < _DRAWN_TOGETHER
        squares = np.square(points).sum(axis=1)
        np.matmul(points, points.T, out=near)
        near *= -2
        near += squares[:, None]
        near += squares + 1
        # One and a square: rounding may take it below where the points are far out.
        np.maximum(near, 1, out=near)
        np.divide(1, near, out=near)
        np.fill_diagonal(near, 0)
        np.multiply(affinities, _TOGETHER if early else 1.0, out=pull)
        pull -= near / near.sum()
        pull *= near
        slope = 4 * (pull.sum(axis=1)[:, None] * points - pull @ points)
        gains = np.maximum(np.where((slope > 0) == (speed > 0), gains * 0.8, gains + 0.2), 0.01)
        speed = (0.5 if early else 0.8) * speed - rate * gains * slope
        points = points + speed
        points -= points.mean(axis=0)
    return points


def _filling(points: Floats) -> Points:
    """The points, brought to where they fill the unit square."""
    low = points.min(axis=0)
    size = np.ptp(points, axis=0)
    even = np.divide(points - low, size, out=np.full_like(points, 0.5), where=size > 0)
    return np.asarray(even, np.float32)


def _apart(points: Points) -> Points:
    """The points, those that lie on each other moved apart, so that each can be seen and pointed at."""
    wanted = _APART / np.sqrt(len(points))
    points = points + np.float32(wanted / 100) * _spiral(len(points))
    for _round in range(_ROUNDS):
        squares = np.square(points).sum(axis=1)
        near = squares[:, None] + squares - 2 * (points @ points.T) < wanted**2
        one, other = np.nonzero(np.triu(near, 1))
        if not len(one):
            break
        gaps = points[one] - points[other]
        far = np.linalg.norm(gaps, axis=1, keepdims=True) + np.float32(1e-9)
        push = gaps / far * np.maximum(wanted - far, 0) / 2
        np.add.at(points, one, push)
        np.subtract.at(points, other, push)
    return _filling(points)


def _spiral(count: int) -> Floats:
    """Points spread evenly in a circle round the middle, as the seeds of a sunflower are."""
    places = np.arange(count)
    far = np.sqrt((places + 0.5) / max(count, 1))
    turned = places * _GOLDEN
    return np.column_stack((far * np.cos(turned), far * np.sin(turned))).astype(np.float32)
