"""Words stand side by side: what is missing, what is too many, and what was heard as two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.speech.phone_alignment import align_phones, cost_of
from tutor.speech.word_alignment import align_words

PHONES = ["a", "ɔ", "i", "p", "s", "ʃ", "tɕ", "k", "r", "ɲ"]

word_phones = st.lists(st.sampled_from(PHONES), max_size=5)
word_lists = st.lists(word_phones, max_size=6)


def words(text: str) -> list[list[str]]:
    """A letter for a phone is as good as any."""
    return [list(word) for word in text.split()]


@given(word_lists)
def test_what_was_said_as_expected_costs_nothing_and_nothing_is_too_many(expected: list[list[str]]) -> None:
    found, surplus = align_words(expected, expected)
    assert [[one for one, _other in pairs] for pairs in found] == expected
    assert sum(map(cost_of, found)) == 0
    assert all(not expected[n] for n in surplus)


@given(word_lists, word_lists)
def test_every_phone_of_every_word_appears_once_and_in_order(
    expected: list[list[str]], heard: list[list[str]]
) -> None:
    found, surplus = align_words(expected, heard)
    assert len(found) == len(expected)
    for word, pairs in zip(expected, found, strict=True):
        assert [one for one, _other in pairs if one is not None] == word
    assert list(surplus) == sorted(set(surplus)) and set(surplus) <= set(range(len(heard)))
    used = [phone for n, word in enumerate(heard) if n not in surplus for phone in word]
    assert [other for pairs in found for _one, other in pairs if other is not None] == used


@given(word_lists, word_lists)
def test_words_are_never_matched_at_a_higher_price_than_one_by_one(
    expected: list[list[str]], heard: list[list[str]]
) -> None:
    found, surplus = align_words(expected, heard)
    cost = sum(map(cost_of, found)) + sum(cost_of(align_phones([], heard[n])) for n in surplus)
    both = min(len(expected), len(heard))
    plainly = sum(cost_of(align_phones(expected[n], heard[n])) for n in range(both))
    plainly += sum(cost_of(align_phones(word, [])) for word in expected[both:])
    plainly += sum(cost_of(align_phones([], word)) for word in heard[both:])
    assert cost <= plainly + 1e-9


@pytest.mark.parametrize(
    ("expected", "heard", "missing", "surplus"),
    [
        ("proszę kawę", "proszę", [1], ()),
        ("proszę kawę", "kawę", [0], ()),
        ("idę do sklepu", "idę sklepu", [1], ()),
        ("dziękuję", "dziękuję bardzo", [], (1,)),
        ("dziękuję", "no dziękuję bardzo", [], (0, 2)),
        ("kocham", "", [0], ()),
        ("", "kocham", [], (0,)),
        ("", "", [], ()),
    ],
)
def test_a_missing_word_and_one_too_many_are_told_whole(
    expected: str, heard: str, missing: list[int], surplus: tuple[int, ...]
) -> None:
    found, too_many = align_words(words(expected), words(heard))
    assert too_many == surplus
    for n, pairs in enumerate(found):
        assert all(other == (None if n in missing else one) for one, other in pairs)


@pytest.mark.parametrize(
    ("expected", "heard"), [("niewiem tak", "nie wiem tak"), ("z mlekiem", "zmlekiem"), ("do domu", "dodomu")]
)
def test_where_words_were_joined_or_parted_nothing_is_wrong(expected: str, heard: str) -> None:
    found, surplus = align_words(words(expected), words(heard))
    assert sum(map(cost_of, found)) == 0
    assert surplus == ()
    assert [[one for one, _other in pairs] for pairs in found] == words(expected)
