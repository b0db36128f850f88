"""What a tapped word is said to be, and that nothing is given away before the answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from helpers import START

from tutor.clock import ManualClock
from tutor.course.item import Item
from tutor.drills.context import context
from tutor.drills.drill import Ask, Drill
from tutor.drills.meeting import meeting
from tutor.gloss import Gloss, look_up, words_of
from tutor.practice import Tutor
from tutor.resources import COURSES


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tutor]:
    """The starter course, in which nothing was learned yet."""
    folder: Path = tmp_path_factory.mktemp("starter")
    with Tutor.open(folder, ManualClock(START), courses=COURSES) as opened:
        yield opened


def every_item(tutor: Tutor) -> list[Item]:
    ids = [row[0] for row in tutor.database.raw.execute("SELECT id FROM item ORDER BY position").fetchall()]
    with tutor.database.read() as connection:
        return tutor.items.load(connection, ids)


def shown(tutor: Tutor, text: str) -> Drill:
    """A drill that shows a sentence of the course, as its item has it."""
    for item in every_item(tutor):
        for sentence in item.sentences:
            if sentence.text == text:
                return Drill(
                    item, meeting(item).track, None, Ask.ACKNOWLEDGE, "", text, "", sentence=sentence
                )
    raise AssertionError(f"no item has the sentence {text!r}")


def told(tutor: Tutor, text: str, word: str, *, answered: bool = True) -> Gloss:
    return look_up(tutor, shown(tutor, text), text, text.index(word), answered=answered)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Proszę dwie kawy.", "dwie", Gloss("dwie", "dwa", "two (when counting)", "accusative feminine")),
        ("Rozumiem po polsku, ale nie mówię dobrze.", "polsku", Gloss("polsku", "po polsku", "in Polish")),
        ("Dziękuję, miłego dnia!", "miłego", Gloss("miłego", "miły", "nice")),
        (
            "Ile kosztuje kawa?",
            "kosztuje",
            Gloss("kosztuje", "kosztować", "to cost", "present (he, she, it)"),
        ),
        ("Dobry wieczór, panie Janie.", "panie", Gloss("panie", "pan", "sir", "vocative singular")),
        ("Dobry wieczór, panie Janie.", "Janie", Gloss("Janie", name=True)),
        ("Dziękuję i do widzenia.", "widzenia", Gloss("widzenia", "Do widzenia!", "Goodbye")),
        ("Kawa czy herbata?", "Kawa", Gloss("Kawa", "kawa", "coffee")),
    ],
)
def test_a_word_is_told_by_its_place_its_sentence_the_course_or_its_phrase(
    starter: Tutor, text: str, word: str, expected: Gloss
) -> None:
    assert told(starter, text, word) == expected


def test_a_word_that_nobody_taught_is_said_to_be_so(starter: Tutor) -> None:
    drill = shown(starter, "Kawa czy herbata?")
    gloss = look_up(starter, drill, "Krowa muczy.", 7, answered=True)
    assert gloss == Gloss("muczy")
    assert gloss.told == "Your course has not taught this word yet."


def test_nearly_every_word_of_the_course_is_explained(starter: Tutor) -> None:
    glosses = [
        look_up(starter, shown(starter, sentence.text), sentence.text, start, answered=True)
        for item in every_item(starter)[:40]
        for sentence in item.sentences[:1]
        for start, _end in words_of(sentence.text)
    ]
    unknown = [gloss.word for gloss in glosses if not gloss.base and not gloss.name]
    assert len(glosses) > 100
    assert len(unknown) <= len(glosses) * 0.02, unknown


def test_before_the_answer_neither_the_tested_word_nor_a_form_is_given_away(starter: Tutor) -> None:
    text = "Kasiu, masz nową książkę?"
    tested = next(item for item in every_item(starter) if item.text == "nowy")
    drills = (context(tested, Random(seed)) for seed in range(50))
    drill = next(drill for drill in drills if drill and drill.prompt == text)
    asked, beside = text.index("nową"), text.index("książkę")
    assert look_up(starter, drill, text, asked, answered=False) == Gloss("nową", withheld=True)
    assert look_up(starter, drill, text, beside, answered=False) == Gloss("książkę", "książka", "book")
    assert look_up(starter, drill, text, beside, answered=True).form == "accusative singular"
    assert look_up(starter, drill, text, asked, answered=True).meaning == "new"


def test_a_word_that_is_an_option_is_not_told_before_the_answer(starter: Tutor) -> None:
    drill = shown(starter, "Proszę dwie kawy.")
    offered = Drill(
        drill.item, drill.track, None, Ask.CHOOSE, "", drill.prompt, "herbaty", options=("kawa", "herbata"),
        sentence=drill.sentence,
    )  # fmt: skip
    at = drill.prompt.index("kawy")
    assert look_up(starter, offered, drill.prompt, at, answered=False) == Gloss("kawy", withheld=True)
    assert not look_up(starter, offered, drill.prompt, at, answered=True).withheld
