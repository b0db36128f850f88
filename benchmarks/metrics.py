"""How good predictions of recall are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import floor, log, sqrt
from typing import NamedTuple


class Prediction(NamedTuple):
    """One predicted review."""

    probability: float
    recalled: bool
    days: int
    """Since the review before."""
    number: int
    """Which review of its card it is, same-day ones not counted."""
    lapses: int
    """Of its card before, same-day ones not counted."""
    weight: float = 1.0


def by_recency(predictions: Sequence[Prediction]) -> list[Prediction]:
    """The same, weighted from 0.25 for the first to 1 for the last, as fsrs-rs's own evaluation does."""
    last = len(predictions) - 1
    return [p._replace(weight=0.25 + 0.75 * (index / last) ** 3) for index, p in enumerate(predictions)]


def log_loss(predictions: Sequence[Prediction]) -> float:
    """The mean negative logarithm of what was given to what happened."""
    total = sum(p.weight * log(p.probability if p.recalled else 1 - p.probability) for p in predictions)
    return -total / sum(p.weight for p in predictions)


def auc(predictions: Sequence[Prediction]) -> float:
    """How often a review that went well was given more than one that did not; ties count half."""
    ranked = sorted(predictions, key=lambda p: p.probability)
    positives = sum(p.recalled for p in ranked)
    ranks, index = 0.0, 0
    while index < len(ranked):
        end = index
        while end < len(ranked) and ranked[end].probability == ranked[index].probability:
            end += 1
        ranks += (index + 1 + end) / 2 * sum(p.recalled for p in ranked[index:end])
        index = end
    return (ranks - positives * (positives + 1) / 2) / (positives * (len(ranked) - positives))


def rmse_bins(predictions: Sequence[Prediction]) -> float:
    """RMSE(bins): predicted against actual recall within bins of like reviews, weighted by their sizes.

    The bins, by days since the review before, number of the review and lapses so far, are those of
    open-spaced-repetition/srs-benchmark (`rmse_matrix` in its utils.py), which fsrs-rs uses as well.
    """
    bins: defaultdict[tuple[float, float, float], list[Prediction]] = defaultdict(list)
    for p in predictions:
        key = _bin(p.days, 2.48, 3.62, 2), _bin(p.number, 1.99, 1.89, 0), _bin(p.lapses, 1.65, 1.73, 0)
        bins[key].append(p)
    total = 0.0
    for inside in bins.values():
        apart = sum(p.recalled - p.probability for p in inside) / len(inside)
        total += sum(p.weight for p in inside) * apart**2
    return sqrt(total / sum(p.weight for p in predictions))


def _bin(value: int, scale: float, base: float, digits: int) -> float:
    return round(scale * base ** floor(log(value, base)), digits) if value else 0.0
