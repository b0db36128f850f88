"""Words that people use, whatever the course teaches."""

from __future__ import annotations

from functools import lru_cache

from tutor.resources import ASSETS


def is_common(word: str, *, english: bool = False) -> bool:
    """Whether a word, as answers are compared, is one that people use."""
    return word in _common("en" if english else "pl")


# Read when the first answer is not exact, which most are.
@lru_cache(maxsize=2)
def _common(language: str) -> frozenset[str]:
    return frozenset((ASSETS / "words" / f"{language}.txt").read_text(encoding="utf-8").split())
