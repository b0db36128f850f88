"""What the fold is told: FSRS-6's weights, the learning steps, and how much should be remembered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from fsrs import Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS

ALGORITHM = "fsrs-6"
MAXIMUM_INTERVAL = 36_500
"""Days; FSRS's own bound, a hundred years."""


@dataclass(frozen=True)
class Parameters:
    """One immutable set. Two sets with the same `key` fold every log alike."""

    weights: tuple[float, ...] = tuple(DEFAULT_PARAMETERS)
    """FSRS-6's 21 weights; the default is py-fsrs's."""
    learning_steps: tuple[timedelta, ...] = (timedelta(minutes=1), timedelta(minutes=10))
    relearning_steps: tuple[timedelta, ...] = (timedelta(minutes=10),)
    desired_retention: float = 0.9
    """The probability of recall at which a card comes due, 0.70 to 0.97."""
    scheduler: Scheduler = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        scheduler = Scheduler(
            self.weights,
            desired_retention=self.desired_retention,
            learning_steps=self.learning_steps,
            relearning_steps=self.relearning_steps,
            maximum_interval=MAXIMUM_INTERVAL,
            enable_fuzzing=False,
        )
        object.__setattr__(self, "scheduler", scheduler)

    @cached_property
    def key(self) -> str:
        """A hash of everything that changes a fold."""
        content = [
            ALGORITHM,
            list(self.weights),
            [step.total_seconds() for step in self.learning_steps],
            [step.total_seconds() for step in self.relearning_steps],
            self.desired_retention,
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]

    @cached_property
    def _decay(self) -> float:
        return -self.weights[20]

    @cached_property
    def _factor(self) -> float:
        return float(0.9 ** (1 / self._decay)) - 1

    def retrievability(self, stability: float, elapsed_days: float) -> float:
        """The probability of recall after `elapsed_days`: FSRS-6's forgetting curve."""
        return float((1 + self._factor * max(elapsed_days, 0) / stability) ** self._decay)

    def interval(self, stability: float) -> int:
        """Whole days until recall falls to the desired retention; at least one."""
        days = float(stability / self._factor * (self.desired_retention ** (1 / self._decay) - 1))
        return min(max(round(days), 1), MAXIMUM_INTERVAL)


DEFAULT = Parameters()
