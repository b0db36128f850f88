"""Two words that differ by one sound: one of them is said, and the learner tells which."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from tutor.course.item import Note
from tutor.ids import new_id
from tutor.store import learners, lessons
from tutor.store.lessons import LessonEvent

if TYPE_CHECKING:
    from tutor.practice import Tutor


@dataclass(frozen=True, slots=True)
class Heard:
    """A word that is said, and those that it has to be told from."""

    note: Note
    options: tuple[str, ...]
    said: str


def audible(tutor: Tutor, note: Note) -> tuple[tuple[str, ...], ...]:
    """The contrasts of a note whose words the voice in use says apart; none where there is no voice."""
    return tuple(
        pair
        for pair in note.contrasts
        if all(tutor.voice.says_apart(one, other) for at, one in enumerate(pair) for other in pair[at + 1 :])
    )


def ask(tutor: Tutor, note: Note, rng: Random, before: Heard | None = None) -> Heard | None:
    """Say a word of one of a note's contrasts, of another than `before` where there are several.

    Nothing where the voice says none apart.
    """
    pairs = audible(tutor, note)
    others = [pair for pair in pairs if not before or pair != before.options]
    options = rng.choice(others or pairs) if pairs else ()
    return Heard(note, options, rng.choice(options)) if options else None


def answer(tutor: Tutor, heard: Heard, chosen: str) -> bool:
    """Keep which word was chosen, and tell whether it is the one that was said. It is no review.

    Raises a DatabaseError where it could not be kept.
    """
    with tutor.database.write() as connection:
        stamp = tutor.stamps.tick()
        event = LessonEvent(
            new_id(stamp.ms), tutor.learner.id, tutor.device, str(stamp), heard.note.lesson, lessons.CONTRAST,
            stamp.at, detail=f"{heard.note.key} {heard.said}", said=chosen,
        )  # fmt: skip
        lessons.append(connection, event)
        learners.keep_stamp(connection, stamp)
    return chosen == heard.said
