"""PRODUCE: English is shown; write it in Polish."""

from __future__ import annotations

from collections.abc import Mapping

from tutor.course.item import Item, ItemKind, Note
from tutor.drills.audio import first_half
from tutor.drills.context import form_names
from tutor.drills.drill import Ask, Drill
from tutor.drills.speaker import Speaker, own_form_first
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track


def produce(item: Item, notes: Mapping[str, Note] | None = None, speaker: Speaker = Speaker.EITHER) -> Drill:
    """A PRODUCE drill: every Polish answer that the course lists is right, and one's own form is shown.

    A phrase may be said in each of its orders.
    """
    orders = [order for one in item.sentences for order in one.orders] if item.kind is ItemKind.PHRASE else []
    accepted = own_form_first((item.text, *item.accept, *orders), speaker)
    return Drill(
        item=item,
        track=Track.CONTEXT,
        mode=Mode.PRODUCE,
        ask=Ask.TYPE,
        task=_("Say it in Polish"),
        prompt=item.prompt or item.meaning,
        answer=accepted[0],
        accepted=accepted,
        translation="" if item.kind is ItemKind.PHRASE else item.grammar,
        say=accepted[0],
        say_after=True,
        hint=first_half(accepted[0], accepted[1:]),
        direction="en-pl",
        form_names=form_names(item),
        why=item.note,
        note=(notes or {}).get(item.rule),
    )
