"""SPEAK: say what you see, then what you hear, then what is asked for in English."""

from __future__ import annotations

from random import Random

from tutor.course.item import Item, ItemKind
from tutor.drills.audio import first_half
from tutor.drills.context import form_names
from tutor.drills.drill import Ask, Drill
from tutor.drills.speaker import Speaker, own_form_first
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track

HEARD_FROM_DAYS, RECALLED_FROM_DAYS = 3.0, 14.0
"""Stability from which what is to be said is heard instead of seen, and asked for in English."""

LONGEST_WORDS = 6
"""What can be kept in mind until it is said."""


def speak(item: Item, rng: Random, stability: float = 0.0, speaker: Speaker = Speaker.EITHER) -> Drill:
    """A SPEAK drill: a phrase or a word; a word that is known well in a short sentence that is heard."""
    if stability >= RECALLED_FROM_DAYS and item.kind is ItemKind.PHRASE:
        orders = [order for one in item.sentences for order in one.orders]
        accepted = own_form_first((item.text, *item.accept, *orders), speaker)
        return _drill(item, accepted, item.prompt or item.meaning, _("Say it in Polish"))
    text, translation = own_form_first((item.text, *item.accept), speaker)[0], item.meaning
    if item.kind is ItemKind.WORD:
        text = item.text
        short = [s for s in item.sentences if not s.gloss and len(s.text.split()) <= LONGEST_WORDS]
        if short and stability >= RECALLED_FROM_DAYS:
            sentence = rng.choice(short)
            text, translation = sentence.text, sentence.translation
    heard = stability >= HEARD_FROM_DAYS
    task = _("Listen, then say it") if heard else _("Say it aloud")
    return _drill(item, (text,), translation, task, seen=not heard, heard=heard)


def _drill(
    item: Item, accepted: tuple[str, ...], english: str, task: str, *, seen: bool = False, heard: bool = False
) -> Drill:
    return Drill(
        item=item,
        track=Track.SPEECH,
        mode=Mode.SPEAK,
        ask=Ask.SPEAK,
        task=task,
        prompt=accepted[0] if seen else english,
        answer=accepted[0],
        accepted=accepted,
        translation=english if seen else "",
        say=accepted[0],
        say_after=not (seen or heard),
        hint="" if seen else first_half(accepted[0], accepted[1:]),
        direction="pl-pl" if seen or heard else "en-pl",
        form_names=form_names(item),
        why=item.note,
    )
