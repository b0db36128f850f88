"""What a static encoder knows a text by: its words, and the groups of letters that they are made of."""

from __future__ import annotations

import re
import unicodedata
from zlib import crc32

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

SHORTEST, LONGEST = 3, 5
"""Letters in a group, the marks of a word's beginning and end among them."""


def words_of(text: str) -> list[str]:
    """The words of a text, case folded; a text without any is one word."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return _WORD.findall(folded) or [folded.strip()]


def buckets_of(word: str, lang: str, count: int) -> list[int]:
    """The rows of a table of `count` that a word is the sum of.

    The whole word is one of its language, for *to* is not "to"; letters are of all languages, for *muzyka*
    is music. After the subword vectors of fastText (Bojanowski et al. 2017).
    """
    marked = f"<{word}>"
    groups = [
        marked[start : start + size]
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(marked) - size + 1)
        if size < len(marked)
    ]
    return [crc32(feature.encode()) % count for feature in (f"{lang}:{word}", *groups)]
