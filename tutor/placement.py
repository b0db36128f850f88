"""The placement: a dozen questions to someone who knows some Polish, and what they are taken to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.course.item import Item
from tutor.drills.drill import Ask, Drill
from tutor.drills.make import make
from tutor.errors import UsageError
from tutor.i18n import _
from tutor.ids import new_id
from tutor.memory.fold import fuzzed
from tutor.memory.placement import QUESTIONS, Given, known, next_place, stand
from tutor.memory.review import Help, Kind, Review
from tutor.memory.tracks import Mode, Track
from tutor.store import cards, items, learners, parameters, reviews

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tutor.memory.parameters import Parameters
    from tutor.practice import Tutor

SPREAD_DAYS = 14
"""Days over which what is taken for known is asked: the least sure words first."""
DIFFICULTY = 5.0
"""Of a word that was never answered: the middle."""
SOURCE = "placement"


@dataclass(frozen=True, slots=True)
class Placed:
    """What a placement came to."""

    known: int
    """Words and phrases that are taken for known."""
    of: int
    """Those of the whole course."""


class Placement:
    """The questions, one at a time. `given` are answers from before an interruption: item -> right."""

    def __init__(self, tutor: Tutor, given: Mapping[str, bool] | None = None) -> None:
        self._tutor = tutor
        with tutor.database.read() as connection:
            self._items = cards.unmet_in_order(connection, tutor.learner.id)
        last = max(len(self._items) - 1, 1)
        self._places = [number / last for number in range(len(self._items))]
        numbers = {item: number for number, item in enumerate(self._items)}
        self._given = {numbers[item]: right for item, right in (given or {}).items() if item in numbers}
        self._without_options: set[int] = set()
        self._drill: Drill | None = None

    @property
    def done(self) -> int:
        """Questions answered."""
        return len(self._given)

    @property
    def expected(self) -> int:
        """Questions in all."""
        return min(QUESTIONS, len(self._items))

    @property
    def given(self) -> Mapping[str, bool]:
        """The answers so far: item -> right."""
        return {self._items[number]: right for number, right in self._given.items()}

    def next(self) -> Drill | None:
        """The question to ask now, four meanings to choose from; None at the end."""
        while self._drill is None:
            number = next_place(
                self._places, {*self._given, *self._without_options}, _answers(self._places, self._given)
            )
            if number is None:
                return None
            drill = self._question(self._items[number])
            if drill.ask is Ask.CHOOSE:
                self._drill = drill
            else:
                self._without_options.add(number)
        return self._drill

    def answer(self, drill: Drill, option: str | None) -> bool:
        """Take the option chosen, or None for "not sure"; whether it was right. It is no review.

        Raises UsageError for a question that is not the current one.
        """
        if self._drill is None or drill != self._drill or drill.item is None:
            raise UsageError(_("That question is not the current one; ask for the next."))
        right = option == drill.answer
        self._given[self._items.index(drill.item.id)] = right
        self._drill = None
        return right

    def settle(self) -> Placed:
        """Take for known what the answers say: a seed for each, on the Read track alone, all or none.

        Their first checks are spread over two weeks. They share one answer, so one undo takes all back.
        """
        at = stand(_answers(self._places, self._given))
        found = [
            self._items[number]
            for number, place in enumerate(self._places)
            if known(place, at) and self._given.get(number, True)
        ]
        tutor = self._tutor
        with tutor.database.write() as connection:
            chosen = parameters.current(connection, tutor.learner.id, Track.VISUAL)
            seeds = self._seeds(found, chosen)
            reviews.append(connection, seeds)
            for seed in seeds:
                cards.refresh(connection, *seed.card)
            learners.keep_stamp(connection, tutor.stamps.last)
        return Placed(len(found), len(self._items))

    def _question(self, item: str) -> Drill:
        tutor = self._tutor
        with tutor.database.read() as connection:
            of_item = tutor.items.load(connection, [item])[0]
            around = self._around(connection, of_item.level)
            return make(of_item, Mode.PHRASE, around, f"{SOURCE}/{item}")

    def _around(self, connection: Connection, level: int) -> Sequence[Item]:
        ids = items.pool(connection, self._tutor.learner.id, level)
        return self._tutor.items.load(connection, ids, sentences=False)

    def _seeds(self, found: Sequence[str], chosen: Parameters) -> list[Review]:
        """A seed for each, from the easiest on, which is asked last."""
        tutor, now = self._tutor, self._tutor.clock.now()
        answer = new_id(tutor.stamps.tick().ms)
        seeds = []
        for number, item in enumerate(found):
            stamp = tutor.stamps.tick()
            day = SPREAD_DAYS - number * SPREAD_DAYS // len(found)
            seeds.append(Review(
                id=new_id(stamp.ms), learner=tutor.learner.id, device=tutor.device, hlc=str(stamp),
                answer_id=answer, kind=Kind.SEED, item=item, track=Track.VISUAL, mode=None, direction=None,
                rating=None, at=stamp.at, local_day=tutor.calendar.day(now), response_ms=None, help=Help.NONE,
                import_run=None, stability=_stability(item, day, chosen), difficulty=DIFFICULTY,
                source=SOURCE,
            ))  # fmt: skip
        return seeds


def _answers(places: Sequence[float], given: Mapping[int, bool]) -> list[Given]:
    return [Given(places[number], right) for number, right in given.items()]


def _stability(item: str, days: int, chosen: Parameters) -> float:
    """The stability with which an item is due after this many days, or a day beside it, fuzz and all."""
    interval = min(range(1, days + 3), key=lambda one: abs(fuzzed(one, item, Track.VISUAL, 0) - days))
    return interval / chosen.model.share_at(chosen.desired_retention)
