"""The lessons: the path through them, what each explains, and the grammar of all of them together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor import library
from tutor.course.dialogue import Dialogue
from tutor.course.item import Extra, Note
from tutor.errors import UsageError
from tutor.i18n import _
from tutor.library import Row, Wanted
from tutor.memory.selection import Entry, EntryKind
from tutor.memory.tracks import MIX, mode_for
from tutor.plan import Plan, seed_of
from tutor.store import cards, dialogues, items, lessons
from tutor.store.lessons import Standing

if TYPE_CHECKING:
    from tutor.course.format import SoundsPage
    from tutor.practice import Tutor
    from tutor.session import Session

__all__ = ["Standing"]

MOST_WORDS = 200
PRACTISED_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class LessonPage:
    """One lesson: how far it got, what it explains, what it teaches."""

    standing: Standing
    notes: tuple[Note, ...]
    """Its grammar first, then its sounds."""
    words: tuple[Row, ...]
    dialogue: Dialogue | None
    extras: tuple[Extra, ...] = ()


def path(tutor: Tutor) -> tuple[Standing, ...]:
    """Every lesson and how far the learner is with it, in order."""
    with tutor.database.read() as connection:
        return tuple(lessons.standings(connection, tutor.learner.id))


def following(tutor: Tutor) -> Standing | None:
    """The lesson to go on with: the one that teaches what comes next; None at the end."""
    with tutor.database.read() as connection:
        return lessons.following(connection, tutor.learner.id)


def page(tutor: Tutor, lesson: str) -> LessonPage:
    """A lesson. Raises UsageError where there is none."""
    standing = next((one for one in path(tutor) if one.id == lesson), None)
    if standing is None:
        raise UsageError(_("There is no such lesson here."))
    own = [note for note in _notes(tutor) if note.lesson == lesson]
    found = library.find(tutor, Wanted(lesson=lesson), MOST_WORDS)
    with tutor.database.read() as connection:
        dialogue = dialogues.load(connection, lesson)
        extras = lessons.extras(connection, lesson)
    notes = tuple(sorted(own, key=lambda note: note.sound))
    return LessonPage(standing, notes, found.rows, dialogue, extras)


def practise(tutor: Tutor, lesson: str, seed: int | None = None) -> Session:
    """Begin a small session of what was met of a lesson, what comes due first at its beginning.

    Raises UsageError where nothing of it was met.
    """
    with tutor.database.read() as connection:
        found = cards.of_lesson(connection, tutor.learner.id, lesson, tutor.speaking.mix, PRACTISED_AT_ONCE)
        level = cards.level(connection, tutor.learner.id)
        pool = tuple(items.pool(connection, tutor.learner.id, level))
    if not found:
        raise UsageError(_("First meet some words of this lesson; then there is something to practise."))
    entries = tuple(
        Entry(EntryKind.REVIEW, card.item, card.track, mode_for(card.track, card.stability, turn))
        for turn, card in enumerate(found)
    )
    plan = Plan(MIX, PRACTISED_AT_ONCE, seed_of(seed), entries, pool)
    return tutor.begin(plan, tutor.clock.now())


def by_key(tutor: Tutor, key: str) -> Standing:
    """The lesson with this key, or with this number. Raises UsageError where there is none."""
    every = path(tutor)
    found = next((one for one in every if key in (one.key, str(one.number))), None)
    if found is None:
        known = ", ".join(one.key for one in every)
        raise UsageError(_("There is no lesson {key!r}; choose one of {known}.").format(key=key, known=known))
    return found


def grammar(tutor: Tutor) -> tuple[tuple[Standing, tuple[Note, ...]], ...]:
    """The notes on grammar of every lesson, in order: the reference."""
    notes = [note for note in _notes(tutor) if not note.sound]
    by_lesson = {
        standing: tuple(note for note in notes if note.lesson == standing.id) for standing in path(tutor)
    }
    return tuple((standing, own) for standing, own in by_lesson.items() if own)


def alphabet(tutor: Tutor) -> list[SoundsPage]:
    """The tour of the letters and their sounds, page by page; empty where no course has one.

    Raises CourseError where it cannot be read.
    """
    # Read here and not at each start: it takes a YAML parser and the models of the format.
    from tutor.course.reading import read_alphabet

    folders = sorted(path.parent for path in tutor.courses.glob("*/course.yaml"))
    return next((pages for pages in map(read_alphabet, folders) if pages), [])


def _notes(tutor: Tutor) -> list[Note]:
    with tutor.database.read() as connection:
        return list(tutor.items.notes(connection).values())
