"""What a lesson must hold so that somebody can learn from it, beyond that its file is well formed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from tutor.course.format import FREE, CollocationEntry, LessonFile, PhraseEntry, SentenceEntry, WordEntry
from tutor.text import normal, without_remarks

WORDS = (12, 18)
PHRASES = (10, 14)
CONTRASTS = (3, 5)

FEWEST_BRANCHES = 2
"""Turns of a dialogue that lead to different turns by the answer."""

FEWEST_WORDS_FOR_GROUPS = 4

FEWEST_ALIKE = 2
"""Wrong words of a collocation that begin with the same letter as the right one."""

_GOVERNED = frozenset({"gen", "dat", "acc", "ins", "loc"})
"""Cases that some other word asks for."""

_YOU = re.compile(r"\b(?:you|your|yours|yourself|yourselves)\b", re.IGNORECASE)
_SET_PHRASES = re.compile(
    r"\b(?:thank you|see you|(?:nice|pleased) to meet you|you're welcome|bless you|here you are)\b",
    re.IGNORECASE,
)
"""English says "you" in them, and the Polish for them addresses nobody."""
_ADDRESSED = re.compile(
    r"\((?:[^)]* )?(?:to|of|for|friends?|formal|plural|several|in general|anyone)\b[^)]*\)"
)
"""How an English text tells who is spoken to: `(to a friend)`, `(to a woman you don't know)`."""

_RELATIVES = ("Mum", "Dad", "Grandma", "Grandad")
"""They are called like names."""

_AMERICAN = re.compile(
    r"\b(?:(?:favo|colo|neighbo|flavo|hono|humo)r(?:s|ed|ful|ites?)?|centers?|theaters?|gray|moms?|math|gotten|"
    r"(?:real|organ|apolog|recogn)iz(?:e|es|ed|ing)|travel(?:ing|ed|ers?)|apartments?|vacations?|cookies?|candy|"
    r"movies?|sidewalks?|elevators?|subway|soccer|(?:kilo)?meters?|liters?)\b",
    re.IGNORECASE,
)


def teaching_problems(lesson: LessonFile, names: Set[str]) -> Iterator[str]:
    """What a lesson lacks, or has too much of; `names` are those of people who may be spoken to."""
    yield from _counted("words", len(lesson.words), WORDS)
    yield from _counted("phrases", len(lesson.phrases), PHRASES)
    yield from _part_problems(lesson)
    for word in lesson.words:
        yield from _word_problems(word)
        yield from _address_problems([*_of_sentences(word), *_of_frames(word)], names)
    for phrase in lesson.phrases:
        yield from _phrase_problems(phrase)
        yield from _address_problems([phrase.prompt, phrase.gap_en], names)
    for text in _english(lesson):
        if american := _AMERICAN.search(text):
            yield f"British English, and not {american.group()!r}, in {text!r}"


def _counted(what: str, count: int, bounds: tuple[int, int]) -> Iterator[str]:
    fewest, most = bounds
    if not fewest <= count <= most:
        yield f"{fewest} to {most} {what}, not {count}"


def _part_problems(lesson: LessonFile) -> Iterator[str]:
    if not lesson.grammar:
        yield "a note on grammar"
    if not lesson.sounds:
        yield "a note on a sound"
    for note in lesson.sounds:
        yield from _counted(f"contrasts in {note.key!r}", len(note.contrasts), CONTRASTS)
    if not lesson.culture.strip():
        yield "a line on culture"
    if lesson.dialogue is None:
        yield "a dialogue"
        return
    branches = [turn for turn in lesson.dialogue.turns if len({r.then for r in turn.replies().values()}) > 1]
    if len(branches) < FEWEST_BRANCHES:
        yield f"{FEWEST_BRANCHES} turns or more of the dialogue that lead to different turns by the answer"


def _word_problems(word: WordEntry) -> Iterator[str]:
    if word.pos == "noun" and not word.gender and not word.number:
        yield f"a gender, or `number: plural`, for {word.text!r}"
    if word.gender == "masculine" and not word.animacy:
        yield f"an animacy for {word.text!r}"
    if word.pos == "verb" and not word.aspect:
        yield f"an aspect for {word.text!r}"
    for sentence in word.sentences:
        yield from _sentence_problems(word, sentence)
    yield from _letter_problems(word.collocations)


def _sentence_problems(word: WordEntry, sentence: SentenceEntry) -> Iterator[str]:
    text = re.sub(r"[{}]", "", sentence.pl)
    spoken = normal(text).split()
    if _GOVERNED & set(sentence.form.split(".")) and not sentence.governor:
        yield f"the governor of the {sentence.form} in {text!r}, or {FREE!r}"
    if missing := set(normal(sentence.governor).split()) - {*spoken, FREE}:
        yield f"a governor that stands in {text!r}, and not {sorted(missing)[0]!r}"
    if word.pos in ("noun", "verb", "adjective") and not sentence.form:
        yield f"the form of {word.text!r} in {text!r}"
    if sentence.form and not sentence.because.strip():
        yield f"why the {sentence.form} stands in {text!r}"
    if unheard := sentence.judged.keys() - {*sentence.accept}:
        yield f"{sorted(unheard)[0]!r} among what is accepted in {text!r}, where it is judged"
    if len(spoken) >= FEWEST_WORDS_FOR_GROUPS and not sentence.groups:
        yield f"the sense groups of {text!r}"


def _phrase_problems(phrase: PhraseEntry) -> Iterator[str]:
    if not phrase.literal.strip() and len(normal(phrase.text).split()) > 1:
        yield f"a literal translation of {phrase.text!r}"
    if not phrase.who.strip():
        yield f"who says {phrase.text!r} to whom"
    yield from _letter_problems(phrase.collocations)


def _letter_problems(collocations: Sequence[CollocationEntry]) -> Iterator[str]:
    """The drill shows the first letter of what is sought, which must not give it away."""
    for one in collocations:
        shown = one.pl[one.pl.index("{") + 1].casefold()
        if sum(wrong[0].casefold() == shown for wrong in one.wrong) < FEWEST_ALIKE:
            yield f"{FEWEST_ALIKE} wrong words or more with {shown!r} for {one.pl!r}"


def _address_problems(texts: list[str], names: Set[str]) -> Iterator[str]:
    """English that says "you" says which one, unless somebody is called by name in it."""
    for text in texts:
        said = _SET_PHRASES.sub("", without_remarks(text))
        called = {*re.findall(r"(?<=, )\w+(?=[.,?!])|^\w+(?=,)", said)} & {*names, *_RELATIVES}
        if _YOU.search(said) and not called and not _ADDRESSED.search(text):
            yield f"who is spoken to, as in (to a friend), with {text!r}"


def _english(lesson: LessonFile) -> Iterator[str]:
    yield from (lesson.title, lesson.can_do, lesson.culture)
    for note in (*lesson.grammar, *lesson.sounds):
        yield from (note.title, note.note)
    for word in lesson.words:
        yield from (*word.means[:1], word.note)
        yield from (*_of_sentences(word), *_of_frames(word))
        for sentence in word.sentences:
            yield from (sentence.because, sentence.reply_en)
    for phrase in lesson.phrases:
        yield from (*phrase.means[:1], phrase.prompt, phrase.gap_en, phrase.note, phrase.reply_en)


def _of_sentences(word: WordEntry) -> list[str]:
    return [sentence.en for sentence in word.sentences]


def _of_frames(word: WordEntry) -> list[str]:
    return [frame.en for frame in word.collocations] + [frame.en for frame in word.nuances]
