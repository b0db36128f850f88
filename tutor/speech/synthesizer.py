"""What a voice must be able to do, and which voice this device has."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Protocol

NORMAL_RATE = 1.0
SLOW_RATE = 0.75


class Synthesizer(Protocol):
    """A voice. Loaded when first asked to speak."""

    @property
    def engine(self) -> str:
        """The engine and its version, part of a clip's identity."""
        ...

    @property
    def voice(self) -> str:
        """The voice's own name, part of a clip's identity."""
        ...

    @property
    def name(self) -> str:
        """What it is called among the voices of this device, in a word or two."""
        ...

    @property
    def title(self) -> str:
        """What people are told about the voice."""
        ...

    def synthesize(self, text: str, rate: float = NORMAL_RATE) -> bytes:
        """A WAV file of `text` at `rate` times the voice's own speed. Raises SpeechError."""
        ...

    def sounds(self, text: str) -> str:
        """The sounds that the voice makes of `text`, without stress, to compare with those of another text.

        Raises SpeechError.
        """
        ...


def installed_voices() -> tuple[Synthesizer, ...]:
    """The voices that need no download; none where their package is not installed."""
    if find_spec("espeakng_loader") is None:
        return ()
    from tutor.speech.espeak import DEEPER, HIGHER, Espeak

    return Espeak(DEEPER), Espeak(HIGHER)
