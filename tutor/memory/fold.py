"""A card's log in, its memory out: the only way to a memory state.

FSRS counts days between answers; here they are the learner's own days (`Review.local_day`), since people
mean "yesterday" and not "24 hours ago".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from tutor.memory.fsrs6 import (
    AGAIN,
    DIFFICULTY_MAX,
    DIFFICULTY_MIN,
    GOOD,
    HARD,
    MAXIMUM_INTERVAL,
    STABILITY_MIN,
)
from tutor.memory.parameters import Parameters
from tutor.memory.review import Kind, Review

_ORDER = attrgetter("at", "hlc", "id")
_JOURNEY = timedelta(days=2)
"""The most by which a journey round the world can turn back the date."""

_DAY_IS_OVER = timedelta(hours=40)
"""After midnight UTC of a date, when a day of that date that begins at 04:00 has ended everywhere."""

_FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
"""From day, to day, share of the days between that an interval may move: FSRS's own ranges."""


class State(IntEnum):
    """Where a card stands; FSRS's own three."""

    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


class Memory(NamedTuple):
    """What one card's log amounts to."""

    stability: float
    """Days after which recall has fallen to 0.9."""
    difficulty: float
    """1 to 10."""
    state: State
    step: int | None
    """Which learning step, None in REVIEW."""
    due: datetime
    """In REVIEW, midnight UTC of the learner's day on which it is due, whatever their timezone;
    otherwise the very moment."""
    last_review: datetime
    last_day: date
    opened_day: date
    """The learner's day of the first row that counts."""
    reps: int
    """Answers since the card was opened or forgotten."""
    passes: int
    """Those of them that were rated better than Again."""
    lapses: int
    """How often it was forgotten when it had left learning."""


@lru_cache(maxsize=8192)
def midnight(day: date) -> datetime:
    """A learner's day as a UTC time: how due days are stored."""
    return datetime.combine(day, time(), UTC)


def fuzz_range(interval: int) -> tuple[int, int]:
    """The first and last interval (days) to which `interval` may be moved: py-fsrs's rule."""
    if interval < _FUZZ[0][0]:
        return interval, interval
    delta = 1.0
    for start, end, share in _FUZZ:
        if interval > start:
            delta += share * (min(interval, end) - start)
    return max(2, round(interval - delta)), min(round(interval + delta), MAXIMUM_INTERVAL)


def fuzzed(interval: int, item: str, track: str, reps: int) -> int:
    """`interval` moved within its range; only the card and its rep count decide, so replay is exact."""
    low, high = fuzz_range(interval)
    if low >= high:
        return interval
    digest = hashlib.blake2b(f"{item}{track}{reps}".encode(), digest_size=8).digest()
    return low + int.from_bytes(digest, "big") % (high - low + 1)


def fold(log: Iterable[Review], parameters: Parameters) -> Memory | None:
    """Fold one card's counted reviews, given in any order; None where nothing is left to remember.

    Days that run backwards, after a journey west or a clock set back, count as the same day. Where they run
    back by more than any journey, the clock had been wrong before, and the later answer's day counts.
    """
    # Looked up once: a rebuild goes through the loop a million times.
    model, learning, in_review = parameters.model, State.LEARNING, State.REVIEW
    seeded, forgotten = Kind.SEED, Kind.FORGET
    state: State | None = None
    step: int | None = None
    stability = difficulty = 0.0
    reps = passes = lapses = 0
    last: Review | None = None
    last_day = opened_day = date.min
    for review in sorted(log, key=_ORDER):
        kind, rating, day = review.kind, review.rating, review.local_day
        if kind is forgotten:
            state, reps, passes, lapses, last_day = None, 0, 0, 0, date.min
            continue
        if day < last_day:
            day = day_after(last_day, day)
        if state is None:
            opened_day = day
        if kind is seeded:
            state, step = in_review, None
            stability, difficulty = memory_of_seed(review)
        else:
            assert rating is not None
            if state is None:
                state, step = learning, 0
                stability, difficulty = model.initial(rating)
            else:
                lapses += rating == AGAIN and state is in_review
                stability, difficulty = model.next(
                    stability, difficulty, max((day - last_day).days, 0), rating
                )
            if state is not in_review or rating == AGAIN:
                state, step = _moved(state, step, rating, parameters)
            reps += 1
            passes += rating > AGAIN
        last, last_day = review, day
    if state is None or last is None:
        return None
    if step is None:
        days = fuzzed(model.interval(stability), last.item, last.track, reps)
        due = midnight(last_day) + timedelta(days=days)
    else:
        # Stamps never go back. After a clock that was years ahead they stay there, and no card should.
        began = min(last.at, midnight(last_day) + _DAY_IS_OVER)
        due = began + _step_wait(step, last.rating, _steps(state, parameters))
    return Memory(
        stability=stability,
        difficulty=difficulty,
        state=state,
        step=step,
        due=due,
        last_review=last.at,
        last_day=last_day,
        opened_day=opened_day,
        reps=reps,
        passes=passes,
        lapses=lapses,
    )


def day_after(last: date, day: date) -> date:
    """The day that counts for what came after `last` and is stamped `day`."""
    return last if day < last and last - day <= _JOURNEY else day


def memory_of_seed(review: Review) -> tuple[float, float]:
    """The stability (days) and difficulty that a seed carries, within FSRS's bounds."""
    assert review.stability is not None and review.difficulty is not None
    difficulty = min(max(review.difficulty, DIFFICULTY_MIN), DIFFICULTY_MAX)
    return max(review.stability, STABILITY_MIN), difficulty


def _moved(state: State, step: int | None, rating: int, parameters: Parameters) -> tuple[State, int | None]:
    """Where an answer takes a card in learning, and a wrong one a card in REVIEW: py-fsrs's rules.

    The step is None in REVIEW alone.
    """
    if state is State.REVIEW:
        return (State.RELEARNING, 0) if parameters.relearning_steps else (State.REVIEW, None)
    assert step is not None
    count = len(_steps(state, parameters))
    if count and rating == AGAIN:
        return state, 0
    if step < count and rating == HARD:
        return state, step
    if step + 1 < count and rating == GOOD:
        return state, step + 1
    return State.REVIEW, None


def _step_wait(step: int, rating: int | None, steps: Sequence[timedelta]) -> timedelta:
    """How long a card in learning waits. Hard on the first step waits between the first two."""
    if rating == HARD and step == 0:
        return steps[0] * 1.5 if len(steps) == 1 else (steps[0] + steps[1]) / 2.0
    return steps[step]


def _steps(state: State, parameters: Parameters) -> Sequence[timedelta]:
    return parameters.learning_steps if state is State.LEARNING else parameters.relearning_steps


def is_due(memory: Memory, now: datetime, today: date) -> bool:
    """Whether a card is due: a REVIEW card on its day, a learning one at its moment."""
    return memory.due <= (midnight(today) if memory.state is State.REVIEW else now)
