"""Sentences that nobody wrote: a verb and its object, both of the course, in a sentence made for any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from tutor.course.forms import form_name
from tutor.course.item import Item, Sentence
from tutor.i18n import _
from tutor.ids import shared_id

if TYPE_CHECKING:
    from tutor.course.valency import Pairing


def template_sentences(
    item: Item, pairings: Iterable[Pairing], known: Mapping[str, Item]
) -> list[tuple[Sentence, Item]]:
    """The sentences in which `item` stands with a word of `known` (by id), each with that word.

    Only of forms that both tables have; an infinitive is no gap, since the verb of the other aspect could be
    as right there.
    """
    found = []
    for pairing in pairings:
        is_verb = pairing.verb == item.id
        other = known.get(pairing.noun if is_verb else pairing.verb)
        if other is None or (is_verb and pairing.verb_form == "inf"):
            continue
        verb, noun = (item, other) if is_verb else (other, item)
        verbs, nouns = verb.forms.get(pairing.verb_form), noun.forms.get(pairing.noun_form)
        if verbs and nouns:
            found.append((_sentence(pairing, item, verbs[0], nouns[0], is_verb=is_verb), other))
    return found


def _sentence(pairing: Pairing, item: Item, verb: str, noun: str, *, is_verb: bool) -> Sentence:
    """The sentence, with its gap for the verb or for the noun."""
    if not pairing.before:
        verb = verb.capitalize()
    text = pairing.text(verb, noun)
    start = len(pairing.before) if is_verb else len(text) - len(pairing.after) - len(noun)
    target = verb if is_verb else noun
    # The preposition, where there is one, asks for the case together with the verb.
    governor = "" if is_verb else f"{verb.casefold()}{pairing.between}".strip()
    case = form_name(pairing.noun_form.partition(".")[0])
    because = _("After *{governor}* stands the {case}.").format(governor=governor, case=case)
    return Sentence(
        id=shared_id("template", text), text=text, translation=pairing.translation,
        start=start, end=start + len(target), form=pairing.verb_form if is_verb else pairing.noun_form,
        because="" if is_verb else because, governor=governor,
        accept=item.accept if target == item.text else (),
    )  # fmt: skip
