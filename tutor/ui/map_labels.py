"""Which names are written on the map, and where: as many as can be read, none over another or over a dot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

LETTER = 0.58
"""The width of a letter, as a share of its size: rather more than most have."""
LINE = 1.25
_CELL = 48.0
_ASIDE = 3.0


class Box(NamedTuple):
    """A part of the map, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether both have a pixel in common."""
        return (
            self.left < other.right and other.left < self.right
            and self.top < other.bottom and other.top < self.bottom
        )  # fmt: skip

    def is_within(self, other: Box) -> bool:
        """Whether no pixel of it is outside the other."""
        return (
            other.left <= self.left and self.right <= other.right
            and other.top <= self.top and self.bottom <= other.bottom
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """Something to be written, at a place."""

    text: str
    x: float
    y: float
    radius: float = 0.0
    """Of the dot whose name it is; none where the name itself stands at the place."""
    lit: bool = False
    """Whether it is a dot that must be seen, and whose name may lie over those that need not."""


class _Taken:
    """What room is taken, found by where it is."""

    def __init__(self) -> None:
        self._cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)

    def take(self, box: Box) -> None:
        for cell in self._of(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box) -> bool:
        return not any(box.meets(other) for cell in self._of(box) for other in self._cells.get(cell, ()))

    @staticmethod
    def _of(box: Box) -> Iterator[tuple[int, int]]:
        across = range(int(box.left // _CELL), int(box.right // _CELL) + 1)
        return product(across, range(int(box.top // _CELL), int(box.bottom // _CELL) + 1))


def written(
    regions: Sequence[Name], dots: Sequence[Name], letter: float, ground: Box
) -> tuple[list[tuple[Name, Box]], list[tuple[Name, Box]]]:
    """The names of regions and of dots that have room, each with its own; earlier ones go first.

    A region's name may lie over dots that are not lit, for it stands for them, and so may that of a lit dot.
    """
    names, lit, every = _Taken(), _Taken(), _Taken()
    for dot in dots:
        box = Box(dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius)
        every.take(box)
        if dot.lit:
            lit.take(box)
    of_regions = _fitted(((name, over(name, letter)) for name in regions), [names, lit], ground)
    of_dots = _fitted(((dot, beside(dot, letter)) for dot in dots if dot.lit), [names, lit], ground)
    of_dots += _fitted(((dot, beside(dot, letter)) for dot in dots if not dot.lit), [names, every], ground)
    return of_regions, of_dots


def _fitted(
    wanted: Iterable[tuple[Name, list[Box]]], taken: Sequence[_Taken], ground: Box
) -> list[tuple[Name, Box]]:
    found = []
    for name, boxes in wanted:
        for box in boxes:
            if box.is_within(ground) and all(one.is_free(box) for one in taken):
                taken[0].take(box)
                found.append((name, box))
                break
    return found


def over(name: Name, letter: float) -> list[Box]:
    """Where a region's name may stand: at its place, or up to two lines above or below."""
    wide, high = len(name.text) * LETTER * letter, LINE * letter
    tops = [name.y - high / 2 + lines * high for lines in (0, -0.5, 0.5, -1, 1, -1.5, 1.5, -2, 2)]
    return [Box(name.x - wide / 2, top, name.x + wide / 2, top + high) for top in tops]


def beside(dot: Name, letter: float) -> list[Box]:
    """Where a dot's name may stand: right of it, left, above or below."""
    wide, high = len(dot.text) * LETTER * letter, LINE * letter
    gap = dot.radius + _ASIDE
    left, top = dot.x - wide / 2, dot.y - high / 2
    corners = (
        (dot.x + gap, top), (dot.x - gap - wide, top), (left, dot.y - gap - high), (left, dot.y + gap),
    )  # fmt: skip
    return [Box(x, y, x + wide, y + high) for x, y in corners]
