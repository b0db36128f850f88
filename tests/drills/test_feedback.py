"""What is said about an answer."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.item import Note
from tutor.drills.audio import minimal_pair
from tutor.drills.blitz import blitz
from tutor.drills.chunking import chunking
from tutor.drills.context import context
from tutor.drills.dictation import dictation
from tutor.drills.drill import Drill
from tutor.drills.feedback import Feedback, Verdict, feedback, mark_response, mistake_of
from tutor.drills.nuance import nuance
from tutor.drills.phrase import phrase
from tutor.drills.produce import produce
from tutor.drills.recall import recall
from tutor.drills.syntax import syntax
from tutor.memory.grading import grade
from tutor.memory.marking import Mark
from tutor.memory.review import Help, Rating
from tutor.memory.tracks import Mode

from .items import DZIEN_DOBRY, KAWA, MORZE, OTHERS, everything_apart, frame, sentence, word

NOTE = Note("accusative", "What you order", "It takes the accusative.")
GAP = context(KAWA, Random(1), {"accusative": NOTE})
CHOICE = phrase(KAWA, OTHERS, Random(1))
assert GAP
assert CHOICE
TAUGHT = {"herbata", "kawał"}


def said(drill: Drill, response: str, help_used: Help = Help.NONE) -> Feedback:
    """Mark, grade and put into words, as a session does."""
    marking = mark_response(drill, response, TAUGHT.__contains__)
    rating = grade(marking.mark, mode=drill.mode or Mode.RECALL, help_used=help_used)
    return feedback(drill, marking, rating, response, help_used)


def pieces(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_a_right_answer_is_good_in_its_whole_sentence_with_the_reason() -> None:
    told = said(GAP, "Kawę")
    assert (told.verdict, told.rating, told.headline) == (Verdict.GOOD, Rating.GOOD, "Good")
    assert told.answer == "Piję kawę."
    assert told.answer[slice(*told.tested)] == "kawę"
    assert (told.differs, told.response_differs) == ((), ())
    assert (told.why, told.note) == ("What you drink takes the accusative.", NOTE)
    assert told.translation == "I drink coffee."


def test_another_form_is_again_and_is_named() -> None:
    told = said(GAP, "kawa")
    assert (told.verdict, told.rating) == (Verdict.AGAIN, Rating.AGAIN)
    assert told.why == "You wrote the nominative singular. What you drink takes the accusative."


def test_what_asks_for_the_form_is_named() -> None:
    gap = context(
        word("kawa", "coffee", forms={"nom.sg": ("kawa",), "gen.sg": ("kawy",)}, sentences=(
            sentence("Nie mam {kawy}.", form="gen.sg", governor="Nie mam", because="There is none."),
        )),
        Random(1),
    )  # fmt: skip
    assert gap
    told = said(gap, "kawa").why
    assert (
        told == "You wrote the nominative singular; *Nie mam* asks for the genitive singular. There is none."
    )


def test_the_other_aspect_is_named_and_noted_as_such() -> None:
    bought = context(
        word("kupić", "to buy", pos="verb", aspect="perfective", partner="kupować",
             partner_forms=("kupować", "kupowałam"),
             forms={"inf": ("kupić",), "pst.1sg.f": ("kupiłam",)}, sentences=(
                 sentence("Wczoraj {kupiłam} chleb.", form="pst.1sg.f", because="It is done."),
             )),
        Random(1),
    )  # fmt: skip
    assert bought
    told = said(bought, "kupowałam")
    assert told.verdict is Verdict.AGAIN
    assert told.why == "You wrote the imperfective, *kupować*. It is done."
    marking = mark_response(bought, "kupowałam", TAUGHT.__contains__)
    assert mistake_of(bought, marking) == ("aspect", "aspect")


def test_a_missing_tail_is_nearly_and_shows_where() -> None:
    told = said(GAP, "kawe")
    assert (told.verdict, told.rating, told.headline) == (Verdict.NEARLY, Rating.HARD, "Nearly")
    assert (told.answer, told.differs) == ("Piję kawę.", ((8, 9),))
    assert told.response == "Piję kawe."
    assert told.response_differs == ((8, 9),)


def test_another_taught_word_is_again_and_told_apart() -> None:
    told = said(GAP, "kawał")
    assert told.rating == Rating.AGAIN
    assert told.why == "“kawał” is another word."


def test_a_slip_is_good_with_a_note() -> None:
    told = said(produce(DZIEN_DOBRY), "dzien dobry")
    assert (told.verdict, told.rating) == (Verdict.GOOD, Rating.GOOD)
    assert told.why == "Only the spelling is a little off."
    assert pieces(told.answer, told.differs) == ["ń"]
    assert said(recall(KAWA, Random(1)), "cofee").why == "Just a slip of the keys."


def test_a_wrong_choice_tells_what_it_would_have_been() -> None:
    assert CHOICE
    trap, polish = next(iter(CHOICE.traps.items()))
    told = said(CHOICE, trap)
    assert told.verdict is Verdict.AGAIN
    assert trap in told.why
    assert polish in told.why
    assert said(CHOICE, "coffee").verdict is Verdict.GOOD


def test_an_option_is_right_or_wrong_and_never_a_slip() -> None:
    assert mark_response(CHOICE, "coffe", TAUGHT.__contains__).mark is Mark.WRONG
    assert mark_response(CHOICE, "a cup of coffee", TAUGHT.__contains__).mark is Mark.WRONG


def test_a_hint_makes_it_nearly_and_the_whole_answer_again() -> None:
    assert said(GAP, "kawę", Help.HINT).verdict is Verdict.NEARLY
    shown = said(GAP, "", Help.SHOWN)
    assert (shown.verdict, shown.response) == (Verdict.AGAIN, "")
    assert shown.answer == "Piję kawę."


def test_i_was_right_is_good_and_no_reason_is_lectured() -> None:
    marking = mark_response(GAP, "kawę", TAUGHT.__contains__)
    told = feedback(GAP, marking, Rating.GOOD, "kawunię", Help.OVERRIDE)
    assert (told.verdict, told.why) == (Verdict.GOOD, "")


def test_no_verdict_has_a_harsh_word() -> None:
    headlines = {said(GAP, response).headline for response in ("kawę", "kawe", "kawa", "x", "")}
    assert headlines == {"Good", "Nearly", "Not yet"}


@given(
    st.text(max_size=60) | st.sampled_from(["kawę", "kawe", "kawa", "kawkę"]), st.text(" \t\n", max_size=4)
)
def test_space_before_an_answer_does_not_shift_what_is_marked_in_it(response: str, space: str) -> None:
    plain, spaced = said(GAP, response.strip()), said(GAP, space + response.strip() + space)
    assert spaced == plain


@given(st.text(max_size=60) | st.text(min_size=1, max_size=9).map(lambda text: text * 50))
def test_what_is_marked_lies_within_what_is_shown(response: str) -> None:
    for drill in (GAP, produce(DZIEN_DOBRY), recall(KAWA, Random(1))):
        told = said(drill, response)
        for spans, text in ((told.differs, told.answer), (told.response_differs, told.response)):
            assert all(0 <= start < end <= len(text) for start, end in spans)
        assert 0 <= told.tested[0] < told.tested[1] <= len(told.answer)


# Mistakes.


@pytest.mark.parametrize(
    ("response", "mistake"),
    [
        ("kawa", ("accusative", "agreement")),
        ("kawe", ("accusative", "agreement")),
        ("kawę", None),
        ("nic", None),
    ],
)
def test_a_wrong_form_is_a_mistake_of_its_rule(response: str, mistake: tuple[str, str] | None) -> None:
    assert mistake_of(GAP, mark_response(GAP, response, TAUGHT.__contains__)) == mistake


def test_a_slip_is_a_mistake_of_spelling_or_of_an_accent() -> None:
    drill = produce(DZIEN_DOBRY)

    def found(response: str) -> tuple[str, str] | None:
        return mistake_of(drill, mark_response(drill, response, TAUGHT.__contains__))

    assert found("dzien dobry") == ("spelling", "accent")
    assert found("dzień dobrry") == ("spelling", "spelling")
    assert found("dzień dobzy") == ("spelling", "spelling")


def test_english_has_no_mistakes_of_polish() -> None:
    drill = recall(KAWA, Random(1))
    assert mistake_of(drill, mark_response(drill, "cofee", TAUGHT.__contains__)) is None


def test_a_homophone_in_dictation_is_good_and_its_spelling_is_told_and_logged() -> None:
    drill = dictation(MORZE, Random(1))
    told = said(drill, "może")
    assert (told.verdict, told.rating, told.answer) == (Verdict.GOOD, Rating.GOOD, "morze")
    assert told.why == "It sounds the same. Only the spelling is another."
    assert mistake_of(drill, mark_response(drill, "może", TAUGHT.__contains__)) == ("spelling", "spelling")


def mistake(drill: Drill | None, response: str) -> tuple[str, str] | None:
    assert drill
    return mistake_of(drill, mark_response(drill, response, TAUGHT.__contains__))


def test_a_wrong_choice_of_polish_is_a_mistake_of_what_was_asked() -> None:
    kawa = word(
        "kawa", "coffee",
        collocations=(frame("{mocna} kawa", "twarda", "wysoka", "ciężka"),),
        nuances=(frame("Piję {kawę}.", "kawiarnię"),),
    )  # fmt: skip
    assert mistake(blitz(kawa, Random(1)), "twarda") == ("collocation", "false friend")
    assert mistake(blitz(kawa, Random(1)), "mocna") is None
    assert mistake(nuance(kawa, Random(1)), "kawiarnię") == ("near words", "false friend")
    kasa, kasza = word("kasa", "till"), word("kasza", "groats")
    pair = minimal_pair(kasa, [kasza], Random(1), [], everything_apart)
    assert mistake(pair, "kasza") == ("kasa/kasza", "sound")


def test_what_was_heard_wrong_is_a_mistake_of_a_sound_and_what_is_missing_one_of_omission() -> None:
    kawa = word(
        "kawa", "coffee", forms=KAWA.forms,
        sentences=(
            sentence("Czy masz w domu {kawę}?", form="acc.sg", groups=("Czy masz", "w domu", "kawę")),
        ),
    )  # fmt: skip
    drill = chunking(kawa, [], Random(1), everything_apart)
    assert mistake(drill, "czy masz w domu kawą") == ("acc.sg", "sound")
    assert mistake(drill, "czy masz kawę") == ("word order", "omission")
    assert mistake(drill, "w domu czy masz kawę") == ("word order", "word order")
    assert mistake(drill, "czy masz w domu kawę") is None


def test_a_sentence_that_was_built_wrong_is_told_by_its_words() -> None:
    built = drawn_syntax()
    spare = next(piece for piece in built.pieces if piece not in {"piję", "czarną", "kawę"})
    assert said(built, "czarną kawę").why == "“piję” belongs in it, too."
    # A form of the tested word is named.
    assert said(built, f"piję czarną {spare}").why.startswith("You took the ")
    other = replace(built, form_names={})
    assert said(other, f"piję czarną {spare}").why == f"“{spare}” does not belong in it."
    assert said(other, f"piję czarną kawę {spare}").why == f"“{spare}” does not belong in it."


def drawn_syntax() -> Drill:
    sentence_of = sentence("Piję czarną {kawę}.", "I drink black coffee.", form="acc.sg")
    drill = syntax(replace(KAWA, sentences=(sentence_of,)), OTHERS, Random(1))
    assert drill
    return drill


@pytest.mark.parametrize(
    ("right", "typed", "kind"),
    [
        ("house", "mouse", Verdict.AGAIN),
        ("night", "light", Verdict.AGAIN),
        ("house", "houses", Verdict.GOOD),
        ("house", "huose", Verdict.GOOD),
        ("miasto", "ciasto", Verdict.AGAIN),
        ("miasto", "mizsto", Verdict.GOOD),
        ("proszę", "prosze", Verdict.GOOD),
    ],
)
def test_a_slip_that_spells_another_word_is_no_slip(right: str, typed: str, kind: Verdict) -> None:
    polish = right in ("miasto", "proszę")
    drill = produce(word(right, "x")) if polish else recall(word("słowo", right), Random(1))
    assert said(drill, typed).verdict is kind
