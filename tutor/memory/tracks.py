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
    BLITZ = "blitz"
    AUDIO = "audio"
    DICTATION = "dictation"
    CHUNKING = "chunking"
    CONTEXT = "context"
    NUANCE = "nuance"
    PRODUCE = "produce"
    READING = "reading"
    SPEAK = "speak"
    RESPOND = "respond"


MIX = "mix"
"""The name of a session that draws on every mode."""

ARENA = "arena"
"""The name of a session of the hardest cards, against no clock."""

EYES_FREE = "eyes-free"
"""The name of a session that is only heard, and that the learner grades."""


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
    Mode.BLITZ: ModeInfo(0, Track.VISUAL, choice=True),
    Mode.AUDIO: ModeInfo(1, Track.AUDIO, choice=True),
    Mode.DICTATION: ModeInfo(1, Track.AUDIO, choice=False),
    Mode.CHUNKING: ModeInfo(1, Track.AUDIO, choice=False),
    Mode.CONTEXT: ModeInfo(2, Track.CONTEXT, choice=False),
    Mode.NUANCE: ModeInfo(2, Track.CONTEXT, choice=True),
    Mode.PRODUCE: ModeInfo(2, Track.CONTEXT, choice=False),
    Mode.READING: ModeInfo(2, Track.CONTEXT, choice=True),
    Mode.SPEAK: ModeInfo(3, Track.SPEECH, choice=False),
    Mode.RESPOND: ModeInfo(3, Track.SPEECH, choice=False),
}
"""The one table that selection and recording both read."""

MIX_WEIGHTS: dict[Track, int] = {Track.VISUAL: 4, Track.AUDIO: 3, Track.CONTEXT: 3}
"""How MIX draws L0 : L1 : L2."""

SPOKEN_MIX_WEIGHTS: dict[Track, int] = {**MIX_WEIGHTS, Track.SPEECH: 2}
"""How it draws L0 : L1 : L2 : L3 on a device that can hear."""


BANDS = (3.0, 7.0, 14.0, 15.0, 21.0, 45.0)
"""Stabilities (days) at which what is asked of a card changes."""


def stability_band(stability: float) -> int:
    """The band in which a card of this stability (days) is asked alike."""
    return sum(stability >= bound for bound in BANDS)


def mode_for(track: Track, stability: float, turn: int = 0) -> Mode:
    """The mode that suits a card of this stability (days) when a session does not ask for one.

    Where several suit, the `turn`, a card's place in its session, takes them one after the other.
    """
    if track is Track.VISUAL:
        if stability < 7:
            return Mode.SYNTAX if stability >= 1 and turn % 2 else Mode.RECALL
        return Mode.PHRASE if stability < 21 else Mode.BLITZ
    if track is Track.AUDIO:
        if stability < 14:
            return Mode.AUDIO
        return Mode.CHUNKING if turn % 2 else Mode.DICTATION
    if track is Track.SPEECH:
        return Mode.RESPOND if stability >= 7 and turn % 2 else Mode.SPEAK
    if stability < 45:
        return Mode.CONTEXT
    return (Mode.PRODUCE, Mode.NUANCE, Mode.CONTEXT)[turn % 3]
