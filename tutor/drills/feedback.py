"""What is said about an answer: the verdict, what differed, and one line of why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from tutor.course.forms import form_name
from tutor.course.item import Note
from tutor.drills.context import other_aspect
from tutor.drills.drill import Ask, Drill
from tutor.i18n import _, later
from tutor.memory.marking import Mark, Marking, Span, mark, mark_order
from tutor.memory.review import Help, Rating
from tutor.memory.tracks import Mode
from tutor.text import LONGEST_ANSWER, normal, without_diacritics
from tutor.words import is_common

if TYPE_CHECKING:
    from tutor.drills.spoken import Said


class Verdict(StrEnum):
    """How an answer is told to the learner."""

    GOOD = "good"
    NEARLY = "nearly"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What is said about one answer."""

    verdict: Verdict
    rating: Rating
    headline: str
    """One or two words: "Good", "Nearly"."""
    answer: str
    """The right answer, whole: for a gap the full sentence."""
    tested: Span
    """Where in `answer` the tested words stand."""
    differs: tuple[Span, ...]
    """Where in `answer` the learner's answer differed."""
    response: str
    """What the learner gave, in its sentence where there was a gap; empty where nothing was written."""
    response_differs: tuple[Span, ...]
    translation: str
    why: str
    """One line; empty where there is nothing to say."""
    note: Note | None
    """What "show me the rule" shows."""
    said: Said | None = None
    """How it was said; None where it was not."""


def mark_response(drill: Drill, response: str, is_taught: Callable[[str], bool]) -> Marking:
    """Mark what was chosen or typed."""
    if drill.ask is Ask.CHOOSE:
        right = response == drill.answer
        return Marking(Mark.EXACT if right else Mark.WRONG, drill.answer)
    if drill.ask is Ask.ORDER:
        return mark_order(response, drill.accepted, drill.form_names)
    return mark(
        response,
        drill.accepted,
        english=drill.english,
        base=drill.gap.base if drill.gap else "",
        heard=drill.mode is Mode.DICTATION,
        form_names=drill.form_names,
        is_taught=is_taught,
        is_common=partial(is_common, english=drill.english),
    )


def feedback(drill: Drill, marking: Marking, rating: Rating, response: str, help_used: Help) -> Feedback:
    """Put a marked answer into words."""
    verdict = _verdict(marking.mark, rating, help_used)
    written = response.strip()[:LONGEST_ANSWER]
    said = Feedback(
        verdict=verdict,
        rating=rating,
        headline={Verdict.GOOD: _("Good"), Verdict.NEARLY: _("Nearly"), Verdict.AGAIN: _("Not yet")}[verdict],
        answer=marking.nearest,
        tested=(0, len(marking.nearest)),
        differs=marking.differs,
        response=written,
        response_differs=marking.response_differs,
        translation=drill.translation or (drill.prompt if not drill.english else ""),
        why=_why(drill, marking, written, help_used),
        note=drill.note,
    )
    return _in_sentence(said, drill) if drill.gap else said


def _verdict(mark: Mark, rating: Rating, help_used: Help) -> Verdict:
    if rating is Rating.AGAIN:
        return Verdict.AGAIN
    helped = help_used is Help.HINT or mark is Mark.TAIL
    return Verdict.NEARLY if helped else Verdict.GOOD


def _in_sentence(said: Feedback, drill: Drill) -> Feedback:
    """Put the answer and what was written back into the sentence they belong to."""
    assert drill.gap
    before, after = drill.gap.before, drill.gap.after
    shift = len(before)
    return replace(
        said,
        answer=before + said.answer + after,
        tested=(shift, shift + len(said.answer)),
        differs=_shifted(said.differs, shift),
        response=before + said.response + after if said.response else "",
        response_differs=_shifted(said.response_differs, shift),
    )


def _shifted(spans: tuple[Span, ...], by: int) -> tuple[Span, ...]:
    return tuple((start + by, end + by) for start, end in spans)


def _why(drill: Drill, marking: Marking, written: str, help_used: Help) -> str:
    match marking.mark:
        case Mark.EXACT:
            return drill.why if help_used is not Help.OVERRIDE else ""
        case Mark.PARAPHRASE:
            return in_other_words(marking.nearest)
        case Mark.SLIP if drill.english:
            return _("Just a slip of the keys.")
        case Mark.SLIP:
            return _("Only the spelling is a little off.")
        case Mark.HOMOPHONE:
            return _("It sounds the same. Only the spelling is another.")
        case Mark.OTHER_FORM:
            return f"{_other_form(drill, marking.instead)} {drill.why}".strip()
        case Mark.ORDER:
            return _("The words are right; it is their order.")
        case Mark.OTHER_WORD:
            return _("“{word}” is another word.").format(word=marking.instead)
        case Mark.WRONG if drill.ask is Ask.ORDER:
            return _piece_amiss(marking.nearest, written)
        case Mark.WRONG if written in drill.traps:
            polish = drill.traps[written]
            told = _("“{meaning}” is *{polish}*").format(meaning=written, polish=polish)
            return told if polish[-1] in ".!?" else f"{told}."
        case _:
            return drill.why


def in_other_words(taught: str) -> str:
    """What is said of an answer that nobody listed and that says the same as the one that was taught."""
    return _("Right: that says the same. We were looking for *{answer}*").format(answer=taught)


def _other_form(drill: Drill, instead: str) -> str:
    """Which form was written, and which one is asked for by what."""
    sentence = drill.sentence
    if drill.ask is Ask.ORDER:
        return _("You took the {form}.").format(form=instead)
    if drill.gap and sentence and sentence.governor and sentence.form:
        said = _("You wrote the {form}; *{governor}* asks for the {wanted}.")
        return said.format(form=instead, governor=sentence.governor, wanted=form_name(sentence.form))
    return _("You wrote the {form}.").format(form=instead)


def _piece_amiss(right: str, written: str) -> str:
    """Which piece of a sentence is too many, or which one it lacks."""
    wanted, given = Counter(normal(right).split()), Counter(normal(written).split())
    extra, missing = [*(given - wanted)], [*(wanted - given)]
    if extra:
        return _("“{words}” does not belong in it.").format(words=" ".join(extra))
    return _("“{words}” belongs in it, too.").format(words=" ".join(missing))


def _wrong(drill: Drill, marking: Marking) -> tuple[str, str] | None:
    """The concept and the subtype of a wrong choice, or of a sentence of which a part is missing."""
    if drill.mode is Mode.BLITZ:
        return "collocation", later("false friend")
    if drill.mode is Mode.NUANCE:
        return "near words", later("false friend")
    if drill.mode is Mode.AUDIO and drill.options:
        return "/".join(sorted(drill.options)), later("sound")
    if drill.ask is Ask.ORDER and not marking.response_differs:
        return "word order", later("omission")
    return None


def mistake_of(drill: Drill, marking: Marking) -> tuple[str, str] | None:
    """The concept and the subtype of what went wrong in typed Polish; None where nothing can be named."""
    if drill.english or not drill.item:
        return None
    if marking.mark is Mark.WRONG:
        return _wrong(drill, marking)
    if marking.mark is Mark.OTHER_FORM and drill.mode is Mode.CHUNKING:
        return (drill.sentence.form if drill.sentence else "") or drill.item.pos, later("sound")
    if marking.mark is Mark.OTHER_FORM and marking.instead == other_aspect(drill.item):
        return "aspect", later("aspect")
    if marking.mark in (Mark.OTHER_FORM, Mark.TAIL):
        form = drill.sentence.form if drill.sentence else ""
        return (drill.note.key if drill.note else form or drill.item.pos), later("agreement")
    if marking.mark is Mark.ORDER:
        return "word order", later("word order")
    if marking.mark is Mark.HOMOPHONE:
        return "spelling", later("spelling")
    if marking.mark is Mark.SLIP:
        only_accents = len(marking.differs) == len(marking.response_differs) and all(
            without_diacritics(letters := marking.nearest[start:end].casefold()) != letters
            for start, end in marking.differs
        )
        return "spelling", later("accent") if only_accents else later("spelling")
    return None
