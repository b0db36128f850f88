"""Pairs of Polish and English that mean the same, for training the encoder and for measuring it.

Sentences come from Tatoeba (CC BY 2.0 FR) and from the course. What is measured with is never trained with:
1,000 English sentences are held out with all that is said of them, and so is LASER's test set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from tutor.course.item import Item
from tutor.course.reading import read_course, read_lesson
from tutor.resources import COURSES

Pair = tuple[str, str]
"""Polish, English."""

HELD_OUT = 1000
_REMARK = re.compile(r"\s*\([^)]*\)")
_OTHER = re.compile(r"\W+")


def key(text: str) -> str:
    """A text as it is compared: the same words make the same sentence."""
    return _OTHER.sub(" ", text.casefold()).strip()


def tatoeba(path: Path) -> list[Pair]:
    """The pairs of a file with one to a line, Polish first, a tab between."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return [(row[0], row[1]) for row in rows if len(row) >= 2]


def split(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """What is trained with, and one pair for each of the sentences that are held out."""
    english = sorted({key(english) for _polish, english in pairs}, key=_drawn)[:HELD_OUT]
    held = dict.fromkeys(english, ("", ""))
    for pair in sorted(pairs):
        if key(pair[1]) in held and not held[key(pair[1])][0]:
            held[key(pair[1])] = pair
    tests = list(held.values())
    polish = {key(pair[0]) for pair in tests}
    return [(pl, en) for pl, en in pairs if key(en) not in held and key(pl) not in polish], tests


def _drawn(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def without(pairs: Sequence[Pair], trained: Sequence[Pair]) -> list[Pair]:
    """Those of which neither side was trained with."""
    known = {key(text) for pair in trained for text in pair}
    return [pair for pair in pairs if not known & {key(text) for text in pair}]


def aligned(polish: Path, english: Path) -> list[Pair]:
    """The pairs of two files, line by line."""
    return list(zip(polish.read_text("utf-8").splitlines(), english.read_text("utf-8").splitlines(),
                    strict=True))  # fmt: skip


def course_items() -> Iterator[Item]:
    """All that the course teaches."""
    folder = COURSES / "pl-en"
    course = read_course(folder)
    for name in course.lessons:
        yield from read_lesson(folder, course, name).items


def course_pairs(held_out: Sequence[Pair]) -> tuple[list[Pair], list[tuple[str, tuple[str, ...]]]]:
    """Its sentences, and its words with their meanings; none that is held out."""
    held = {key(text) for pair in held_out for text in pair}
    items = list(course_items())
    sentences = {
        (sentence.text, _REMARK.sub("", sentence.translation))
        for item in items
        for sentence in item.sentences
    }
    return sorted(pair for pair in sentences if not held & {key(text) for text in pair}), [
        (item.text, item.means) for item in items
    ]
