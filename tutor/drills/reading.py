"""READING: a passage, and questions to it; each tests one of its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from tutor.course.item import Item, Sentence
from tutor.drills.context import accepted_in, form_names
from tutor.drills.distractors import OPTIONS, meanings, share_a_word, shuffled
from tutor.drills.drill import Ask, Drill, Gap
from tutor.i18n import _
from tutor.memory.tracks import Mode, Track
from tutor.text import normal

Thread = tuple[Item, Sentence]
"""A word, and the sentence of the passage in which it stands."""

PARAGRAPH = 4
"""Sentences of a paragraph."""


def passage(threads: Sequence[Thread]) -> Drill:
    """What is to be read; nothing is tested."""
    sentences = tuple(sentence for _item, sentence in threads)
    paragraphs = paragraphs_of(sentences)
    return Drill(
        item=None,
        track=Track.CONTEXT,
        mode=None,
        ask=Ask.ACKNOWLEDGE,
        task=_("Read. Tap a word to see what it is."),
        prompt="\n".join(paragraphs),
        answer="\n".join(sentence.translation for sentence in sentences),
        passage=sentences,
        say=" ".join(paragraphs),
    )


def paragraphs_of(sentences: Sequence[Sentence]) -> list[str]:
    """A passage as it is read: a few sentences a paragraph."""
    return [
        " ".join(sentence.text for sentence in sentences[at : at + PARAGRAPH])
        for at in range(0, len(sentences), PARAGRAPH)
    ]


def reading(thread: Thread, others: Sequence[Thread], rng: Random, turn: int = 0) -> Drill | None:
    """A question to a passage: what a sentence of it says, which form stands there, or which word means that.

    `others` are the passage's other threads, from which wrong options come. The `turn` tells which kind of
    question is tried first; None where no kind has a wrong option.
    """
    kinds: list[Callable[[Thread, Sequence[Thread], Random], Drill | None]] = [_says, _form, _word]
    for at in range(len(kinds)):
        drill = kinds[(turn + at) % len(kinds)](thread, others, rng)
        if drill:
            return drill
    return None


def _says(thread: Thread, others: Sequence[Thread], rng: Random) -> Drill | None:
    """What does a sentence say? The wrong options are what other sentences of the passage say."""
    _item, sentence = thread
    traps: dict[str, str] = {}
    for _other, one in rng.sample(list(others), len(others)):
        if normal(one.translation) not in map(normal, (sentence.translation, *traps)):
            traps[one.translation] = one.text
    wrong = list(traps)[: OPTIONS - 1]
    if not wrong:
        return None
    return _question(
        thread, _("What does this sentence say?"), sentence.text, sentence.translation,
        (sentence.translation,), wrong, rng, {one: traps[one] for one in wrong},
    )  # fmt: skip


def _form(thread: Thread, others: Sequence[Thread], rng: Random) -> Drill | None:
    """Which form stands there? The wrong options are other forms of the word."""
    item, sentence = thread
    right = {*map(normal, accepted_in(item, sentence))}
    forms = dict.fromkeys(form for found in item.forms.values() for form in found)
    wrong = list({normal(form): form for form in forms if normal(form) not in right}.values())
    if not wrong:
        return None
    wrong = rng.sample(wrong, min(len(wrong), OPTIONS - 1))
    if sentence.target[:1].isupper():
        wrong = [form.capitalize() for form in wrong]
    before, after = sentence.text[: sentence.start], sentence.text[sentence.end :]
    return _question(
        thread, _("Which form belongs there?"), sentence.text, sentence.target,
        accepted_in(item, sentence), wrong, rng, gap=Gap(before, after, base=""),
    )  # fmt: skip


def _word(thread: Thread, others: Sequence[Thread], rng: Random) -> Drill | None:
    """Which word of the passage means that? The wrong options are others of its words."""
    item, sentence = thread
    right = {*map(normal, accepted_in(item, sentence))}
    wrong = {
        normal(one.target): _as_word(one)
        for other, one in rng.sample(list(others), len(others))
        if one.target and normal(one.target) not in right
        if not share_a_word(item, other) and not meanings(item) & meanings(other)
    }
    if not wrong:
        return None
    return _question(
        thread, _("Which word of the text means this?"), item.meaning, _as_word(sentence),
        (_as_word(sentence),), list(wrong.values())[: OPTIONS - 1], rng,
    )  # fmt: skip


def _as_word(sentence: Sentence) -> str:
    """The form that stands there, without the capital of the sentence's beginning."""
    target = sentence.target
    return target if sentence.start or target in sentence.names else target[:1].lower() + target[1:]


def _question(
    thread: Thread, task: str, prompt: str, answer: str, accepted: tuple[str, ...], wrong: Sequence[str],
    rng: Random, traps: dict[str, str] | None = None, gap: Gap | None = None,
) -> Drill:  # fmt: skip
    item, sentence = thread
    return Drill(
        item=item,
        track=Track.CONTEXT,
        mode=Mode.READING,
        ask=Ask.CHOOSE,
        task=task,
        prompt=prompt,
        answer=answer,
        accepted=accepted,
        options=shuffled(answer, wrong, rng),
        gap=gap,
        sentence=sentence,
        translation=sentence.translation if gap else "",
        say=sentence.text,
        # Where the Polish is shown, hearing it tells nothing.
        say_after=traps is None,
        english=traps is not None,
        direction="pl-en" if traps is not None else "pl-pl" if gap else "en-pl",
        form_names=form_names(item),
        why=sentence.because or item.note,
        traps=traps or {},
    )
