"""Two sequences of phones side by side: which stands for which, what is missing and what is too many."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.speech.phone_distance import substitution

INSERTION, DELETION = 0.7, 0.8
"""What a phone too many and one left out cost (docs/speech.md)."""

Pair = tuple[str | None, str | None]
"""Expected and heard; None where there is none."""


def align_phones(expected: Sequence[str], heard: Sequence[str]) -> list[Pair]:
    """The cheapest way from one sequence to the other: Needleman and Wunsch 1970, with phones' own costs."""
    rows, columns = len(expected) + 1, len(heard) + 1
    cost = [[j * INSERTION for j in range(columns)] for _row in range(rows)]
    came = [[(0, 1)] * columns for _row in range(rows)]
    for i in range(1, rows):
        phone, above, here = expected[i - 1], cost[i - 1], cost[i]
        here[0], came[i][0] = above[0] + DELETION, (1, 0)
        for j in range(1, columns):
            # Where two ways cost the same, phones stand for each other.
            here[j], came[i][j] = min(
                (above[j - 1] + substitution(phone, heard[j - 1]), (1, 1)),
                (above[j] + DELETION, (1, 0)),
                (here[j - 1] + INSERTION, (0, 1)),
                key=_first,
            )
    pairs: list[Pair] = []
    i, j = rows - 1, columns - 1
    while i or j:
        down, across = came[i][j]
        i, j = i - down, j - across
        pairs.append((expected[i] if down else None, heard[j] if across else None))
    pairs.reverse()
    return pairs


def _first(way: tuple[float, tuple[int, int]]) -> float:
    return way[0]


def cost_of(pairs: Sequence[Pair]) -> float:
    """What the differences cost together."""
    total = 0.0
    for expected, heard in pairs:
        if expected is None:
            total += INSERTION
        elif heard is None:
            total += DELETION
        else:
            total += substitution(expected, heard)
    return total
