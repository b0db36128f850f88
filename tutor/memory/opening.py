"""Which of an item's tracks may be opened next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tutor.memory.fold import State
from tutor.memory.tracks import MODES, Track

TRAINABLE = frozenset(info.track for info in MODES.values())
"""Tracks that some mode can test; the others are not opened."""


class Standing(NamedTuple):
    """What opening looks at in a card that is open."""

    state: State
    passes: int

    @property
    def left_learning(self) -> bool:
        return self.state is not State.LEARNING


def may_open(cards: Mapping[Track, Standing]) -> frozenset[Track]:
    """The tracks that an item with these open cards may open.

    VISUAL first; AUDIO after one right VISUAL answer; CONTEXT when VISUAL has left learning (and the
    lesson's grammar was shown, which selection sees to); SPEECH when AUDIO has left learning.
    """
    visual, audio = cards.get(Track.VISUAL), cards.get(Track.AUDIO)
    allowed = set()
    if visual is None:
        allowed.add(Track.VISUAL)
    elif visual.passes or visual.left_learning:
        allowed.add(Track.AUDIO)
    if visual and visual.left_learning:
        allowed.add(Track.CONTEXT)
    if audio and audio.left_learning:
        allowed.add(Track.SPEECH)
    return frozenset(allowed & TRAINABLE - cards.keys())
