"""A model in memory: what it hears, for several at once, and how it leaves and comes back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import faster_whisper
import numpy as np
import pytest

from speech.clips import MODEL, Sound, said, silence, spoken
from tutor.speech.espeak import Espeak
from tutor.speech.evaluation import Evaluator, SpeechResult
from tutor.speech.transcriber import Heard
from tutor.speech.whisper import Whisper

TEXT = "poproszę kawę z mlekiem"


def hear(whisper: Whisper, sound: Sound, expected: str) -> Heard:
    return whisper.hear(sound.astype(np.float32), lambda _text: expected)


def test_what_fits_what_was_said_fits_and_what_does_not_does_not(whisper: Whisper) -> None:
    heard = hear(whisper, said(TEXT), TEXT)
    assert heard.text == heard.chosen == TEXT and heard.sure
    assert len(heard.words) == 4 and min(word.probability for word in heard.words) > 0.9
    other = hear(whisper, said(TEXT), "gdzie jest dworzec")
    assert other.text == TEXT and len(other.words) == 3
    assert max(word.probability for word in other.words) < 0.6


def test_what_was_heard_decides_what_it_is_held_against(whisper: Whisper) -> None:
    asked: list[str] = []

    def choose(text: str) -> str:
        asked.append(text)
        return text.upper()

    heard = whisper.hear(said(TEXT).astype(np.float32), choose)
    assert asked == [TEXT] and heard.chosen == TEXT.upper()
    assert min(word.probability for word in heard.words) > 0.9


@pytest.mark.parametrize("seconds", [0.01, 1.0])
def test_of_nothing_nothing_is_heard_for_sure(seconds: float, whisper: Whisper) -> None:
    assert not hear(whisper, silence(seconds), "tak").sure


def test_of_more_than_half_a_minute_the_beginning_is_heard(whisper: Whisper) -> None:
    long = np.concatenate([said(TEXT), silence(40), said("dziękuję bardzo")])
    heard = hear(whisper, long, TEXT)
    assert heard.text.startswith(TEXT) and "dziękuję" not in heard.text
    assert all(word.end <= 30.02 for word in heard.words)


def test_where_no_word_is_expected_none_fits(whisper: Whisper) -> None:
    assert hear(whisper, said(TEXT), "").words == ()
    assert hear(whisper, said(TEXT), "…").words == ()


def test_four_at_once_are_judged_like_one_after_another(evaluator: Evaluator) -> None:
    clips = [
        (spoken("dziękuję bardzo"), "dziękuję bardzo"), (spoken("pada deszcz", "pl+f3"), "pada deszcz"),
        (spoken("poda deszcz"), "pada deszcz"), (spoken("gdzie jest toaleta"), "gdzie jest dworzec"),
    ]  # fmt: skip

    def judged(clip: tuple[bytes, str]) -> SpeechResult:
        return evaluator.evaluate(*clip)

    alone = [judged(clip) for clip in clips]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(judged, clips))
    assert together == alone


def test_a_model_leaves_the_memory_and_comes_back_when_somebody_speaks() -> None:
    whisper = Whisper(MODEL, threads=1)
    evaluator = Evaluator(whisper, Espeak())
    before = evaluator.evaluate(spoken("cześć"), "cześć")
    assert whisper.loaded
    assert not whisper.release() and whisper.loaded, "it was used a moment ago"
    assert whisper.release(0) and not whisper.loaded
    assert whisper.release(0), "it is out of memory already"
    assert evaluator.evaluate(spoken("cześć"), "cześć") == before
    assert whisper.loaded


def test_a_model_that_is_listening_does_not_leave() -> None:
    whisper = Whisper(MODEL, threads=1)
    whisper.load()
    with ThreadPoolExecutor(3) as pool:
        heard = [pool.submit(hear, whisper, said(TEXT), TEXT) for _n in range(3)]
        while not all(one.done() for one in heard):
            whisper.release(0)
        assert [one.result().text for one in heard] == [TEXT] * 3


def test_asked_by_four_at_once_it_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    class Counted(faster_whisper.WhisperModel):  # type: ignore[misc]
        def __init__(self, *arguments: object, **options: object) -> None:
            made.append(arguments)
            super().__init__(*arguments, **options)

    monkeypatch.setattr(faster_whisper, "WhisperModel", Counted)
    whisper = Whisper(MODEL, threads=1)
    with ThreadPoolExecutor(4) as pool:
        heard = list(pool.map(lambda _n: hear(whisper, said("cześć"), "cześć"), range(4)))
    assert len(made) == 1
    assert [one.text for one in heard] == ["cześć"] * 4
