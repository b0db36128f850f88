"""A session's queue: a fold over its plan and what was done since, so that it resumes exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from random import Random

from tutor.memory.review import Rating
from tutor.memory.selection import Entry, EntryKind
from tutor.memory.tracks import Track

FIRST_TEST_AFTER = (3, 5)
"""How many drills after its meeting an item is first tested, from and to."""

RETURN_AFTER = 5
MAX_RETURNS = 3
APART = 10
"""Between two cards of one item lie at least this many drills."""


class StepKind(StrEnum):
    """What was done with a drill."""

    SEEN = "seen"
    """A meeting or a note was acknowledged."""
    KNOWN = "known"
    """ "I know this word"."""
    ANSWERED = "answered"
    SKIPPED = "skipped"
    """There was nothing to show: the item has gone."""
    PUT_ASIDE = "put aside"
    """Not a drill: an item rests from here on, or is known."""
    NO_LISTENING = "no listening"
    """Not a drill: from here on the session asks for no listening."""
    NO_SPEAKING = "no speaking"
    """Not a drill: from here on the session asks for no speaking."""
    WROTE = "wrote"
    """What was to be said was written: the card stays due."""


_PUT_OFF = {StepKind.NO_LISTENING: Track.AUDIO, StepKind.NO_SPEAKING: Track.SPEECH}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done in a session."""

    kind: StepKind
    rating: Rating | None = None
    leech: bool = False
    """Whether its item rests from here on, so that nothing of it comes any more."""
    item: str = ""
    """Of what was put aside: it need not be the current drill's."""


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

    def __init__(self, plan: Sequence[Entry], seed: int, *, returns: bool = True) -> None:
        self._seed = seed
        self._most_returns = MAX_RETURNS if returns else 0
        self._pending = [Place(entry) for entry in plan]
        self._promised: dict[int, Place] = {}
        """First tests and returns, by the number of the drill that they are to be."""
        self._shown: list[Entry] = []
        self.current: Place | None = None
        self._advance()

    @property
    def done(self) -> int:
        """Drills finished so far."""
        return len(self._shown) - (self.current is not None)

    def upcoming(self, count: int) -> list[Entry]:
        """The current entry and the `count` that follow, if all goes well."""
        return [place.entry for place in islice(self._rest(), count + 1)]

    @property
    def expected(self) -> int:
        """Drills of the whole session, if all that is left goes well."""
        return self.done + sum(1 for _ in self._rest())

    def _rest(self) -> Iterator[Place]:
        """What comes from here on if nothing more is wrong."""
        ahead = copy(self)
        ahead._pending, ahead._promised = list(self._pending), dict(self._promised)
        ahead._shown = list(self._shown)
        while ahead.current:
            yield ahead.current
            ahead.take(Step(StepKind.SEEN))

    def take(self, step: Step) -> None:
        """Finish the current drill. Raises ValueError when there is none."""
        if step.kind in _PUT_OFF:
            self._put_off(_PUT_OFF[step.kind])
            return
        if step.kind is StepKind.PUT_ASIDE:
            self._rest_item(step.item)
            self._leave_current(lambda entry: entry.item == step.item)
            return
        if self.current is None:
            raise ValueError("the session is over")
        place, number = self.current, len(self._shown) - 1
        if step.kind is StepKind.SEEN and place.entry.kind is EntryKind.MEETING:
            # The last of these is always free: whatever else was promised was promised earlier.
            first, last = FIRST_TEST_AFTER
            free = [n for n in range(number + first, number + last + 1) if n not in self._promised]
            test = Place(replace(place.entry, kind=EntryKind.FIRST_TEST))
            self._promised[Random(f"{self._seed}/{number}").choice(free)] = test
        elif step.leech:
            self._rest_item(place.entry.item)
        elif step.rating is Rating.AGAIN and place.returns < self._most_returns:
            back = Place(replace(place.entry, kind=EntryKind.RETURN), place.returns + 1)
            self._promised[number + RETURN_AFTER] = back
        self._advance()

    def _advance(self) -> None:
        """Move to what is promised here, else on in the plan, else to what was promised for later."""
        self.current = self._promised.pop(len(self._shown), None) or self._from_plan() or self._early()
        if self.current is None:
            self._pending.clear()
        else:
            self._shown.append(self.current.entry)

    def _from_plan(self) -> Place | None:
        """The next place of the plan; what is too near a card of its item waits, or stays due."""
        for index, place in enumerate(self._pending):
            if not self._too_near(place.entry):
                return self._pending.pop(index)
        return None

    def _early(self) -> Place | None:
        """What is promised soonest, but not the item that was just there if there is another."""
        last = self._shown[-1].item if self._shown else None
        numbers = sorted(self._promised, key=lambda n: (self._promised[n].entry.item == last, n))
        return self._promised.pop(numbers[0]) if numbers else None

    def _too_near(self, entry: Entry) -> bool:
        return any(
            shown.item == entry.item and shown.track is not entry.track for shown in self._shown[-APART:]
        )

    def _rest_item(self, item: str) -> None:
        self._pending = [place for place in self._pending if place.entry.item != item]
        self._promised = {
            number: place for number, place in self._promised.items() if place.entry.item != item
        }

    def _put_off(self, track: Track) -> None:
        self._pending = [place for place in self._pending if place.entry.track is not track]
        self._promised = {
            number: place for number, place in self._promised.items() if place.entry.track is not track
        }
        self._leave_current(lambda entry: entry.track is track)

    def _leave_current(self, unwanted: Callable[[Entry], bool]) -> None:
        """Go on without the current drill, as if it had not been shown, where it is `unwanted`."""
        if self.current and unwanted(self.current.entry):
            self._shown.pop()
            self._advance()
