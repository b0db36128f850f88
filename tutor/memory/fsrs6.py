"""FSRS-6: how stability and difficulty move with each answer, and how recall fades between them.

The formulas are those of the open-spaced-repetition project ("The algorithm", FSRS-6), written in the
order in which py-fsrs computes them, so that both give the same bits; tests hold the two together.
py-fsrs itself makes two datetimes, a log entry and a copied card for each review, a dozen times the work
(docs/decisions/0007).
"""

from __future__ import annotations

from math import e

MAXIMUM_INTERVAL = 36_500
"""Days; FSRS's own bound, a hundred years."""

STABILITY_MIN = 0.001
"""Days; py-fsrs's bound."""

DIFFICULTY_MIN, DIFFICULTY_MAX = 1.0, 10.0

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4


class Fsrs6:
    """The formulas for one set of 21 weights. Stabilities and intervals are in days."""

    def __init__(self, weights: tuple[float, ...], desired_retention: float) -> None:
        w = self._weights = weights
        self._decay = -w[20]
        self._factor = float(0.9 ** (1 / self._decay)) - 1
        self._interval_share = float(desired_retention ** (1 / self._decay)) - 1
        first = [max(w[rating - 1], STABILITY_MIN) for rating in (AGAIN, HARD, GOOD, EASY)]
        hardest = [w[4] - e ** (w[5] * (rating - 1)) + 1 for rating in (AGAIN, HARD, GOOD, EASY)]
        self._initial = [(0.0, 0.0), *zip(first, map(_within, hardest), strict=True)]
        self._harder = [0.0, *(-(w[6] * (rating - 3)) for rating in (AGAIN, HARD, GOOD, EASY))]
        self._to_easiest, self._keep = w[7] * hardest[-1], 1 - w[7]
        self._growth = e ** w[8]
        self._same_day = [0.0, *(e ** (w[17] * (rating - 3 + w[18])) for rating in (AGAIN, HARD, GOOD, EASY))]
        self._lapse_share = e ** (w[17] * w[18])

    def initial(self, rating: int) -> tuple[float, float]:
        """Stability and difficulty after the first answer."""
        return self._initial[rating]

    def next(self, stability: float, difficulty: float, days: int, rating: int) -> tuple[float, float]:
        """Stability and difficulty after an answer `days` after the one before; 0 is the same day.

        One function, because a rebuild calls it a million times.
        """
        w = self._weights
        if days < 1:
            growth = self._same_day[rating] * stability ** -w[19]
            after = stability * (growth if rating == AGAIN else max(growth, 1.0))
        else:
            forgotten = 1 - (1 + self._factor * days / stability) ** self._decay
            if rating == AGAIN:
                by_memory = (
                    w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * e ** (forgotten * w[14])
                )
                after = min(by_memory, stability / self._lapse_share)
            else:
                growth = (
                    self._growth * (11 - difficulty) * stability ** -w[9] * (e ** (forgotten * w[10]) - 1)
                )
                penalty = w[15] if rating == HARD else 1
                bonus = w[16] if rating == EASY else 1
                after = stability * (1 + growth * penalty * bonus)
        # Linear damping: the nearer to 10, the smaller the step.
        moved = difficulty + (10.0 - difficulty) * self._harder[rating] / 9.0
        harder = self._to_easiest + self._keep * moved
        return max(after, STABILITY_MIN), min(max(harder, DIFFICULTY_MIN), DIFFICULTY_MAX)

    def retrievability(self, stability: float, days: float) -> float:
        """The probability of recall `days` after the last answer."""
        return float((1 + self._factor * max(days, 0) / stability) ** self._decay)

    def share_at(self, retrievability: float) -> float:
        """Elapsed days over stability at which recall has fallen to `retrievability`."""
        return float((retrievability ** (1 / self._decay) - 1) / self._factor)

    def interval(self, stability: float) -> int:
        """Whole days until recall falls to the desired retention; at least one."""
        days = stability / self._factor * self._interval_share
        return min(max(round(days), 1), MAXIMUM_INTERVAL)


def _within(difficulty: float) -> float:
    return min(max(difficulty, DIFFICULTY_MIN), DIFFICULTY_MAX)
