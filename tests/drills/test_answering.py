"""What an answer in a dialogue is taken for."""

from __future__ import annotations

import pytest

from tutor.course.dialogue import Answer, Turn
from tutor.course.item import Item, ItemKind
from tutor.drills.answering import take

KAWA = Item("k", ItemKind.WORD, "kawa", ("coffee",), forms={"nom.sg": ("kawa",), "acc.sg": ("kawę",)})


def taken(response: str, *accept: str) -> tuple[Answer, str]:
    found = take(Turn("t", "", "", "say", accept), response, [KAWA], lambda word: word in ("kawa", "herbatę"))
    return found.answer, found.nearest


@pytest.mark.parametrize("response", ["Poproszę kawę.", "poproszę kawę", " Poproszę,  kawę! "])
def test_what_is_accepted_is_exact_whatever_its_case_and_punctuation(response: str) -> None:
    assert taken(response, "Poproszę kawę.")[0] is Answer.EXACT


@pytest.mark.parametrize(
    "response",
    ["poprosze kawe", "Poproszę kawa", "Poproszę", "kawę poproszę", "Poproszę dużą kawę", "Poproszę herbatę"],
)
def test_a_slip_another_form_and_half_of_it_are_near(response: str) -> None:
    assert taken(response, "Poproszę kawę.") == (Answer.NEAR, "Poproszę kawę.")


@pytest.mark.parametrize(
    "response", ["", "   ", "?!", "A coffee, please", "herbatę", "Tak, dziękuję", "kawka " * 60]
)
def test_anything_else_is_something_else(response: str) -> None:
    assert taken(response, "Poproszę kawę.") == (Answer.DEFAULT, "Poproszę kawę.")


@pytest.mark.parametrize(
    ("response", "accepted"),
    [("Mam kota", "Nie mam kota."), ("Nie, dziękuję", "Tak, dziękuję."), ("Nie rozumiem", "Rozumiem.")],
)
def test_what_says_the_opposite_is_not_near(response: str, accepted: str) -> None:
    assert taken(response, accepted)[0] is Answer.DEFAULT


def test_the_answer_that_is_told_is_the_one_that_was_nearly_given() -> None:
    assert taken("mam na imię Tom", "Jestem Anna.", "Mam na imię Anna.") == (Answer.NEAR, "Mam na imię Anna.")
    assert taken("kawa", "Tak.", "Kawę.") == (Answer.NEAR, "Kawę.")


def test_the_verdict_says_in_words_what_it_was() -> None:
    turn = Turn("t", "", "", "say", ("Poproszę kawę.",))

    def said(response: str) -> str:
        return take(turn, response, [], lambda word: False).verdict

    assert said("Poproszę kawę") == "Good"
    assert said("poproszę") == "Nearly: Poproszę kawę."
    assert said("") == "You could say: Poproszę kawę."
