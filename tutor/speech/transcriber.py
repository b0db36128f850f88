"""What must be able to hear: what was said, and how well a text that was expected fits what was said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tutor.speech.recording import Samples


@dataclass(frozen=True, slots=True)
class WordFit:
    """How well one word of an expected text fits what was said."""

    probability: float
    """From 0 to 1: of the word's tokens, forced, given those before."""
    start: float
    end: float
    """Where it was said, in seconds."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard."""

    text: str
    sure: bool
    """False where this may be invented: nothing of it is then graded."""
    chosen: str
    """The expected text that the words fit."""
    words: tuple[WordFit, ...]
    """One for each word of `chosen`."""


class Transcriber(Protocol):
    """A model that hears. Loaded when first asked, or by `load`."""

    @property
    def name(self) -> str:
        """What people are told it is."""
        ...

    def load(self) -> None:
        """Have it in memory. Raises SpeechModelBroken."""
        ...

    def hear(self, samples: Samples, choose: Callable[[str], str]) -> Heard:
        """Hear a recording; `choose` says, of what was heard, which text it is to be held against.

        Raises SpeechModelBroken or TooMuchToSay.
        """
        ...
