"""What the steps of a session write into the log, and how that is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tutor.course.item import Note
from tutor.drills.drill import Drill
from tutor.drills.feedback import Verdict
from tutor.ids import new_id
from tutor.memory.queue import StepKind
from tutor.memory.review import Help, Kind, Rating, Review
from tutor.plan import Plan
from tutor.store import cards, item_states, learners, lessons, reviews, stats
from tutor.store.lessons import LessonEvent

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tutor.practice import Tutor


def review_of(
    tutor: Tutor, drill: Drill, rating: Rating | None, help_used: Help, response_ms: int | None
) -> Review:
    """A new row for a drill, stamped now."""
    assert drill.item
    now, stamp = tutor.clock.now(), tutor.stamps.tick()
    identity = new_id(stamp.ms)
    return Review(
        id=identity, learner=tutor.learner.id, device=tutor.device, hlc=str(stamp), answer_id=identity,
        kind=Kind.ANSWER, item=drill.item.id, track=drill.track, mode=drill.mode,
        direction=drill.direction if drill.mode else None, rating=rating, at=stamp.at,
        local_day=tutor.calendar.day(now), response_ms=response_ms, help=help_used, import_run=None,
        stability=None, difficulty=None, source=None,
    )  # fmt: skip


def note_shown(tutor: Tutor, note: Note) -> LessonEvent:
    """A new row that says that a note was shown."""
    stamp = tutor.stamps.tick()
    identity = new_id(stamp.ms)
    return LessonEvent(
        identity, tutor.learner.id, tutor.device, str(stamp), note.lesson, lessons.NOTE, stamp.at,
        answer_id=identity, detail=note.key,
    )  # fmt: skip


def checkpoint_done(
    tutor: Tutor, plan: Plan, steps: Iterable[Mapping[str, Any]], answer_id: str | None
) -> LessonEvent:
    """A new row that says what a checkpoint came to; it goes with its last answer."""
    stamp = tutor.stamps.tick()
    right = sum(step.get("verdict") == Verdict.GOOD for step in steps)
    return LessonEvent(
        new_id(stamp.ms), tutor.learner.id, tutor.device, str(stamp), plan.unit, lessons.CHECKPOINT,
        stamp.at, answer_id=answer_id, step=right, total=len(plan.entries),
    )  # fmt: skip


def rest(tutor: Tutor, connection: Connection, item: str, *, rests: bool) -> None:
    """Let an item rest, or come back; stamped with the answer that it goes with."""
    stamp = str(tutor.stamps.last)
    item_states.change(connection, tutor.learner.id, item, stamp, {"suspended": rests})


def take_back(tutor: Tutor, connection: Connection, step: Mapping[str, Any]) -> None:
    """Make everything that a step wrote count nowhere."""
    learner = tutor.learner.id
    if step["kind"] == StepKind.PUT_ASIDE:
        stamp = tutor.stamps.tick()
        learners.keep_stamp(connection, stamp)
        item_states.change(connection, learner, step["item"], str(stamp), {step["field"]: step["was"]})
        return
    answer_id = step.get("answer_id")
    if not answer_id:
        return
    stamp = tutor.stamps.tick()
    learners.keep_stamp(connection, stamp)
    reviews.undo(connection, new_id(stamp.ms), learner, tutor.device, str(stamp), answer_id, stamp.at)
    if step.get("lesson"):
        lessons.refresh(connection, learner, step["lesson"])
    if step.get("leech"):
        rest(tutor, connection, step["item"], rests=False)
    review = reviews.of_answer(connection, learner, step["item"], answer_id)
    if review:
        cards.refresh(connection, *review.card)
        stats.refresh(connection, review, times=-1)
