"""What a text is known by."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tutor.meaning.features import buckets_of, words_of


@given(st.text(max_size=60))
def test_any_text_has_words_and_every_word_has_rows(text: str) -> None:
    words = words_of(text)
    assert words
    for word in words:
        rows = buckets_of(word, "pl", 1000)
        assert rows and all(0 <= row < 1000 for row in rows)


def test_case_and_the_way_that_letters_are_composed_make_no_difference() -> None:
    composed = "Zażółć, GĘŚLĄ jaźń!"
    apart = unicodedata.normalize("NFD", composed)
    assert words_of(composed) == words_of(apart) == ["zażółć", "gęślą", "jaźń"]
    assert words_of("Don't wait-and-see.") == ["don't", "wait-and-see"]


def test_forms_of_a_word_share_rows_and_words_of_two_languages_only_their_letters() -> None:
    count = 2**30
    base, other = (set(buckets_of(word, "pl", count)) for word in ("kawa", "kawę"))
    assert base & other and base != other
    polish, english = (buckets_of("to", lang, count) for lang in ("pl", "en"))
    assert polish[0] != english[0] and polish[1:] == english[1:]
