"""AUDIO: hear it, then choose its meaning, or type it once it is well known."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tutor.course.item import Item
from tutor.drills.distractors import choose_distractors, shuffled
from tutor.drills.drill import Ask, Drill
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track

TYPED_FROM_DAYS = 21.0
"""Stability from which the meaning is typed instead of chosen."""


def audio(item: Item, neighbours: Sequence[Item], rng: Random, stability: float = 0.0) -> Drill:
    """An AUDIO drill. Typed where the card is strong, or where no wrong option is to be had."""
    wrong = choose_distractors(item, neighbours, rng) if stability < TYPED_FROM_DAYS else []
    return Drill(
        item=item,
        track=Track.AUDIO,
        mode=Mode.AUDIO,
        ask=Ask.CHOOSE if wrong else Ask.TYPE,
        task=_("What did you hear?") if wrong else _("Write what it means"),
        prompt=item.text,
        answer=item.meaning,
        accepted=item.means,
        options=shuffled(item.meaning, (other.meaning for other in wrong), rng) if wrong else (),
        sentence=rng.choice(item.sentences) if item.sentences else None,
        say=item.text,
        hint=first_half(item.meaning),
        english=True,
        why=item.note,
        traps={other.meaning: other.text for other in wrong},
    )


def first_half(answer: str) -> str:
    """The first half of an answer, its letters rounded up: what a hint gives."""
    return answer[: (len(answer) + 1) // 2]
