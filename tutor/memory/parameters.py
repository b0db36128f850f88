"""What the fold is told: FSRS-6's weights, the learning steps, and how much should be remembered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from fsrs import Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS

from tutor.memory.fsrs6 import Fsrs6

ALGORITHM = "fsrs-6"


@dataclass(frozen=True)
class Parameters:
    """One immutable set. Two sets with the same `key` fold every log alike."""

    weights: tuple[float, ...] = tuple(DEFAULT_PARAMETERS)
    """FSRS-6's 21 weights; the default is py-fsrs's."""
    learning_steps: tuple[timedelta, ...] = (timedelta(minutes=1), timedelta(minutes=10))
    relearning_steps: tuple[timedelta, ...] = (timedelta(minutes=10),)
    desired_retention: float = 0.9
    """The probability of recall at which a card comes due, 0.70 to 0.97."""
    model: Fsrs6 = field(init=False, repr=False, compare=False)
    """FSRS-6's formulas with these weights."""

    def __post_init__(self) -> None:
        # py-fsrs knows the bounds of each weight, and raises ValueError for one that is outside.
        Scheduler(self.weights)
        object.__setattr__(self, "model", Fsrs6(self.weights, self.desired_retention))

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


DEFAULT = Parameters()
