"""What the Polish of a course must keep to: known words, true forms, and only what was taught by then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tutor.course.check_dialogue import words_of
from tutor.course.item import Item, ItemKind, Sentence
from tutor.text import normal

if TYPE_CHECKING:
    from tutor.course.morphology import Morphology

SHORTEST, LONGEST = 3, 9
"""Words of an example sentence."""

SHORTEST_AT_FIRST, FIRST_LESSONS = 2, 3
"""In the first lessons, where little is taught, a sentence may be shorter."""

MOST_GLOSSED, MOST_GLOSSED_AT_FIRST = 1, 2
"""Words of a sentence that are not taught yet, and so are glossed: usually, and in the first unit."""


class Vocabulary:
    """The words that are taught by some lesson, each in all its forms."""

    def __init__(self, names: Iterable[str], morphology: Morphology) -> None:
        self._morphology = morphology
        self._forms = {word for name in names for word in normal(name).split()}
        self._lemmas: set[str] = set()

    def learn(self, items: Iterable[Item]) -> None:
        """Take in what a lesson teaches: words with every form, phrases as they are."""
        for item in items:
            self._forms |= words_of(item)
            if item.kind is ItemKind.WORD:
                self._lemmas.add(normal(item.text))

    def knows(self, word: str) -> bool:
        """Whether a word is one that was taught, in whatever form."""
        return word in self._forms or bool(self.lemmas(word) & self._lemmas)

    def lemmas(self, word: str) -> set[str]:
        """What a word may be a form of."""
        return {normal(reading.lemma) for reading in self._morphology.readings(word)}

    def is_polish(self, word: str) -> bool:
        """Whether there is such a word, or such a name."""
        return word in self._forms or bool(self.lemmas(word))


def language_problems(
    item: Item, lesson: int, first_unit: bool, known: Vocabulary, morphology: Morphology
) -> Iterator[str]:
    """What is wrong with the Polish of an item of a lesson (its number) by which these words are `known`."""
    yield from _form_problems(item, morphology)
    if item.kind is ItemKind.WORD:
        shortest = SHORTEST_AT_FIRST if lesson <= FIRST_LESSONS else SHORTEST
        glossed = MOST_GLOSSED_AT_FIRST if first_unit else MOST_GLOSSED
        for sentence in item.sentences:
            yield from _sentence_problems(sentence, shortest, glossed, known)
    for text in _polish(item):
        for word in normal(text).split():
            if not known.is_polish(word):
                yield f"a Polish word, and not {word!r}, in {text!r}"


def _form_problems(item: Item, morphology: Morphology) -> Iterator[str]:
    for label, forms in item.forms.items():
        if not morphology.knows(label):
            yield f"a form with a known name, and not {label!r}, for {item.text!r}"
            continue
        for form in forms:
            if not morphology.is_form(form, item.text, label):
                yield f"the {label} of {item.text!r}, and not {form!r}"


def _sentence_problems(sentence: Sentence, shortest: int, most: int, known: Vocabulary) -> Iterator[str]:
    spoken = normal(sentence.text).split()
    if not shortest <= len(spoken) <= LONGEST:
        yield f"{shortest} to {LONGEST} words in {sentence.text!r}, not {len(spoken)}"
    new = {word for word in spoken if not known.knows(word)}
    if len(new) > most:
        yield f"at most {most} words in {sentence.text!r} that are not taught by then, not {sorted(new)}"
    glossed = {lemma for word in sentence.gloss for part in normal(word).split()
               for lemma in {part, *known.lemmas(part)}}  # fmt: skip
    for word in sorted(new):
        if not {word, *known.lemmas(word)} & glossed:
            yield f"{word!r} taught by then, or among the gloss of {sentence.text!r}"


def _polish(item: Item) -> Iterator[str]:
    """All the Polish that an item shows."""
    yield item.text
    yield from item.accept
    for sentence in item.sentences:
        yield from (sentence.text, *sentence.accept, sentence.reply)
    for frame in (*item.collocations, *item.nuances):
        yield from (frame.text, *frame.accept, *frame.wrong)
