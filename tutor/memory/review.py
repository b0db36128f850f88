"""The one shape of a review."""

from __future__ import annotations

from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple

from tutor.memory.tracks import Track


class Rating(IntEnum):
    """How well an answer went; FSRS's own four."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Kind(StrEnum):
    """What a row of the review log says."""

    ANSWER = "answer"
    SEED = "seed"
    FORGET = "forget"


class Help(StrEnum):
    """What the learner leaned on before answering."""

    NONE = "none"
    HINT = "hint"
    SHOWN = "shown"
    OVERRIDE = "override"
    """The learner said "I was right"."""


class Review(NamedTuple):
    """One immutable row of the review log. A named tuple, because a rebuild makes a million."""

    id: str
    learner: str
    device: str
    hlc: str
    answer_id: str | None
    """The answer that made this row; what undo names. None for seeds and forgets made otherwise."""
    kind: Kind
    item: str
    track: Track
    mode: str | None
    direction: str | None
    """`pl-en` where Polish was shown and English asked, `en-pl` the other way, `pl-pl` for gaps."""
    rating: int | None
    """1 to 4 for answers, None otherwise."""
    at: datetime
    """When it happened, UTC."""
    local_day: date
    """The learner's day when it happened, stamped once."""
    response_ms: int | None
    help: str
    import_run: str | None
    stability: float | None
    """Days; seeds only."""
    difficulty: float | None
    """1 to 10; seeds only."""
    source: str | None
    """Where a seed came from."""

    @property
    def card(self) -> tuple[str, str, Track]:
        """The card that this review belongs to: learner, item and track."""
        return self.learner, self.item, self.track


def fold_order(review: Review) -> tuple[datetime, str, str]:
    """The order in which a card's log is folded."""
    return review.at, review.hlc, review.id
