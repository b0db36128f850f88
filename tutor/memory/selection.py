"""What a session holds: due cards and openings in their shares, well mixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import TypeVar

from tutor.memory.tracks import MIX_WEIGHTS, Mode, Track, mode_for

DUE_SHARE = 0.7
"""Of a session's places, those for due cards; the others are for openings."""

NEW_PER_DAY = 10
OTHER_OPENINGS_SHARE = 1.5
"""Other openings that a day allows for each new item that it allows."""
BACKLOG_SESSIONS = 2
"""Nothing is opened while more is due than this many sessions hold."""

ARENA_SHARES = {"rescue": 3, "due": 5, "new": 2}
"""How ARENA is drawn, of ten."""

RESCUE_BELOW = 0.7
RESCUE_LAPSES = 3
"""A due card is to be rescued where recall is less likely than this, or where it lapsed so often."""

OVERDUE_EVERY = 4
"""Where more is due than a session holds, the best remembered come first; but each fourth card of a track is
the one that has waited longest, so that none waits for ever."""

LEVEL_SHARES = {"easier": 2, "at": 6, "harder": 2}
"""How new items are drawn around the learner's level, of ten."""

_T = TypeVar("_T")
_K = TypeVar("_K")


class EntryKind(StrEnum):
    """What a place in a session is for."""

    NOTE = "note"
    PASSAGE = "passage"
    MEETING = "meeting"
    FIRST_TEST = "first test"
    OPENING = "opening"
    REVIEW = "review"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in a session. For NOTE, `item` is the note's key; for PASSAGE, which is read, it is empty."""

    kind: EntryKind
    item: str
    track: Track = Track.VISUAL
    mode: Mode | None = None


@dataclass(frozen=True, slots=True)
class DueCard:
    """A card that is due, in the order in which it should be taken."""

    item: str
    track: Track
    stability: float
    difficulty: float = 0.0


@dataclass(frozen=True, slots=True)
class Openable:
    """A card that may be opened today."""

    item: str
    track: Track
    level: int
    lesson: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything that selection chooses from."""

    due: Mapping[Track, Sequence[DueCard]]
    """At least a session's worth by track, best first."""
    due_counts: Mapping[Track, int]
    """How many cards are due on each track, whether they are asked for or not."""
    openable: Mapping[Track, Sequence[Openable]]
    """In course order."""
    level: int
    """The learner's level; new items are drawn around it."""
    new_left: int
    """New items that today still allows."""
    openings_left: int
    """Other openings that today still allows."""
    notes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Lesson -> keys of grammar notes that were not shown yet."""
    rescue: Sequence[DueCard] = ()
    """For ARENA: due cards that are to be rescued, the most frequent words first."""
    turn: int = 0
    """Where in the round of shares the session begins, so that short sessions hold them together."""

    @property
    def due_total(self) -> int:
        """How many cards are due."""
        return sum(self.due_counts.values())


def select(offer: Offer, limit: int, weights: Mapping[Track, int] = MIX_WEIGHTS,
           mode: Mode | None = None) -> tuple[Entry, ...]:  # fmt: skip
    """Choose a session of `limit` cards: 70 % due, 30 % openings, each by the tracks' weights.

    What one bucket lacks, another gives. `mode` forces the mode of every card of its track.
    """
    openable = _openable(offer, limit, weights)
    available_new = sum(len(cards) for cards in openable.values())
    available_due = sum(len(offer.due.get(track, ())) for track in weights)
    due_places = min(available_due, max(round(limit * DUE_SHARE), limit - available_new))
    new_places = min(available_new, limit - due_places)

    waiting = {track: offer.due.get(track, ()) for track in weights}
    due = _reviews(blend(waiting, weights, due_places, offer.turn), mode)
    opened = [_opening(card, mode) for card in blend(openable, weights, new_places, offer.turn)]
    return _with_notes(_spread(opened, due), offer)


def select_arena(offer: Offer, limit: int, weights: Mapping[Track, int] = MIX_WEIGHTS) -> tuple[Entry, ...]:
    """Choose a session of ARENA: 30 % to be rescued, 50 % due, 20 % new, and the hardest of it first.

    What one bucket lacks, another gives.
    """
    # Those that find no place among the rescued wait among the due, where none waits for ever.
    rescue = offer.rescue[: -(-limit * ARENA_SHARES["rescue"] // sum(ARENA_SHARES.values()))]
    saved = {(card.item, card.track) for card in rescue}
    due = {
        track: [card for card in cards if (card.item, card.track) not in saved]
        for track, cards in offer.due.items()
    }
    chosen: list[DueCard | Openable] = blend(
        {
            "rescue": rescue,
            "due": blend(due, weights, limit, offer.turn),
            "new": blend(_openable(offer, limit, weights), weights, limit, offer.turn),
        },
        ARENA_SHARES,
        limit,
        offer.turn,
    )
    hardest = sorted(
        (card for card in chosen if isinstance(card, DueCard)), key=lambda card: -card.difficulty
    )
    opened = [_opening(card, None) for card in chosen if isinstance(card, Openable)]
    return _with_notes(_spread(opened, _reviews(hardest, None)), offer)


def _reviews(cards: Sequence[DueCard], mode: Mode | None) -> list[Entry]:
    return [
        Entry(EntryKind.REVIEW, card.item, card.track, mode or mode_for(card.track, card.stability, turn))
        for turn, card in enumerate(cards)
    ]


def none_left_behind(best: Sequence[DueCard], longest: Sequence[DueCard], turn: int = 0) -> list[DueCard]:
    """Due cards of a track, the best first, with each fourth from those that have waited longest.

    `turn` tells how many went before: a short session may begin with the fourth.
    """
    taken: dict[str, DueCard] = {}
    ahead, behind = iter(best), iter(longest)
    # There is always one left ahead: no card is taken twice, and no more than there are ahead.
    while len(taken) < len(best):
        fourth = (len(taken) + turn) % OVERDUE_EVERY == OVERDUE_EVERY - 1
        card = next(card for card in (chain(behind, ahead) if fourth else ahead) if card.item not in taken)
        taken[card.item] = card
    return list(taken.values())


def _openable(offer: Offer, limit: int, weights: Mapping[Track, int]) -> dict[Track, list[Openable]]:
    """What may be opened in this session: within the day's limits, one track an item."""
    if offer.due_total > BACKLOG_SESSIONS * limit:
        return {}
    new = draw_by_level(offer.openable.get(Track.VISUAL, ()), offer.level, offer.new_left)
    taken = {card.item for card in new}
    others: dict[Track, list[Openable]] = {}
    for track in weights:
        if track is not Track.VISUAL:
            others[track] = [card for card in offer.openable.get(track, ()) if card.item not in taken]
            taken.update(card.item for card in others[track])
    picked = blend(others, weights, offer.openings_left, offer.turn)
    by_track: dict[Track, list[Openable]] = {Track.VISUAL: new} if Track.VISUAL in weights else {}
    for card in picked:
        by_track.setdefault(card.track, []).append(card)
    return by_track


def draw_by_level(cards: Sequence[Openable], level: int, count: int) -> list[Openable]:
    """New items: 20 % easier than the learner's level, 60 % at it, 20 % harder, then whatever is next."""
    bands = {
        "easier": [card for card in cards if card.level < level],
        "at": [card for card in cards if card.level == level],
        "harder": [card for card in cards if card.level > level],
    }
    return blend(bands, LEVEL_SHARES, count)


def blend(
    queues: Mapping[_K, Sequence[_T]], weights: Mapping[_K, int], count: int, turn: int = 0
) -> list[_T]:
    """Take `count` from queues by weight, each in its own order; an empty queue's share goes to the others.

    Smooth weighted round robin: the takes of each queue are spread as evenly as they can be. `turn` tells
    how many takes of the round went before.
    """
    left = {key: list(reversed(queue)) for key, queue in queues.items() if queue}
    credit = dict.fromkeys(left, 0)

    def next_in_turn() -> _K:
        for key in left:
            credit[key] += weights.get(key, 0)
        best = max(left, key=lambda key: credit[key])
        credit[best] -= sum(weights.get(key, 0) for key in left)
        return best

    for _earlier in range(turn % (sum(weights.get(key, 0) for key in left) or 1)):
        next_in_turn()
    taken: list[_T] = []
    while left and len(taken) < count:
        best = next_in_turn()
        taken.append(left[best].pop())
        if not left[best]:
            del left[best], credit[best]
    return taken


def _opening(card: Openable, mode: Mode | None) -> Entry:
    kind = EntryKind.MEETING if card.track is Track.VISUAL else EntryKind.OPENING
    return Entry(kind, card.item, card.track, mode or mode_for(card.track, stability=0))


def _spread(opened: Sequence[Entry], due: Sequence[Entry]) -> list[Entry]:
    """Openings spread evenly among due cards, a due card first."""
    placed = [((i + 1) / (len(opened) + 1), 1, entry) for i, entry in enumerate(opened)]
    placed += [((i + 0.5) / len(due), 0, entry) for i, entry in enumerate(due)]
    return [entry for _, _, entry in sorted(placed, key=lambda place: place[:2])]


def _with_notes(entries: Sequence[Entry], offer: Offer) -> tuple[Entry, ...]:
    """Put the grammar of a lesson before the first CONTEXT opening of it that was not explained yet."""
    lessons = {card.item: card.lesson for card in offer.openable.get(Track.CONTEXT, ())}
    shown: set[str] = set()
    result: list[Entry] = []
    for entry in entries:
        if entry.kind is EntryKind.OPENING and entry.track is Track.CONTEXT:
            for key in offer.notes.get(lessons.get(entry.item, ""), ()):
                if key not in shown:
                    shown.add(key)
                    result.append(Entry(EntryKind.NOTE, key))
        result.append(entry)
    return tuple(result)
