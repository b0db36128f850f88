"""Sentences that are made of a verb and its object."""

from __future__ import annotations

from tutor.course.item import Item
from tutor.course.valency import Pairing, pairings_by_item
from tutor.drills.surroundings import is_vouched_for
from tutor.drills.templates import template_sentences
from tutor.resources import COURSES

from .items import word

PIC = word("pić", "to drink", pos="verb", forms={"inf": ("pić",), "prs.1sg": ("piję",)})
KAWA = word("kawa", "coffee", forms={"nom.sg": ("kawa",), "gen.sg": ("kawy",), "acc.sg": ("kawę",)})


def pairing(verb_form: str = "prs.1sg", noun_form: str = "acc.sg", before: str = "Często ") -> Pairing:
    return Pairing(
        verb=PIC.id, verb_form=verb_form, noun=KAWA.id, noun_form=noun_form, before=before, between=" ",
        after=".", translation="I often drink coffee.",
    )  # fmt: skip


def test_the_gap_is_for_the_word_that_is_asked_and_the_other_asks_for_its_form() -> None:
    ((noun, other),) = template_sentences(KAWA, [pairing()], {PIC.id: PIC})
    assert (noun.text, noun.target, noun.form, other) == ("Często piję kawę.", "kawę", "acc.sg", PIC)
    assert (noun.governor, noun.because) == ("piję", "After *piję* stands the accusative.")
    ((verb, other),) = template_sentences(PIC, [pairing()], {KAWA.id: KAWA})
    assert (verb.text, verb.target, verb.form, other) == ("Często piję kawę.", "piję", "prs.1sg", KAWA)
    assert verb.governor == ""
    assert verb.id == noun.id, "it is one sentence, shown lately for the one as for the other"


def test_a_verb_at_the_beginning_has_a_capital() -> None:
    ((found, _),) = template_sentences(KAWA, [pairing(before="")], {PIC.id: PIC})
    assert (found.text, found.target, found.governor) == ("Piję kawę.", "kawę", "piję")


def test_nothing_is_made_of_what_a_table_has_not_or_the_learner_does_not_know() -> None:
    assert template_sentences(KAWA, [pairing("fut.1sg")], {PIC.id: PIC}) == []
    assert template_sentences(KAWA, [pairing(noun_form="ins.sg")], {PIC.id: PIC}) == []
    assert template_sentences(KAWA, [pairing()], {}) == []


def test_an_infinitive_is_no_gap_for_the_other_aspect_could_stand_there() -> None:
    assert template_sentences(PIC, [pairing("inf")], {KAWA.id: KAWA}) == []
    assert template_sentences(KAWA, [pairing("inf")], {PIC.id: PIC}) != []


def test_every_sentence_of_the_courses_list_can_be_made_and_is_vouched_for(starter_items: list[Item]) -> None:
    known = {item.id: item for item in starter_items}
    listed = pairings_by_item(COURSES)
    made = [
        (known[item], sentence)
        for item, pairings in listed.items()
        for sentence, _other in template_sentences(known[item], pairings, known)
    ]
    assert len({sentence.id for _, sentence in made}) > 1000
    assert [sentence.text for item, sentence in made if not is_vouched_for(item, sentence)] == []
    assert [s.text for _, s in made if not s.translation or s.text[0].islower() or "  " in s.text] == []
