"""How texts are compared: without case, punctuation, and what a keyboard may lack."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST_ANSWER = 300
"""Letters that are read of an answer; no course has one half as long."""

_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_INNER = re.compile(r"[^\w\s'-]+|(?<!\w)['-]|['-](?!\w)")
_SPACES = re.compile(r"\s+")
_ARTICLES = re.compile(r"^(?:(?:a|an|the|to) )+(?=\S)|(?<= )(?:a|an|the) (?=\S)")
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
_CONTRACTIONS = (
    (re.compile(r"\bcan't\b|\bcannot\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"\bshan't\b"), "shall not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"\b(i)'m\b"), r"\1 am"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"\b(it|that|what|where|who|he|she|there|here|name|how)'s\b"), r"\1 is"),
)
_NO_DIACRITICS = str.maketrans("ąćęłńóśźż", "acelnoszz")


def normal(text: str) -> str:
    """Text as it is compared: NFC, case folded, no punctuation at the edges of words, single spaces."""
    return _normal(text[:LONGEST_ANSWER])


# Wrong options are chosen among a hundred neighbours, each compared with each.
@lru_cache(maxsize=8192)
def _normal(text: str) -> str:
    text = unicodedata.normalize("NFC", text).casefold()
    if text.isalpha():
        return text
    text = text.translate(_APOSTROPHES)
    return _SPACES.sub(" ", _EDGE.sub("", _INNER.sub(" ", text))).strip()


def spoken_words(text: str) -> list[str]:
    """The words of a text, as it writes them: what between spaces has a letter or a digit."""
    return [word for word in text.split() if any(letter.isalnum() for letter in word)]


def normal_english(text: str) -> str:
    """As `normal`, and contractions spelled out, articles, a leading `to` and remarks in brackets gone."""
    return _normal_english(text[:LONGEST_ANSWER])


@lru_cache(maxsize=8192)
def _normal_english(text: str) -> str:
    text = normal(without_remarks(text))
    if "'" in text or "cannot" in text:
        for pattern, full in _CONTRACTIONS:
            text = pattern.sub(full, text)
    return _ARTICLES.sub("", text)


def without_apostrophes(text: str) -> str:
    """English as it is typed in a hurry: `I dont know`."""
    return _ARTICLES.sub("", normal(without_remarks(text)).replace("'", ""))


def without_remarks(text: str) -> str:
    """Text without what stands in brackets."""
    return _IN_BRACKETS.sub("", text)


# Each of a hundred neighbours is asked for its sound at each choice.
@lru_cache(maxsize=8192)
def sound(text: str) -> str:
    """Polish with one letter for each sound that has two spellings: `morze` and `może` sound the same."""
    return normal(text).replace("rz", "ż").replace("ch", "h").replace("ó", "u")


def without_diacritics(text: str) -> str:
    """Polish letters as someone without a Polish keyboard types them."""
    return text.translate(_NO_DIACRITICS)


def storable(text: str) -> str:
    """Text without halves of surrogate pairs, which are no text, and which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
