"""Polish inflection by morfeusz2: what each word may be a form of. For making courses, not for learning.

Tags are those of the National Corpus of Polish as morfeusz2 gives them (`subst:sg:inst:m1`: a noun in the
instrumental singular, masculine personal).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from morfeusz2 import Morfeusz

_MASCULINE = frozenset({"m1", "m2", "m3"})

_TAGS: dict[str, tuple[frozenset[str], ...]] = {
    "nom": (frozenset({"nom"}),),
    "gen": (frozenset({"gen"}),),
    "dat": (frozenset({"dat"}),),
    "acc": (frozenset({"acc"}),),
    "ins": (frozenset({"inst"}),),
    "loc": (frozenset({"loc"}),),
    "voc": (frozenset({"voc"}),),
    "sg": (frozenset({"sg"}),),
    "pl": (frozenset({"pl"}),),
    "m": (_MASCULINE,),
    "f": (frozenset({"f"}),),
    "n": (frozenset({"n"}),),
    "vir": (frozenset({"m1"}),),
    "nonvir": (frozenset({"m2", "m3", "f", "n"}),),
    "prep": (frozenset({"praep"}),),
    "animate": (frozenset({"m1", "m2"}),),
    "inanimate": (frozenset({"m3"}),),
    "inf": (frozenset({"inf"}),),
    "prs": (frozenset({"fin"}), frozenset({"imperf"})),
    "fut": (frozenset({"bedzie", "perf"}),),
    "pst": (frozenset({"praet"}),),
    "cnd": (frozenset({"praet"}), frozenset({"part"})),
    "imp": (frozenset({"impt"}),),
    "1sg": (frozenset({"sg"}), frozenset({"pri"})),
    "2sg": (frozenset({"sg"}), frozenset({"sec"})),
    "3sg": (frozenset({"sg"}),),
    "1pl": (frozenset({"pl"}), frozenset({"pri"})),
    "2pl": (frozenset({"pl"}), frozenset({"sec"})),
    "3pl": (frozenset({"pl"}),),
}
"""A part of a form's label in a course -> what its tag must have one of, each."""

_OTHER_PERSONS = frozenset({"pri", "sec"})
"""What a tag of the third person has not; in the past it has no mark of its own."""

_CONDITIONAL = frozenset({"part"})
"""What *by* adds to a past form."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a word may be."""

    lemma: str
    """The dictionary form, without morfeusz2's marks of homonyms."""
    values: frozenset[str]
    """The values of its tag, where several are possible all of them."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a word."""

    text: str
    values: frozenset[str]
    """The values of its tag, where several are possible all of them."""


class Morphology:
    """morfeusz2 with its own dictionary (SGJP)."""

    @cached_property
    def _morfeusz(self) -> Morfeusz:
        return Morfeusz(expand_tags=False)

    def readings(self, word: str) -> set[Reading]:
        """Everything that a word may be; nothing where it is not known.

        A word of several parts, such as `byłam`, is read as its first part with the values of all.
        """
        segments: dict[int, list[tuple[int, Reading]]] = {}
        end = 0
        for start, to, (_form, lemma, tag, _names, _labels) in self._morfeusz.analyse(word):
            end = max(end, to)
            if not tag.startswith("ign"):
                values = frozenset(value for part in tag.split(":") for value in part.split("."))
                segments.setdefault(start, []).append((to, Reading(_spelt(lemma), values)))
        return set(_paths(segments, 0, end))

    def paradigms(self, word: str, kind: str) -> list[list[Form]]:
        """All forms of each lemma that has `word` among its forms of a kind (`subst`, `adj`, `inf`).

        Lemmas that are spelt as the word come first. Forms that are dated, rare or colloquial are left out
        where a lemma has others like them.
        """
        lemmas = {
            lemma
            for _start, _end, (_form, lemma, tag, _names, _labels) in self._morfeusz.analyse(word)
            if tag.split(":")[0] == kind
        }
        return [
            forms
            for lemma in sorted(lemmas, key=lambda lemma: (_spelt(lemma) != word, lemma))
            if (forms := self._forms(lemma))
        ]

    def _forms(self, lemma: str) -> list[Form]:
        """The forms of one lemma, homonyms apart."""
        found: dict[str, list[tuple[str, bool]]] = {}
        for text, of, tag, _names, labels in self._morfeusz.generate(_spelt(lemma)):
            if of == lemma:
                found.setdefault(tag, []).append((text, bool(labels)))
        return [
            Form(text, frozenset(value for part in tag.split(":") for value in part.split(".")))
            for tag, texts in found.items()
            for text, marked in texts
            if not marked or all(also for _, also in texts)
        ]

    def knows(self, label: str) -> bool:
        """Whether each part of a form's label is one that courses have."""
        return _TAGS.keys() >= set(label.split("."))

    def is_form(self, word: str, lemma: str, label: str) -> bool:
        """Whether a word is the form of a lemma that a course's label names (`acc.sg`), one that is known."""
        parts = label.split(".")
        wanted = [values for part in parts for values in _TAGS[part]]
        unwanted = _OTHER_PERSONS if {"3sg", "3pl"} & set(parts) else frozenset[str]()
        if "pst" in parts:
            unwanted |= _CONDITIONAL
        return any(
            reading.lemma.casefold() == lemma.casefold()
            and all(values & reading.values for values in wanted)
            and not unwanted & reading.values
            for reading in self.readings(word)
        )


def _spelt(lemma: str) -> str:
    """A lemma without morfeusz2's marks of homonyms."""
    return lemma.partition(":")[0]


def _paths(segments: dict[int, list[tuple[int, Reading]]], start: int, end: int) -> Iterator[Reading]:
    for to, first in segments.get(start, []):
        if to == end:
            yield first
        else:
            for rest in _paths(segments, to, end):
                yield Reading(first.lemma, first.values | rest.values)
