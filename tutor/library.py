"""Everything there is to learn: found, filtered, added to, changed, and put right again."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from tutor import card_story, hard_words
from tutor.card_story import CardStory
from tutor.course.item import Item, ItemKind
from tutor.errors import UsageError
from tutor.i18n import _
from tutor.ids import new_id
from tutor.memory.tracks import Track
from tutor.store import cards, item_states, items, learners, own_items, tags
from tutor.store import library as store
from tutor.store.library import Row, Wanted
from tutor.store.own_items import OwnItem
from tutor.text import LONGEST_ANSWER, normal_english

if TYPE_CHECKING:
    from tutor.meaning.vector_file import Near
    from tutor.practice import Tutor

__all__ = ["OwnItem", "Row", "Wanted"]

AT_ONCE = 25
FEW = 5
"""Where fewer are found by what was written, it is looked for what is near it in meaning, too."""
SHORTEST = 3
"""Letters from which on what was written means something."""
NEAR = 8
LOOKED_THROUGH = 40
"""Of the nearest items: some are another learner's, and beside a word stand phrases."""
LEAST_OF_TEXT, LEAST_OF_ITEM = 0.35, 0.3
"""Cosines from which on items count as near; chosen by looking at the course's."""
MISTAKES = 5
LONGEST_TAG = 40


@dataclass(frozen=True, slots=True)
class Found:
    """A part of what was asked for."""

    rows: tuple[Row, ...]
    total: int
    near: tuple[Row, ...] = ()
    """Where few are found by what was written: others that are near it in meaning, the nearest first."""


@dataclass(frozen=True, slots=True)
class Facets:
    """What can be filtered by."""

    cefr: tuple[str, ...]
    pos: tuple[str, ...]
    tags: tuple[str, ...]
    """Topics of the courses and the learner's own tags."""


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One item, and everything that is known of it here."""

    item: Item
    own: OwnItem | None
    """What the learner wrote, where it is a word of their own."""
    suspended: bool
    known: bool
    tags: tuple[str, ...]
    stories: tuple[CardStory, ...]
    """Of the tracks that are open."""
    mistakes: tuple[tuple[str, str, str], ...]
    """Concept, subtype and what was written; the latest first."""
    related: tuple[Row, ...] = ()
    """What is near it in meaning, the nearest first."""


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done to several items, and the way back."""

    count: int
    _back: Callable[[Connection, str], None]
    _items: tuple[str, ...]

    def take_back(self, tutor: Tutor) -> None:
        """Put everything back as it was."""
        _write(tutor, self._items, self._back)


def find(tutor: Tutor, wanted: Wanted, limit: int = AT_ONCE, offset: int = 0) -> Found:
    """Items of a kind; by a query the best matches first, else in the order of the course."""
    if wanted.standing and wanted.standing not in store.STANDINGS:
        raise UsageError(
            _("{standing!r} is no standing; they are {known}.").format(
                standing=wanted.standing, known=", ".join(store.STANDINGS)
            )
        )
    now = tutor.clock.now()
    today = tutor.calendar.day(now)
    with tutor.database.read() as connection:
        rows, total = store.find(connection, tutor.learner.id, wanted, now, today, limit, offset)
    near: tuple[Row, ...] = ()
    if total < FEW and wanted == Wanted(wanted.query) and len(wanted.query.strip()) >= SHORTEST:
        near = _near_text(tutor, wanted.query, {row.id for row in rows})
    return Found(tuple(rows), total, near)


def _near_text(tutor: Tutor, text: str, without: Set[str]) -> tuple[Row, ...]:
    """Items that the learner may see and that are near what they wrote."""
    tutor.meanings.catch_up()
    return _seen(tutor, tutor.meanings.near_text(text, LOOKED_THROUGH, without), LEAST_OF_TEXT)


def _related(tutor: Tutor, item: Item) -> tuple[Row, ...]:
    """Items that are near one; to a word other words, for phrases in which it stands tell nothing new."""
    tutor.meanings.catch_up()
    kind = item.kind.value if item.kind is ItemKind.WORD else ""
    return _seen(tutor, tutor.meanings.near_item(item.id, LOOKED_THROUGH), LEAST_OF_ITEM, kind)


def _seen(tutor: Tutor, near: Sequence[Near], least: float, kind: str = "") -> tuple[Row, ...]:
    close = [one.item for one in near if one.closeness >= least]
    with tutor.database.read() as connection:
        return tuple(store.chosen(connection, tutor.learner.id, close, kind)[:NEAR])


def facets(tutor: Tutor) -> Facets:
    """What can be filtered by."""
    with tutor.database.read() as connection:
        return Facets(*map(tuple, store.facets(connection, tutor.learner.id)))


def page(tutor: Tutor, identity: str) -> ItemPage:
    """Everything about an item. Raises UsageError where there is none."""
    learner = tutor.learner.id
    with tutor.database.read() as connection:
        found = item_states.personal(connection, learner, items.load(connection, [identity]))
        if identity not in found or own_items.is_of_another(connection, learner, identity):
            raise UsageError(_("There is no such word here."))
        own = own_items.of(connection, learner, identity)
        suspended, known = item_states.is_left_alone(connection, learner, identity)
        tagged = tags.of_items(connection, learner, [identity]).get(identity, [])
        open_tracks = cards.open_tracks(connection, learner, identity)
        wrong = store.mistakes(connection, learner, identity, MISTAKES)
    stories = (card_story.story_of(tutor, identity, track) for track in Track if track in open_tracks)
    return ItemPage(
        found[identity],
        own,
        suspended,
        known,
        tuple(tagged),
        tuple(one for one in stories if one),
        tuple(wrong),
        _related(tutor, found[identity]),
    )


# Words of one's own.


def add(tutor: Tutor, own: OwnItem) -> str:
    """Write a word of one's own; its id. It is met next, and its sound is made at once.

    Raises UsageError where text or meaning say nothing.
    """
    clean = _checked(own)
    stamp = tutor.stamps.tick()
    identity = new_id(stamp.ms)
    with tutor.database.write() as connection:
        learners.keep_stamp(connection, stamp)
        level = cards.level(connection, tutor.learner.id)
        own_items.save(connection, tutor.learner.id, identity, clean, str(stamp), level)
    tutor.voice.ahead([clean.text, *(text for text, _means in clean.sentences)])
    return identity


def edit(tutor: Tutor, identity: str, own: OwnItem) -> None:
    """Change a word of one's own. Raises UsageError for one of the course."""
    clean = _checked(own)

    def change(connection: Connection, stamp: str) -> None:
        if own_items.of(connection, tutor.learner.id, identity) is None:
            raise UsageError(_("This word comes with the course: give it a hook or a meaning of your own."))
        own_items.save(connection, tutor.learner.id, identity, clean, stamp)

    _write(tutor, (identity,), change)
    tutor.voice.ahead([clean.text, *(text for text, _means in clean.sentences)])


# Several at once.


def suspend(tutor: Tutor, identities: Sequence[str], *, rests: bool) -> Done:
    """Let items rest, or come back."""
    return _set_states(tutor, identities, "suspended", rests)


def know(tutor: Tutor, identities: Sequence[str], *, known: bool) -> Done:
    """Take items for known, so that they are not asked for; or ask for them again."""
    return _set_states(tutor, identities, "known", known)


def tag(tutor: Tutor, identities: Sequence[str], name: str, *, there: bool = True) -> Done:
    """Put a tag on items, or take it away. Raises UsageError for a tag that says nothing."""
    clean = " ".join(name.split())[:LONGEST_TAG]
    if not clean:
        raise UsageError(_("Write what the tag should be called."))
    learner = tutor.learner.id
    with tutor.database.read() as connection:
        tagged = tags.of_items(connection, learner, identities)
    changed = tuple(one for one in identities if (clean in tagged.get(one, ())) is not there)

    def put(now: bool) -> Callable[[Connection, str], None]:
        def change(connection: Connection, stamp: str) -> None:
            for one in changed:
                tags.tag(connection, learner, one, clean, stamp, there=now)

        return change

    _write(tutor, changed, put(there))
    return Done(len(changed), put(not there), changed)


def delete(tutor: Tutor, identities: Sequence[str]) -> Done:
    """Take words of one's own away; their answers stay. Raises UsageError where one is the course's."""
    learner = tutor.learner.id
    with tutor.database.read() as connection:
        if not all(own_items.of(connection, learner, one) for one in identities):
            raise UsageError(_("Words of the course cannot be deleted; let them rest instead."))

    def away(connection: Connection, stamp: str) -> None:
        for one in identities:
            own_items.delete(connection, learner, one, stamp)

    def back(connection: Connection, _stamp: str) -> None:
        for one in identities:
            own_items.delete(connection, learner, one, None)

    _write(tutor, tuple(identities), away)
    return Done(len(identities), back, tuple(identities))


def reset(tutor: Tutor, identity: str) -> None:
    """Forget all that was learned of an item; its answers stay in the log."""
    hard_words.meet_again(tutor, identity)


def _set_states(tutor: Tutor, identities: Sequence[str], field: str, value: bool) -> Done:
    learner = tutor.learner.id
    with tutor.database.read() as connection:
        before = {one: item_states.is_left_alone(connection, learner, one) for one in identities}
    at = ("suspended", "known").index(field)
    changed = tuple(one for one in identities if before[one][at] is not value)

    def put(now: bool) -> Callable[[Connection, str], None]:
        def change(connection: Connection, stamp: str) -> None:
            for one in changed:
                item_states.change(connection, learner, one, stamp, {field: now})

        return change

    _write(tutor, changed, put(value))
    return Done(len(changed), put(not value), changed)


def _write(tutor: Tutor, identities: Sequence[str], change: Callable[[Connection, str], None]) -> None:
    """One transaction under a new stamp; what was read of the items is read anew after it."""
    stamp = tutor.stamps.tick()
    with tutor.database.write() as connection:
        learners.keep_stamp(connection, stamp)
        change(connection, str(stamp))
    for identity in identities:
        tutor.items.forget(identity)


def _checked(own: OwnItem) -> OwnItem:
    text, note = _line(own.text), _line(own.note)
    means = tuple(dict.fromkeys(line for one in own.means if (line := _line(one))))
    if not text:
        raise UsageError(_("Write the Polish word or phrase."))
    if not means or not any(map(normal_english, means)):
        raise UsageError(_("Write what it means, in letters: it is what you will be asked for."))
    sentences = tuple((line, _line(means_)) for one, means_ in own.sentences if (line := _line(one)))
    return OwnItem(text, means, own.pos.strip(), note, sentences)


def _line(text: str) -> str:
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())[:LONGEST_ANSWER]
