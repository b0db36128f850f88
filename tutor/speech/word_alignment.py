"""Expected words and heard words side by side, by their phones."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.speech.phone_alignment import Pair, align_phones, cost_of

_STEPS = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1))
"""One word for one, none for one, one too many, one heard as two, two heard as one."""


def align_words(
    expected: Sequence[Sequence[str]], heard: Sequence[Sequence[str]]
) -> tuple[list[list[Pair]], tuple[int, ...]]:
    """The aligned phones of each expected word, and which heard words stand for none.

    Words are matched whole before phones are: where *kawę* is left out of *proszę kawę*, it is not the end of
    *proszę* that is missing.
    """
    rows, columns = len(expected) + 1, len(heard) + 1
    best: list[list[tuple[float, int, int]]] = [[(0.0, 0, 0)] * columns for _row in range(rows)]
    pieces: dict[tuple[int, int, int, int], list[Pair]] = {}

    def between(i: int, down: int, j: int, across: int) -> list[Pair]:
        """Phones of `down` expected words that end at `i` and of `across` heard ones that end at `j`."""
        key = i, down, j, across
        if key not in pieces:
            pieces[key] = align_phones(
                [phone for word in expected[i - down : i] for phone in word],
                [phone for word in heard[j - across : j] for phone in word],
            )
        return pieces[key]

    for i in range(rows):
        for j in range(columns):
            if not i and not j:
                continue
            best[i][j] = min(
                (best[i - down][j - across][0] + cost_of(between(i, down, j, across)), down, across)
                for down, across in _STEPS
                if down <= i and across <= j
            )
    found: list[list[Pair]] = [[] for _word in expected]
    surplus: list[int] = []
    i, j = len(expected), len(heard)
    while i or j:
        _cost, down, across = best[i][j]
        pairs = between(i, down, j, across)
        i, j = i - down, j - across
        if down:
            _shared_out(pairs, expected[i : i + down], found[i : i + down])
        else:
            surplus.append(j)
    surplus.reverse()
    return found, tuple(surplus)


def _shared_out(pairs: Sequence[Pair], words: Sequence[Sequence[str]], into: Sequence[list[Pair]]) -> None:
    """Give the aligned phones of one or two expected words to each of them."""
    word = at = 0
    for pair in pairs:
        while pair[0] is not None and at == len(words[word]):
            word, at = word + 1, 0
        into[word].append(pair)
        at += pair[0] is not None
