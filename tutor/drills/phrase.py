"""PHRASE: Polish is shown; choose its meaning of four."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tutor.course.item import Item
from tutor.drills.distractors import Distances, choose_distractors, shuffled
from tutor.drills.drill import Ask, Drill
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track


def phrase(
    item: Item, neighbours: Sequence[Item], rng: Random, distances: Distances | None = None
) -> Drill | None:
    """A PHRASE drill, or None where no wrong option is to be had."""
    wrong = choose_distractors(item, neighbours, rng, distances=distances)
    if not wrong:
        return None
    return Drill(
        item=item,
        track=Track.VISUAL,
        mode=Mode.PHRASE,
        ask=Ask.CHOOSE,
        task=_("What does it mean?"),
        prompt=item.text,
        answer=item.meaning,
        accepted=item.means,
        options=shuffled(item.meaning, (other.meaning for other in wrong), rng),
        sentence=rng.choice(item.sentences) if item.sentences else None,
        say=item.text,
        english=True,
        why=item.note,
        traps={other.meaning: other.text for other in wrong},
    )
