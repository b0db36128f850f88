"""FSRS-6's weights fitted to one learner's answers, and scored on answers they were not fitted to.

fsrs-rs does the fitting; it is imported when it is asked for, because phones have no package of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from tutor.errors import FittingError
from tutor.i18n import _
from tutor.memory.fsrs6 import AGAIN
from tutor.memory.parameters import DEFAULT, Parameters

if TYPE_CHECKING:
    from fsrs_rs_python import FSRSItem

FEWEST_ANSWERS = 400
"""Answers on a track below which weights of its own would tell of chance more than of the learner."""

EARLIER_SHARE = 0.8
"""Of the predictable answers, those that weights are fitted to; they are scored on the later ones."""

LEAST = 1e-12
"""A probability is never taken for less, for its logarithm's sake."""


class Answer(NamedTuple):
    """One answer of a card's history."""

    at: str
    """When it was given, as a text that sorts."""
    day: int
    """The learner's day, counted from any."""
    rating: int


History = Sequence[Answer]
"""A card's answers in the order of the fold, from the first one on."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights, and how well they foretell."""

    weights: tuple[float, ...]
    answers: int
    """How many answers there were."""
    scored: int
    """On how many later ones the two log losses are."""
    loss_before: float
    """Mean log loss (nats) of the parameters in use."""
    loss_after: float
    """Mean log loss of these weights."""

    @property
    def better(self) -> bool:
        """Whether these weights foretell the later answers better than those in use."""
        return self.loss_after < self.loss_before


def fit(histories: Sequence[History], current: Parameters) -> Fitted:
    """Fit weights to the earlier four fifths of the answers and score them on the others.

    An answer can be foretold where the one before it was on an earlier day. Raises FittingError where there
    are too few answers, or where fsrs-rs is not installed or finds no weights.
    """
    answers = sum(map(len, histories))
    if answers < FEWEST_ANSWERS:
        raise FittingError(
            _("There are {count} answers so far and {fewest} are needed: practise on and try again.").format(
                count=answers, fewest=FEWEST_ANSWERS
            ),
            doing="fitting",
        )
    times = sorted(
        after.at for history in histories for before, after in pairwise(history) if after.day > before.day
    )
    if len(times) < 2:
        raise FittingError(
            _("Nothing was asked on two days yet, so there is nothing to fit to."), doing="fitting"
        )
    later_from = times[min(int(len(times) * EARLIER_SHARE), len(times) - 1)]
    earlier, later = _parted(histories, later_from)
    weights = _weights(earlier)
    new = Parameters(weights=weights, desired_retention=current.desired_retention)
    return Fitted(weights, answers, len(later), log_loss(later, current), log_loss(later, new))


class Foretold(NamedTuple):
    """An answer that can be foretold from those before it."""

    before: FSRSItem
    days: int
    """Since the answer before."""
    recalled: bool


def log_loss(answers: Sequence[Foretold], parameters: Parameters) -> float:
    """The mean log loss (nats) of FSRS-6 on these answers; the memory states are fsrs-rs's."""
    states = _fsrs().FSRS(list(parameters.weights)).memory_state_batch([answer.before for answer in answers])
    recall = parameters.model.retrievability
    total = 0.0
    for (_before, days, recalled), state in zip(answers, states, strict=True):
        expected = recall(state.stability, days)
        total -= log(max(expected if recalled else 1 - expected, LEAST))
    return total / len(answers)


def _parted(histories: Sequence[History], later_from: str) -> tuple[list[FSRSItem], list[Foretold]]:
    """What weights are fitted to, and what they are scored on."""
    rs = _fsrs()
    make_item, make_review = rs.FSRSItem, rs.FSRSReview
    earlier: list[FSRSItem] = []
    later: list[Foretold] = []
    for history in histories:
        reviews = [make_review(history[0].rating, 0)]
        for (_at, before, _rating), (at, day, rating) in pairwise(history):
            # Days that run backwards count as the same day, as in the fold.
            days = day - before if day > before else 0
            if days and at >= later_from:
                later.append(Foretold(make_item(reviews), days, rating != AGAIN))
            reviews.append(make_review(rating, days))
            if days and at < later_from:
                earlier.append(make_item(reviews))
    return earlier, later


def _weights(items: list[FSRSItem]) -> tuple[float, ...]:
    try:
        found = _fsrs().FSRS(list(DEFAULT.weights)).compute_parameters(items)
    except Exception as error:
        # The binding raises exceptions of no type of its own.
        raise FittingError(
            _("No weights could be found ({reason}). Nothing was changed.").format(reason=error),
            doing="fitting",
        ) from error
    bounds = zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return tuple(min(max(w, low), high) for w, (low, high) in zip(found, bounds, strict=True))


def _fsrs() -> ModuleType:
    try:
        import fsrs_rs_python
    except ImportError as error:
        raise FittingError(
            _("The package fsrs-rs-python is not installed; `tutor doctor` says how to get it."),
            doing="fitting",
        ) from error
    return fsrs_rs_python
