"""What the model expected of each answer is what the rows before it fold to."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tutor.memory.fold import fold
from tutor.memory.foretelling import foretold
from tutor.memory.parameters import DEFAULT
from tutor.memory.review import Kind, Review, fold_order

from .logs import MONDAY, logs


@given(logs(), st.integers(0, 60))
def test_what_was_expected_is_what_the_rows_before_fold_to(log: list[Review], since: int) -> None:
    ordered = sorted(log, key=fold_order)
    first = MONDAY + timedelta(days=since)
    expected = []
    for number, review in enumerate(ordered):
        before = fold(ordered[:number], DEFAULT)
        days = (review.local_day - before.last_day).days if before else 0
        if before and days > 0 and review.kind is Kind.ANSWER and review.local_day >= first:
            recall = DEFAULT.model.retrievability(before.stability, days)
            expected.append((review.id, recall, before.stability))
    told = [(one.review.id, one.expected, one.stability) for one in foretold(log, DEFAULT, first)]
    assert told == expected
