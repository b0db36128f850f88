"""How well a memory model foretells: what it expected of each answer, and what came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from tutor.memory.fold import day_after, memory_of_seed
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


def foretold(log: Iterable[Review], parameters: Parameters, since: date = date.min) -> Iterator[Foretold]:
    """The answers of one card's log that could be foretold, in their order; from the day `since` on.

    What stood before each is what `fold` makes of the rows before it, found in one pass.
    """
    model = parameters.model
    stability = difficulty = 0.0
    last: date | None = None
    for review in sorted(log, key=fold_order):
        if review.kind is Kind.FORGET:
            last = None
            continue
        day = review.local_day if last is None else day_after(last, review.local_day)
        if review.kind is Kind.SEED:
            stability, difficulty = memory_of_seed(review)
        elif review.rating is not None:
            days = (day - last).days if last else 0
            if last is None:
                stability, difficulty = model.initial(review.rating)
            else:
                if days > 0 and review.local_day >= since:
                    yield Foretold(review, model.retrievability(stability, days), stability)
                stability, difficulty = model.next(stability, difficulty, max(days, 0), review.rating)
        last = day
