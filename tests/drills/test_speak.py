"""What is to be said, and whether it is seen, heard, asked for in English, or answers the tutor."""

from __future__ import annotations

from random import Random

import pytest

from tutor.course.dialogue import Turn
from tutor.course.item import Item, ItemKind
from tutor.drills.drill import Ask
from tutor.drills.make import make
from tutor.drills.respond import respond
from tutor.drills.speak import HEARD_FROM_DAYS, RECALLED_FROM_DAYS, speak
from tutor.drills.speaker import Speaker
from tutor.memory.tracks import Mode, Track

from .items import DZIEN_DOBRY, KAWA, sentence, word

NEW, HEARD, KNOWN = 0.0, HEARD_FROM_DAYS, RECALLED_FROM_DAYS


def rng() -> Random:
    return Random(1)


@pytest.mark.parametrize("item", [KAWA, DZIEN_DOBRY])
@pytest.mark.parametrize("days", [NEW, HEARD - 0.1])
def test_what_is_new_is_seen_with_its_meaning_and_may_be_heard(item: Item, days: float) -> None:
    drill = speak(item, rng(), days)
    assert (drill.track, drill.mode, drill.ask) == (Track.SPEECH, Mode.SPEAK, Ask.SPEAK)
    assert drill.prompt == drill.answer == drill.say == item.text
    assert (drill.translation, drill.direction) == (item.meaning, "pl-pl")
    assert not drill.say_after
    assert drill.hint == "", "all of it is there"


@pytest.mark.parametrize("item", [KAWA, DZIEN_DOBRY])
@pytest.mark.parametrize("days", [HEARD, KNOWN - 0.1])
def test_what_is_known_a_little_is_heard_first_and_not_seen(item: Item, days: float) -> None:
    drill = speak(item, rng(), days)
    assert (drill.prompt, drill.answer, drill.say) == (item.meaning, item.text, item.text)
    assert not drill.say_after
    assert drill.hint and drill.answer.startswith(drill.hint) and drill.hint != drill.answer
    assert item.text not in (drill.prompt, drill.translation, drill.task)


def test_a_phrase_that_is_known_well_is_asked_for_in_english_in_any_of_its_ways() -> None:
    ordered = word(
        "Gdzie jest dom?", "where is the house", kind=ItemKind.PHRASE, accept=("Gdzie dom?",),
        sentences=(sentence("Gdzie jest {dom}?", orders=("Dom gdzie jest?",)),),
    )  # fmt: skip
    drill = speak(ordered, rng(), KNOWN)
    assert (drill.prompt, drill.direction) == ("where is the house", "en-pl")
    assert drill.accepted == ("Gdzie jest dom?", "Gdzie dom?", "Dom gdzie jest?")
    assert drill.say_after, "hearing it would tell it"
    assert speak(DZIEN_DOBRY, rng(), KNOWN).prompt == "Greet a stranger"


def test_a_word_that_is_known_well_is_repeated_in_a_short_sentence() -> None:
    long = sentence("Wczoraj rano piliśmy tu razem bardzo dobrą {kawę}.")
    glossed = sentence("Piję {kawę} parzoną.", gloss={"parzoną": "brewed"})
    short = sentence("Piję {kawę}.", "I drink coffee.")
    drill = speak(word("kawa", "coffee", sentences=(long, glossed, short)), rng(), KNOWN)
    assert (drill.prompt, drill.answer, drill.accepted) == ("I drink coffee.", short.text, (short.text,))
    assert not drill.say_after
    for none in ((), (long,), (glossed,)):
        assert speak(word("kawa", "coffee", sentences=none), rng(), KNOWN).answer == "kawa"


@pytest.mark.parametrize(
    ("speaker", "said"), [(Speaker.FEMININE, "Chciałabym kawę."), (Speaker.MASCULINE, "Chciałbym kawę.")]
)
@pytest.mark.parametrize("days", [NEW, HEARD, KNOWN])
def test_everybody_says_their_own_form(speaker: Speaker, said: str, days: float) -> None:
    both = word("Chciałbym kawę.", "a coffee, please", kind=ItemKind.PHRASE, accept=("Chciałabym kawę.",))
    drill = speak(both, rng(), days, speaker)
    assert (drill.answer, drill.say) == (said, said)


# The tutor says something.


def turn(key: str, *accept: str) -> Turn:
    return Turn(key, f"Mówię {key}", f"I say {key}", f"Answer {key}", accept)


def test_the_tutors_line_is_heard_and_answered_with_the_phrase() -> None:
    drill = respond(DZIEN_DOBRY, [turn("other", "Cześć."), turn("greet", "Witam.", "Dzień dobry!")], rng())
    assert drill
    assert (drill.track, drill.mode, drill.ask) == (Track.SPEECH, Mode.RESPOND, Ask.SPEAK)
    assert (drill.line, drill.line_means, drill.prompt) == ("Mówię greet", "I say greet", "Answer greet")
    assert drill.say == drill.line and not drill.say_after, "what is heard tells nothing of the answer"
    assert drill.accepted == ("Dzień dobry!",), "other answers do not hold what is tested"
    assert drill.hint and drill.answer.startswith(drill.hint)


def test_an_answer_holds_a_word_in_any_of_its_forms_and_no_other_word_that_begins_so() -> None:
    drill = respond(KAWA, [turn("order", "Poproszę kawę!", "Kawa.", "Nic.")], rng())
    assert drill and drill.accepted == ("Poproszę kawę!", "Kawa.")
    assert respond(KAWA, [turn("order", "Do kawalera!")], rng()) is None


@pytest.mark.parametrize("turns", [[], [turn("other", "Cześć.")]])
def test_where_no_line_is_answered_so_it_is_said_without_one(turns: list[Turn]) -> None:
    assert respond(DZIEN_DOBRY, turns, rng()) is None
    drill = make(DZIEN_DOBRY, Mode.RESPOND, (), "1", stability=20, turns=tuple(turns))
    assert (drill.mode, drill.ask, drill.line) == (Mode.SPEAK, Ask.SPEAK, "")
