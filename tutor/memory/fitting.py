"""FSRS-6's weights fitted to one learner's answers, and scored on answers they were not fitted to.

fsrs-rs does the fitting; it is imported when it is asked for, because phones have no package of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import NamedTuple

from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from tutor.errors import FittingError
from tutor.i18n import _
from tutor.memory.fsrs6 import AGAIN, Fsrs6
from tutor.memory.parameters import DEFAULT, Parameters

FEWEST_ANSWERS = 400
"""Answers on a track below which weights of its own would tell of chance more than of the learner."""

EARLIER_SHARE = 0.8
"""Of the predictable answers, those that weights are fitted to; they are scored on the later ones."""


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
                count=answers, fewest=FEWEST_ANSWERS),
            doing="fitting",
        )  # fmt: skip
    times = sorted(after.at for history in histories for after in _foretold(history))
    if len(times) < 2:
        raise FittingError(
            _("Nothing was asked on two days yet, so nothing can be learned."), doing="fitting"
        )
    later_from = times[min(int(len(times) * EARLIER_SHARE), len(times) - 1)]
    weights = _fitted(histories, later_from)
    scored, loss_before = log_loss(histories, current.model, later_from)
    _same, loss_after = log_loss(
        histories, Parameters(weights=weights, desired_retention=current.desired_retention).model, later_from
    )
    return Fitted(weights, answers, scored, loss_before, loss_after)


def log_loss(histories: Sequence[History], model: Fsrs6, since: str = "") -> tuple[int, float]:
    """How many answers from `since` on could be foretold, and the mean log loss (nats) of `model` on them."""
    count, total = 0, 0.0
    for history in histories:
        stability, difficulty = model.initial(history[0].rating)
        for before, after in pairwise(history):
            days = after.day - before.day
            if days > 0 and after.at >= since:
                recall = model.retrievability(stability, days)
                total -= log(max(1 - recall if after.rating == AGAIN else recall, 1e-12))
                count += 1
            stability, difficulty = model.next(stability, difficulty, days, after.rating)
    return count, total / count if count else 0.0


def _foretold(history: History) -> Iterator[Answer]:
    return (after for before, after in pairwise(history) if after.day > before.day)


def _fitted(histories: Sequence[History], later_from: str) -> tuple[float, ...]:
    try:
        from fsrs_rs_python import FSRS, FSRSItem, FSRSReview
    except ImportError as error:
        raise FittingError(
            _("The package fsrs-rs-python is not installed; `tutor doctor` says how to get it."),
            doing="fitting",
        ) from error
    items = []
    for history in histories:
        reviews = [FSRSReview(history[0].rating, 0)]
        for before, after in pairwise(history):
            if after.at >= later_from:
                break
            days = max(after.day - before.day, 0)
            reviews.append(FSRSReview(after.rating, days))
            if days:
                items.append(FSRSItem(reviews))
    try:
        found = FSRS(list(DEFAULT.weights)).compute_parameters(items)
    except Exception as error:
        # The binding raises exceptions of no type of its own.
        raise FittingError(
            _("No weights could be found ({reason}). Nothing was changed.").format(reason=error),
            doing="fitting",
        ) from error
    bounds = zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return tuple(min(max(w, low), high) for w, (low, high) in zip(found, bounds, strict=True))
