"""What is judged before any model hears: nothing was said, or there is nothing to hear."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("faster_whisper", reason="what listens is not installed: pip install faster-whisper")

import numpy as np

from tutor.errors import RecordingUnreadable, SpeechModelBroken
from tutor.speech.espeak import Espeak
from tutor.speech.evaluation import Evaluator, Hearing, SpeechResult
from tutor.speech.recording import Recording
from tutor.speech.whisper import Whisper

from .clips import MODEL, Sound, assert_sentence, click, encoded, hum, silence, spoken, tone, white_noise


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    return Evaluator(Whisper(MODEL), Espeak())


@pytest.mark.parametrize(
    "sound",
    [silence(2), silence(0.01), click(), hum(2), tone(800, 2), white_noise(2), np.clip(5 * hum(1), -1, 1)],
    ids=["nothing", "10 ms", "click", "hum", "tone", "noise", "loud hum"],
)
@pytest.mark.parametrize("form", ["wav", "webm/opus"])
def test_where_nobody_spoke_no_attempt_was_made_and_no_model_is_loaded(
    sound: Sound, form: str, evaluator: Evaluator
) -> None:
    content = encoded(sound, form)
    result = evaluator.evaluate(content, "dziękuję", ["dzięki"])
    assert result.hearing is Hearing.NOTHING
    assert result.expected == "dziękuję" and result.heard == ""
    assert not result.passed and not result.right_words and not result.words and not result.extra
    assert isinstance(evaluator.transcriber, Whisper) and not evaluator.transcriber.loaded


@pytest.mark.parametrize(
    "samples", [np.zeros(0), np.ones(1), np.full(16_000, np.nan), np.full(16_000, np.inf)]
)
def test_samples_that_are_no_sound_are_nobody(samples: Sound, evaluator: Evaluator) -> None:
    recording = Recording(samples.astype(np.float32))
    assert evaluator.evaluate(recording, "tak").hearing is Hearing.NOTHING


def test_what_cannot_be_read_is_told_before_a_model_is_missed(tmp_path: Path) -> None:
    evaluator = Evaluator(Whisper(tmp_path / "gone"), Espeak())
    with pytest.raises(RecordingUnreadable) as error:
        evaluator.evaluate(b"no sound", "tak")
    assert_sentence(error)
    with pytest.raises(SpeechModelBroken) as broken:
        evaluator.evaluate(spoken("tak"), "tak")
    assert_sentence(broken)


@pytest.mark.parametrize("hearing", list(Hearing))
def test_only_what_was_heard_can_pass(hearing: Hearing) -> None:
    result = SpeechResult(hearing, "tak", "tak", accuracy=100, fluency=100, completeness=100, total=100)
    assert result.passed == result.right_words == (hearing is Hearing.HEARD)


def test_a_word_too_many_or_a_score_below_good_does_not_pass() -> None:
    assert not SpeechResult(Hearing.HEARD, "tak", "tak nie", total=100, extra=("nie",)).passed
    assert not SpeechResult(Hearing.HEARD, "tak", "tak", total=79.9).passed
    assert SpeechResult(Hearing.HEARD, "tak", "tak", total=79.9).right_words
