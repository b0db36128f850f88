"""Where in a recording somebody speaks, by Silero's detector, which comes inside faster-whisper."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tutor.speech.recording import RATE, listening_packages

if TYPE_CHECKING:
    from tutor.speech.recording import Samples

THRESHOLD = 0.5
"""How sure it must be that this is speech; Silero's own."""

SHORTEST_MS = 60
"""Shorter is a click or a breath: the shortest Polish words (*i*, *o*) last longer."""

PAUSE_MS = 250
"""A silence that counts as a pause: the closure of a stop is shorter (Goldman-Eisler 1968)."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """When somebody spoke, in samples from the beginning."""

    start: int
    end: int
    pauses: int
    """Samples of silence in between, in pauses of a quarter of a second or more."""

    @property
    def seconds(self) -> float:
        """From the first sound to the last."""
        return (self.end - self.start) / RATE

    @property
    def start_ms(self) -> int:
        """How long it took to begin."""
        return self.start * 1000 // RATE


def find_speech(samples: Samples) -> Speaking | None:
    """From the first word to the last; None where nobody speaks. Raises NoSpeechEngine."""
    with listening_packages():
        from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(
        threshold=THRESHOLD,
        min_speech_duration_ms=SHORTEST_MS,
        min_silence_duration_ms=PAUSE_MS,
        speech_pad_ms=30,
    )
    found = get_speech_timestamps(samples, options)
    if not found:
        return None
    pauses = sum(after["start"] - before["end"] for before, after in pairwise(found))
    return Speaking(found[0]["start"], found[-1]["end"], pauses)
