"""A sentence in parts that can be put in order: its words, or its sense groups."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.course.item import Item, Sentence
from tutor.text import normal

_AROUND = re.compile(r"^[^\w]+|[^\w]+$")
_ENDS = (".", "!", "?", "…")


def words_of(sentence: Sentence) -> list[str]:
    """The words of a sentence without punctuation. A capital that only says "first" is gone."""
    return [word for word in _parts(sentence.text.split(), sentence) if word]


def groups_of(sentence: Sentence) -> list[str]:
    """The sense groups of a sentence, in the same way. Empty where it has none."""
    return _parts(sentence.groups, sentence)


def other_forms(item: Item, right: Sequence[str]) -> list[str]:
    """The item's forms that are one word and none of those that are `right`."""
    known = {normal(word) for word in right}
    own = sorted({form for forms in item.forms.values() for form in forms if " " not in form})
    return [form for form in own if normal(form) not in known]


def first_half(pieces: Sequence[str], answer: str) -> tuple[int, ...]:
    """Which pieces the first half of an answer is built of, in its order; at least one and never all."""
    left, placed = normal(answer), list[int]()
    longest_first = sorted(range(len(pieces)), key=lambda at: -len(pieces[at]))
    while left:
        found = next(
            (
                at
                for at in longest_first
                if at not in placed and f"{left} ".startswith(f"{normal(pieces[at])} ")
            ),
            None,
        )
        if found is None:
            break
        placed.append(found)
        left = left[len(normal(pieces[found])) :].strip()
    return tuple(placed[: max(1, len(placed) // 2)])


def _parts(parts: Sequence[str], sentence: Sentence) -> list[str]:
    begins = (True, *(part.endswith(_ENDS) for part in parts))
    bare = [_AROUND.sub("", part) for part in parts]
    return [
        _small(part, sentence.names) if first else part for part, first in zip(bare, begins, strict=False)
    ]


def _small(part: str, names: Sequence[str]) -> str:
    """What begins a sentence as it is written within one."""
    if part.partition(" ")[0] in names:
        return part
    return part[:1].lower() + part[1:]
