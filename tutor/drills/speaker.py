"""Polish forms that tell whether a woman or a man says them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from tutor.text import normal


class Speaker(StrEnum):
    """Which forms the learner uses of themselves."""

    EITHER = "either"
    FEMININE = "feminine"
    MASCULINE = "masculine"


_ENDINGS = (("łem", "łam"), ("łbym", "łabym"), ("ienem", "nam"))
"""Masculine and feminine endings of the first person: past, conditional, `powinienem`."""
_AFTER_JESTEM = (("y", "a"), ("i", "a"))
"""Those of adjectives, which speak of the speaker only where they are with `jestem`."""


def own_form_first(accepted: Sequence[str], speaker: Speaker) -> tuple[str, ...]:
    """Accepted answers, the one that is shown as this speaker would say it, where that is among them."""
    main, *others = accepted
    own = next((other for other in others if speaker is _who_rather(main, other)), None)
    if own is None:
        return tuple(accepted)
    return own, *(answer for answer in accepted if answer != own)


def _who_rather(one: str, other: str) -> Speaker | None:
    """Who would say `other` instead of `one`; None where they differ in more than who speaks."""
    words, others = normal(one).split(), normal(other).split()
    pairs = {(a, b) for a, b in zip(words, others, strict=False) if a != b}
    if len(words) != len(others) or not pairs:
        return None
    endings = _ENDINGS + (_AFTER_JESTEM if "jestem" in words else ())
    if all(any(_swapped(a, b, m, f) for m, f in endings) for a, b in pairs):
        return Speaker.FEMININE
    if all(any(_swapped(b, a, m, f) for m, f in endings) for a, b in pairs):
        return Speaker.MASCULINE
    return None


def _swapped(masculine: str, feminine: str, ending: str, other: str) -> bool:
    """Whether two words differ in these endings alone."""
    return (
        masculine.endswith(ending)
        and feminine.endswith(other)
        and masculine.removesuffix(ending) == feminine.removesuffix(other)
    )
