"""What a test of the cache needs of a voice and of a table, and no more."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable

from tutor.errors import SpeechError
from tutor.speech.cache import CachedClip
from tutor.speech.synthesizer import NORMAL_RATE


def silence(seconds: float) -> bytes:
    """A WAV file of nothing."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(2 * round(8000 * seconds)))
    return buffer.getvalue()


class QuietVoice:
    """A voice that says nothing for half a second, fails when told to, and counts what it was asked."""

    engine = "quiet"
    name = "quiet"
    title = "quiet"

    def __init__(self, voice: str = "pl") -> None:
        self.voice = voice
        self.asked: list[tuple[str, float]] = []
        self.broken = False
        self.meanwhile: Callable[[], object] = lambda: None

    def sounds(self, text: str) -> str:
        return text

    def synthesize(self, text: str, rate: float = NORMAL_RATE) -> bytes:
        self.asked.append((text, rate))
        self.meanwhile()
        if self.broken:
            raise SpeechError("The voice could not say this.", doing="speaking")
        return silence(0.5 / rate)


class Rows(dict[str, CachedClip]):
    """Rows by hash; adding can be told to fail."""

    full = False

    def find(self, hash: str) -> CachedClip | None:
        return self.get(hash)

    def add(self, clip: CachedClip) -> None:
        if self.full:
            raise OSError("disk full")
        self[clip.hash] = clip

    def remove(self, hash: str) -> None:
        self.pop(hash, None)
