"""CONTEXT by stages: a sentence, a passage, a choice; and the hints that ask."""

from __future__ import annotations

from random import Random

import pytest

from tutor.course.item import Item
from tutor.drills.asking import question
from tutor.drills.context import PASSAGE_FROM_DAYS, context
from tutor.drills.drill import Ask, Drill
from tutor.drills.make import CONFUSED_LAPSES, make
from tutor.drills.surroundings import Surroundings
from tutor.memory.tracks import Mode
from tutor.text import normal

from .items import DZIEN_DOBRY, KAWA, frame, sentence, word

FIRST = sentence("Rano jem {chleb}.", "I eat bread in the morning.")
SECOND = sentence("Wieczorem piję {herbatę}.", "I drink tea in the evening.")
TEA = word("herbata", "tea", forms={"nom.sg": ("herbata",), "acc.sg": ("herbatę",)})
AROUND = Surroundings(KAWA.sentences, company=("herbata",), beside=(FIRST, SECOND), confusable=TEA)


def drawn(drill: Drill | None) -> Drill:
    assert drill
    return drill


def test_below_45_days_one_sentence_is_read_with_the_words_that_go_with_it() -> None:
    drill = drawn(context(KAWA, Random(1), stability=PASSAGE_FROM_DAYS - 0.1, surroundings=AROUND))
    assert (drill.prompt, drill.beside, drill.company) == ("Piję kawę.", (), ("herbata",))


def test_from_45_days_on_a_passage_is_read_with_one_gap() -> None:
    drill = drawn(context(KAWA, Random(1), stability=PASSAGE_FROM_DAYS, surroundings=AROUND))
    assert drill.prompt == "Rano jem chleb. Piję kawę. Wieczorem piję herbatę."
    assert drill.gap
    assert drill.gap.shown == "Rano jem chleb. Piję ____. Wieczorem piję herbatę."
    assert drill.translation == "I eat bread in the morning. I drink coffee. I drink tea in the evening."
    assert (drill.accepted[0], drill.say, drill.answer) == ("kawę", drill.prompt, drill.prompt)
    assert drill.shown == (*KAWA.sentences, FIRST, SECOND)


def test_in_a_passage_a_question_stands_last() -> None:
    asked = sentence("Pijesz {kawę}?", "Do you drink coffee?", form="acc.sg")
    around = Surroundings((asked,), company=("herbata",), beside=(FIRST, SECOND))
    drill = drawn(context(KAWA, Random(1), stability=50, surroundings=around))
    assert drill.prompt == "Rano jem chleb. Wieczorem piję herbatę. Pijesz kawę?"


def test_where_nothing_goes_with_it_a_passage_is_what_somebody_answers() -> None:
    said = sentence(
        "Piję {kawę}", "I drink coffee", form="acc.sg", reply="Ja też.", reply_translation="So do I."
    )
    drill = drawn(context(KAWA, Random(1), stability=50, surroundings=Surroundings((said,), beside=(FIRST,))))
    assert drill.prompt == "Piję kawę. Ja też."
    assert drill.translation == "I drink coffee. So do I."


def test_a_sentence_that_no_table_vouches_for_is_not_shown() -> None:
    item = word("kawa", "coffee", forms=KAWA.forms, sentences=(sentence("Piję {kawu}.", form="acc.sg"),))
    assert context(item, Random(1)) is None
    assert make(item, Mode.CONTEXT, [], "1").mode is Mode.PRODUCE


@pytest.mark.parametrize(
    ("stability", "lapses", "mode"),
    [
        (10, CONFUSED_LAPSES - 1, Mode.CONTEXT),
        (10, CONFUSED_LAPSES, Mode.NUANCE),
        (PASSAGE_FROM_DAYS, CONFUSED_LAPSES, Mode.CONTEXT),
    ],
)
def test_what_lapsed_three_times_stands_against_what_it_is_taken_for_until_it_holds(
    stability: float, lapses: int, mode: Mode
) -> None:
    drill = make(KAWA, Mode.CONTEXT, [], "1", stability=stability, lapses=lapses, surroundings=AROUND)
    assert drill.mode is mode


def test_the_two_stand_in_the_same_form_and_it_is_told_what_each_is() -> None:
    drill = make(KAWA, Mode.CONTEXT, [], "1", lapses=3, surroundings=AROUND)
    assert (drill.ask, drill.answer, {*drill.options}) == (Ask.CHOOSE, "kawę", {"kawę", "herbatę"})
    assert drill.why == "*kawa* is coffee, *herbata* is tea."
    assert drill.asks == "What would *herbatę* say here, and what *kawę*?"


def test_the_courses_own_pairs_come_before_what_is_only_alike() -> None:
    item = word("kawa", "coffee", forms=KAWA.forms, sentences=KAWA.sentences,
                nuances=(frame("Piję {kawę} tu.", "kawiarnię", because="It is a place."),))  # fmt: skip
    drill = make(item, Mode.CONTEXT, [], "1", lapses=3, surroundings=AROUND)
    assert ({*drill.options}, drill.why) == ({"kawę", "kawiarnię"}, "It is a place.")


@pytest.mark.parametrize(
    "other",
    [
        word("ser", "cheese", forms={"nom.sg": ("ser",)}),
        word("kawka", "coffee", forms={"acc.sg": ("kawkę",)}),
    ],
)
def test_a_word_that_has_no_such_form_or_would_be_right_stands_against_nothing(other: Item) -> None:
    around = Surroundings(KAWA.sentences, confusable=other)
    assert make(KAWA, Mode.CONTEXT, [], "1", lapses=3, surroundings=around).mode is Mode.CONTEXT


# Hints.


def test_a_hint_asks_and_tells_neither_the_answer_nor_its_form(starter_items: list[Item]) -> None:
    seen = set()
    for item in starter_items:
        for shown in item.sentences:
            around = Surroundings((shown,), company=("herbata",) if item.text != "herbata" else ())
            drill = drawn(context(item, Random(1), surroundings=around))
            assert drill.asks.endswith("?"), item.text
            polish = {word for named in drill.asks.split("*")[1::2] for word in normal(named).split()}
            assert not polish & {*map(normal, drill.accepted)}, (item.text, drill.asks)
            assert drill.hints == tuple(filter(None, (drill.asks, drill.hint)))
            seen.add(drill.asks if "*" not in drill.asks else drill.asks.split("*")[0])
    assert len(seen) >= 8


def test_a_hint_names_what_asks_for_the_case() -> None:
    shown = sentence("Piję {kawę}.", form="acc.sg", governor="Piję")
    assert question(KAWA, shown, "kawa") == "Which case does *Piję* ask for?"
    assert (
        question(DZIEN_DOBRY, shown, "", ("herbata",)) == "Which word that goes with *herbata* could it be?"
    )
