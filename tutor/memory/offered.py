"""On which day a card is offered: easy days and an even load, within FSRS's fuzz range.

An overlay over the fold and never a part of it: memories and due days stay what the log says.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Movable(NamedTuple):
    """A card in review, and the days on which it may be offered."""

    item: str
    track: str
    due: date
    earliest: date
    latest: date
    """The range into which fuzz may move its interval."""


@dataclass(frozen=True, slots=True)
class DaysWanted:
    """How the learner wants their days."""

    shares: Mapping[str, float] = field(default_factory=dict)
    """Weekday -> the share of a usual day that it should hold, 0 to 1; those left out are usual."""
    even: bool = False
    """Whether the load is evened out between days."""

    @property
    def any(self) -> bool:
        """Whether anything is wanted at all."""
        return self.even or any(share < 1 for share in self.shares.values())

    def share(self, day: date) -> float:
        """What a day should hold of a usual one."""
        return self.shares.get(WEEKDAYS[day.weekday()], 1.0)


def offered_days(cards: Iterable[Movable], wanted: DaysWanted, today: date) -> dict[tuple[str, str], date]:
    """The days on which cards are offered where that is not the day they are due, by item and track.

    A day never lies outside a card's range, nor before today. The same cards give the same days.
    """
    # Those that can move least choose first; then each takes the day that is emptiest for what it may hold.
    ordered = sorted(cards, key=lambda card: ((card.latest - card.earliest).days, card.due, card[:2]))
    load = Counter[date]()
    moved: dict[tuple[str, str], date] = {}
    for card in ordered:
        due = max(card.due, today)
        day = due
        if wanted.even or _must_leave(card, wanted.share(due)):
            day = _best(_range(card, today), due, load, wanted)
        load[day] += 1
        if day != due:
            moved[card.item, card.track] = day
    return moved


def _range(card: Movable, today: date) -> Sequence[date]:
    first, last = max(card.earliest, today), max(card.latest, today)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _must_leave(card: Movable, share: float) -> bool:
    """Whether a card is one of those for which an easy day has no room; always the same ones."""
    digest = hashlib.blake2b(f"{card.item}{card.track}{card.due}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 2**32 >= share


def _best(days: Sequence[date], due: date, load: Counter[date], wanted: DaysWanted) -> date:
    def cost(day: date) -> tuple[bool, float, int, date]:
        share = wanted.share(day)
        full = load[day] / share if share else float(load[day])
        return share == 0, full if wanted.even else -share, abs((day - due).days), day

    return min(days, key=cost)
