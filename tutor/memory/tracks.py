"""The four memories of an item, and which mode of practice tests which of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Track(StrEnum):
    """One of an item's four independent memories."""

    VISUAL = "visual"
    AUDIO = "audio"
    CONTEXT = "context"
    SPEECH = "speech"


class Mode(StrEnum):
    """One way of practising. MIX, which draws on several, is no mode of a drill."""

    RECALL = "recall"
    PHRASE = "phrase"
    SYNTAX = "syntax"
    AUDIO = "audio"
    DICTATION = "dictation"
    CONTEXT = "context"
    PRODUCE = "produce"


MIX = "mix"
"""The name of a session that draws on every mode."""


@dataclass(frozen=True, slots=True)
class ModeInfo:
    """What a mode tests: its level (0 to 3) and its one track."""

    level: int
    track: Track
    choice: bool
    """Whether the learner picks from options, so that a slow answer tells something."""


MODES: dict[Mode, ModeInfo] = {
    Mode.RECALL: ModeInfo(0, Track.VISUAL, choice=False),
    Mode.PHRASE: ModeInfo(0, Track.VISUAL, choice=True),
    Mode.SYNTAX: ModeInfo(0, Track.VISUAL, choice=False),
    Mode.AUDIO: ModeInfo(1, Track.AUDIO, choice=True),
    Mode.DICTATION: ModeInfo(1, Track.AUDIO, choice=False),
    Mode.CONTEXT: ModeInfo(2, Track.CONTEXT, choice=False),
    Mode.PRODUCE: ModeInfo(2, Track.CONTEXT, choice=False),
}
"""The one table that selection and recording both read."""

MIX_WEIGHTS: dict[Track, int] = {Track.VISUAL: 4, Track.AUDIO: 3, Track.CONTEXT: 3}
"""How MIX draws L0 : L1 : L2."""


def mode_for(track: Track, stability: float, turn: int = 0) -> Mode:
    """The mode that suits a card of this stability (days) when a session does not ask for one.

    Where two suit, the `turn`, a card's place in its session, takes them one after the other.
    """
    if track is Track.VISUAL:
        if stability < 7:
            return Mode.SYNTAX if stability >= 1 and turn % 2 else Mode.RECALL
        return Mode.PHRASE
    if track is Track.AUDIO:
        return Mode.AUDIO if stability < 14 else Mode.DICTATION
    return Mode.CONTEXT if stability < 45 else Mode.PRODUCE
