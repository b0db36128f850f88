"""One model for all whose sound goes the whole way, and each clip judged once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

pytest.importorskip("faster_whisper", reason="what listens is not installed: pip install faster-whisper")

from speech.clips import MODEL, spoken
from tutor.speech.espeak import Espeak
from tutor.speech.evaluation import Evaluator, SpeechResult
from tutor.speech.whisper import Whisper

Judge = Callable[..., SpeechResult]


@pytest.fixture(scope="session")
def whisper() -> Whisper:
    """A real model, small enough for tests; it lives as long as they do."""
    return Whisper(MODEL, threads=1)


@pytest.fixture(scope="session")
def evaluator(whisper: Whisper) -> Evaluator:
    return Evaluator(whisper, Espeak())


@pytest.fixture(scope="session")
def judge(evaluator: Evaluator) -> Judge:
    """How a voice said a text, held against what was expected."""

    @cache
    def judged(text: str, expected: str, *accepted: str, voice: str = "pl") -> SpeechResult:
        return evaluator.evaluate(spoken(text, voice), expected, accepted)

    return judged
