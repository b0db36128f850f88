"""A meeting: a new item is seen and heard, with its meaning and one example; nothing is tested."""

from __future__ import annotations

from tutor.course.item import Item, ItemKind, Note
from tutor.drills.drill import Ask, Drill
from tutor.i18n import _
from tutor.memory.tracks import Track


def meeting(item: Item) -> Drill:
    """The first sight of an item."""
    return Drill(
        item=item,
        track=Track.VISUAL,
        mode=None,
        ask=Ask.ACKNOWLEDGE,
        task=_("Look and listen"),
        prompt=item.text,
        answer=item.meaning,
        # A phrase's own sentence would only say it again.
        sentence=item.sentences[0] if item.sentences and item.kind is ItemKind.WORD else None,
        say=item.text,
        why=item.note or item.false_friend,
    )


def explanation(note: Note) -> Drill:
    """A note of a lesson, shown before the first drill that needs it."""
    return Drill(
        item=None,
        track=Track.CONTEXT,
        mode=None,
        ask=Ask.ACKNOWLEDGE,
        task=_("How it works"),
        prompt=note.title,
        answer=note.text,
        note=note,
    )
