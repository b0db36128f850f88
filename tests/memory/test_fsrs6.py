"""FSRS-6's formulas and learning steps, held to py-fsrs bit by bit."""

from __future__ import annotations

from datetime import timedelta

import fsrs
import pytest
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import example, given
from hypothesis import strategies as st

from tutor.memory.fold import State, fold, fuzz_range, midnight
from tutor.memory.parameters import DEFAULT, Parameters
from tutor.memory.review import Review

from .logs import MONDAY, answers

stabilities = st.floats(0.001, 36_500)
steps = st.lists(st.integers(1, 2000).map(lambda minutes: timedelta(minutes=minutes)), max_size=4).map(tuple)
parameters = st.builds(
    Parameters,
    weights=st.tuples(*map(st.floats, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS)),
    learning_steps=steps,
    relearning_steps=steps,
    desired_retention=st.floats(0.7, 0.97),
)


@given(st.just(DEFAULT) | parameters, answers(max_size=20))
def test_a_fold_equals_py_fsrs_fed_with_the_learners_days(told: Parameters, log: list[Review]) -> None:
    scheduler = fsrs.Scheduler(
        told.weights, told.desired_retention, told.learning_steps, told.relearning_steps, enable_fuzzing=False
    )
    card = fsrs.Card(card_id=1)
    for row in log:
        card, _ = scheduler.review_card(card, fsrs.Rating(row.rating), midnight(row.local_day))
    memory = fold(log, told)
    assert memory is not None
    assert (memory.stability, memory.difficulty) == (card.stability, card.difficulty)
    assert (memory.state, memory.step) == (card.state, card.step)
    last = midnight(log[-1].local_day)
    wait = card.due - last
    if memory.state is State.REVIEW:
        low, high = fuzz_range(wait.days)
        assert timedelta(days=low) <= memory.due - last <= timedelta(days=high)
    else:
        assert memory.due - log[-1].at == wait


@given(stabilities, st.integers(-3, 5000))
@example(5.0, -3)
def test_retrievability_equals_py_fsrs(stability: float, days: int) -> None:
    card = fsrs.Card(card_id=1, stability=stability, difficulty=5.0, last_review=midnight(MONDAY))
    theirs = fsrs.Scheduler().get_card_retrievability(card, midnight(MONDAY) + timedelta(days=days))
    assert DEFAULT.model.retrievability(stability, days) == theirs


@given(stabilities, st.floats(0.7, 0.97))
def test_the_interval_equals_py_fsrs(stability: float, retention: float) -> None:
    ours = Parameters(desired_retention=retention)
    theirs = fsrs.Scheduler(desired_retention=retention)
    assert ours.model.interval(stability) == theirs._next_interval(stability=stability)


@given(st.floats(1, 1000))
def test_recall_has_fallen_to_nine_tenths_after_as_many_days_as_the_stability(stability: float) -> None:
    assert DEFAULT.model.retrievability(stability, stability) == pytest.approx(0.9)
    assert DEFAULT.model.retrievability(stability, 0) == 1
