"""What is said about something said aloud: each word's verdict, the sound that differed, and what to do."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.spoken_sounds import SpokenSounds, read_spoken_sounds
from tutor.drills.feedback import Feedback, Verdict
from tutor.drills.speak import speak
from tutor.drills.spoken import (
    SoundMistake,
    mistakes_of,
    said_of,
    spoken_feedback,
    spoken_verdict,
    word_verdict,
)
from tutor.memory.review import Help, Rating
from tutor.resources import COURSES
from tutor.speech.evaluation import Hearing, SpeechResult, SpokenWord
from tutor.speech.phone_alignment import Pair, align_phones

from .items import word

SOUNDS = read_spoken_sounds(COURSES / "pl-en")

KAWE, MLEKIEM = "k a v ɛ", "m l ɛ k i ɛ m"


def spoken(text: str, expected: str, heard: str | None = None, score: float = 96.0, *, missed: bool = False
           ) -> SpokenWord:  # fmt: skip
    """A word, with the phones that a voice makes of it and those that were heard."""
    pairs = align_phones(expected.split(), (expected if heard is None else heard).split())
    return SpokenWord(text, score, 0.9, tuple(pairs), missed, 0.5, 1.0)


def result(*words: SpokenWord, total: float = 95.0, **more: object) -> SpeechResult:
    text = " ".join(one.text for one in words)
    whole = SpeechResult(
        Hearing.HEARD, text, text.casefold(), words, accuracy=total, fluency=90.4, completeness=100,
        total=total,
    )  # fmt: skip
    return replace(whole, **more)  # type: ignore[arg-type]


def told(heard: SpeechResult, help_used: Help = Help.NONE, sounds: SpokenSounds = SOUNDS) -> Feedback:
    drill = speak(word(heard.expected, "what it means"), Random(1))
    return spoken_feedback(drill, heard, sounds, Rating.HARD, help_used)


RIGHT = result(spoken("kawę", KAWE), spoken("z", "z"), spoken("mlekiem.", MLEKIEM))
SLIPPED = result(spoken("kawę", KAWE, "k a b ɛ", 82.0), spoken("z", "z"), spoken("mlekiem.", MLEKIEM))


# Verdicts.


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (spoken("kawę", KAWE), Verdict.GOOD),
        (spoken("kawę", KAWE, score=80.0), Verdict.GOOD),
        (spoken("kawę", KAWE, score=79.9), Verdict.NEARLY),
        (spoken("kawę", KAWE, "k a b ɛ", 95.0), Verdict.NEARLY),
        (spoken("kawę", KAWE, score=60.0), Verdict.NEARLY),
        (spoken("kawę", KAWE, score=59.9), Verdict.AGAIN),
        (spoken("kawę", KAWE, score=95.0, missed=True), Verdict.AGAIN),
    ],
)
def test_a_word_is_good_nearly_or_again(said: SpokenWord, verdict: Verdict) -> None:
    assert word_verdict(said) is verdict
    assert said_of(result(said), SOUNDS).words[0].verdict is verdict


@pytest.mark.parametrize(
    ("heard", "help_used", "verdict"),
    [
        (RIGHT, Help.NONE, Verdict.GOOD),
        (RIGHT, Help.HINT, Verdict.NEARLY),
        (RIGHT, Help.SHOWN, Verdict.AGAIN),
        (SLIPPED, Help.NONE, Verdict.NEARLY),
        (replace(RIGHT, total=79.0), Help.NONE, Verdict.NEARLY),
        (replace(RIGHT, extra=("proszę",)), Help.NONE, Verdict.AGAIN),
        (result(spoken("kawę", KAWE), spoken("z", "z", "", missed=True)), Help.NONE, Verdict.AGAIN),
        # However badly one of its words was said, all were said: how it sounded alone is never Again.
        (result(spoken("kawę", KAWE, "k a b ɛ", 40.0)), Help.NONE, Verdict.NEARLY),
    ],
)
def test_a_phrase_is_as_good_as_its_words_and_its_help(
    heard: SpeechResult, help_used: Help, verdict: Verdict
) -> None:
    assert spoken_verdict(heard, help_used) is verdict
    assert told(heard, help_used).verdict is verdict


@pytest.mark.parametrize("heard", [SLIPPED, replace(RIGHT, extra=("proszę",)), replace(RIGHT, total=5.0)])
def test_who_says_that_it_was_right_is_believed(heard: SpeechResult) -> None:
    feedback = told(heard, Help.OVERRIDE)
    assert (feedback.verdict, feedback.headline) == (Verdict.GOOD, "Good")


# What is told.


def test_what_was_good_is_told_in_a_word() -> None:
    feedback = told(RIGHT)
    assert (feedback.headline, feedback.why, feedback.answer) == ("Good", "", "kawę z mlekiem.")
    said = feedback.said
    assert said and said.worst is None
    assert [(one.text, one.told) for one in said.words] == [("kawę", ""), ("z", ""), ("mlekiem", "")]
    assert (said.accuracy, said.fluency, said.completeness, said.total) == (95, 90, 100, 95)


def test_a_slip_names_the_sound_what_it_sounded_like_and_what_the_mouth_does() -> None:
    feedback = told(SLIPPED)
    said = feedback.said
    assert feedback.headline == "Nearly, one sound"
    assert said and said.worst == 0
    hint = SOUNDS.hint(SOUNDS.sounds["w"], SOUNDS.sounds["b"])
    assert said.words[0].told == f"*w* sounded like *b*. {hint}"
    assert [one.differs for one in said.words[0].sounds] == [False, False, True, False]


def test_two_sounds_are_counted_and_the_worst_word_is_told_of_first() -> None:
    heard = result(
        spoken("kawę", KAWE, "k a b ɛ", 82.0), spoken("z", "z"),
        spoken("mlekiem", MLEKIEM, "m r ɛ k i ɛ m", 70.0),
    )  # fmt: skip
    feedback = told(heard)
    assert feedback.headline == "Nearly, 2 sounds"
    assert feedback.said and feedback.said.worst == 2


def test_a_sound_that_was_left_out_was_not_heard() -> None:
    said = said_of(result(spoken("mlekiem", MLEKIEM, "m l ɛ k i ɛ", 75.0)), SOUNDS).words[0]
    assert said.told == f"*m* was not heard. {SOUNDS.sounds['m'].hint}"


def test_a_word_that_was_hardly_made_out_and_one_that_was_left_out_are_told_so() -> None:
    vague = said_of(result(spoken("kawę", KAWE, score=70.0)), SOUNDS).words[0]
    assert "hard to make out" in vague.told
    missed = said_of(result(spoken("kawę", KAWE, "", missed=True)), SOUNDS).words[0]
    assert missed.missed and "left out" in missed.told


def test_a_headline_without_a_sound_names_none() -> None:
    assert told(replace(RIGHT, total=70.0)).headline == "Nearly"
    assert told(replace(RIGHT, extra=("proszę",))).headline == "Not yet"


def test_what_was_heard_beside_and_what_was_too_loud_is_said() -> None:
    extra = told(replace(RIGHT, heard="proszę kawę z mlekiem", extra=("proszę",)))
    assert extra.why == "More was heard than that: “proszę kawę z mlekiem”."
    assert "so loud" in told(replace(SLIPPED, clipped=True)).why
    assert told(replace(RIGHT, clipped=True)).why == "", "it did no harm"


# Letters.


@pytest.mark.parametrize(
    ("text", "phones", "letters"),
    [
        ("dziękuję", "dʑ ɛ ŋ k u j ɛ", ["dzi", "ę", "k", "u", "j", "ę"]),
        ("bardzo", "b a r dʑ ɔ", ["b", "a", "r", "dz", "o"]),
        ("szczęście", "ʃ tʃ ɛ ɲ ɕ tɕ ɛ", ["sz", "cz", "ę", "ś", "ci", "e"]),
        ("Cześć!", "tʃ ɛ ɕ tɕ", ["cz", "e", "ś", "ć"]),
        ("rzeka", "ʒ ɛ k a", ["rz", "e", "k", "a"]),
    ],
)
def test_each_sound_stands_under_the_letters_that_it_is_written_with(
    text: str, phones: str, letters: list[str]
) -> None:
    said = said_of(result(spoken(text, phones)), SOUNDS).words[0]
    assert [one.letters for one in said.sounds] == letters
    assert not any(one.differs for one in said.sounds)


def test_the_n_that_an_e_hides_differs_on_its_letter() -> None:
    said = said_of(result(spoken("dziękuję", "dʑ ɛ ŋ k u j ɛ", "dʑ ɛ k u j ɛ", 85.0)), SOUNDS).words[0]
    assert [(one.letters, one.differs) for one in said.sounds][:3] == [
        ("dzi", False), ("ę", True), ("k", False),
    ]  # fmt: skip
    assert said.sounds[1].phone == "ɛn"


def test_the_dz_that_the_voice_says_as_dzi_is_told_of_as_dz() -> None:
    heard = result(spoken("bardzo", "b a r dʑ ɔ", "b a r d ɔ", 85.0))
    said = said_of(heard, SOUNDS).words[0]
    assert said.told.startswith("*dz* sounded like *d*.")
    raw = f"{SOUNDS.sounds['dz'].phone} d bardzo"
    assert mistakes_of(heard, SOUNDS) == (SoundMistake("sound:dz", "sound", raw),)


@pytest.mark.parametrize(("expected", "heard"), [("b", "bʲ"), ("n", "ŋ"), ("ʃ", "ʃ")])
def test_phones_of_one_sound_do_not_differ(expected: str, heard: str) -> None:
    pairs: tuple[Pair, ...] = ((expected, heard),)
    one = SpokenWord("x", 96, 0.9, pairs, False, 0, 1)
    assert not said_of(result(one), SOUNDS).words[0].sounds[0].differs
    assert mistakes_of(result(one), SOUNDS) == ()


def test_a_language_without_sounds_is_told_of_by_its_phones() -> None:
    said = said_of(SLIPPED, SpokenSounds()).words[0]
    assert [one.phone for one in said.sounds] == KAWE.split()
    assert [one.differs for one in said.sounds] == [False, False, True, False]
    assert mistakes_of(SLIPPED, SpokenSounds()) == ()


# Mistakes.


def test_each_sound_of_a_word_is_one_mistake_and_a_missed_word_is_one() -> None:
    heard = result(
        spoken("sześć", "ʃ ɛ ɕ tɕ", "ɕ ɛ ɕ tɕ", 80.0),
        spoken("szarych", "ʃ a r ɨ x", "s a r i x", 70.0),
        spoken("myszy!", "m ɨ ʃ ɨ", "", 20.0, missed=True),
    )  # fmt: skip
    found = [(one.concept, one.subtype) for one in mistakes_of(heard, SOUNDS)]
    assert found == [("sound:sz", "sound"), ("sound:sz", "sound"), ("sound:y", "sound"), ("word", "omission")]
    assert mistakes_of(heard, SOUNDS)[0].raw.endswith("sześć")
    assert mistakes_of(heard, SOUNDS)[-1].raw == "myszy"


def test_the_same_sound_twice_in_a_word_is_one_mistake() -> None:
    heard = result(spoken("szosza", "ʃ ɔ ʃ a", "s ɔ s a", 70.0))
    assert [one.concept for one in mistakes_of(heard, SOUNDS)] == ["sound:sz"]


phones = st.lists(st.sampled_from([*SOUNDS.by_phone, "θ", "æ"]), max_size=8).map(" ".join)


@given(st.text("aąbcćdeęhiłnńoósśzźż ,.", max_size=12), phones, phones, st.floats(0, 100), st.booleans())
def test_whatever_was_heard_can_be_told(
    text: str, expected: str, heard: str, score: float, missed: bool
) -> None:
    found = result(spoken(text, expected, heard, score, missed=missed), total=score)
    feedback = told(found) if text.strip() else None
    assert feedback is None or feedback.headline
    said = said_of(found, SOUNDS).words[0]
    assert all(one.letters and one.phone for one in said.sounds)
    for mistake in mistakes_of(found, SOUNDS):
        assert mistake.concept == "word" or mistake.concept.removeprefix("sound:") in SOUNDS.sounds


def test_what_was_said_in_other_words_is_right_and_told_what_was_looked_for() -> None:
    drill = speak(word("Kawę z mlekiem.", "Coffee with milk."), Random(1))
    other = result(spoken("Kawkę", KAWE), spoken("z", "z"), spoken("mlekiem.", MLEKIEM))
    said = spoken_feedback(drill, other, SOUNDS, Rating.GOOD, Help.NONE)
    assert (said.verdict, said.answer) == (Verdict.GOOD, "Kawkę z mlekiem.")
    assert said.why == "Right: that says the same. We were looking for *Kawę z mlekiem.*"
