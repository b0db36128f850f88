"""The checkpoint at the end of a unit: some drills over all of it without help, as often as one likes."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from tutor.drills.feedback import Verdict
from tutor.errors import UsageError
from tutor.i18n import _
from tutor.memory.selection import Entry, EntryKind, blend
from tutor.memory.tracks import Mode, Track
from tutor.plan import CHECKPOINT, Plan, seed_of
from tutor.session import Session
from tutor.store import cards, items, lessons, units
from tutor.store.units import Met, UnitStanding

if TYPE_CHECKING:
    from tutor.practice import Tutor

__all__ = ["CheckpointResult", "UnitStanding"]

QUESTIONS = 12
PASS_SHARE = 0.8

_MODES = {Track.VISUAL: (Mode.PHRASE,), Track.CONTEXT: (Mode.CONTEXT, Mode.PRODUCE)}
"""Nothing that learners grade themselves, nor what has to be heard: that cannot be done everywhere."""


@dataclass(frozen=True, slots=True)
class CheckpointResult:
    """What a checkpoint came to."""

    unit: UnitStanding
    """With the best result, this one among them."""
    right: int
    asked: int
    worth: tuple[lessons.Standing, ...]
    """Lessons that are worth another look, because something of them was not right."""

    @property
    def passed(self) -> bool:
        """Whether it was enough this time."""
        return is_passed(self.right, self.asked)


def is_passed(right: int, asked: int) -> bool:
    """Whether so many right answers are enough."""
    return bool(asked) and right >= PASS_SHARE * asked


def path(tutor: Tutor) -> tuple[UnitStanding, ...]:
    """Every unit, in order, with its best result."""
    with tutor.database.read() as connection:
        return tuple(units.standings(connection, tutor.learner.id))


def start(tutor: Tutor, unit: str, seed: int | None = None) -> Session:
    """Begin a unit's checkpoint. Its answers are reviews like any other.

    Raises UsageError where so little of a lesson was met that there is nothing to ask.
    """
    with tutor.database.read() as connection:
        found = units.items_of(connection, tutor.learner.id, unit)
        numbers = {one.id: one.number for one in lessons.standings(connection, tutor.learner.id)}
        level = cards.level(connection, tutor.learner.id)
        pool = tuple(items.pool(connection, tutor.learner.id, level))
    by_lesson: dict[str, list[Met]] = {}
    for one in found:
        by_lesson.setdefault(one.lesson, []).append(one)
    share = -(-QUESTIONS // max(1, len(by_lesson)))
    few = [numbers[lesson] for lesson, all_of_it in by_lesson.items() if not _is_enough(all_of_it, share)]
    if few:
        said = _("The checkpoint asks for words you met: first meet some more of lesson {numbers}.")
        raise UsageError(said.format(numbers=", ".join(map(str, few))))
    seed = seed_of(seed)
    asked = _draw(by_lesson, Random(seed))
    if not asked:
        raise UsageError(_("There is nothing to ask for in this unit now."))
    entries = tuple(_entry(one, at) for at, one in enumerate(asked))
    return tutor.begin(Plan(CHECKPOINT, QUESTIONS, seed, entries, pool, unit=unit), tutor.clock.now())


def result(tutor: Tutor, session: Session) -> CheckpointResult | None:
    """What a session that is over came to, where it was a checkpoint."""
    if not session.plan.unit or not session.over:
        return None
    unit = next((one for one in path(tutor) if one.id == session.plan.unit), None)
    if unit is None:
        # The course has put its lessons together in another way meanwhile.
        return None
    with tutor.database.read() as connection:
        of = {one.item: one.lesson for one in units.items_of(connection, tutor.learner.id, unit.id)}
        every = lessons.standings(connection, tutor.learner.id)
    right = {item for item, verdict in session.verdicts.items() if verdict is Verdict.GOOD}
    asked = [entry.item for entry in session.plan.entries]
    missed = {of.get(item) for item in asked if item not in right}
    worth = tuple(one for one in every if one.id in missed)
    return CheckpointResult(unit, len(right), len(asked), worth)


def _entry(one: Met, at: int) -> Entry:
    track = Track.CONTEXT if one.in_context else Track.VISUAL
    return Entry(EntryKind.REVIEW, one.item, track, _MODES[track][at % len(_MODES[track])])


def _is_enough(of_lesson: list[Met], share: int) -> bool:
    """Whether a lesson has its share to be asked for, or all there is of it was met."""
    return sum(one.met for one in of_lesson) >= min(share, len(of_lesson))


def _draw(by_lesson: dict[str, list[Met]], rng: Random) -> list[Met]:
    """Some of each lesson in turn, whatever of it can be asked for."""
    queues: dict[str, list[Met]] = {}
    for lesson, all_of_it in by_lesson.items():
        queues[lesson] = [one for one in all_of_it if one.met and not one.rests]
        rng.shuffle(queues[lesson])
    return blend(queues, dict.fromkeys(queues, 1), QUESTIONS)
