"""RESPOND: the tutor says a line of a dialogue, and the learner answers it aloud."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tutor.course.dialogue import Turn
from tutor.course.item import Item
from tutor.drills.audio import first_half
from tutor.drills.context import form_names
from tutor.drills.drill import Ask, Drill
from tutor.drills.speaker import Speaker, own_form_first
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track
from tutor.text import normal


def respond(
    item: Item, turns: Sequence[Turn], rng: Random, speaker: Speaker = Speaker.EITHER
) -> Drill | None:
    """A RESPOND drill from a turn whose answer holds the item; None where there is none."""
    fitting = [(turn, holding) for turn in turns if (holding := _holding(turn, item))]
    if not fitting:
        return None
    turn, holding = rng.choice(fitting)
    accepted = own_form_first(holding, speaker)
    return Drill(
        item=item,
        track=Track.SPEECH,
        mode=Mode.RESPOND,
        ask=Ask.SPEAK,
        task=_("Answer the tutor"),
        prompt=turn.task,
        answer=accepted[0],
        accepted=accepted,
        line=turn.says,
        line_means=turn.means,
        say=turn.says,
        hint=first_half(accepted[0], accepted[1:]),
        direction="pl-pl",
        form_names=form_names(item),
        why=item.note,
    )


def _holding(turn: Turn, item: Item) -> tuple[str, ...]:
    """The accepted answers to a turn in which the item stands, in one of its forms."""
    forms = {normal(item.text), *(normal(form) for forms in item.forms.values() for form in forms)}
    return tuple(
        answer for answer in turn.accept if any(f" {form} " in f" {normal(answer)} " for form in forms)
    )
