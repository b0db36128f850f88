"""AUDIO: hear it, then choose its meaning, or type it once it is well known."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from rapidfuzz.distance import OSA

from tutor.course.item import Item
from tutor.drills.distractors import choose_distractors, homophones, shuffled
from tutor.drills.drill import Ask, Drill
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track
from tutor.text import normal, without_remarks

TYPED_FROM_DAYS = 21.0
"""Stability from which the meaning is typed instead of chosen."""


def audio(item: Item, neighbours: Sequence[Item], rng: Random, stability: float = 0.0) -> Drill:
    """An AUDIO drill. Typed where the card is strong, or where no wrong option is to be had."""
    wrong = choose_distractors(item, neighbours, rng) if stability < TYPED_FROM_DAYS else []
    # Who hears no more than the word may mean its homophone.
    heard = [item, *homophones(item, neighbours)]
    return Drill(
        item=item,
        track=Track.AUDIO,
        mode=Mode.AUDIO,
        ask=Ask.CHOOSE if wrong else Ask.TYPE,
        task=_("What did you hear?") if wrong else _("Write what it means"),
        prompt=item.text,
        answer=item.meaning,
        accepted=tuple(dict.fromkeys(meaning for one in heard for meaning in one.means)),
        options=shuffled(item.meaning, (other.meaning for other in wrong), rng) if wrong else (),
        sentence=rng.choice(item.sentences) if item.sentences else None,
        say=item.text,
        hint=first_half(without_remarks(item.meaning), item.means),
        english=True,
        why=item.note,
        traps={other.meaning: other.text for other in wrong},
    )


def first_half(answer: str, accepted: Sequence[str] = ()) -> str:
    """The first half of an answer, its letters rounded up, or less where that would pass as an answer.

    Empty where nothing is left: of a word of one letter there is no half.
    """
    whole = {normal(one) for one in (answer, *accepted)}
    half = answer[: (len(answer) + 1) // 2]
    while half and any(_passes(normal(half), one) for one in whole):
        half = half[:-1]
    return half


def _passes(half: str, answer: str) -> bool:
    """Whether half an answer says the whole of another, or all but a slip."""
    return f"{half} ".startswith(f"{answer} ") or (len(answer) > 1 and OSA.distance(half, answer) <= 1)
