"""Each mode's drill: what it asks, and what it takes as right."""

from __future__ import annotations

from random import Random

import pytest

from tutor.course.item import ItemKind, Note
from tutor.drills.audio import audio, carrier, first_half, minimal_pair
from tutor.drills.blitz import blitz
from tutor.drills.chunking import chunking
from tutor.drills.context import context, form_names
from tutor.drills.dictation import dictation
from tutor.drills.drill import Ask, Drill
from tutor.drills.make import make
from tutor.drills.meeting import explanation, meeting
from tutor.drills.nuance import nuance
from tutor.drills.phrase import phrase
from tutor.drills.produce import produce
from tutor.drills.recall import recall
from tutor.drills.syntax import syntax
from tutor.memory.tracks import MODES, Mode, Track

from .items import DZIEN_DOBRY, KAWA, MORZE, MOZE, OTHERS, everything_apart, frame, sentence, word

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
    left_over = {*drill.pieces} - {"piję", "czarną", "kawę"}
    assert left_over <= {"kawa", "kawy", "kawą"}
    assert left_over


def test_a_capital_that_says_first_is_gone_and_a_name_keeps_its_own() -> None:
    assert "piję" in drawn(syntax(PIJE, OTHERS, rng())).pieces
    texts = sentence("Anna pije {kawę}. Ewa nie. Ja też.", form="acc.sg", names=("Anna", "Ewa"))
    anna = word("kawa", "coffee", forms=KAWA.forms, sentences=(texts,))
    pieces = drawn(syntax(anna, OTHERS, rng())).pieces
    assert {"Anna", "pije", "kawę", "Ewa", "nie", "ja", "też"} < set(pieces)


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


def test_blitz_shows_a_meaning_and_a_first_letter_and_asks_for_the_word_that_goes_with_it() -> None:
    strong = frame("{mocna} kawa", "ciężka", "mała", "moja", "wysoka", translation="strong coffee",
                   accept=("silna",))  # fmt: skip
    kawa = word("kawa", "coffee", collocations=(strong,))
    for seed in range(20):
        drill = drawn(blitz(kawa, Random(seed)))
        assert (drill.mode, drill.track, drill.ask) == (Mode.BLITZ, Track.VISUAL, Ask.CHOOSE)
        assert drill.gap
        assert (drill.gap.shown, drill.translation) == ("m____ kawa", "strong coffee")
        assert (drill.answer, drill.accepted, len(drill.options)) == ("mocna", ("mocna", "silna"), 4)
        assert "silna" not in drill.options
        assert {"mała", "moja"} <= set(drill.options), "the letter that is shown gives nothing away"
        assert (drill.say, drill.say_after) == ("mocna kawa", True)


def test_without_collocations_blitz_asks_for_the_meaning() -> None:
    assert blitz(KAWA, rng()) is None
    assert make(KAWA, Mode.BLITZ, OTHERS, "1").mode is Mode.PHRASE
    assert make(KAWA, Mode.BLITZ, [], "1").mode is Mode.RECALL


# L1.


def test_audio_below_21_days_is_heard_and_chosen() -> None:
    for stability in (0, 20.9):
        drill = audio(KAWA, OTHERS, rng(), stability)
        assert (drill.mode, drill.track, drill.ask) == (Mode.AUDIO, Track.AUDIO, Ask.CHOOSE)
        assert (drill.say_after, len(drill.options)) == (False, 4)
        assert "kawa" in drill.say


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
    assert make(KAWA, Mode.DICTATION, OTHERS, "1", apart=everything_apart).mode is Mode.DICTATION
    for mode in (Mode.DICTATION, Mode.CHUNKING):
        assert make(KAWA, mode, OTHERS, "1").mode is Mode.AUDIO


def test_a_young_word_is_heard_in_a_carrier_phrase_and_a_phrase_as_it_is() -> None:
    assert audio(KAWA, OTHERS, rng(), 2.9).say == "To jest kawa."
    drzwi = word("drzwi", "door", forms={"nom.pl": ("drzwi",)})
    assert [carrier(one) for one in (drzwi, word("tak", "yes", pos="particle"), DZIEN_DOBRY)] == [
        "To są drzwi.", "Słuchaj: tak.", "Dzień dobry!"]  # fmt: skip


ASKED = word(
    "kawa", "coffee",
    sentences=(
        sentence("Czy masz w domu {kawę}?", "Do you have coffee at home?", reply="Mam.",
                 reply_translation="I do."),
        sentence("To jest {kawa}.", "This is coffee."),
    ),
)  # fmt: skip


def test_from_three_days_it_is_heard_in_a_question_and_nothing_else_that_was_said_is_an_option() -> None:
    dom = word("dom", "house", forms={"loc.sg": ("domu",)})
    for seed in range(20):
        drill = audio(ASKED, [dom, *OTHERS[:1], *OTHERS[2:]], Random(seed), 3)
        assert (drill.say, drill.translation) == ("Czy masz w domu kawę?", "Do you have coffee at home?")
        assert drill.answer == "coffee"
        assert "house" not in drill.options
    assert "house" in audio(ASKED, [dom], rng(), 0).options, "where it is not said it is a trap as any other"


def test_from_fifteen_days_it_is_heard_in_two_lines_of_a_dialogue() -> None:
    drill = audio(ASKED, OTHERS, rng(), 15)
    assert drill.say == "Czy masz w domu kawę? Mam."
    assert drill.prompt == "– Czy masz w domu kawę?\n– Mam."
    assert drill.translation == "– Do you have coffee at home?\n– I do."


KASA, KASZA = word("kasa", "till"), word("kasza", "groats")


def test_a_word_that_lapsed_often_is_sometimes_heard_beside_one_of_a_single_other_sound() -> None:
    def asked(lapses: int) -> set[tuple[str, ...]]:
        return {
            tuple(sorted(drill.options))
            for seed in range(40)
            for drill in [audio(KASA, [KASZA, *OTHERS], Random(seed), 1, lapses, (), everything_apart)]
            if not drill.english
        }

    assert asked(3) == {("kasa", "kasza")}
    assert asked(2) == set()


def test_a_pair_comes_from_a_note_too_and_never_where_the_voice_merges_it() -> None:
    note = Note("je", "Nasals", "…", contrasts=(("je", "ję"), ("my", "mi")))
    je = word("je", "eats")
    pair = drawn(minimal_pair(je, [], rng(), [note], everything_apart))
    assert (pair.answer, set(pair.options), pair.say) == ("je", {"je", "ję"}, "je")
    assert minimal_pair(je, [], rng(), [note], lambda one, other: False) is None
    assert minimal_pair(KASA, OTHERS, rng(), [note], everything_apart) is None


GROUPED = word(
    "kawa", "coffee", forms=KAWA.forms,
    sentences=(
        sentence("Czy masz w domu {kawę}?", "Do you have coffee at home?", form="acc.sg",
                 groups=("Czy masz", "w domu", "kawę?")),
    ),
)  # fmt: skip


def test_chunking_gives_the_sense_groups_of_what_is_heard_and_one_that_was_not_said() -> None:
    czy = word("czy", "whether", pos="particle")
    seen = set()
    for seed in range(20):
        drill = drawn(chunking(GROUPED, [czy, *OTHERS], Random(seed), everything_apart))
        assert (drill.mode, drill.track, drill.ask) == (Mode.CHUNKING, Track.AUDIO, Ask.ORDER)
        assert (drill.say, drill.say_after) == ("Czy masz w domu kawę?", False)
        (spare,) = set(drill.pieces) - {"czy masz", "w domu", "kawę"}
        seen.add(spare)
        assert drill.accepted == ("Czy masz w domu kawę?",)
    assert seen == {"kawa", "kawą", "kawy"}


def test_chunking_leaves_over_nothing_that_sounds_the_same_to_this_voice() -> None:
    def hears_a(one: str, other: str) -> bool:
        return other.endswith("a")

    for seed in range(10):
        drill = drawn(chunking(GROUPED, OTHERS, Random(seed), hears_a))
        assert "kawą" not in drill.pieces
        assert "kawa" in drill.pieces
    assert chunking(GROUPED, OTHERS, rng(), lambda one, other: False) is None


def test_without_sense_groups_a_sentence_is_written_down() -> None:
    assert chunking(KAWA, OTHERS, rng(), everything_apart) is None
    assert make(KAWA, Mode.CHUNKING, OTHERS, "1", apart=everything_apart).mode is Mode.DICTATION


def test_the_group_left_over_keeps_the_words_around_the_tested_one() -> None:
    dobra = word(
        "herbata", "tea", forms={"acc.sg": ("herbatę",), "ins.sg": ("herbatą",)},
        sentences=(
            sentence("Mam bardzo dobrą {herbatę} w domu.", groups=("Mam", "bardzo dobrą herbatę", "w domu")),
        ),
    )  # fmt: skip
    drill = drawn(chunking(dobra, [], rng(), everything_apart))
    assert "bardzo dobrą herbatą" in drill.pieces


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


def test_the_base_form_is_not_shown_where_it_is_the_answer() -> None:
    wash = word(
        "myć się", "to wash", pos="verb", forms={"inf": ("myć",), "prs.1sg": ("myję",)},
        sentences=(sentence("Nie chcę się {myć}.", form="inf"),),
    )  # fmt: skip
    drill = drawn(context(wash, rng()))
    assert drill.gap
    assert drill.gap.base == ""


def test_a_phrase_may_be_said_in_each_of_its_orders() -> None:
    asked = word(
        "Mam czas.", "I have time", kind=ItemKind.PHRASE, accept=("Mam trochę czasu",),
        sentences=(sentence("Mam {czas}.", orders=("Czas mam.",)),),
    )  # fmt: skip
    assert produce(asked).accepted == ("Mam czas.", "Mam trochę czasu", "Czas mam.")


def test_a_synonym_of_a_word_that_inflects_is_no_answer_in_its_gap() -> None:
    """ "one" may be `jedna` where nothing tells; a telephone is `jeden`. `Barwa` is no `jaki`."""
    jeden = word(
        "jeden", "one", accept=("jedna", "raz"), forms={"nom.sg.m": ("jeden",), "nom.sg.f": ("jedna",)},
        sentences=(sentence("Mam {jeden} telefon.", form="nom.sg.m"),),
    )  # fmt: skip
    assert drawn(context(jeden, rng())).accepted == ("jeden",)
    assert produce(jeden).accepted == ("jeden", "jedna", "raz")


def test_nuance_asks_for_the_one_of_two_words_that_fits_and_says_why() -> None:
    wiedziec = word(
        "wiedzieć", "to know", pos="verb",
        nuances=(frame("{Wiem}, gdzie mieszkasz.", "Znam", translation="I know where you live.",
                       because="*Wiedzieć* is knowing a fact."),),
    )  # fmt: skip
    drill = drawn(nuance(wiedziec, rng()))
    assert (drill.mode, drill.track, drill.ask) == (Mode.NUANCE, Track.CONTEXT, Ask.CHOOSE)
    assert (drill.answer, set(drill.options)) == ("Wiem", {"Wiem", "Znam"})
    assert drill.gap
    assert (drill.gap.shown, drill.translation) == ("____, gdzie mieszkasz.", "I know where you live.")
    assert drill.why == "*Wiedzieć* is knowing a fact."
    assert drill.say_after


def test_without_a_near_word_it_is_produced() -> None:
    assert nuance(KAWA, rng()) is None
    assert make(KAWA, Mode.NUANCE, OTHERS, "1").mode is Mode.PRODUCE


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
