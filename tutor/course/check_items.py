"""What each word and phrase of a course must keep to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from tutor.course.item import Item, ItemKind, Sentence
from tutor.text import normal, normal_english

_WITHIN = re.compile(r"(?<=\w)[^\w.!?…]+([^\W\d_a-ząćęłńóśźż]\w*)")
"""Words with a capital that begin no sentence."""

SENTENCES_A_WORD = 3
FEWEST_GROUPS = 3


def item_problems(item: Item, rules: Set[str], names: Set[str]) -> Iterator[str]:
    """What is wrong with an item, given the keys of the notes so far and the words that have a capital."""
    if item.kind is ItemKind.WORD and len(item.sentences) < SENTENCES_A_WORD:
        yield f"at least {SENTENCES_A_WORD} sentences for {item.text!r}"
    if len({normal_english(meaning) for meaning in item.means}) < len(item.means):
        yield f"meanings of {item.text!r} that differ from one another"
    for text in (*item.means, item.prompt, *(sentence.translation for sentence in item.sentences)):
        if text.count("(") != text.count(")"):
            # In a list a comma divides what is not in quotes.
            yield f"as many brackets closed as opened in {text!r}"
    for rule in (item.rule, *(sentence.rule for sentence in item.sentences)):
        if rule and rule not in rules:
            yield f"a note with the key {rule!r}, in this lesson or before, for {item.text!r}"
    for sentence in item.sentences:
        yield from _sentence_problems(item, sentence)
    yield from _capitals(item, names)
    yield from _frame_problems(item)
    if item.kind is ItemKind.PHRASE and any(s.text != item.text for s in item.sentences):
        yield f"the words of {item.text!r} around its gap"


def _sentence_problems(item: Item, sentence: Sentence) -> Iterator[str]:
    forms = item.forms.get(sentence.form, ())
    if sentence.form and not forms:
        yield f"a form {sentence.form!r} among those of {item.text!r}"
    elif sentence.form and normal(sentence.target) not in map(normal, forms):
        yield f"{' or '.join(forms)} as {sentence.form} of {item.text!r} in {sentence.text!r}"
    for order in sentence.orders:
        if sorted(normal(order).split()) != sorted(normal(sentence.text).split()):
            yield f"the words of {sentence.text!r} in another order, and not {order!r}"
    if sentence.groups:
        yield from _group_problems(sentence)
    if bool(sentence.reply) != bool(sentence.reply_translation):
        yield f"both `reply` and `reply_en` for {sentence.text!r}, or neither"
    asked = set(normal(sentence.target).split())
    for glossed in sentence.gloss:
        if asked & set(normal(glossed).split()):
            yield f"no gloss of {glossed!r}, which {sentence.text!r} asks for"


def _capitals(item: Item, names: Set[str]) -> Iterator[str]:
    """A capital within a sentence is that of a name: so a drill knows which one only says "first"."""
    for sentence in item.sentences:
        for text in (sentence.text, *sentence.orders):
            for within in _WITHIN.findall(text):
                if within not in names:
                    yield f"{within!r} among the names in course.yaml, for {text!r}"


def _group_problems(sentence: Sentence) -> Iterator[str]:
    if len(sentence.groups) < FEWEST_GROUPS:
        yield f"at least {FEWEST_GROUPS} groups of the words of {sentence.text!r}, or none"
    if normal(" ".join(sentence.groups)).split() != normal(sentence.text).split():
        yield f"the words of {sentence.text!r} in groups, and not {' | '.join(sentence.groups)!r}"


def _frame_problems(item: Item) -> Iterator[str]:
    for frame in (*item.collocations, *item.nuances):
        right = {normal(word) for word in (frame.right, *frame.accept)}
        wrong = [normal(word) for word in frame.wrong]
        if right & {*wrong} or len({*wrong}) < len(wrong):
            yield f"wrong words for {frame.text!r} that differ from the right ones and from one another"
    for frame in item.collocations:
        if normal(frame.right) in {normal(item.text), *_forms(item)}:
            yield f"another word than {item.text!r} in the braces of {frame.text!r}"
    for frame in item.nuances:
        own = {normal(item.text), *_forms(item), *map(normal, item.accept)}
        if item.kind is ItemKind.WORD and normal(frame.right) not in own:
            yield f"a form of {item.text!r} in the braces of {frame.text!r}"
        if {normal(word) for word in frame.wrong} & _forms(item):
            yield f"another word than a form of {item.text!r} beside {frame.text!r}"


def _forms(item: Item) -> set[str]:
    return {normal(form) for forms in item.forms.values() for form in forms}
