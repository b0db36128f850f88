"""A word is heard, and nothing has to be looked at: think, hear it again, say whether you knew it."""

from __future__ import annotations

from tutor.course.item import Item
from tutor.drills.drill import Ask, Drill
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track


def by_ear(item: Item) -> Drill:
    """An AUDIO drill that the learner grades."""
    return Drill(
        item=item,
        track=Track.AUDIO,
        mode=Mode.AUDIO,
        ask=Ask.GRADE,
        task=_("Listen: do you know what it means?"),
        prompt=item.text,
        answer=item.meaning,
        accepted=item.means,
        say=item.text,
        english=True,
        why=item.note,
    )
