"""Each mode's drill: what it asks, and what it takes as right."""

from __future__ import annotations

from random import Random

import pytest

from tutor.course.item import Note
from tutor.drills.audio import audio, first_half
from tutor.drills.context import context, form_names
from tutor.drills.dictation import dictation
from tutor.drills.drill import Ask, Drill
from tutor.drills.make import make
from tutor.drills.meeting import explanation, meeting
from tutor.drills.phrase import phrase
from tutor.drills.produce import produce
from tutor.drills.recall import recall
from tutor.drills.syntax import syntax
from tutor.memory.tracks import MODES, Mode, Track

from .items import DZIEN_DOBRY, KAWA, MORZE, MOZE, OTHERS, sentence, word

PIJE = word(
    "kawa", "coffee", forms=KAWA.forms,
    sentences=(
        sentence("Piję czarną {kawę}.", "I drink black coffee.", form="acc.sg",
                 orders=("Czarną kawę piję.",)),
    ),
)  # fmt: skip
NOTE = Note("accusative", "What you order", "It takes the accusative.")


def rng() -> Random:
    return Random(1)


def drawn(drill: Drill | None) -> Drill:
    assert drill is not None
    return drill


# Meetings.


def test_at_a_meeting_an_item_is_seen_and_heard_with_its_meaning_and_an_example_and_nothing_is_tested() -> (
    None
):
    drill = meeting(KAWA)
    assert (drill.ask, drill.meeting, drill.mode, drill.track) == (Ask.ACKNOWLEDGE, True, None, Track.VISUAL)
    assert (drill.prompt, drill.answer, drill.say) == ("kawa", "coffee", "kawa")
    assert drill.sentence == KAWA.sentences[0]
    assert drill.accepted == ()
    assert meeting(DZIEN_DOBRY).sentence is None, "a phrase's own sentence would only say it again"


def test_a_note_is_shown_whole_and_tests_nothing() -> None:
    drill = explanation(NOTE)
    assert (drill.item, drill.meeting, drill.note) == (None, True, NOTE)
    assert (drill.prompt, drill.answer) == (NOTE.title, NOTE.text)


# L0.


def test_recall_shows_polish_and_takes_every_meaning() -> None:
    drill = recall(KAWA, rng())
    assert (drill.mode, drill.track, drill.ask) == (Mode.RECALL, Track.VISUAL, Ask.GRADE)
    assert (drill.prompt, drill.accepted, drill.english) == ("kawa", KAWA.means, True)
    assert drill.answer == "coffee, a cup of coffee"
    assert recall(word("x", *"abcde"), rng()).answer == "a, b, c"


def test_phrase_asks_for_the_meaning_of_four_and_tells_what_the_others_were() -> None:
    drill = drawn(phrase(KAWA, OTHERS, rng()))
    assert (drill.mode, drill.track, drill.ask) == (Mode.PHRASE, Track.VISUAL, Ask.CHOOSE)
    assert len(drill.options) == 4
    assert drill.options.count("coffee") == 1
    assert drill.traps.keys() == {*drill.options} - {"coffee"}
    polish = {other.meaning: other.text for other in OTHERS}
    assert all(polish[meaning] == text for meaning, text in drill.traps.items())


def test_phrase_without_a_wrong_option_becomes_recall_and_says_so() -> None:
    assert phrase(KAWA, [], rng()) is None
    assert make(KAWA, Mode.PHRASE, [], "1").mode is Mode.RECALL


def test_syntax_gives_the_words_of_a_sentence_and_one_other_form() -> None:
    drill = drawn(syntax(PIJE, OTHERS, rng()))
    assert (drill.mode, drill.track, drill.ask) == (Mode.SYNTAX, Track.VISUAL, Ask.ORDER)
    assert drill.prompt == "I drink black coffee."
    assert drill.accepted == ("Piję czarną kawę.", "Czarną kawę piję.")
    assert len(drill.pieces) == 4
    left_over = {*drill.pieces} - {"Piję", "czarną", "kawę"}
    assert left_over <= {"kawa", "kawy", "kawą"}
    assert left_over


def test_a_capital_that_says_first_is_gone_where_the_word_is_known_and_a_name_keeps_its_own() -> None:
    known = word("pić", "to drink", forms={"1sg": ("piję",)})
    assert "piję" in drawn(syntax(PIJE, [known], rng())).pieces
    anna = word("kawa", "coffee", forms=KAWA.forms, sentences=(sentence("Anna pije {kawę}.", form="acc.sg"),))
    assert "Anna" in drawn(syntax(anna, [known], rng())).pieces


def test_the_word_left_over_is_never_a_right_one() -> None:
    ty = word(
        "ty", "you", forms={"acc": ("cię", "ciebie"), "nom": ("ty",)},
        sentences=(sentence("Bardzo {cię} lubię.", form="acc"),),
    )  # fmt: skip
    assert all("ciebie" not in drawn(syntax(ty, OTHERS, Random(seed))).pieces for seed in range(20))


def test_syntax_without_a_sentence_or_without_anything_spare_is_recalled() -> None:
    assert make(OTHERS[0], Mode.SYNTAX, OTHERS, "1").mode is Mode.RECALL
    bare = word("i", "and", sentences=(sentence("Ewa {i} Jan."),))
    assert syntax(bare, [], rng()) is None
    assert drawn(syntax(bare, OTHERS, rng())).pieces


# L1.


def test_audio_below_21_days_is_heard_and_chosen() -> None:
    for stability in (0, 20.9):
        drill = audio(KAWA, OTHERS, rng(), stability)
        assert (drill.mode, drill.track, drill.ask) == (Mode.AUDIO, Track.AUDIO, Ask.CHOOSE)
        assert (drill.say, drill.say_after, len(drill.options)) == ("kawa", False, 4)


def test_audio_from_21_days_is_heard_and_typed() -> None:
    drill = audio(KAWA, OTHERS, rng(), 21)
    assert (drill.ask, drill.options, drill.traps) == (Ask.TYPE, (), {})
    assert (drill.accepted, drill.english) == (KAWA.means, True)
    assert audio(KAWA, [], rng(), 0).ask is Ask.TYPE, "and where no wrong option is to be had"


def test_homophones_never_decide_an_answer_to_what_was_only_heard() -> None:
    """Może or morze: who hears no more than the word may mean either."""
    assert "sea" not in audio(MOZE, [MORZE, *OTHERS], rng(), 0).options
    typed = audio(MOZE, [MORZE, *OTHERS], rng(), 30)
    assert {"maybe", "sea"} <= set(typed.accepted)


def test_dictation_says_a_phrase_that_is_written() -> None:
    drill = dictation(DZIEN_DOBRY, rng())
    assert (drill.mode, drill.track, drill.ask) == (Mode.DICTATION, Track.AUDIO, Ask.TYPE)
    assert (drill.say, drill.accepted, drill.english) == ("Dzień dobry!", ("Dzień dobry!",), False)
    assert drill.translation == "good morning"
    assert not drill.say_after


def test_a_word_is_dictated_in_a_sentence_of_taught_words_or_alone() -> None:
    taught, untaught = (
        sentence("Piję {kawę}.", "I drink coffee."),
        sentence("{Kawa} stygnie.", gloss={"stygnąć": "cool"}),
    )
    both, neither = (
        word("kawa", "coffee", sentences=(taught, untaught)),
        word("kawa", "coffee", sentences=(untaught,)),
    )
    assert {dictation(both, Random(seed)).say for seed in range(20)} == {"Piję kawę."}
    assert dictation(both, rng()).translation == "I drink coffee."
    assert dictation(neither, rng()).say == "kawa"


def test_without_a_voice_dictation_is_a_listening_drill_that_can_be_read() -> None:
    assert make(KAWA, Mode.DICTATION, OTHERS, "1").mode is Mode.DICTATION
    assert make(KAWA, Mode.DICTATION, OTHERS, "1", voice=False).mode is Mode.AUDIO


# L2.


def test_context_asks_for_the_form_that_belongs_in_the_gap() -> None:
    drill = drawn(context(KAWA, rng(), {"accusative": NOTE}))
    assert (drill.mode, drill.track, drill.ask) == (Mode.CONTEXT, Track.CONTEXT, Ask.TYPE)
    assert drill.gap
    assert (drill.gap.before, drill.gap.base, drill.gap.after) == ("Piję ", "kawa", ".")
    assert drill.accepted == ("kawę", "kawkę")
    assert (drill.answer, drill.translation) == ("Piję kawę.", "I drink coffee.")
    assert (drill.why, drill.note) == ("What you drink takes the accusative.", NOTE)
    assert drill.say_after, "hearing the sentence before would give the answer away"
    assert drill.form_names["kawą"] == "instrumental singular"


def test_forms_of_the_same_label_are_equally_right_in_a_gap() -> None:
    pan = word(
        "oko", "eye", forms={"nom.pl": ("oczy", "oka")}, sentences=(sentence("Mam {oczy}.", form="nom.pl"),)
    )
    assert drawn(context(pan, rng())).accepted == ("oczy", "oka")


def test_a_synonym_that_is_another_form_of_the_word_is_no_answer_in_its_gap() -> None:
    """ "one" may be `jedna` where nothing tells; a telephone is `jeden`."""
    jeden = word(
        "jeden", "one", accept=("jedna", "raz"), forms={"nom.sg.m": ("jeden",), "nom.sg.f": ("jedna",)},
        sentences=(sentence("Mam {jeden} telefon.", form="nom.sg.m"),),
    )  # fmt: skip
    assert drawn(context(jeden, rng())).accepted == ("jeden", "raz")
    assert produce(jeden).accepted == ("jeden", "jedna", "raz")


def test_a_gap_in_a_phrase_asks_for_no_form() -> None:
    drill = drawn(context(DZIEN_DOBRY, rng()))
    assert drill.gap
    assert drill.gap.base == ""
    assert drill.accepted == ("dobry",)


def test_a_word_without_a_sentence_is_produced_instead_and_the_drill_says_so() -> None:
    assert context(OTHERS[0], rng()) is None
    assert make(OTHERS[0], Mode.CONTEXT, [], "1").mode is Mode.PRODUCE


def test_produce_shows_english_and_takes_every_listed_polish_answer() -> None:
    drill = produce(KAWA)
    assert (drill.mode, drill.track, drill.ask, drill.direction) == (
        Mode.PRODUCE, Track.CONTEXT, Ask.TYPE, "en-pl")  # fmt: skip
    assert (drill.prompt, drill.accepted, drill.english) == ("coffee", ("kawa", "kawka"), False)
    assert drill.say_after
    assert produce(KAWA, {"accusative": NOTE}).note == NOTE
    assert produce(DZIEN_DOBRY).prompt == "Greet a stranger"
    assert produce(DZIEN_DOBRY).accepted == ("Dzień dobry!", "Witam.")


def test_forms_that_coincide_share_their_names() -> None:
    assert form_names(KAWA)["kawy"] == "genitive singular or nominative plural"


# All.


@pytest.mark.parametrize("mode", Mode)
def test_a_drill_is_recorded_on_the_track_of_its_mode(mode: Mode) -> None:
    for item in (KAWA, DZIEN_DOBRY, OTHERS[0]):
        for neighbours in (OTHERS, []):
            drill = make(item, mode, neighbours, "1")
            assert drill.mode
            assert drill.track is MODES[drill.mode].track is MODES[mode].track


def test_a_hint_is_the_first_half() -> None:
    assert [first_half(answer) for answer in ("", "i", "ty", "kot", "kawa", "herbata")] == [
        "", "", "", "k", "ka", "herb"]  # fmt: skip
