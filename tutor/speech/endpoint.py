"""When somebody has said what they wanted to say: after two seconds of silence, or ten in all."""

from __future__ import annotations

import math
from array import array

SILENCE_SECONDS = 2.0
LONGEST_SECONDS = 10.0

_QUIETEST_DB, _LOUDEST_DB = -50.0, -10.0
"""What the level meter shows, from empty to full (dB below full scale)."""

_ABOVE_ROOM_DB = 12.0
"""How much louder than the room speech is, at least."""

_SPEECH_SECONDS = 0.15
"""Sound that lasts shorter is a click."""


class Endpoint:
    """Is told the samples of a recording as they come in."""

    def __init__(self, rate: int = 16_000) -> None:
        self.rate = rate
        self.level = 0.0
        """How loud it is now, from 0 to 1."""
        self.spoke = False
        """Whether something was said so far."""
        self._seconds = self._speech = self._silence = 0.0
        self._room = 0.0

    @property
    def over(self) -> bool:
        """Whether the recording may end."""
        return self._seconds >= LONGEST_SECONDS or (self.spoke and self._silence >= SILENCE_SECONDS)

    def hear(self, pcm: bytes) -> None:
        """16-bit mono samples that came in."""
        samples = array("h", pcm[: len(pcm) // 2 * 2])
        if not samples:
            return
        seconds = len(samples) / self.rate
        loud = _decibels(samples)
        self._seconds += seconds
        self.level = min(max((loud - _QUIETEST_DB) / (_LOUDEST_DB - _QUIETEST_DB), 0.0), 1.0)
        # The room is as loud as the quietest moment so far, and slowly forgotten.
        self._room = loud if self._seconds == seconds else min(loud, self._room + 2 * seconds)
        if loud > max(self._room + _ABOVE_ROOM_DB, _QUIETEST_DB):
            self._speech += seconds
            self._silence = 0.0
            self.spoke = self.spoke or self._speech >= _SPEECH_SECONDS
        else:
            self._silence += seconds
            if not self.spoke:
                self._speech = 0.0


def _decibels(samples: array[int]) -> float:
    mean = sum(sample * sample for sample in samples) / len(samples)
    return 10 * math.log10(mean / 32768**2) if mean else -120.0
