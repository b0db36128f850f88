"""Does an answer say the same in other words? Only what the accepted answers themselves show to be the same.

Two accepted answers that differ in one place show that what stands there in the one may stand there in the
other: *psa* and *pieska* after *małego*. An answer that can be made of an accepted one by such changes alone,
each beside the words beside which it was shown, says the same. No word comes in that is in none of them, and
nothing that negates comes or goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import and_, or_

from tutor.text import normal

NEAR = 0.6
"""Cosine from which an encoder may agree that two texts say the same; it never says so alone."""

_LONGEST = 3
"""Words that one change puts in or takes out, at most: longer ones are other sentences."""
_BEGIN, _END = "^", "$"

_NEGATIONS = frozenset(("nie", "nic", "nikt", "nigdy", "nigdzie", "żaden", "żadna", "żadne", "ani", "bez"))
_STEMS_OF_NEGATION = ("żadn", "nikog", "nikom", "nikim", "nicz")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Words that may stand for others, and the words beside which they were seen to."""

    out: Words
    into: Words
    left: str
    right: str

    def fits(self, left: str, right: str) -> bool:
        """Whether it may be made between two words: beside one of those where it was seen; both where a word
        only comes or goes.
        """
        before, after = left == self.left, right == self.right
        if not self.out or not self.into:
            return before and after
        return (before and (after or left != _BEGIN)) or (after and right != _END)


def same_in_other_words(response: str, accepted: Sequence[str]) -> str | None:
    """The accepted answer that a response says in other words; None where it says something else."""
    said: Words = tuple(normal(response).split())
    texts = {tuple(normal(text).split()): text for text in reversed(accepted)}
    if not said or not _is_made_of(said, texts):
        return None
    changes = changes_between(texts)
    for words in sorted(texts, key=lambda one: abs(len(one) - len(said))):
        if _can_become(words, said, changes):
            return texts[words]
    return None


def changes_between(texts: Iterable[Words]) -> frozenset[Change]:
    """Every change that two texts show that differ in one place, by no more words than they share.

    What negates neither comes nor goes.
    """
    listed = list(texts)
    found = set()
    for one in listed:
        for other in listed:
            before = _shared(one, other)
            after = _shared(one[before:][::-1], other[before:][::-1])
            out, into = one[before : len(one) - after], other[before : len(other) - after]
            most = min(_LONGEST, before + after)
            if max(len(out), len(into)) not in range(1, most + 1) or negations(out) != negations(into):
                continue
            left = one[before - 1] if before else _BEGIN
            right = one[len(one) - after] if after else _END
            found.add(Change(out, into, left, right))
    return frozenset(found)


def negations(words: Iterable[str]) -> int:
    """How many of the words turn what is said into its contrary."""
    return sum(word in _NEGATIONS or word.startswith(_STEMS_OF_NEGATION) for word in words)


def _is_made_of(said: Words, texts: Iterable[Words]) -> bool:
    """Whether its words stand side by side in one of the texts or another.

    It holds every word that all of them hold, and none more often than one of them does.
    """
    counts = [Counter(words) for words in texts]
    most = reduce(or_, counts, Counter[str]())
    if not (Counter(said) <= most and reduce(and_, counts) <= Counter(said)):
        return False
    beside = set().union(*map(_pairs, texts))
    return _pairs(said) <= beside


def _pairs(words: Words) -> set[tuple[str, str]]:
    """Which words stand side by side, the beginning and the end among them."""
    return set(pairwise((_BEGIN, *words, _END)))


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two texts share at their beginning."""
    for count, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return count
    return min(len(one), len(other))


def _can_become(words: Words, said: Words, changes: Iterable[Change]) -> bool:
    """Whether `words` become `said` by such changes, each in a place of its own."""
    todo, seen = [(0, 0)], {(0, 0)}
    while todo:
        i, j = todo.pop()
        if (i, j) == (len(words), len(said)):
            return True
        steps = []
        if i < len(words) and j < len(said) and words[i] == said[j]:
            steps.append((i + 1, j + 1))
        for change in changes:
            after, end = i + len(change.out), j + len(change.into)
            # What was just put in is not put in once more.
            again = not change.out and said[max(j - len(change.into), 0) : j] == change.into
            # The words beside it in what was said: what is right depends on those.
            left, right = said[j - 1] if j else _BEGIN, said[end] if end < len(said) else _END
            same = words[i:after] == change.out and said[j:end] == change.into
            if same and not again and change.fits(left, right):
                steps.append((after, end))
        for step in steps:
            if step not in seen:
                seen.add(step)
                todo.append(step)
    return False
