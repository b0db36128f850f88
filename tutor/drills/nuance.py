"""NUANCE: one of two near words fits; choose it, and see why."""

from __future__ import annotations

from random import Random

from tutor.course.item import Item
from tutor.drills.distractors import shuffled
from tutor.drills.drill import Ask, Drill, Gap
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track


def nuance(item: Item, rng: Random) -> Drill | None:
    """A NUANCE drill, or None where the course lists no near word."""
    if not item.nuances:
        return None
    frame = rng.choice(item.nuances)
    return Drill(
        item=item,
        track=Track.CONTEXT,
        mode=Mode.NUANCE,
        ask=Ask.CHOOSE,
        task=_("Only one of the two fits"),
        prompt=frame.text,
        answer=frame.right,
        accepted=(frame.right, *frame.accept),
        options=shuffled(frame.right, frame.wrong, rng),
        gap=Gap(frame.before, frame.after, base=""),
        translation=frame.translation,
        say=frame.text,
        say_after=True,
        direction="pl-pl",
        why=frame.because,
    )
