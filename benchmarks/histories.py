"""Made-up histories of cards: when each was answered, and how, so that a wanted number is due now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from fsrs import Card, Rating, Scheduler, State

from tutor.memory.fold import fuzz_range, midnight
from tutor.memory.tracks import Track

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
"""The moment at which every made-up collection is used. Its learner lives in UTC."""

REVIEWS_A_CARD = 6.6
CARDS_AN_ITEM = 2.5
YEARS = 6
_FEWEST, _MOST = 3, 12
_AUDIO_SHARE = 0.9
_LATEST_DAYS = 14
"""How long a card that is due has waited, at most."""

_SCHEDULER = Scheduler(enable_fuzzing=False)
_FIRST_DAY = date(2000, 1, 1)
"""Histories are made from here on and moved to where they belong."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One answer: days after the first one, the time in that day, the rating and what it found."""

    day: int
    at: timedelta
    rating: int
    stability: float
    """Before the answer; 0 for the first."""


@dataclass(frozen=True, slots=True)
class History:
    """A card's answers, and the days after the last one at which it is due, from and to."""

    moments: tuple[Moment, ...]
    due_from: int
    due_to: int

    @property
    def span(self) -> int:
        """Days from the first answer to the last."""
        return self.moments[-1].day


@dataclass(frozen=True, slots=True)
class Placed:
    """A card and the day of its first answer."""

    item: int
    track: Track
    starts: date
    history: History


def placed_histories(cards: int, due: int, seed: int = 1) -> list[Placed]:
    """Histories for `cards` cards of which exactly `due` are due at NOW, the tracks of an item in turn."""
    rng = Random(seed)
    counts = _review_counts(rng, cards)
    waiting = set(rng.sample(range(cards), due))
    placed: list[Placed] = []
    for item, size in enumerate(_cards_by_item(cards)):
        at = len(placed)
        late = [at + i in waiting for i in range(size)]
        placed += _place_item(rng, item, counts[at : at + size], late)
    return placed


def _cards_by_item(cards: int) -> list[int]:
    """How many cards each item has: all VISUAL, most AUDIO, the rest CONTEXT."""
    items = round(cards / CARDS_AN_ITEM)
    audio = min(round(items * _AUDIO_SHARE), cards - items)
    context = cards - items - audio
    return [1 + (i < audio) + (i < context) for i in range(items)]


def _review_counts(rng: Random, cards: int) -> list[int]:
    """Reviews of each card: between the fewest and the most, and as many in all as were wanted."""
    counts = [rng.choice(range(_FEWEST, _MOST)) for _ in range(cards)]
    missing = round(cards * REVIEWS_A_CARD) - sum(counts)
    while missing:
        index = rng.randrange(cards)
        step = 1 if missing > 0 else -1
        if _FEWEST <= counts[index] + step <= _MOST:
            counts[index] += step
            missing -= step
    return counts


def _place_item(rng: Random, item: int, counts: Sequence[int], late: Sequence[bool]) -> list[Placed]:
    """An item's cards, each opened on a later day than the one before, as the app does it."""
    while True:
        histories = [history(rng, count) for count in counts]
        ages = [
            made.span
            + (made.due_to + rng.randrange(_LATEST_DAYS) if is_late else rng.randrange(made.due_from))
            for made, is_late in zip(histories, late, strict=True)
        ]
        order = sorted(range(len(counts)), key=lambda i: -ages[i])
        if len(set(ages)) == len(ages):
            return [
                Placed(item, track, NOW.date() - timedelta(days=ages[i]), histories[i])
                for track, i in zip(Track, order, strict=False)
            ]


def _since_last(rng: Random, made: History, is_late: bool) -> int:
    """Days since the last answer: at least one, since nothing is done yet on the day that begins."""
    return made.due_to + rng.randrange(_LATEST_DAYS) if is_late else rng.randrange(1, made.due_from)


def history(rng: Random, count: int) -> History:
    """`count` answers of one card, when it was due or a little later. It has left learning at the end."""
    forgetful = 0.1
    while True:
        made = _simulated(rng, count, forgetful)
        if made.span + made.due_to > YEARS * 365:
            # Long histories without a lapse would reach back further than the learner does.
            forgetful = min(forgetful + 0.05, 0.5)
        elif made.due_from > 1:
            return made


def _simulated(rng: Random, count: int, forgetful: float) -> History:
    review_card = _SCHEDULER.review_card
    card, day, at = Card(card_id=0), 0, _time_of_day(rng)
    moments = []
    for number in range(count):
        settles = number >= count - 2
        rating = 3 if settles else _rating(rng, forgetful)
        moments.append(Moment(day, at, rating, card.stability or 0.0))
        today = midnight(_FIRST_DAY + timedelta(days=day))
        card, _ = review_card(card, Rating(rating), today)
        wait = card.due - today
        if card.state is State.Review:
            # The end of the range, so that whatever the fuzz the card was due by then.
            latest = fuzz_range(wait.days)[1]
            day, at = day + latest + int(rng.expovariate(1)), _time_of_day(rng)
        else:
            at += max(wait, timedelta(minutes=1)) + timedelta(seconds=rng.randrange(60))
    assert card.state is State.Review
    return History(tuple(moments), *fuzz_range(wait.days))


def _rating(rng: Random, forgetful: float) -> int:
    return 1 if rng.random() < forgetful else rng.choices((2, 3, 4), (1, 8, 1))[0]


def _time_of_day(rng: Random) -> timedelta:
    """Between 6 and 10 in the morning: after the day's start, before NOW."""
    return timedelta(milliseconds=rng.randrange(6 * 3_600_000, 10 * 3_600_000))
