"""From a mode to its generator; where a mode has no material for an item, the nearest that has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from tutor.course.dialogue import Turn
from tutor.course.item import Item, Note
from tutor.drills.audio import audio
from tutor.drills.blitz import blitz
from tutor.drills.chunking import chunking
from tutor.drills.context import PASSAGE_FROM_DAYS, context
from tutor.drills.dictation import dictation
from tutor.drills.distractors import Distances
from tutor.drills.drill import Apart, Drill
from tutor.drills.nuance import nuance
from tutor.drills.phrase import phrase
from tutor.drills.produce import produce
from tutor.drills.reading import reading
from tutor.drills.recall import recall
from tutor.drills.respond import respond
from tutor.drills.speak import speak
from tutor.drills.speaker import Speaker
from tutor.drills.surroundings import Surroundings
from tutor.drills.syntax import syntax
from tutor.memory.tracks import Mode

CONFUSED_LAPSES = 3
"""Lapses from which a word stands against the one it is taken for, instead of alone in a gap."""


def make(
    item: Item,
    mode: Mode,
    neighbours: Sequence[Item],
    seed: str,
    *,
    stability: float = 0.0,
    lapses: int = 0,
    notes: Mapping[str, Note] | None = None,
    apart: Apart | None = None,
    speaker: Speaker = Speaker.EITHER,
    turns: Sequence[Turn] = (),
    surroundings: Surroundings | None = None,
    distances: Distances | None = None,
) -> Drill:
    """A drill of `mode` on `item`: the same arguments give the same drill.

    BLITZ without collocations becomes PHRASE; PHRASE without wrong options and SYNTAX without a sentence
    RECALL; CHUNKING without sense groups DICTATION; NUANCE without a near word and CONTEXT without a
    sentence PRODUCE; RESPOND without a turn of a dialogue SPEAK: each tests the same track, and the drill
    says which mode it is. CONTEXT of a word that lapsed often is NUANCE, until it holds. `apart` is None
    where there is no voice: what must be heard to be written is AUDIO then, which can be read.
    `surroundings` and `distances` are what is known of the learner's words and of what lies near in meaning.
    """
    rng = Random(seed)
    match mode:
        case Mode.RECALL:
            return recall(item, rng)
        case Mode.PHRASE:
            return phrase(item, neighbours, rng, distances) or recall(item, rng)
        case Mode.SYNTAX:
            return syntax(item, neighbours, rng) or recall(item, rng)
        case Mode.BLITZ:
            return blitz(item, rng) or phrase(item, neighbours, rng, distances) or recall(item, rng)
        case Mode.CHUNKING if apart:
            return chunking(item, neighbours, rng, apart) or dictation(item, rng)
        case Mode.DICTATION if apart:
            return dictation(item, rng)
        case Mode.AUDIO | Mode.CHUNKING | Mode.DICTATION:
            return audio(item, neighbours, rng, stability, lapses, (notes or {}).values(), apart, distances)
        case Mode.NUANCE | Mode.CONTEXT | Mode.READING:
            asked = _in_context(item, mode, neighbours, rng, stability, lapses, notes, surroundings)
            return asked or produce(item, notes, speaker)
        case Mode.PRODUCE:
            return produce(item, notes, speaker)
        case Mode.RESPOND:
            return respond(item, turns, rng, speaker) or speak(item, rng, stability, speaker)
        case Mode.SPEAK:
            return speak(item, rng, stability, speaker)


def _in_context(
    item: Item, mode: Mode, neighbours: Sequence[Item], rng: Random, stability: float, lapses: int,
    notes: Mapping[str, Note] | None, surroundings: Surroundings | None,
) -> Drill | None:  # fmt: skip
    """A drill around a sentence, or None where there is none for the mode."""
    if mode is Mode.NUANCE:
        return nuance(item, rng, surroundings)
    asked = None
    if mode is Mode.READING and item.sentences:
        others = [(other, one) for other in neighbours for one in other.sentences[:1]]
        asked = reading((item, rng.choice(item.sentences)), others, rng, rng.randrange(3))
    elif lapses >= CONFUSED_LAPSES and stability < PASSAGE_FROM_DAYS:
        asked = nuance(item, rng, surroundings)
    return asked or context(item, rng, notes, stability, surroundings)
