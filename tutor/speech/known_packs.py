"""The packs that can be installed by name: models that hear what is said, and voices that speak."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tutor.i18n import later


class Kind(StrEnum):
    """What a pack is for."""

    SPEECH = "speech"
    """A Whisper model for faster-whisper, which hears what is said."""
    VOICE = "voice"
    """A voice for piper, which speaks."""


SPEECH_NEEDED = ("config.json", "model.bin", "tokenizer.json")
"""What every Whisper model for faster-whisper has, beside one of its vocabularies."""
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
SPEECH_FILES = (*SPEECH_NEEDED, *VOCABULARIES, "preprocessor_config.json")


@dataclass(frozen=True, slots=True)
class KnownPack:
    """A pack that the hub has."""

    name: str
    kind: Kind
    repo: str
    about: str
    """What it is for, in a few words; `_` says it in the learner's language."""
    bytes: int
    """About how large it is; how large exactly tells the hub."""
    voice: str = ""
    """Of a voice, where its model is within the repository."""

    def files(self, there: Iterable[str]) -> list[str]:
        """Those of a repository's files that belong to the pack."""
        wanted = (self.voice, f"{self.voice}.json") if self.voice else SPEECH_FILES
        return [path for path in there if path in wanted]

    def lacks(self, there: Iterable[str]) -> list[str]:
        """What the pack cannot do without, and is not among these files."""
        found = set(there)
        if self.voice:
            return sorted({self.voice, f"{self.voice}.json"} - found)
        return lacking_of_speech(found)


def lacking_of_speech(names: Iterable[str]) -> list[str]:
    """What a speech model cannot do without, and is not among these names."""
    found = set(names)
    vocabulary = [] if found & set(VOCABULARIES) else [VOCABULARIES[0]]
    return [name for name in SPEECH_NEEDED if name not in found] + vocabulary


def _whisper(size: str, about: str, bytes: int) -> KnownPack:
    return KnownPack(size, Kind.SPEECH, f"Systran/faster-whisper-{size}", about, bytes)


def _piper(speaker: str, about: str) -> KnownPack:
    path = f"pl/pl_PL/{speaker}/medium/pl_PL-{speaker}-medium.onnx"
    name = speaker.replace("_", "-")
    return KnownPack(name, Kind.VOICE, "rhasspy/piper-voices", about, 63_000_000, path)


KNOWN = (
    _whisper("tiny", later("hears what you say: the fastest, and the least exact"), 78_000_000),
    _whisper("base", later("hears what you say: the one to begin with"), 148_000_000),
    _whisper("small", later("hears what you say: the most exact, for a faster computer"), 486_000_000),
    _piper("gosia", later("a natural voice, a woman's")),
    _piper("darkman", later("a natural voice, a man's")),
    _piper("mc_speech", later("a natural voice, another man's")),
)

DEFAULT = "base"
BEST_FIRST = ("small", "base", "tiny")
"""Speech models by how well they hear."""
