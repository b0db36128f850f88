"""What says the same in other words, and what only nearly does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.contradictions import contradictions
from tutor.course.item import Item, ItemKind
from tutor.drills.feedback import mark_response
from tutor.drills.produce import produce
from tutor.meaning.paraphrase import changes_between, same_in_other_words
from tutor.memory.marking import Mark
from tutor.store.items import taught_forms
from tutor.text import normal

DOG = ["Chcę mieć małego psa.", "Ja chcę mieć małego psa", "Chcę małego psa", "Chcę mieć małego pieska"]


@pytest.mark.parametrize("said", ["Ja chcę małego psa.", "Ja chcę mieć małego pieska!", "chcę małego pieska"])
def test_what_the_answers_themselves_show_to_be_the_same_is_the_same(said: str) -> None:
    assert normal(said) not in map(normal, DOG)
    assert same_in_other_words(said, DOG) in DOG


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Nie chcę mieć małego psa.",
        "Chce mieć małego psa.",
        "Chcę mieć małe psy.",
        "Chcę mieć dużego psa.",
        "Chcę mieć psa.",
        "Chcę mieć małego psa pieska.",
        "Ja ja chcę mieć małego psa.",
        "Małego psa chcę mieć.",
        "małego psa",
        "psa chcę",
    ],
)
def test_what_none_of_them_shows_is_not(said: str) -> None:
    assert same_in_other_words(said, DOG) is None


def test_nothing_that_negates_comes_or_goes() -> None:
    no = ["Nie, dziękuję, nie chcę", "Dziękuję, nie chcę", "Nic nie chcę, dziękuję", "Nie chcę, dziękuję"]
    assert not changes_between(tuple(normal(one).split()) for one in no)
    assert same_in_other_words("Dziękuję, chcę", no) is None


def test_one_answer_shows_nothing() -> None:
    assert same_in_other_words("Ja mam psa", ["Mam psa"]) is None


texts = st.lists(st.sampled_from(["ja", "nie", "mam", "psa", "kota", "i"]), min_size=1, max_size=5).map(
    " ".join
)


@given(st.lists(texts, min_size=1, max_size=6), texts)
def test_every_word_comes_from_the_answers_and_as_many_negate(accepted: list[str], said: str) -> None:
    found = same_in_other_words(said, accepted)
    for answer in accepted:
        assert same_in_other_words(answer, accepted) is not None
    if found is not None:
        assert {*said.split()} <= {word for answer in accepted for word in answer.split()}
        assert said.split().count("nie") == found.split().count("nie")


def test_it_is_no_marking_of_word_order() -> None:
    """Orders mean the same where somebody listed them, and then they are listed answers."""
    assert same_in_other_words("kota i psa mam", ["Mam psa i kota", "Mam kota i psa"]) is None


def test_no_negation_and_no_other_person_or_number_is_let_through(starter_items: list[Item]) -> None:
    taught = {form for item in starter_items for form in taught_forms(item)}
    made = {(one.item.id, one.response): one for one in contradictions(starter_items)}
    kinds = [one.kind for one in made.values()]
    assert min(kinds.count(kind) for kind in ("negation", "person", "number")) > 200
    let_through = []
    for one in made.values():
        drill = produce(one.item)
        mark = mark_response(drill, one.response, taught.__contains__).mark
        if mark not in (Mark.WRONG, Mark.OTHER_WORD, Mark.OTHER_FORM) or same_in_other_words(
            one.response, drill.accepted
        ):
            let_through.append((one.item.text, one.response))
    assert let_through == []


def test_of_the_answers_left_out_a_fifth_is_known_by_the_others(starter_items: list[Item]) -> None:
    left_out = known = 0
    for item in starter_items:
        accepted = produce(item).accepted if item.kind is ItemKind.PHRASE else ()
        for answer in accepted[1:]:
            others = [one for one in accepted if normal(one) != normal(answer)]
            left_out += 1
            known += same_in_other_words(answer, others) is not None
    assert left_out > 4000
    assert known / left_out >= 0.2
