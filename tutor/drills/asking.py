"""Hints that ask: a question whose answer leads to the word, and that does not tell it."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.course.item import Item, Sentence
from tutor.i18n import _

_NOMINAL = ("noun", "adjective", "pronoun", "numeral")
_JOINING = ("preposition", "conjunction", "particle")
_NAMED = 2
"""Words of the company that a question names."""


def question(item: Item, sentence: Sentence, base: str, company: Sequence[str] = ()) -> str:
    """What to ask oneself before a gap. `base` is the dictionary form that is shown, if any.

    Where a form is asked for, what decides it; else what kind of word belongs there.
    """
    if base and item.pos == "verb":
        if sentence.form.startswith("pst"):
            return _("Who did it, one or several, and is it a man or a woman?")
        if sentence.form.startswith("imp"):
            return _("Who is told to do it: one, or several?")
        return _("Who does it: I, you, he or she, or several?")
    if base and item.pos == "adjective":
        return _("Which word does it go with, and in which form does that one stand?")
    if base and item.pos in _NOMINAL:
        if sentence.governor:
            return _("Which case does *{word}* ask for?").format(word=sentence.governor)
        return _("What does it do in this sentence, and in which case does such a word stand?")
    if base:
        return _("What does the rest of the sentence ask of it?")
    if item.pos in _JOINING:
        return _("How do the words on both sides of the gap belong together?")
    if company:
        words = ", ".join(f"*{other}*" for other in company[:_NAMED])
        return _("Which word that goes with {words} could it be?").format(words=words)
    return _("Read the English once more: which of its words is missing here?")


def which_of_two(right: str, wrong: str) -> str:
    """What to ask oneself before two words of which one fits."""
    one, other = sorted((right, wrong))
    return _("What would *{one}* say here, and what *{other}*?").format(one=one, other=other)
