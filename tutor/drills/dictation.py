"""DICTATION: hear it and write it."""

from __future__ import annotations

from random import Random

from tutor.course.item import Item, ItemKind
from tutor.drills.audio import first_half
from tutor.drills.context import form_names
from tutor.drills.drill import Ask, Drill
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track

LONGEST_WORDS = 8
"""What can be kept in mind while it is written."""


def dictation(item: Item, rng: Random) -> Drill:
    """A DICTATION drill: a phrase, or a word in a sentence of words that were all taught, else alone."""
    whole = [s for s in item.sentences if not s.gloss and len(s.text.split()) <= LONGEST_WORDS]
    sentence = rng.choice(whole) if whole and item.kind is ItemKind.WORD else None
    text = sentence.text if sentence else item.text
    return Drill(
        item=item,
        track=Track.AUDIO,
        mode=Mode.DICTATION,
        ask=Ask.TYPE,
        task=_("Write what you hear"),
        prompt=text,
        answer=text,
        accepted=(text,),
        sentence=sentence,
        translation=sentence.translation if sentence else item.meaning,
        say=text,
        hint=first_half(text, (text,)),
        direction="pl-pl",
        form_names=form_names(item),
        why=item.note,
    )
