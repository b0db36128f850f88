"""A session's queue: a fold over its plan and what was done since, so that it resumes exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from tutor.memory.review import Rating
from tutor.memory.selection import Entry, EntryKind
from tutor.memory.tracks import Track

FIRST_TEST_AFTER = (3, 5)
"""How many drills after its meeting an item is first tested, from and to."""

RETURN_AFTER = 5
MAX_RETURNS = 3
APART = 10
"""Two cards of one item stand at least this many drills apart."""


class StepKind(StrEnum):
    """What was done with a drill."""

    SEEN = "seen"
    """A meeting or a note was acknowledged."""
    KNOWN = "known"
    """ "I know this word"."""
    ANSWERED = "answered"
    SKIPPED = "skipped"
    """There was nothing to show: the item has gone."""
    NO_LISTENING = "no listening"
    """Not a drill: from here on the session asks for no listening."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done in a session."""

    kind: StepKind
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """An entry in the queue."""

    entry: Entry
    returns: int = 0
    """How often this card came back because it was wrong."""

    @property
    def cap(self) -> Rating:
        """The best rating that counts here: first tests and returns are Good at most."""
        limited = self.entry.kind in (EntryKind.FIRST_TEST, EntryKind.RETURN)
        return Rating.GOOD if limited else Rating.EASY


class Queue:
    """Where a session stands. The same plan, seed and steps give the same queue on every device."""

    def __init__(self, plan: Sequence[Entry], seed: int) -> None:
        self._seed = seed
        self._pending = [Place(entry) for entry in plan]
        self._shown: list[Entry] = []
        self.current: Place | None = None
        self._advance()

    @property
    def done(self) -> int:
        """Drills finished so far."""
        return len(self._shown) - (self.current is not None)

    def upcoming(self, count: int) -> list[Entry]:
        """The current entry and those that follow, as far as can be told now."""
        places = ([self.current] if self.current else []) + self._pending[:count]
        return [place.entry for place in places]

    @property
    def expected(self) -> int:
        """Drills of the whole session, as far as can be told now."""
        waiting = sum(1 + (place.entry.kind is EntryKind.MEETING) for place in self._pending)
        if self.current:
            waiting += 1 + (self.current.entry.kind is EntryKind.MEETING)
        return self.done + waiting

    def take(self, step: Step) -> None:
        """Finish the current drill. Raises ValueError when there is none."""
        if step.kind is StepKind.NO_LISTENING:
            self._stop_listening()
            return
        if self.current is None:
            raise ValueError("the session is over")
        place = self.current
        if step.kind is StepKind.SEEN and place.entry.kind is EntryKind.MEETING:
            test = replace(place.entry, kind=EntryKind.FIRST_TEST)
            after = Random(f"{self._seed}/{len(self._shown)}").randint(*FIRST_TEST_AFTER)
            self._insert(Place(test), after)
        elif step.rating is Rating.AGAIN and place.returns < MAX_RETURNS:
            back = replace(place.entry, kind=EntryKind.RETURN)
            self._insert(Place(back, place.returns + 1), RETURN_AFTER)
        self._advance()

    def _insert(self, place: Place, after: int) -> None:
        """Put a place so that `after - 1` drills come before it, or last."""
        self._pending.insert(after - 1, place)

    def _advance(self) -> None:
        """Move to the next place that may be shown; cards too near a card of the same item stay due."""
        index = self._next_index()
        if index is None:
            self._pending.clear()
            self.current = None
            return
        self.current = self._pending.pop(index)
        self._shown.append(self.current.entry)

    def _next_index(self) -> int | None:
        last = self._shown[-1].item if self._shown else None
        fallback = None
        for index, place in enumerate(self._pending):
            if self._too_near(place.entry):
                continue
            if place.entry.item != last:
                return index
            fallback = index if fallback is None else fallback
        return fallback

    def _too_near(self, entry: Entry) -> bool:
        return any(
            shown.item == entry.item and shown.track is not entry.track for shown in self._shown[-APART:]
        )

    def _stop_listening(self) -> None:
        self._pending = [place for place in self._pending if place.entry.track is not Track.AUDIO]
        if self.current and self.current.entry.track is Track.AUDIO:
            self._shown.pop()
            self._advance()
