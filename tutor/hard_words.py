"""Words that keep slipping away: they rest, and come back once something about them has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from tutor.course.item import Item
from tutor.errors import UsageError
from tutor.hlc import Stamp
from tutor.i18n import _
from tutor.ids import new_id
from tutor.memory.review import Help, Kind, Review
from tutor.memory.tracks import Track
from tutor.store import cards, item_states, items, learners, reviews
from tutor.text import LONGEST_ANSWER, normal_english

if TYPE_CHECKING:
    from tutor.practice import Tutor


@dataclass(frozen=True, slots=True)
class HardWord:
    """An item that rests."""

    item: Item
    lapses: int
    """How often its worst card slipped away."""


def hard_words(tutor: Tutor) -> list[HardWord]:
    """The items that rest because they kept slipping away, the worst first."""
    with tutor.database.read() as connection:
        resting = item_states.leeches(connection, tutor.learner.id)
        # All their sentences are to choose from, so they are read as the course has them.
        found = items.load(connection, [item for item, _lapses in resting])
    return [HardWord(found[item], lapses) for item, lapses in resting]


def bring_back(
    tutor: Tutor,
    item: str,
    *,
    hook: str | None = None,
    meaning: str | None = None,
    sentence: str | None = None,
) -> None:
    """Let an item come back with something changed about it: all that is given, or nothing of it.

    `sentence` is the id of the one of its sentences that it is asked in from now on; the others are as for
    `annotate`, which says what is refused.
    """
    fields = _noted(hook, meaning)
    if sentence is not None:
        with tutor.database.read() as connection:
            found = items.load(connection, [item])
        if item in found and sentence not in {one.id for one in found[item].sentences}:
            raise UsageError(_("This word has no such sentence."))
        fields["sentence"] = sentence
    _change(tutor, item, {**fields, "suspended": False})


def annotate(tutor: Tutor, item: str, *, hook: str | None = None, meaning: str | None = None) -> None:
    """Give an item a memory hook of the learner's own, or a meaning in their words, shown from now on.

    Raises UsageError for a text that says nothing.
    """
    fields = _noted(hook, meaning)
    if fields:
        _change(tutor, item, {**fields})


def _noted(hook: str | None, meaning: str | None) -> dict[str, str]:
    fields: dict[str, str] = {}
    if hook is not None:
        fields["note"] = _said(hook)
    if meaning is not None:
        fields["translation"] = _said(meaning)
        if not normal_english(meaning):
            raise UsageError(_("Write it in letters: it is what you will be asked for."))
    return fields


def meet_again(tutor: Tutor, item: str) -> None:
    """Forget all that was learned of an item; it is met anew, as on its first day."""
    _known(tutor, item)
    stamp = tutor.stamps.tick()
    with tutor.database.write() as connection:
        for track in cards.open_tracks(connection, tutor.learner.id, item):
            forgetting = _forgetting(tutor, item, track, stamp)
            reviews.append(connection, [forgetting])
            cards.refresh(connection, *forgetting.card)
        _save(tutor, connection, item, stamp, {"suspended": False})


def _forgetting(tutor: Tutor, item: str, track: Track, stamp: Stamp) -> Review:
    return Review(
        id=new_id(stamp.ms), learner=tutor.learner.id, device=tutor.device, hlc=str(stamp), answer_id=None,
        kind=Kind.FORGET, item=item, track=track, mode=None, direction=None, rating=None, at=stamp.at,
        local_day=tutor.calendar.day(tutor.clock.now()), response_ms=None, help=Help.NONE, import_run=None,
        stability=None, difficulty=None, source=None,
    )  # fmt: skip


def _change(tutor: Tutor, item: str, fields: dict[str, str | bool]) -> None:
    _known(tutor, item)
    stamp = tutor.stamps.tick()
    with tutor.database.write() as connection:
        _save(tutor, connection, item, stamp, fields)


def _save(
    tutor: Tutor, connection: Connection, item: str, stamp: Stamp, fields: dict[str, str | bool]
) -> None:
    learners.keep_stamp(connection, stamp)
    item_states.change(connection, tutor.learner.id, item, str(stamp), fields)
    tutor.items.forget(item)


def _known(tutor: Tutor, item: str) -> None:
    with tutor.database.read() as connection:
        if not items.load(connection, [item], sentences=False):
            raise UsageError(_("There is no such word here."))


def _said(text: str) -> str:
    """What was written, on one line. Raises UsageError where it is nothing."""
    said = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())[:LONGEST_ANSWER]
    if not said:
        raise UsageError(_("Write something that will help you remember."))
    return said
