"""NUANCE: one of two near words fits; choose it, and see why."""

from __future__ import annotations

from random import Random

from tutor.course.item import Frame, Item, Sentence
from tutor.drills.asking import which_of_two
from tutor.drills.distractors import shuffled
from tutor.drills.drill import Ask, Drill, Gap
from tutor.drills.surroundings import Surroundings
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track
from tutor.text import normal


def nuance(item: Item, rng: Random, surroundings: Surroundings | None = None) -> Drill | None:
    """A NUANCE drill, or None where there is no near word.

    The course's own pairs come first, for it says why; else the item stands against the word that it is
    taken for most easily, in the same form.
    """
    frames = list(item.nuances) or _against_confusable(item, surroundings)
    if not frames:
        return None
    frame = rng.choice(frames)
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
        asks=which_of_two(frame.right, frame.wrong[0]),
        direction="pl-pl",
        why=frame.because,
    )


def _against_confusable(item: Item, surroundings: Surroundings | None) -> list[Frame]:
    other = surroundings.confusable if surroundings else None
    if surroundings is None or other is None:
        return []
    because = _("*{one}* is {this}, *{other}* is {that}.").format(
        one=item.text, this=item.meaning, other=other.text, that=other.meaning
    )
    frames = []
    for sentence in surroundings.sentences:
        wrong = _same_form(item, other, sentence)
        if wrong and normal(wrong) not in map(normal, (sentence.target, *sentence.accept)):
            before, after = sentence.text[: sentence.start], sentence.text[sentence.end :]
            frames.append(
                Frame(
                    before, after, sentence.target, sentence.translation, (wrong,), sentence.accept, because
                )
            )
    return frames


def _same_form(item: Item, other: Item, sentence: Sentence) -> str:
    """The other word as it would stand in the gap; empty where it has no such form."""
    if item.forms or other.forms:
        wrong = next(iter(other.forms.get(sentence.form, ())), "") if sentence.form else ""
    else:
        wrong = other.text
    return wrong.capitalize() if sentence.target[:1].isupper() else wrong
