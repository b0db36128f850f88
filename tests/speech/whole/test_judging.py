"""From a recording to a grade: what is right passes, and what is not is found where it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from speech.clips import MODEL, VOICES, Sound, assert_sentence, encoded, said, spoken
from tutor.errors import RecordingUnreadable
from tutor.speech import scores
from tutor.speech.evaluation import Evaluator, Hearing, SpeechResult
from tutor.speech.transcriber import Heard
from tutor.speech.whisper import Whisper

from .conftest import Judge

RIGHT = ["dziękuję bardzo", "która jest godzina", "poproszę kawę z mlekiem", "chodźmy do kina", "cześć"]

SLIPS = [
    ("dziękuję bardzo", "dziikuję bardzo", 0),
    ("poproszę rachunek", "poproszę lachunek", 1),
    ("skąd jesteś", "skąd jestesz", 1),
    ("do widzenia", "to widzenia", 0),
    ("pada deszcz", "poda deszcz", 0),
    ("mam na imię anna", "mam na imię onna", 3),
]
"""A phrase, one sound of it said otherwise, and in which word."""

WRONG = [
    ("poproszę kawę z mlekiem", "poproszę kawę z cytryną", 3),
    ("gdzie jest dworzec", "gdzie jest toaleta", 2),
    ("jestem z polski", "jestem z anglii", 2),
    ("mam psa i kota", "mam psa i toaleta", 3),
]

MISSING = [
    ("poproszę kawę z mlekiem", "poproszę z mlekiem", 1),
    ("dziękuję bardzo", "bardzo", 0),
    ("gdzie jest dworzec", "gdzie jest", 2),
    ("wszystkiego najlepszego", "wszystkiego", 1),
]

EXTRA = [("dziękuję", "dziękuję bardzo", "bardzo"), ("kocham cię", "bardzo kocham cię", "bardzo")]


def missed(result: SpeechResult) -> list[int]:
    return [n for n, word in enumerate(result.words) if word.missed]


def worst(result: SpeechResult) -> int:
    return min(range(len(result.words)), key=lambda n: result.words[n].score)


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("text", RIGHT)
def test_what_was_said_right_passes_in_every_voice(text: str, voice: str, judge: Judge) -> None:
    result = judge(text, text, voice=voice)
    assert result.passed and result.right_words
    assert result.heard == text and result.semantic == 1.0
    assert not missed(result) and not result.extra
    assert [word.text for word in result.words] == text.split()
    assert result.total >= 90 and result.completeness == 100 and result.phonetic < 0.05
    assert all(0 <= word.fit <= 1 and 0 <= word.score <= 100.001 for word in result.words)


@pytest.mark.parametrize(("text", "slip", "place"), SLIPS)
def test_a_slip_counts_and_is_found_in_its_word(text: str, slip: str, place: int, judge: Judge) -> None:
    right, wrong = judge(text, text), judge(slip, text)
    assert wrong.total < right.total - 2 and wrong.accuracy < right.accuracy
    assert wrong.phonetic > right.phonetic
    assert worst(wrong) == place
    assert any(expected != heard for expected, heard in wrong.words[place].pairs)
    assert wrong.words[place].cost > 0 and not wrong.words[place].missed


@pytest.mark.parametrize(("text", "wrong", "place"), WRONG)
def test_a_wrong_word_does_not_pass_and_is_found(text: str, wrong: str, place: int, judge: Judge) -> None:
    result = judge(wrong, text)
    assert result.hearing is Hearing.HEARD and not result.passed and not result.right_words
    assert missed(result) == [place]
    assert result.completeness < 100 and result.total < 80 and result.semantic < 1


@pytest.mark.parametrize(("text", "less", "place"), MISSING)
def test_a_missing_word_does_not_pass_and_is_found(text: str, less: str, place: int, judge: Judge) -> None:
    result = judge(less, text)
    assert result.hearing is Hearing.HEARD and not result.passed
    assert missed(result) == [place]
    assert result.completeness < 100 and result.total < scores.GOOD and not result.extra


@pytest.mark.parametrize(("text", "more", "extra"), EXTRA)
def test_a_word_too_many_is_told_and_does_not_pass(text: str, more: str, extra: str, judge: Judge) -> None:
    result = judge(more, text)
    assert result.extra == (extra,)
    assert not missed(result) and not result.passed and not result.right_words
    assert result.total > 80


def test_another_text_altogether_scores_low(judge: Judge) -> None:
    result = judge("gdzie jest dworzec", "dziękuję bardzo")
    assert missed(result) == [0, 1] and result.total < 40 and result.completeness == 0


def test_of_accepted_texts_the_one_that_was_said_is_judged(judge: Judge) -> None:
    he, she = "chciałbym kawę z mlekiem", "chciałabym kawę z mlekiem"
    for text in (he, she):
        result = judge(text, he, she)
        assert result.passed and result.expected == text and result.semantic == 1.0
    assert judge(he, he).total > judge(she, he).total
    assert judge("kocham cię", he, "Kocham cię!").expected == "Kocham cię!"
    assert (
        judge("poproszę lachunek", "gdzie jest dworzec", "poproszę rachunek").expected == "poproszę rachunek"
    )


def test_a_word_that_the_model_spells_as_it_sounds_means_the_same(evaluator: Evaluator) -> None:
    class SpelledByEar(Whisper):
        def hear(self, samples: Sound, choose: Callable[[str], str]) -> Heard:
            heard = super().hear(samples, choose)
            return replace(heard, text=heard.text.replace("kawę", "kawe"))

    by_ear = replace(evaluator, transcriber=SpelledByEar(MODEL, threads=1))
    result = by_ear.evaluate(spoken("poproszę kawę"), "poproszę kawę")
    assert result.heard == "poproszę kawe"
    assert result.passed and result.semantic == 1.0


def test_case_and_punctuation_never_matter(judge: Judge) -> None:
    plain = judge("dziękuję bardzo", "dziękuję bardzo")
    for expected in ("Dziękuję bardzo!", "DZIĘKUJĘ, BARDZO…", "„Dziękuję” — bardzo."):
        result = judge("dziękuję bardzo", expected)
        assert result.passed and result.total == pytest.approx(plain.total, abs=0.5)
        assert [word.fit for word in result.words] == pytest.approx(
            [word.fit for word in plain.words], abs=0.02
        )


@pytest.mark.parametrize("expected", ["", "…", "?!"])
def test_where_no_word_was_expected_what_was_said_is_too_much(expected: str, judge: Judge) -> None:
    result = judge("cześć", expected)
    assert not result.passed and result.words == () and result.extra == ("cześć",)


def test_forms_of_the_tested_word_are_near_in_meaning(evaluator: Evaluator) -> None:
    forms = {"londynie": "loc", "londyn": "nom"}
    result = evaluator.evaluate(spoken("mieszkam w londynie"), "mieszkam w londyn", forms=forms)
    assert result.semantic == pytest.approx(2.8 / 3)


@pytest.mark.parametrize("form", ["webm/opus", "ogg/opus", "mp3", "m4a", "flac"])
def test_in_whatever_format_it_is_recorded_it_is_judged_alike(
    form: str, evaluator: Evaluator, judge: Judge
) -> None:
    text = "poproszę kawę z mlekiem"
    sound = said(text)
    result = evaluator.evaluate(encoded(sound.repeat(3), form, 48_000, "stereo"), text)
    assert result.passed and abs(result.total - judge(text, text).total) < 6


def test_of_a_recording_that_broke_off_what_is_there_is_judged(evaluator: Evaluator) -> None:
    whole = encoded(said("poproszę kawę z mlekiem"), "webm/opus")
    result = evaluator.evaluate(whole[: len(whole) * 2 // 5], "poproszę kawę z mlekiem")
    assert result.hearing is Hearing.HEARD and not result.passed
    assert missed(result)[-1] == 3 and not result.words[0].missed
    with pytest.raises(RecordingUnreadable) as error:
        evaluator.evaluate(whole[:200], "poproszę kawę z mlekiem")
    assert_sentence(error)


def test_what_may_be_invented_is_not_graded_however_well_it_fits(
    evaluator: Evaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tutor.speech.whisper.UNSURE", 1.0)
    result = evaluator.evaluate(spoken("cześć"), "cześć")
    assert result.hearing is Hearing.UNCLEAR
    assert result.total >= scores.GOOD and not result.passed and not result.right_words


def test_a_strict_score_is_a_matter_of_constants(evaluator: Evaluator, judge: Judge) -> None:
    strict = replace(evaluator, constants=replace(scores.CONSTANTS, phones_power=6.0))
    assert (
        strict.evaluate(spoken("poda deszcz"), "pada deszcz").total
        < judge("poda deszcz", "pada deszcz").total
    )


def test_what_says_the_same_in_other_words_is_judged_as_it_was_said(evaluator: Evaluator) -> None:
    asked = []

    def same(heard: str) -> bool:
        asked.append(heard)
        return "dziękuję" in heard

    result = evaluator.evaluate(spoken("dziękuję bardzo"), "poproszę kawę z mlekiem", says_the_same=same)
    assert result.passed and result.semantic == 1.0
    assert (result.expected, result.heard) == (asked[0], asked[0])
    other = evaluator.evaluate(spoken("dziękuję bardzo"), "poproszę kawę z mlekiem")
    assert not other.right_words
