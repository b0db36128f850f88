"""A WAV file of plain samples, which takes no package."""

from __future__ import annotations

import io
import wave


def as_wav(pcm: bytes, rate: int) -> bytes:
    """A WAV file of 16-bit mono samples, so many of them a second."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(pcm)
    return file.getvalue()
