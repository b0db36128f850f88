"""What the Polish of a course must keep to: known words, true forms, and only what was taught by then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tutor.course.format import FrequentFile, LessonFile
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
    """The words that are taught by some lesson, each in all its forms.

    Without `morphology` those are the forms that the course lists.
    """

    def __init__(self, names: Iterable[str], morphology: Morphology | None) -> None:
        self._morphology = morphology
        self._forms = {word for name in names for word in normal(name).split()}
        self._lemmas: set[str] = set()
        self._of_taught: set[str] = set()

    def learn(self, items: Iterable[Item]) -> None:
        """Take in what a lesson teaches: words with every form, phrases as they are."""
        for item in items:
            texts = [item.text, *(form for forms in item.forms.values() for form in forms)]
            self._forms |= {word for text in texts for word in normal(text).split()}
            if item.kind is ItemKind.WORD:
                self._lemmas |= set(normal(item.text).split()) | self._of_plural(item)
                self._of_taught |= {
                    lemma for word in normal(item.text).split() for lemma in self.lemmas(word)
                }

    def _of_plural(self, item: Item) -> set[str]:
        """The lemma of a noun that is taught in the plural: *pieróg* with *pierogi*."""
        return self.lemmas(item.text) if "nom.pl" in item.forms and "nom.sg" not in item.forms else set()

    def teaches(self, lemma: str) -> bool:
        """Whether a word is taught, or a form of it as a word of its own (*przepraszam* of *przepraszać*)."""
        return lemma in self._lemmas or lemma in self._of_taught

    def knows(self, word: str) -> bool:
        """Whether a word is one that was taught, in whatever form."""
        return word in self._forms or bool(self.lemmas(word) & self._lemmas)

    def lemmas(self, word: str) -> set[str]:
        """What a word may be a form of."""
        return (
            {normal(reading.lemma) for reading in self._morphology.readings(word)}
            if self._morphology
            else set()
        )

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


FREQUENT = "frequent.yaml"

LEAST_TAUGHT = 0.8
"""Of the most frequent lemmas."""


def frequency_problems(frequent: FrequentFile, known: Vocabulary) -> Iterator[str]:
    """What is wrong with what a course teaches of the most frequent lemmas."""
    untaught = [lemma for lemma in frequent.lemmas if not known.teaches(lemma)]
    if len(untaught) > (1 - LEAST_TAUGHT) * len(frequent.lemmas):
        yield f"{LEAST_TAUGHT:.0%} of the most frequent lemmas taught; {len(untaught)} are not"
    for lemma in untaught:
        if lemma not in frequent.untaught:
            yield f"{lemma!r} taught, or why not, for it is among the most frequent lemmas"
    for lemma in frequent.untaught:
        if lemma not in untaught:
            yield f"no reason for {lemma!r}, which is taught or is no frequent lemma"


def answer_problems(lesson: LessonFile, morphology: Morphology) -> Iterator[str]:
    """Answers that a gap accepts though they are another form than is asked for, and nobody judged them."""
    for word in lesson.words:
        for sentence in word.sentences:
            if not sentence.form or not morphology.knows(sentence.form):
                continue
            for answer in sentence.accept:
                parts = normal(answer).split()
                if answer not in sentence.judged and not any(
                    morphology.is_form(part, reading.lemma, sentence.form)
                    for part in parts
                    for reading in morphology.readings(part)
                ):
                    yield f"a {sentence.form}, or a judgement in `judged`: {answer!r} for {sentence.pl!r}"


def _form_problems(item: Item, morphology: Morphology) -> Iterator[str]:
    lemmas = {item.text.removesuffix(" się")}
    if "nom.sg" not in item.forms:
        lemmas |= {reading.lemma for reading in morphology.readings(item.text)}
    for label, forms in item.forms.items():
        if not morphology.knows(label):
            yield f"a form with a known name, and not {label!r}, for {item.text!r}"
            continue
        for form in forms:
            if not any(morphology.is_form(form, lemma, label) for lemma in lemmas):
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
