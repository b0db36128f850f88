"""An answer in a dialogue: right, near it, or something else. Kinder than a drill, for nothing is graded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tutor.course.dialogue import Answer, Turn
from tutor.course.item import Item
from tutor.drills.context import form_names
from tutor.i18n import _
from tutor.memory.marking import Mark, mark
from tutor.text import normal
from tutor.words import is_common

_NOT = "nie"
"""The word that turns a sentence round: with or without it, half of the words say nothing."""

_HALF = 0.5
_FORGIVEN = frozenset({Mark.SLIP, Mark.HOMOPHONE, Mark.TAIL, Mark.OTHER_FORM})


@dataclass(frozen=True, slots=True)
class Taken:
    """What an answer was taken for, and the accepted answer that it is nearest to."""

    answer: Answer
    nearest: str

    @property
    def verdict(self) -> str:
        """That in words, with what could be said instead."""
        if self.answer is Answer.EXACT:
            return _("Good")
        said = _("Nearly: {answer}") if self.answer is Answer.NEAR else _("You could say: {answer}")
        return said.format(answer=self.nearest)


def take(turn: Turn, response: str, inflected: Iterable[Item], is_taught: Callable[[str], bool]) -> Taken:
    """Take an answer to a turn; empty for none.

    `inflected` are the items of which a word of the accepted answers is a form, so that another form of it
    is known for one; `is_taught` is as for `memory.marking.mark`.
    """
    names = {form: name for item in inflected for form, name in form_names(item).items()}
    found = mark(response, turn.accept, form_names=names, is_taught=is_taught, is_common=is_common)
    if found.mark is Mark.EXACT:
        return Taken(Answer.EXACT, found.nearest)
    alike = [accepted for accepted in turn.accept if _negates(accepted) == _negates(response)]
    half = max(alike, key=lambda accepted: _shared(response, accepted), default="")
    if half and _shared(response, half) >= _HALF:
        return Taken(Answer.NEAR, half)
    if found.mark in _FORGIVEN and found.nearest in alike:
        return Taken(Answer.NEAR, found.nearest)
    return Taken(Answer.DEFAULT, found.nearest)


def _shared(response: str, accepted: str) -> float:
    """How many of their words two texts share, of those of the longer."""
    given, wanted = Counter(normal(response).split()), Counter(normal(accepted).split())
    return (given & wanted).total() / max(given.total(), wanted.total(), 1)


def _negates(text: str) -> bool:
    return _NOT in normal(text).split()
