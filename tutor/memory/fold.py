"""A card's log in, its memory out: the only way to a memory state.

FSRS's formulas are py-fsrs's. It counts a day as 24 hours between two datetimes, where people mean
"yesterday", so it is fed the midnights of the learner's own days (`Review.local_day`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache
from operator import attrgetter

from fsrs import Card as FsrsCard
from fsrs import Rating as FsrsRating
from fsrs import State as FsrsState

from tutor.memory.parameters import MAXIMUM_INTERVAL, Parameters
from tutor.memory.review import Kind, Review

_RATINGS = {rating.value: rating for rating in FsrsRating}
_ORDER = attrgetter("at", "hlc", "id")
_NEVER = datetime.min.replace(tzinfo=UTC)
_FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
"""From day, to day, share of the days between that an interval may move: FSRS's own ranges."""


class State(IntEnum):
    """Where a card stands; FSRS's own three."""

    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


@dataclass(frozen=True, slots=True)
class Memory:
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


class _Card(FsrsCard):
    """A card that the fold alone holds: review_card's defensive copy, a fifth of its time, is not needed."""

    def __copy__(self) -> _Card:
        return self


@lru_cache(maxsize=8192)
def midnight(day: date) -> datetime:
    """A learner's day as a UTC time: how days are told to py-fsrs, and how due days are stored."""
    return datetime.combine(day, time(), UTC)


def fuzz_range(interval: int) -> tuple[int, int]:
    """The first and last interval (days) to which `interval` may be moved: py-fsrs's rule."""
    if interval < _FUZZ[0][0]:
        return interval, interval
    delta = 1.0 + sum(share * max(min(interval, end) - start, 0.0) for start, end, share in _FUZZ)
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

    Days that run backwards, after a journey west or a clock set back, count as the same day.
    """
    review_card = parameters.scheduler.review_card
    card: _Card | None = None
    reps = passes = lapses = 0
    last: Review | None = None
    last_day = opened_day = date.min
    for review in sorted(log, key=_ORDER):
        if review.kind == Kind.FORGET:
            card, reps, passes, lapses, last_day = None, 0, 0, 0, date.min
            continue
        day = review.local_day if review.local_day > last_day else last_day
        if card is None:
            card = _Card(card_id=0, due=_NEVER)
            opened_day = day
        if review.kind == Kind.SEED:
            assert review.stability is not None and review.difficulty is not None
            card.state, card.step = FsrsState.Review, None
            card.stability = max(review.stability, 0.001)
            card.difficulty = min(max(review.difficulty, 1.0), 10.0)
            card.last_review = midnight(day)
            card.due = card.last_review + timedelta(days=parameters.interval(card.stability))
        else:
            assert review.rating is not None
            lapses += review.rating == 1 and card.state is FsrsState.Review
            review_card(card, _RATINGS[review.rating], midnight(day))
            reps += 1
            passes += review.rating > 1
        last, last_day = review, day
    if card is None or last is None:
        return None
    assert card.stability is not None and card.difficulty is not None
    wait = card.due - midnight(last_day)
    if card.state is FsrsState.Review:
        due = midnight(last_day) + timedelta(days=fuzzed(wait.days, last.item, last.track, reps))
    else:
        due = last.at + wait
    return Memory(
        stability=card.stability,
        difficulty=card.difficulty,
        state=State(card.state.value),
        step=card.step,
        due=due,
        last_review=last.at,
        last_day=last_day,
        opened_day=opened_day,
        reps=reps,
        passes=passes,
        lapses=lapses,
    )


def is_due(memory: Memory, now: datetime, today: date) -> bool:
    """Whether a card is due: a REVIEW card on its day, a learning one at its moment."""
    return memory.due <= (midnight(today) if memory.state is State.REVIEW else now)
