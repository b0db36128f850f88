"""The introduction: how far a new learner has come with it, so that it goes on where it was left."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from tutor.store import learners, reviews

if TYPE_CHECKING:
    from tutor.practice import Tutor

SETTING = "welcome"


class Step(StrEnum):
    """What is asked or shown, in this order."""

    NAME = "name"
    SPEAKER = "speaker"
    GOAL = "goal"
    LOOK = "look"
    LEVEL = "level"
    SOUNDS = "sounds"
    DONE = "done"

    @property
    def next(self) -> Step:
        """The step after this one; DONE is the last."""
        steps = list(Step)
        return steps[min(steps.index(self) + 1, len(steps) - 1)]

    @property
    def before(self) -> Step:
        """The step before this one; the first has none but itself."""
        steps = list(Step)
        return steps[max(steps.index(self) - 1, 0)]


def reached(tutor: Tutor) -> Step:
    """Where the introduction stands. Who has answered something before there was one needs none."""
    kept = tutor.learner.settings.get(SETTING)
    if kept:
        step = kept.get("step") if isinstance(kept, dict) else None
        return Step(step) if step in set(Step) else Step.DONE
    with tutor.database.read() as connection:
        begun = reviews.latest(connection, tutor.learner.id)
    if begun:
        return Step.DONE
    return Step.SPEAKER if tutor.learner.name else Step.NAME


def given(tutor: Tutor) -> Mapping[str, bool]:
    """The answers of a placement that was interrupted: item -> right."""
    kept = tutor.learner.settings.get(SETTING)
    answers = kept.get("answers", {}) if isinstance(kept, dict) else {}
    return answers if isinstance(answers, dict) else {}


def reach(tutor: Tutor, step: Step, answers: Mapping[str, bool] | None = None) -> None:
    """Remember a step, and on it the answers of the placement so far."""
    kept = {"step": step.value, **({"answers": dict(answers)} if answers else {})}
    stamp = tutor.stamps.tick()
    with tutor.database.write() as connection:
        learners.keep_stamp(connection, stamp)
        learners.set_setting(connection, tutor.learner.id, SETTING, kept, str(stamp))
        tutor.learner = learners.load(connection, tutor.learner.id)
