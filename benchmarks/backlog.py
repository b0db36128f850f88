"""Question: which order of due cards remembers more for each minute, highest or lowest retrievability first?

    python -m benchmarks.backlog

Simulates a learner who comes back to hundreds of overdue cards and practises some minutes a day, in
sessions of 20, for 60 days. Their memory is FSRS-6 itself: a card is recalled with the probability that its
log gives, and every answer is folded by the app's own fold. Both orders are tried on the same learners with
the same luck.

`overflowing`: much more is due than a session holds. `fitting`: a kept-up collection of which less is due
than a session holds, by a learner who often leaves in the middle. Prints one JSON object: cards remembered
(the sum of retrievabilities) for each minute, beyond what is remembered without any practice, on average
over the 60 days (`average`), on the last day (`end`) and 30 days after it (`later`); the share of first
answers that were right; what is still due on the last day; and the ratio highest / lowest, with its
smallest and largest value over the seeds. The design takes the highest first where it overflows and the
lowest first where it fits.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from statistics import fmean

from benchmarks.fresh import Figures, rounded
from benchmarks.histories import History, history
from tutor.memory.fold import Memory, fold, is_due, midnight
from tutor.memory.parameters import DEFAULT
from tutor.memory.review import Help, Kind, Review
from tutor.memory.tracks import Track
from tutor.practice import SESSION_LIMIT

DAYS = 60
LATER = 30
RIGHT_SECONDS = 12
"""An answer and a look at the verdict."""

_START = date(2026, 3, 1)
_HOUR = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A learner, and what waits for them on the first day."""

    overdue: int
    """Cards that are due on the first day."""
    away: int
    """Days over which they became due."""
    others: int
    """Cards that become due over the 60 days."""
    minutes: int
    """Practice a day."""
    wrong_seconds: int = 25
    """What a wrong answer takes, with a longer look at the verdict; its return comes on top."""
    leaves: float = 0.0
    """How often a session is left, at a card anywhere in it."""


SCENARIOS = {
    "overflowing, 5 minutes": Scenario(overdue=600, away=90, others=400, minutes=5),
    "overflowing, 5 minutes, wrong answers cost a minute": Scenario(
        overdue=600, away=90, others=400, minutes=5, wrong_seconds=60
    ),
    "overflowing, 10 minutes": Scenario(overdue=600, away=90, others=400, minutes=10),
    "fitting": Scenario(overdue=10, away=3, others=400, minutes=8, leaves=0.4),
}
ORDERS = ("highest", "lowest")


class Learned:
    """A card, its log and its memory."""

    def __init__(self, log: list[Review], memory: Memory | None = None) -> None:
        self.log = log
        self._memory = memory

    @property
    def memory(self) -> Memory:
        """What the log amounts to."""
        if self._memory is None:
            self._memory = fold(self.log, DEFAULT)
            assert self._memory
        return self._memory

    def copy(self) -> Learned:
        """The same card in another life."""
        return Learned(self.log.copy(), self.memory)

    def answer(self, day: date, minute: float, rating: int) -> None:
        """One more answer."""
        self.log.append(_review(self.log[0].item, day, _HOUR + timedelta(minutes=minute), rating))
        self._memory = None

    def retrievability(self, day: date) -> float:
        """The chance of recall on a day."""
        return DEFAULT.model.retrievability(self.memory.stability, (day - self.memory.last_day).days)


def cards(scenario: Scenario, rng: Random) -> list[Learned]:
    """The learner's cards on the first day."""
    late = [-rng.randrange(scenario.away) for _ in range(scenario.overdue)]
    to_come = [rng.randrange(1, DAYS) for _ in range(scenario.others)]
    return [_card(str(number), day, rng) for number, day in enumerate(late + to_come)]


def _card(item: str, due: int, rng: Random) -> Learned:
    """A card with a history of its own, due about so many days after the start and last answered before."""
    while True:
        made = history(rng, rng.randrange(3, 11))
        if made.due_to > due:
            first = _START + timedelta(days=due - made.due_to - made.span)
            return Learned(_log(item, made, first))


def _log(item: str, made: History, first: date) -> list[Review]:
    return [_review(item, first + timedelta(days=m.day), m.at, m.rating) for m in made.moments]


def _review(item: str, day: date, at: timedelta, rating: int) -> Review:
    return Review(
        id="", learner="", device="", hlc="", answer_id=None, kind=Kind.ANSWER, item=item, track=Track.VISUAL,
        mode=None, direction=None, rating=rating, at=midnight(day) + at, local_day=day, response_ms=None,
        help=Help.NONE, import_run=None, stability=None, difficulty=None, source=None,
    )  # fmt: skip


@dataclass(slots=True)
class Life:
    """What came of 60 days."""

    remembered: list[float] = field(default_factory=list)
    """The sum of retrievabilities at the end of each day, and LATER days after the last."""
    minutes: float = 0.0
    answers: int = 0
    right: int = 0
    still_due: int = 0


def lived(scenario: Scenario, learner: list[Learned], order: str, seed: int) -> Life:
    """60 days with one order of due cards; "none" for no practice at all."""
    own, life = [card.copy() for card in learner], Life()
    for day in (_START + timedelta(days=n) for n in range(DAYS)):
        if order != "none":
            _practise(own, day, order, scenario, seed, life)
        life.remembered.append(sum(card.retrievability(day) for card in own))
    end = _START + timedelta(days=DAYS - 1)
    life.remembered.append(sum(card.retrievability(end + timedelta(days=LATER)) for card in own))
    life.still_due = len(_due(own, end))
    return life


def _practise(own: list[Learned], day: date, order: str, scenario: Scenario, seed: int, life: Life) -> None:
    """A day's sessions."""
    rng, begun = Random(f"{seed}/{day}"), life.minutes
    while True:
        session = sorted(
            _due(own, day), key=lambda card: card.retrievability(day), reverse=order == "highest"
        )
        del session[SESSION_LIMIT:]
        left = rng.random() < scenario.leaves
        if left:
            del session[rng.randrange(SESSION_LIMIT) :]
        for card in session:
            _answer(card, day, scenario, seed, life)
            if life.minutes - begun >= scenario.minutes:
                return
        if left or not session:
            return


def _due(own: list[Learned], day: date) -> list[Learned]:
    return [card for card in own if is_due(card.memory, midnight(day) + _HOUR, day)]


def _answer(card: Learned, day: date, scenario: Scenario, seed: int, life: Life) -> None:
    """Answer a card, and where it was wrong once more later in the session."""
    # Luck belongs to the card and the number of its answers, so that both orders meet the same.
    luck = Random(f"{seed}/{card.log[0].item}/{len(card.log)}")
    life.answers += 1
    life.minutes += RIGHT_SECONDS / 60
    if luck.random() < card.retrievability(day):
        life.right += 1
        card.answer(day, life.minutes, luck.choices((2, 3, 4), (1, 8, 1))[0])
    else:
        card.answer(day, life.minutes, 1)
        life.minutes += scenario.wrong_seconds / 60
        card.answer(day, life.minutes, 3)


def per_minute(life: Life, idle: Life) -> Figures:
    """Cards remembered for each minute of practice, beyond what is remembered anyway."""
    gained = [with_it - without for with_it, without in zip(life.remembered, idle.remembered, strict=True)]
    return {
        "average": fmean(gained[:DAYS]) / life.minutes,
        "end": gained[DAYS - 1] / life.minutes,
        "later": gained[DAYS] / life.minutes,
        "right": life.right / life.answers,
        "minutes": life.minutes,
        "still_due": life.still_due,
    }


def compared(scenario: Scenario, seeds: int) -> dict[str, object]:
    """Both orders over the same learners."""
    runs: dict[str, list[Figures]] = {order: [] for order in ORDERS}
    for seed in range(seeds):
        learner = cards(scenario, Random(seed))
        idle = lived(scenario, learner, "none", seed)
        for order in ORDERS:
            runs[order].append(per_minute(lived(scenario, learner, order, seed), idle))
    means = {
        order: {name: fmean(run[name] for run in found) for name in found[0]} for order, found in runs.items()
    }
    return {**means, "highest / lowest": {name: _ratio(runs, name) for name in ("average", "end", "later")}}


def _ratio(runs: dict[str, list[Figures]], name: str) -> Figures:
    ratios = list(_ratios(runs, name))
    return {"mean": fmean(ratios), "least": min(ratios), "most": max(ratios)}


def _ratios(runs: dict[str, list[Figures]], name: str) -> Iterator[float]:
    for high, low in zip(runs["highest"], runs["lowest"], strict=True):
        yield high[name] / low[name]


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2)
    seeds = parser.parse_args().seeds
    result = {name: compared(scenario, seeds) for name, scenario in SCENARIOS.items()}
    print(json.dumps(rounded(result), indent=1))


if __name__ == "__main__":
    main()
