"""What the fold is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import fsrs.scheduler
import pytest

from tutor.memory.parameters import DEFAULT, Parameters


def test_the_weights_are_fsrs_6_s_own() -> None:
    assert DEFAULT.weights == fsrs.scheduler.DEFAULT_PARAMETERS
    assert len(DEFAULT.weights) == 21


def test_a_set_is_known_by_a_hash_of_everything_that_changes_a_fold() -> None:
    assert Parameters().key == DEFAULT.key
    others = [
        replace(DEFAULT, weights=(*DEFAULT.weights[:20], 0.2)),
        replace(DEFAULT, learning_steps=(timedelta(minutes=2), timedelta(minutes=10))),
        replace(DEFAULT, relearning_steps=()),
        replace(DEFAULT, desired_retention=0.85),
    ]
    assert len({DEFAULT.key, *(other.key for other in others)}) == 5


@pytest.mark.parametrize("weights", [DEFAULT.weights[:20], (*DEFAULT.weights[:20], 0.9)])
def test_weights_that_fsrs_does_not_know_are_refused(weights: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="parameters"):
        Parameters(weights)
