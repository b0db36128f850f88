"""Claim: our fold predicts recall exactly as well as fsrs-rs, which Anki uses, on one learner's real log.

    python -m benchmarks.scheduling                the log in ../shared/data/fsrs
    python -m benchmarks.scheduling LOG.csv

Prints one JSON object: log loss, RMSE(bins) and AUC of ours and of fsrs-rs-python, over the same predictions
(reviews at least a day after the one before; days begin at 04:00 UTC), with default parameters over the
whole log, and over its last fifth with default parameters and with ones that fsrs-rs fitted to the first
four fifths alone. `evaluated_` figures are weighted by recency as in fsrs-rs's own `evaluate`; the peer's
are what `evaluate` says. The ratios are ours / peer and must lie within 1 % of 1; `largest_state_difference`
is over all cards' last memory states, relative for stability, and must be below 1e-4. Where the log is
absent it says so and measures nothing.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

from benchmarks.fresh import Figures, rounded
from benchmarks.metrics import Prediction, auc, by_recency, log_loss, rmse_bins
from tutor.clock import Calendar
from tutor.memory.fold import Memory, fold
from tutor.memory.parameters import DEFAULT, Parameters
from tutor.memory.review import Help, Kind, Rating, Review
from tutor.memory.tracks import Track

LOG = Path(__file__).parents[2] / "shared" / "data" / "fsrs" / "review_log_12580.csv"
EARLIER_SHARE = 0.8
_CALENDAR = Calendar.of("UTC")


@dataclass(frozen=True, slots=True)
class Case:
    """A review that is to be predicted, and its card's log up to then."""

    before: tuple[Review, ...]
    review: Review

    @property
    def whole(self) -> tuple[Review, ...]:
        """The log with the predicted review last."""
        return (*self.before, self.review)

    @property
    def days(self) -> int:
        """Days since the review before."""
        return gaps(self.whole)[-1]


def read_log(path: Path) -> dict[str, list[Review]]:
    """The log of each card, in order."""
    cards: defaultdict[str, list[Review]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            at = datetime.fromisoformat(row["review_time"])
            cards[row["card_id"]].append(
                Review(
                    id=str(number), learner="", device="", hlc="", answer_id=None, kind=Kind.ANSWER,
                    item=row["card_id"], track=Track.VISUAL, mode=None, direction=None,
                    rating=int(row["review_rating"]), at=at, local_day=_CALENDAR.day(at), response_ms=None,
                    help=Help.NONE, import_run=None, stability=None, difficulty=None, source=None,
                )
            )  # fmt: skip
    return {card: sorted(log, key=lambda review: review.at) for card, log in cards.items()}


def gaps(log: Sequence[Review]) -> list[int]:
    """Days between each review and the one before it; 0 for the first."""
    return [0, *((after.local_day - before.local_day).days for before, after in pairwise(log))]


def as_item(log: Sequence[Review]) -> FSRSItem:
    """A card's log as fsrs-rs takes it."""
    return FSRSItem(
        [FSRSReview(review.rating or 0, days) for review, days in zip(log, gaps(log), strict=True)]
    )


def cases(cards: dict[str, list[Review]]) -> list[Case]:
    """Every review at least a day after the one before it, in the order in which they happened."""
    found = [
        Case(tuple(log[:index]), log[index])
        for log in cards.values()
        for index, days in enumerate(gaps(log))
        if days
    ]
    return sorted(found, key=lambda case: case.review.at)


def our_predictions(chosen: Sequence[Case], parameters: Parameters) -> list[Prediction]:
    """What our fold says."""
    found = []
    for case in chosen:
        memory = fold(case.before, parameters)
        assert memory
        found.append(_prediction(case, parameters.model.retrievability(memory.stability, case.days)))
    return found


def their_predictions(chosen: Sequence[Case], weights: Sequence[float]) -> list[Prediction]:
    """What fsrs-rs's memory states say, by FSRS-6's forgetting curve."""
    states = FSRS(list(weights)).memory_state_batch([as_item(case.before) for case in chosen])
    decay = -weights[20]
    factor = 0.9 ** (1 / decay) - 1
    return [
        _prediction(case, (1 + factor * case.days / state.stability) ** decay)
        for case, state in zip(chosen, states, strict=True)
    ]


def _prediction(case: Case, probability: float) -> Prediction:
    days = gaps(case.whole)
    return Prediction(
        probability=probability,
        recalled=case.review.rating != Rating.AGAIN,
        days=case.days,
        number=1 + sum(gap > 0 for gap in days),
        lapses=sum(
            review.rating == Rating.AGAIN and gap > 0
            for review, gap in zip(case.before, days[:-1], strict=True)
        ),
    )


def scored(chosen: Sequence[Case], weights: Sequence[float]) -> tuple[Figures, Figures]:
    """Ours and the peer's figures over the same reviews."""
    ours = _figures(our_predictions(chosen, Parameters(weights=tuple(weights))))
    theirs = _figures(their_predictions(chosen, weights))
    own = FSRS(list(weights)).evaluate([as_item(case.whole) for case in chosen])
    return ours, {**theirs, "evaluated_log_loss": own.log_loss, "evaluated_rmse_bins": own.rmse_bins}


def _figures(predictions: list[Prediction]) -> Figures:
    weighted = by_recency(predictions)
    return {
        "log_loss": log_loss(predictions),
        "rmse_bins": rmse_bins(predictions),
        "auc": auc(predictions),
        "evaluated_log_loss": log_loss(weighted),
        "evaluated_rmse_bins": rmse_bins(weighted),
    }


def fitted(earlier: Sequence[Case]) -> tuple[float, ...]:
    """The weights that fsrs-rs fits; rounded, so that both compute with the very same numbers."""
    weights = FSRS(list(DEFAULT.weights)).compute_parameters([as_item(case.whole) for case in earlier])
    return tuple(round(weight, 4) for weight in weights)


def largest_state_difference(cards: dict[str, list[Review]]) -> float:
    """Over the last state of every card: of stability the relative, of difficulty the absolute one."""
    states = FSRS(list(DEFAULT.weights)).memory_state_batch([as_item(log) for log in cards.values()])
    worst = 0.0
    for log, theirs in zip(cards.values(), states, strict=True):
        ours = fold(log, DEFAULT)
        assert isinstance(ours, Memory)
        apart = abs(ours.stability - theirs.stability) / theirs.stability
        worst = max(worst, apart, abs(ours.difficulty - theirs.difficulty))
    return worst


def main() -> None:
    """Score both and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("log", type=Path, nargs="?", default=LOG)
    path: Path = parser.parse_args().log
    if not path.exists():
        print(json.dumps({"skipped": f"{path} is not here: this benchmark needs a real review log."}))
        return
    cards = read_log(path)
    every = cases(cards)
    cut = round(len(every) * EARLIER_SHARE)
    earlier, later = every[:cut], every[cut:]
    runs = {
        "default, whole log": scored(every, DEFAULT.weights),
        "default, last fifth": scored(later, DEFAULT.weights),
        "fitted, last fifth": scored(later, fitted(earlier)),
    }
    result = {
        "ours": {name: ours for name, (ours, _) in runs.items()},
        "peer": {name: theirs for name, (_, theirs) in runs.items()},
        "ratios": {
            name: {key: ours[key] / theirs[key] for key in ours} for name, (ours, theirs) in runs.items()
        },
        "largest_state_difference": largest_state_difference(cards),
        "cards": len(cards),
        "reviews": sum(map(len, cards.values())),
        "predictions": len(every),
        "predictions_later": len(later),
    }  # fmt: skip
    print(json.dumps(rounded(result), indent=1))


if __name__ == "__main__":
    main()
