"""Phones: the sounds of a text as a voice writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tutor.speech.phone_alignment import align_phones


class PhoneWriter(Protocol):
    """What writes a text as phones: a voice."""

    def phones(self, text: str) -> str:
        """IPA without stress, with `_` between the phones of a word and spaces between words."""
        ...


def split_phones(written: str) -> list[list[str]]:
    """The phones of each word of what a voice wrote, plain."""
    return [[plain(phone) for phone in word.split("_") if phone] for word in written.split()]


_WRITTEN_OTHERWISE = {"cʲ": "tɕ", "ɟʲ": "dʑ", "ᵻ": "ɪ"}
"""espeak-ng writes the ci of *trzydzieści* unlike that of *ci*."""


_ALONE = {("w", "w"): "v"}
"""The word *w* before a voiced sound."""


def plain(phone: str) -> str:
    """A phone without what no learner is told about: softness before i, length, a tie."""
    phone = phone.replace("\u0361", "")
    return _WRITTEN_OTHERWISE.get(phone, phone.replace("ʲ", "").replace("ː", ""))


def phones_of(words: Sequence[str], writer: PhoneWriter) -> list[list[str]]:
    """The phones of each of the words of a text, as they are said one after another.

    A voice joins small words to the next one (*nie wiem*) and says them otherwise alone (*z* as *zy*), so
    the text is written whole and each phone goes to the word that has one like it when said alone.
    """
    together = [phone for group in split_phones(writer.phones(" ".join(words))) for phone in group]
    found: list[list[str]] = [[] for _word in words]
    alone = [
        (n, phone)
        for n, word in enumerate(words)
        for group in split_phones(writer.phones(word))
        for phone in group
    ]
    at = 0
    for expected, heard in align_phones([phone for _n, phone in alone], together):
        here = alone[at][0] if at < len(alone) else len(words) - 1
        if heard is not None:
            place = here if expected is not None or at == 0 else alone[at - 1][0]
            found[place].append(_ALONE.get((words[place], heard), heard))
        if expected is not None:
            at += 1
    return found
