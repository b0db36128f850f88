"""RECALL: Polish is shown; think of the meaning, reveal it and say how well you knew it, or type it."""

from __future__ import annotations

from random import Random

from tutor.course.item import Item, ItemKind
from tutor.drills.drill import Ask, Drill
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track

SHOWN_MEANINGS = 3


def recall(item: Item, rng: Random) -> Drill:
    """A RECALL drill with one of the item's sentences as its example."""
    return Drill(
        item=item,
        track=Track.VISUAL,
        mode=Mode.RECALL,
        ask=Ask.GRADE,
        task=_("Remember the meaning"),
        prompt=item.text,
        # Phrases have commas of their own.
        answer=(" · " if item.kind is ItemKind.PHRASE else ", ").join(item.means[:SHOWN_MEANINGS]),
        accepted=item.means,
        sentence=rng.choice(item.sentences) if item.sentences else None,
        say=item.text,
        english=True,
        why=item.note,
    )
