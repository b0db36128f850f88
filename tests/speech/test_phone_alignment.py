"""Phones stand side by side in the cheapest way there is, each once and in order."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.speech.phone_alignment import DELETION, INSERTION, align_phones, cost_of
from tutor.speech.phone_distance import substitution

PHONES = ["a", "ɔ", "i", "ɨ", "p", "b", "s", "ʃ", "ɕ", "tʃ", "tɕ", "k", "r", "ɲ", "ʘ"]

sequences = st.lists(st.sampled_from(PHONES), max_size=12)
short = st.lists(st.sampled_from(PHONES), max_size=5)


def cheapest(expected: tuple[str, ...], heard: tuple[str, ...]) -> float:
    """By trying every way."""

    @cache
    def rest(i: int, j: int) -> float:
        ways = []
        if i < len(expected) and j < len(heard):
            ways.append(substitution(expected[i], heard[j]) + rest(i + 1, j + 1))
        if i < len(expected):
            ways.append(DELETION + rest(i + 1, j))
        if j < len(heard):
            ways.append(INSERTION + rest(i, j + 1))
        return min(ways, default=0.0)

    return rest(0, 0)


@given(sequences)
def test_the_same_phones_cost_nothing(phones: list[str]) -> None:
    pairs = align_phones(phones, phones)
    assert pairs == list(zip(phones, phones, strict=True))
    assert cost_of(pairs) == 0


@given(sequences, sequences)
def test_every_phone_appears_once_and_in_order(expected: list[str], heard: list[str]) -> None:
    pairs = align_phones(expected, heard)
    assert [one for one, _other in pairs if one is not None] == expected
    assert [other for _one, other in pairs if other is not None] == heard
    assert (None, None) not in pairs


@given(sequences, sequences)
def test_what_differs_costs_something_and_never_more_than_another_word(
    expected: list[str], heard: list[str]
) -> None:
    cost = cost_of(align_phones(expected, heard))
    assert (cost == 0) == (expected == heard)
    both, longer = min(len(expected), len(heard)), max(len(expected), len(heard))
    assert cost <= both + DELETION * (longer - both) + 1e-9
    assert cost <= DELETION * len(expected) + INSERTION * len(heard) + 1e-9


@given(short, short)
def test_no_way_is_cheaper(expected: list[str], heard: list[str]) -> None:
    cost = cost_of(align_phones(expected, heard))
    assert cost == pytest.approx(cheapest(tuple(expected), tuple(heard)))


@given(sequences, sequences)
def test_heard_and_expected_changed_about_cost_as_much_but_for_what_is_missing(
    one: list[str], other: list[str]
) -> None:
    there, back = cost_of(align_phones(one, other)), cost_of(align_phones(other, one))
    least = (DELETION - INSERTION) * abs(len(one) - len(other))
    assert abs(there - back) <= least + 1e-9


@pytest.mark.parametrize(
    ("expected", "heard", "pairs"),
    [
        ("s ɛ r", "ʃ ɛ r", [("s", "ʃ"), ("ɛ", "ɛ"), ("r", "r")]),
        ("ʃ k ɔ w a", "ʃ k ɔ a", [("ʃ", "ʃ"), ("k", "k"), ("ɔ", "ɔ"), ("w", None), ("a", "a")]),
        ("t a k", "t a k i", [("t", "t"), ("a", "a"), ("k", "k"), (None, "i")]),
        ("", "a", [(None, "a")]),
        ("a", "", [("a", None)]),
        ("", "", []),
    ],
)
def test_a_slip_is_shown_where_it_is(
    expected: str, heard: str, pairs: list[tuple[str | None, str | None]]
) -> None:
    assert align_phones(expected.split(), heard.split()) == pairs
