"""How well a memory model foretells: what it expected of each answer, and what came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tutor.memory.fold import fold
from tutor.memory.parameters import Parameters
from tutor.memory.review import Kind, Review, fold_order


class Foretold(NamedTuple):
    """An answer given on a later day than the one before it."""

    review: Review
    expected: float
    """The recall that the model expected, 0 to 1."""
    stability: float
    """Before the answer, in days."""

    @property
    def recalled(self) -> bool:
        """Whether it was right, or nearly."""
        return self.review.rating is not None and self.review.rating > 1


def foretold(log: Sequence[Review], parameters: Parameters, since: str = "") -> Iterator[Foretold]:
    """The answers of one card's log that could be foretold, in their order; from the day `since` on."""
    ordered = sorted(log, key=fold_order)
    for number, review in enumerate(ordered):
        if review.kind is not Kind.ANSWER or review.local_day.isoformat() < since:
            continue
        before = fold(ordered[:number], parameters)
        days = (review.local_day - before.last_day).days if before else 0
        if before and days > 0:
            expected = parameters.model.retrievability(before.stability, days)
            yield Foretold(review, expected, before.stability)
