"""CONTEXT: a sentence with a gap, or a passage with one; write the form that belongs there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

from tutor.course.categories import category
from tutor.course.forms import form_name
from tutor.course.item import Item, ItemKind, Note, Sentence
from tutor.drills.asking import question
from tutor.drills.audio import first_half
from tutor.drills.drill import Ask, Drill, Gap
from tutor.drills.surroundings import Surroundings, is_vouched_for
from tutor.i18n import _
from tutor.ids import shared_id
from tutor.memory.tracks import Mode, Track
from tutor.text import normal

PASSAGE_FROM_DAYS = 45.0
"""Stability from which a passage is read instead of one sentence."""


def context(
    item: Item,
    rng: Random,
    notes: Mapping[str, Note] | None = None,
    stability: float = 0.0,
    surroundings: Surroundings | None = None,
) -> Drill | None:
    """A CONTEXT drill on one of the sentences that suit, or None where there is none.

    Without `surroundings` each of the item's own sentences suits. From `PASSAGE_FROM_DAYS` on what stands
    beside it is read, too.
    """
    found = surroundings or Surroundings(tuple(one for one in item.sentences if is_vouched_for(item, one)))
    if not found.sentences:
        return None
    sentence = rng.choice(found.sentences)
    before, after = _beside(sentence, found) if stability >= PASSAGE_FROM_DAYS else ((), ())
    base = shown_base(item, sentence)
    accepted = accepted_in(item, sentence)
    passage = [*before, sentence, *after]
    text = _joined(one.text for one in passage)
    start = len(_joined([*(one.text for one in before), ""])) + sentence.start
    end = start + len(sentence.target)
    return Drill(
        item=item,
        track=Track.CONTEXT,
        mode=Mode.CONTEXT,
        ask=Ask.TYPE,
        task=_("Read, and fill the gap") if len(passage) > 1 else _("Fill the gap"),
        prompt=text,
        answer=text,
        accepted=accepted,
        gap=Gap(before=text[:start], after=text[end:], base=base),
        sentence=sentence,
        translation=_joined(one.translation for one in passage),
        beside=(*before, *after),
        company=found.company,
        say=text,
        say_after=True,
        asks=question(item, sentence, base, found.company),
        hint=first_half(sentence.target, accepted),
        direction="pl-pl",
        form_names=form_names(item),
        why=sentence.because or item.note,
        note=(notes or {}).get(sentence.rule or item.rule),
    )


def _beside(sentence: Sentence, found: Surroundings) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """What is read before a sentence and after it.

    That is what is said about the same, with a question at the end; where nothing is, what somebody answers.
    """
    if sentence.reply and not found.company:
        end = len(sentence.reply)
        identity = shared_id(sentence.id, "reply")
        return (), (Sentence(identity, sentence.reply, sentence.reply_translation, end, end),)
    last = len(found.beside) if sentence.text.endswith("?") else 1
    return found.beside[:last], found.beside[last:]


def _joined(texts: Iterable[str]) -> str:
    """Sentences one after the other; one that is no more than a few words gets its full stop."""
    *first, last = texts
    return " ".join([*(f"{text}." if text[-1:].isalnum() else text for text in first), last])


def shown_base(item: Item, sentence: Sentence) -> str:
    """The dictionary form; empty where that itself belongs in the gap, for showing it would tell."""
    verb = item.text.removesuffix(" się")
    told = not item.forms or normal(sentence.target) in (normal(item.text), normal(verb))
    return "" if told else item.text


def accepted_in(item: Item, sentence: Sentence) -> tuple[str, ...]:
    """The form that stands there, its equals by the same label, and what the course lists.

    Where the item does not inflect, its synonyms are right as well, but for other forms of it: `jedna` is
    right for "one", and not in a gap that wants `jeden`. Of one that does, they may have another gender.
    """
    base, equals = shown_base(item, sentence), item.forms.get(sentence.form, ())
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
