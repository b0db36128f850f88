"""What the fold is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import fsrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tutor.memory.fold import midnight
from tutor.memory.parameters import DEFAULT, Parameters

from .logs import MONDAY

stabilities = st.floats(0.001, 36_500)
retentions = st.floats(0.7, 0.97)


@given(stabilities, st.integers(-3, 5000))
@example(5.0, -3)
def test_retrievability_equals_py_fsrs(stability: float, days: int) -> None:
    card = fsrs.Card(card_id=1, stability=stability, difficulty=5.0, last_review=midnight(MONDAY))
    theirs = fsrs.Scheduler().get_card_retrievability(card, midnight(MONDAY) + timedelta(days=days))
    assert DEFAULT.retrievability(stability, days) == pytest.approx(theirs, rel=1e-12)


@given(stabilities, retentions)
def test_the_interval_equals_py_fsrs(stability: float, retention: float) -> None:
    ours = Parameters(desired_retention=retention)
    theirs = fsrs.Scheduler(desired_retention=retention)
    assert ours.interval(stability) == theirs._next_interval(stability=stability)


@given(st.floats(1, 1000))
def test_recall_has_fallen_to_nine_tenths_after_as_many_days_as_the_stability(stability: float) -> None:
    assert DEFAULT.retrievability(stability, stability) == pytest.approx(0.9)
    assert DEFAULT.retrievability(stability, 0) == 1


def test_the_weights_are_fsrs_6_with_its_own_fuzz_off() -> None:
    assert DEFAULT.weights == fsrs.scheduler.DEFAULT_PARAMETERS
    assert len(DEFAULT.weights) == 21
    assert not DEFAULT.scheduler.enable_fuzzing


def test_a_set_is_known_by_a_hash_of_everything_that_changes_a_fold() -> None:
    assert Parameters().key == DEFAULT.key
    others = [
        replace(DEFAULT, weights=(*DEFAULT.weights[:20], 0.2)),
        replace(DEFAULT, learning_steps=(timedelta(minutes=2), timedelta(minutes=10))),
        replace(DEFAULT, relearning_steps=()),
        replace(DEFAULT, desired_retention=0.85),
    ]
    assert len({DEFAULT.key, *(other.key for other in others)}) == 5
