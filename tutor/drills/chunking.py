"""CHUNKING: hear a sentence and put its sense groups in order; one group was not said."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tutor.course.item import Item, Sentence
from tutor.drills.context import form_names
from tutor.drills.distractors import look_alikes
from tutor.drills.drill import Apart, Ask, Drill
from tutor.drills.pieces import groups_of, other_forms
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track
from tutor.text import normal


def chunking(item: Item, neighbours: Sequence[Item], rng: Random, apart: Apart) -> Drill | None:
    """A CHUNKING drill; None where no sentence has sense groups or nothing can be taken for its word."""
    grouped = [sentence for sentence in item.sentences if sentence.groups]
    for sentence in rng.sample(grouped, len(grouped)):
        groups = groups_of(sentence)
        spares = _spares(item, sentence, groups, neighbours, apart)
        if spares:
            break
    else:
        return None
    pieces = [*groups, rng.choice(spares)]
    rng.shuffle(pieces)
    return Drill(
        item=item,
        track=Track.AUDIO,
        mode=Mode.CHUNKING,
        ask=Ask.ORDER,
        task=_("Listen and put it in order; one part is left over"),
        prompt=sentence.text,
        answer=sentence.text,
        accepted=(sentence.text,),
        pieces=tuple(pieces),
        sentence=sentence,
        translation=sentence.translation,
        say=sentence.text,
        direction="pl-pl",
        form_names=form_names(item),
        why=sentence.because or item.note,
    )


def _spares(
    item: Item, sentence: Sentence, groups: Sequence[str], neighbours: Sequence[Item], apart: Apart
) -> list[str]:
    """The group of the tested word with something in its place that sounds nearly like it."""
    group = next((one for one in groups if _holds(one, sentence)), "")
    if not group:
        return []
    target = sentence.target
    others = other_forms(item, (target, *sentence.accept))
    candidates = others or _alike(target, neighbours)
    return [_replaced(group, target, other) for other in candidates if apart(target, other)]


def _alike(target: str, neighbours: Sequence[Item]) -> list[str]:
    words = [other.text for other in neighbours]
    return [words[place] for place in sorted(look_alikes(target, words)) if " " not in words[place]]


def _holds(group: str, sentence: Sentence) -> bool:
    words, wanted = normal(group).split(), normal(sentence.target).split()
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words)))


def _replaced(group: str, target: str, other: str) -> str:
    """A group with another word in the place of `target`, written as large as that was there."""
    words, wanted = group.split(), normal(target).split()
    plain = [normal(word) for word in words]
    at = next(at for at in range(len(words)) if plain[at : at + len(wanted)] == wanted)
    large = words[at][0].isupper()
    new = other[0].upper() + other[1:] if large else other
    return " ".join([*words[:at], new, *words[at + len(wanted) :]])
