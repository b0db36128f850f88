"""From a mode to its generator; where a mode has no material for an item, the nearest that has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from tutor.course.item import Item, Note
from tutor.drills.audio import audio
from tutor.drills.context import context
from tutor.drills.dictation import dictation
from tutor.drills.drill import Drill
from tutor.drills.phrase import phrase
from tutor.drills.produce import produce
from tutor.drills.recall import recall
from tutor.drills.syntax import syntax
from tutor.memory.tracks import Mode


def make(
    item: Item,
    mode: Mode,
    neighbours: Sequence[Item],
    seed: str,
    *,
    stability: float = 0.0,
    notes: Mapping[str, Note] | None = None,
    voice: bool = True,
) -> Drill:
    """A drill of `mode` on `item`: the same arguments give the same drill.

    PHRASE without wrong options and SYNTAX without a sentence become RECALL, CONTEXT without a sentence
    PRODUCE, and DICTATION without a `voice` AUDIO: each tests the same track, and the drill says which
    mode it is.
    """
    rng = Random(seed)
    match mode:
        case Mode.RECALL:
            return recall(item, rng)
        case Mode.PHRASE:
            return phrase(item, neighbours, rng) or recall(item, rng)
        case Mode.SYNTAX:
            return syntax(item, neighbours, rng) or recall(item, rng)
        case Mode.AUDIO:
            return audio(item, neighbours, rng, stability)
        case Mode.DICTATION if voice:
            return dictation(item, rng)
        case Mode.DICTATION:
            return audio(item, neighbours, rng, stability)
        case Mode.CONTEXT:
            return context(item, rng, notes) or produce(item, notes)
        case Mode.PRODUCE:
            return produce(item, notes)
