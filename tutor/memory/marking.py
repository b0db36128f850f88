"""Is a typed answer right? Kind to slips of the finger, strict about another word or another form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import OSA, Levenshtein

from tutor.text import LONGEST_ANSWER, normal, normal_english, sound, without_apostrophes, without_diacritics

MIN_SLIP_LENGTH = 4
"""Shorter words are too near each other (to, ta, te) for a slip to be told from another word."""

ALIKE = 0.5
"""Texts less alike than this differ as a whole; to point at single letters would tell nothing."""

_SEPARATORS = re.compile(r"[,;/]|\band\b|\bor\b")
"""Between the English meanings that someone gives of one word."""

Span = tuple[int, int]
"""From, to: positions in the text as it is shown."""


class Mark(StrEnum):
    """What a typed answer turned out to be."""

    EXACT = "exact"
    SLIP = "slip"
    """One key or one diacritic off, and no other word: forgiven, with a note."""
    HOMOPHONE = "homophone"
    """Of what was heard: written as it sounds. The ear was right, and that is what was asked."""
    PARAPHRASE = "paraphrase"
    """Another answer than any that is listed, and it says the same."""
    TAIL = "tail"
    """The form is what is tested, and only its tail is missing: nearly."""
    OTHER_FORM = "other form"
    OTHER_WORD = "other word"
    ORDER = "order"
    """The right words in an order that is not."""
    WRONG = "wrong"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Marking:
    """A mark, the accepted answer nearest to what was written (or the first), and where the two differ."""

    mark: Mark
    nearest: str
    differs: tuple[Span, ...] = ()
    """Where `nearest` has what the answer has not."""
    response_differs: tuple[Span, ...] = ()
    """Where the answer has what `nearest` has not."""
    instead: str = ""
    """What was written instead: for OTHER_FORM the name of the form, for OTHER_WORD the word."""


def mark_order(response: str, accepted: Sequence[str], form_names: Mapping[str, str]) -> Marking:
    """Mark a sentence that was built of given pieces. `form_names` is as for `mark`."""
    given = normal(response).split()
    for answer in accepted:
        if normal(answer).split() == given:
            return Marking(Mark.EXACT, answer)
    nearest = min(accepted, key=lambda answer: Levenshtein.distance(given, normal(answer).split()))
    wanted = normal(nearest).split()
    differs, response_differs = differences(nearest, response)
    if sorted(given) == sorted(wanted):
        return Marking(Mark.ORDER, nearest, differs, response_differs)
    other = next((word for word in given if word not in wanted and word in form_names), "")
    kind = Mark.OTHER_FORM if other else Mark.WRONG if given else Mark.EMPTY
    return Marking(kind, nearest, differs, response_differs, form_names.get(other, ""))


class _Known(NamedTuple):
    """Words that a slip must not spell: see `mark`."""

    form_names: Mapping[str, str]
    is_taught: Callable[[str], bool]
    is_common: Callable[[str], bool]


_KINDEST = {Mark.HOMOPHONE: 0, Mark.SLIP: 1, Mark.TAIL: 2}


def mark(
    response: str,
    accepted: Sequence[str],
    *,
    english: bool = False,
    base: str = "",
    heard: bool = False,
    form_names: Mapping[str, str] | None = None,
    is_taught: Callable[[str], bool] = lambda word: False,
    is_common: Callable[[str], bool] = lambda word: False,
) -> Marking:
    """Mark a typed answer against every accepted one.

    `form_names` maps each form of the tested word (case folded) to its name; with `base`, the form
    that was shown, it says that the form itself is what is tested. `heard` says that nothing was shown: a
    spelling of the same sound is as good, unless a sentence tells which word it must be. `is_taught`
    tells whether a word is one that the course teaches, in any form, and `is_common` whether it is one at
    all. Raises ValueError when nothing is accepted.
    """
    if not accepted:
        raise ValueError("a drill must accept at least one answer")
    clean = normal_english if english else normal
    response = response.strip()[:LONGEST_ANSWER]
    given = clean(response)
    if not given:
        return Marking(Mark.EMPTY, accepted[0])
    for answer in accepted:
        if clean(answer) == given:
            return Marking(Mark.EXACT, answer)
    if english:
        said = [clean(part) for part in _SEPARATORS.split(response)]
        if len(said) > 1 and {*said} <= {clean(answer) for answer in accepted}:
            return Marking(Mark.EXACT, next(answer for answer in accepted if clean(answer) in said))
        bare = without_apostrophes(response)
        for answer in accepted:
            if without_apostrophes(answer) == bare:
                return Marking(Mark.SLIP, answer)
    known = _Known(form_names or {}, is_taught, is_common)
    judged = [
        (answer, *_judge(given, clean(answer), normal(base), heard, english, known))
        for answer in sorted(accepted, key=lambda answer: OSA.distance(given, clean(answer)))
    ]
    # The kindest verdict counts; of equals that of the nearest answer.
    nearest, verdict, name = min(judged, key=lambda one: _KINDEST.get(one[1], len(_KINDEST)))
    alike = Levenshtein.normalized_similarity(given, clean(nearest)) >= ALIKE
    if verdict in (Mark.WRONG, Mark.OTHER_WORD) and not alike:
        # Like none of them: then it is the one that was taught that is shown, and not the shortest.
        nearest = accepted[0]
    differs, response_differs = differences(nearest, response)
    return Marking(verdict, nearest, differs, response_differs, name)


def _judge(
    given: str,
    wanted: str,
    base: str,
    heard: bool,
    english: bool,
    known: _Known,
) -> tuple[Mark, str]:
    """The mark for an answer that is not exact, and what was written instead where that is known."""
    form_names, is_taught, is_common = known
    given_words, wanted_words = given.split(), wanted.split()
    if given in form_names:
        return Mark.OTHER_FORM, form_names[given]
    if len(given_words) != len(wanted_words):
        return _spacing(given, wanted, known)
    tail = slip = False
    for word, right in zip(given_words, wanted_words, strict=True):
        if word == right:
            continue
        if heard and sound(word) == sound(right) and (len(wanted_words) == 1 or not is_taught(word)):
            continue
        if word in form_names:
            return Mark.OTHER_FORM, form_names[word]
        if not _same_letters(word, right) and (name := _form_without_diacritics(word, form_names)):
            return Mark.OTHER_FORM, name
        if is_taught(word):
            return Mark.OTHER_WORD, word
        if not _is_slip(word, right):
            return Mark.WRONG, ""
        slip = True
        # Of the other words of a phrase the forms are not known here: a slip in the ending may be another.
        ending = _in_ending(word, right, base) if base else len(wanted_words) > 1 and _at_end(word, right)
        if not ending and _is_another(word, right, english, is_common):
            return Mark.OTHER_WORD, word
        tail = tail or (ending and not english and (bool(base) or not _same_letters(word, right)))
    return (Mark.TAIL if tail else Mark.SLIP if slip else Mark.HOMOPHONE), ""


def _spacing(given: str, wanted: str, known: _Known) -> tuple[Mark, str]:
    """One space too many or too few is a slip like any other, unless it makes another word."""
    if given.replace(" ", "") != wanted.replace(" ", "") or OSA.distance(given, wanted) != 1:
        return Mark.WRONG, ""
    made = set(given.split()) - set(wanted.split())
    other = next((word for word in sorted(made) if word in known.form_names or known.is_taught(word)), "")
    return (Mark.OTHER_WORD, other) if other else (Mark.SLIP, "")


def _is_another(word: str, right: str, english: bool, is_common: Callable[[str], bool]) -> bool:
    """Whether what looks like a slip spells another word that people use: `mouse` is not `house`.

    What lacks nothing but diacritics is a matter of the keyboard, and an English s one of grammar.
    """
    if _same_letters(word, right) or (english and word.rstrip("s") == right.rstrip("s")):
        return False
    return is_common(word)


def _is_slip(word: str, right: str) -> bool:
    if _same_letters(word, right):
        return True
    return len(right) >= MIN_SLIP_LENGTH and OSA.distance(word, right) == 1


def _same_letters(word: str, right: str) -> bool:
    """Whether two words are one to who has no Polish keyboard."""
    return without_diacritics(word) == without_diacritics(right)


def _form_without_diacritics(word: str, form_names: Mapping[str, str]) -> str:
    """The name of the form that a word would be with its diacritics; empty where it is none."""
    plain = without_diacritics(word)
    return next((name for form, name in form_names.items() if without_diacritics(form) == plain), "")


def _at_end(word: str, right: str) -> bool:
    """Whether two words differ in their last letter alone, or one has one more there."""
    return word[-1] != right[-1] and _shared_prefix(word, right) >= min(len(word), len(right)) - 1


def _in_ending(word: str, right: str, base: str) -> bool:
    """Whether a slip falls where the right form differs from the base form that was shown."""
    stem = _shared_prefix(right, base)
    return _shared_prefix(word, right) >= min(stem, len(right) - 1)


def _shared_prefix(one: str, other: str) -> int:
    for index, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return index
    return min(len(one), len(other))


def differences(right: str, written: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Where two texts differ, letter by letter and whatever the case or punctuation: spans in each."""
    if Levenshtein.normalized_similarity(written.lower(), right.lower()) < ALIKE:
        return tuple(_letters(right, 0, len(right))), tuple(_letters(written, 0, len(written)))
    in_right: list[Span] = []
    in_written: list[Span] = []
    for step in Levenshtein.opcodes(written.lower(), right.lower()):
        if step.tag != "equal":
            in_right.extend(_letters(right, step.dest_start, step.dest_end))
            in_written.extend(_letters(written, step.src_start, step.src_end))
    return tuple(in_right), tuple(in_written)


def _letters(text: str, start: int, end: int) -> list[Span]:
    """The runs of letters and digits in `text[start:end]`, as spans of `text`."""
    return [(start + run.start(), start + run.end()) for run in re.finditer(r"\w+", text[start:end])]
