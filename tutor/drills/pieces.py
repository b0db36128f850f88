"""A sentence in parts that can be put in order: its words, or its sense groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tutor.course.item import Item, Sentence
from tutor.text import normal

_AROUND = re.compile(r"^[^\w]+|[^\w]+$")


def words_of(sentence: Sentence, items: Iterable[Item]) -> list[str]:
    """The words of a sentence without punctuation. A capital that only says "first" is gone.

    `items` are those whose forms are known to be written small.
    """
    words = [word for word in map(_bare, sentence.text.split()) if word]
    return [_small(words[0], items), *words[1:]]


def groups_of(sentence: Sentence, items: Iterable[Item]) -> list[str]:
    """The sense groups of a sentence, in the same way. Empty where it has none."""
    if not sentence.groups:
        return []
    first, *rest = map(_bare, sentence.groups)
    head, space, tail = first.partition(" ")
    return [_small(head, items) + space + tail, *rest]


def other_forms(item: Item, right: Sequence[str]) -> list[str]:
    """The item's forms that are one word and none of those that are `right`."""
    known = {normal(word) for word in right}
    own = sorted({form for forms in item.forms.values() for form in forms if " " not in form})
    return [form for form in own if normal(form) not in known]


def _bare(part: str) -> str:
    return _AROUND.sub("", part)


def _small(word: str, items: Iterable[Item]) -> str:
    small = word.lower()
    if word[1:] != small[1:]:
        return word
    # Looked for one after the other: a set of a thousand forms would take longer to make than to search.
    known = any(small == item.text or any(small in forms for forms in item.forms.values()) for item in items)
    return small if known else word
