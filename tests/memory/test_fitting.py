"""Weights are fitted to the earlier answers and scored on the later ones."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from math import log
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import FittingError
from tutor.memory import fitting
from tutor.memory.fitting import FEWEST_ANSWERS, Answer, fit, log_loss
from tutor.memory.fsrs6 import AGAIN, GOOD, Fsrs6
from tutor.memory.parameters import DEFAULT, Parameters

FORGETFUL = Parameters(weights=(0.05, 0.2, 0.6, 1.5, *DEFAULT.weights[4:8], 0.6, *DEFAULT.weights[9:])).model
"""Someone whose memory begins a quarter as long and grows a quarter as fast."""


def practised(model: Fsrs6, cards: int, answers: int, seed: int = 1) -> list[list[Answer]]:
    """Cards of somebody whose memory is `model`, asked when the default parameters say so."""
    rng = Random(seed)
    found = []
    for _card in range(cards):
        day, history = rng.randrange(60), []
        truth = planned = (0.0, 0.0)
        for number in range(answers):
            if number:
                gap = DEFAULT.model.interval(planned[0])
                day += gap
                recalled = rng.random() < model.retrievability(truth[0], gap)
                rating = GOOD if recalled else AGAIN
                truth = model.next(*truth, gap, rating)
                planned = DEFAULT.model.next(*planned, gap, rating)
            else:
                rating = GOOD
                truth, planned = model.initial(rating), DEFAULT.model.initial(rating)
            at = (date(2026, 1, 1) + timedelta(days=day)).isoformat()
            history.append(Answer(at, day, rating))
        found.append(history)
    return found


def test_weights_fitted_to_somebody_foretell_their_later_answers_better() -> None:
    fitted = fit(practised(FORGETFUL, 300, 6), DEFAULT)
    assert fitted.better
    assert fitted.loss_after < 0.98 * fitted.loss_before
    assert fitted.answers == 1800
    assert Parameters(weights=fitted.weights), "within the bounds of FSRS-6"


def test_weights_are_not_kept_where_those_in_use_foretell_as_well() -> None:
    """What fits the earlier answers of somebody average is mostly chance."""
    verdicts = [fit(practised(DEFAULT.model, 60, 8, seed), DEFAULT) for seed in range(6)]
    assert not all(fitted.better for fitted in verdicts)


def test_the_answers_that_score_are_later_than_those_that_were_fitted_to() -> None:
    histories = practised(FORGETFUL, 100, 6)
    result = fit(histories, DEFAULT)
    times = sorted(answer.at for history in histories for answer in history[1:])
    later_from = times[int(0.8 * len(times))]
    assert result.scored == sum(at >= later_from for at in times)
    assert 0.15 < result.scored / len(times) < 0.25
    changed = [
        [a if a.at < later_from else a._replace(rating=AGAIN) for a in history] for history in histories
    ]
    other = fit(changed, DEFAULT)
    assert other.weights == result.weights, "later answers have no say in the weights"
    assert other.loss_after != result.loss_after


def test_too_few_answers_are_told_with_how_many_there_are() -> None:
    histories = practised(FORGETFUL, 57, 7)
    with pytest.raises(FittingError, match=f"There are 399 answers so far and {FEWEST_ANSWERS} are needed"):
        fit(histories, DEFAULT)


def test_answers_of_a_single_day_are_nothing_to_fit_to() -> None:
    one_day = [[Answer("2026-01-01", 1, GOOD)] * 10] * 50
    with pytest.raises(FittingError, match="two days"):
        fit(one_day, DEFAULT)


@given(st.lists(st.tuples(st.integers(-1, 50), st.integers(1, 4)), min_size=2, max_size=12))
def test_the_log_loss_is_that_of_our_own_curve_at_each_answer(steps: list[tuple[int, int]]) -> None:
    """Held to the definition on one card, with our own formulas."""
    days = [100 + sum(gap for gap, _ in steps[:n]) for n in range(1, len(steps) + 1)]
    history = [
        Answer(f"{number:05}", day, rating)
        for number, (day, (_, rating)) in enumerate(zip(days, steps, strict=True))
    ]
    model, losses = DEFAULT.model, []
    state = model.initial(history[0].rating)
    for before, after in pairwise(history):
        gap = max(after.day - before.day, 0)
        if gap:
            recall = model.retrievability(state[0], gap)
            losses.append(-log(1 - recall) if after.rating == AGAIN else -log(recall))
        state = model.next(*state, gap, after.rating)
    _earlier, later = fitting._parted([history], "")
    assert len(later) == len(losses)
    if losses:
        assert log_loss(later, DEFAULT) == pytest.approx(sum(losses) / len(losses), rel=1e-3)


def test_on_a_real_log_that_the_average_foretells_as_well_nothing_is_kept(shared: Path) -> None:
    """As `benchmarks.scheduling` finds, too."""
    from benchmarks.scheduling import read_log

    cards = read_log(shared / "data" / "fsrs" / "review_log_12580.csv")
    histories = [
        [Answer(r.at.isoformat(), r.local_day.toordinal(), r.rating or 0) for r in log_]
        for log_ in cards.values()
    ]
    fitted = fit(histories, DEFAULT)
    assert fitted.loss_before == pytest.approx(0.451, abs=0.002)
    assert fitted.loss_after == pytest.approx(0.452, abs=0.002)
    assert not fitted.better
