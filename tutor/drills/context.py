"""CONTEXT: a sentence with a gap; write the form that belongs there."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from tutor.course.categories import category
from tutor.course.forms import form_name
from tutor.course.item import Item, ItemKind, Note, Sentence
from tutor.drills.audio import first_half
from tutor.drills.drill import Ask, Drill, Gap
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track
from tutor.text import normal


def context(item: Item, rng: Random, notes: Mapping[str, Note] | None = None) -> Drill | None:
    """A CONTEXT drill on one of the item's sentences, or None where it stands in none."""
    gaps = [sentence for sentence in item.sentences if sentence.target]
    if not gaps:
        return None
    sentence = rng.choice(gaps)
    # Where the base form itself belongs in the gap, showing it would give the answer.
    verb = item.text.removesuffix(" się")
    base = (
        item.text if item.forms and normal(sentence.target) not in (normal(item.text), normal(verb)) else ""
    )
    accepted = _accepted(item, sentence, base)
    return Drill(
        item=item,
        track=Track.CONTEXT,
        mode=Mode.CONTEXT,
        ask=Ask.TYPE,
        task=_("Fill the gap"),
        prompt=sentence.text,
        answer=sentence.text,
        accepted=accepted,
        gap=Gap(
            before=sentence.text[: sentence.start],
            after=sentence.text[sentence.end :],
            base=base,
        ),
        sentence=sentence,
        translation=sentence.translation,
        say=sentence.text,
        say_after=True,
        hint=first_half(sentence.target, accepted),
        direction="pl-pl",
        form_names=form_names(item),
        why=sentence.because or item.note,
        note=(notes or {}).get(sentence.rule or item.rule),
    )


def _accepted(item: Item, sentence: Sentence, base: str) -> tuple[str, ...]:
    """The form that stands there, its equals by the same label, and what the course lists.

    Where the item does not inflect, its synonyms are right as well, but for other forms of it: `jedna` is
    right for "one", and not in a gap that wants `jeden`. Of one that does, they may have another gender.
    """
    equals = item.forms.get(sentence.form, ())
    inflected = {normal(form) for forms in item.forms.values() for form in forms}
    synonyms = [word for word in item.accept if normal(word) not in inflected]
    if base or sentence.form or item.kind is ItemKind.PHRASE:
        synonyms = []
    return tuple(dict.fromkeys((sentence.target, *equals, *sentence.accept, *synonyms)))


def form_names(item: Item) -> dict[str, str]:
    """Each form of a word as answers are compared, with its name; forms that coincide share theirs.

    The forms of the verb of the other aspect are among them, named by that.
    """
    names: dict[str, list[str]] = {}
    for label, forms in item.forms.items():
        for form in forms:
            names.setdefault(normal(form), []).append(form_name(label))
    found = {form: _(" or ").join(labels[:2]) for form, labels in names.items()}
    other = other_aspect(item)
    return {normal(form): other for form in item.partner_forms} | found


def other_aspect(item: Item) -> str:
    """What a form of the verb of the other aspect is called: `perfective, *zrobić*`; empty for none."""
    if not item.partner:
        return ""
    aspect = category("perfective" if item.aspect == "imperfective" else "imperfective")
    return f"{aspect}, *{item.partner}*"
