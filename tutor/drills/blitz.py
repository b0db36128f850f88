"""BLITZ: which word goes with this one? Its meaning and its first letter are shown; choose it of four."""

from __future__ import annotations

from random import Random

from tutor.course.item import Item
from tutor.drills.distractors import OPTIONS, shuffled
from tutor.drills.drill import Ask, Drill, Gap
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track


def blitz(item: Item, rng: Random) -> Drill | None:
    """A BLITZ drill, or None where the course lists nothing that goes with the item."""
    if not item.collocations:
        return None
    frame = rng.choice(item.collocations)
    first = frame.right[0]
    # Those that begin as the right one does, of which the first letter is shown, before the others.
    wrong = sorted(rng.sample(frame.wrong, len(frame.wrong)), key=lambda one: one[0] != first)[: OPTIONS - 1]
    return Drill(
        item=item,
        track=Track.VISUAL,
        mode=Mode.BLITZ,
        ask=Ask.CHOOSE,
        task=_("Which word goes with it?"),
        prompt=frame.text,
        answer=frame.right,
        accepted=(frame.right, *frame.accept),
        options=shuffled(frame.right, wrong, rng),
        gap=Gap(frame.before, frame.after, base="", first=first),
        translation=frame.translation,
        say=frame.text,
        say_after=True,
        direction="pl-pl",
        why=item.note,
    )
