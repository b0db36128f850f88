"""What a voice must be able to do, and which voice this device has."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from tutor.speech.phones import PhoneWriter

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


def phone_writer() -> PhoneWriter | None:
    """What writes texts as phones on this device; None where nothing does."""
    if find_spec("espeakng_loader") is None:
        return None
    from tutor.speech.espeak import DEEPER, Espeak

    return Espeak(DEEPER)


def installed_voices(voice_packs: Sequence[Path] = ()) -> tuple[Synthesizer, ...]:
    """The voices that need no download, then those of `voice_packs`; none whose package is not installed."""
    voices: list[Synthesizer] = []
    if find_spec("espeakng_loader") is not None:
        from tutor.speech.espeak import DEEPER, HIGHER, Espeak

        voices += Espeak(DEEPER), Espeak(HIGHER)
    if voice_packs and find_spec("piper") is not None:
        from tutor.speech.piper import Piper

        voices += map(Piper, voice_packs)
    return tuple(voices)
