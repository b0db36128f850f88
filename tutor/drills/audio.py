"""AUDIO: hear it, then choose its meaning, or type it once it is well known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from random import Random

from rapidfuzz.distance import OSA

from tutor.course.item import Item, ItemKind, Note
from tutor.drills.distractors import (
    Distances,
    choose_distractors,
    homophones,
    look_alikes,
    shuffled,
)
from tutor.drills.drill import Apart, Ask, Drill
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track
from tutor.text import normal, normal_english, sound, without_remarks

QUESTION_FROM_DAYS, DIALOGUE_FROM_DAYS, TYPED_FROM_DAYS = 3.0, 15.0, 21.0
"""Stability from which the word is heard in a question, in two lines of a dialogue, and from which its
meaning is typed instead of chosen."""

LONGEST_QUESTION = 8
"""Words of a question that is asked in passing."""

DIFFICULT_LAPSES = 3
"""Lapses from which a word is now and then heard beside one that differs by a single sound."""


def audio(
    item: Item,
    neighbours: Sequence[Item],
    rng: Random,
    stability: float = 0.0,
    lapses: int = 0,
    notes: Iterable[Note] = (),
    apart: Apart | None = None,
    distances: Distances | None = None,
) -> Drill:
    """An AUDIO drill: its word in a carrier phrase, then in a question, then in a dialogue.

    Typed where the card is strong, or where no wrong option is to be had. Where it lapsed often, every
    other drill asks which of two words was said, if the voice says them `apart`.
    """
    if lapses >= DIFFICULT_LAPSES and apart and rng.random() < 0.5:
        pair = minimal_pair(item, neighbours, rng, notes, apart)
        if pair:
            return pair
    said, translation = _said(item, rng, stability)
    wrong = choose_distractors(item, neighbours, rng, said, distances) if stability < TYPED_FROM_DAYS else []
    if not wrong:
        said, translation = item.text, ""
    # Who hears no more than the word may mean its homophone.
    heard = [item, *homophones(item, neighbours)]
    return Drill(
        item=item,
        track=Track.AUDIO,
        mode=Mode.AUDIO,
        ask=Ask.CHOOSE if wrong else Ask.TYPE,
        task=_("Which of these do you hear?") if wrong else _("Write what it means"),
        prompt=said,
        answer=item.meaning,
        accepted=tuple(dict.fromkeys(meaning for one in heard for meaning in one.means)),
        options=shuffled(item.meaning, (other.meaning for other in wrong), rng) if wrong else (),
        sentence=rng.choice(item.sentences) if item.sentences and not translation else None,
        translation=translation,
        say=said.replace("– ", "").replace("\n", " "),
        hint=first_half(without_remarks(item.meaning), item.means, normal_english),
        english=True,
        why=item.note,
        traps={other.meaning: other.text for other in wrong},
    )


def _said(item: Item, rng: Random, stability: float) -> tuple[str, str]:
    """What is said at this stability, and its translation where it is a sentence of the course."""
    if stability < QUESTION_FROM_DAYS:
        return carrier(item), ""
    if stability < DIALOGUE_FROM_DAYS:
        questions = [
            s for s in item.sentences if s.text.endswith("?") and len(s.text.split()) <= LONGEST_QUESTION
        ]
        if questions:
            question = rng.choice(questions)
            return question.text, question.translation
        return carrier(item), ""
    dialogues = [s for s in item.sentences if s.reply]
    if dialogues:
        first = rng.choice(dialogues)
        return f"– {first.text}\n– {first.reply}", f"– {first.translation}\n– {first.reply_translation}"
    return carrier(item), ""


def carrier(item: Item) -> str:
    """The item as it is said when it is young: a noun in "this is ...", other words after "listen"."""
    if item.kind is ItemKind.PHRASE:
        return item.text
    for label, words in (("nom.sg", "To jest {}."), ("nom.pl", "To są {}.")):
        if item.pos == "noun" and normal(item.text) in map(normal, item.forms.get(label, ())):
            return words.format(item.text)
    return f"Słuchaj: {item.text}."


def minimal_pair(
    item: Item, neighbours: Sequence[Item], rng: Random, notes: Iterable[Note], apart: Apart
) -> Drill | None:
    """Which of two words that differ by one sound was said? None where there is no such pair."""
    here = normal(item.text)
    listed = [
        other
        for note in notes
        for pair in note.contrasts
        if here in map(normal, pair)
        for other in pair
        if normal(other) != here
    ]
    words = [other.text for other in neighbours]
    alike = [words[place] for place in sorted(look_alikes(item.text, words))]
    alike = [word for word in alike if _one_sound(item.text, word)]
    others = [other for other in dict.fromkeys([*listed, *alike]) if apart(item.text, other)]
    if not others:
        return None
    other = rng.choice(others)
    return Drill(
        item=item,
        track=Track.AUDIO,
        mode=Mode.AUDIO,
        ask=Ask.CHOOSE,
        task=_("Which of the two do you hear?"),
        prompt=item.text,
        answer=item.text,
        accepted=(item.text,),
        options=shuffled(item.text, (other,), rng),
        translation=item.meaning,
        say=item.text,
        direction="pl-pl",
        why=item.note,
    )


def _one_sound(one: str, other: str) -> bool:
    return OSA.distance(sound(one), sound(other)) == 1


def first_half(answer: str, accepted: Sequence[str] = (), clean: Callable[[str], str] = normal) -> str:
    """The first half of an answer, its letters rounded up, or less where that would pass as an answer.

    `clean` is how answers are compared. Empty where nothing is left: of one letter there is no half.
    """
    whole = {clean(one) for one in (answer, *accepted)}
    half = answer[: (len(answer) + 1) // 2]
    while half and any(_passes(clean(half), one) for one in whole):
        half = half[:-1]
    return half


def _passes(half: str, answer: str) -> bool:
    """Whether half an answer says the whole of another, or all but a slip."""
    return f"{half} ".startswith(f"{answer} ") or (len(answer) > 1 and OSA.distance(half, answer) <= 1)
