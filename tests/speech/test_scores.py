"""The score: better never counts less, and no part of it leaves 0 to 100."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.speech.phone_alignment import align_phones
from tutor.speech.scores import (
    GOOD,
    NEARLY,
    Constants,
    accuracy,
    completeness,
    fluency,
    is_missed,
    phone_cost,
    total,
    word_score,
)

shares = st.floats(0, 1)
points = st.floats(0, 100)
some_words = st.lists(st.tuples(points, st.integers(0, 12)), max_size=8)
constants = st.builds(
    Constants, fit_share=shares, fit_power=st.floats(0.1, 3), phones_power=st.floats(0.1, 3),
    worst_share=shares, lowest_share=shares, easy_rate=st.floats(1, 20),
)  # fmt: skip
SLIGHT = 1e-9


def in_bounds(score: float) -> bool:
    return -SLIGHT <= score <= 100 + SLIGHT


@given(shares, shares, shares, constants)
def test_a_better_fit_or_nearer_phones_never_count_less(
    fit: float, other: float, cost: float, made: Constants
) -> None:
    worse, better = sorted((fit, other))
    assert word_score(worse, cost, made) <= word_score(better, cost, made) + SLIGHT
    assert word_score(cost, better, made) <= word_score(cost, worse, made) + SLIGHT
    assert in_bounds(word_score(fit, cost, made))


def test_a_perfect_word_is_worth_100_and_none_nothing() -> None:
    assert word_score(1, 0) == 100
    assert word_score(0, 1) == 0
    assert word_score(-0.1, 1.5) == 0


@given(some_words, constants, st.data())
def test_a_better_word_never_makes_a_phrase_worse(
    words: list[tuple[float, int]], made: Constants, data: st.DataObject
) -> None:
    before = accuracy(words, made)
    assert in_bounds(before)
    if not words:
        assert before == 0
        return
    place = data.draw(st.integers(0, len(words) - 1))
    score, phones = words[place]
    better = [*words[:place], (data.draw(st.floats(score, 100)), phones), *words[place + 1 :]]
    assert accuracy(better, made) >= before - SLIGHT


@given(some_words.filter(lambda words: any(phones for _score, phones in words)))
def test_a_phrase_is_between_its_worst_and_its_best_word(words: list[tuple[float, int]]) -> None:
    said = [score for score, phones in words if phones]
    assert min(score for score, _phones in words) - SLIGHT <= accuracy(words) <= max(said) + SLIGHT


def test_one_wrong_word_in_ten_is_heard_and_one_of_a_single_phone_is_not() -> None:
    right = [(100.0, 5)] * 9
    assert accuracy([*right, (0.0, 5)]) < 60
    assert accuracy([*right, (0.0, 1)]) > 95
    assert accuracy([(0.0, 1)]) == 0


@given(st.tuples(points, points, points), constants)
def test_the_total_is_between_the_lowest_part_and_the_highest(
    parts: tuple[float, float, float], made: Constants
) -> None:
    assert min(parts) - SLIGHT <= total(parts, made) <= max(parts) + SLIGHT
    assert total(parts, made) == pytest.approx(total(tuple(reversed(parts)), made))


@given(st.tuples(points, points, points), points, st.integers(0, 2))
def test_a_better_part_never_makes_the_total_less(
    parts: tuple[float, float, float], other: float, place: int
) -> None:
    better = [max(part, other) if n == place else part for n, part in enumerate(parts)]
    assert total(better) >= total(parts) - SLIGHT


def test_the_lowest_part_weighs_most() -> None:
    assert total((100, 100, 50)) == pytest.approx(70)
    assert total((50, 100, 100)) == total((100, 50, 100)) == total((100, 100, 50))
    assert total((100, 100, 0)) < NEARLY < GOOD


@given(st.integers(0, 80), st.floats(0, 30), st.floats(0, 40), st.floats(0, 40), constants)
def test_pauses_and_slowness_cost_fluency_and_nothing_leaves_0_to_100(
    phones: int, seconds: float, one: float, other: float, made: Constants
) -> None:
    shorter, longer = sorted((one, other))
    assert in_bounds(fluency(phones, seconds, shorter, made))
    assert fluency(phones, seconds, longer, made) <= fluency(phones, seconds, shorter, made) + SLIGHT
    if seconds:
        assert fluency(phones, seconds * 2, 0, made) <= fluency(phones, seconds, 0, made) + SLIGHT


def test_a_learners_own_pace_costs_nothing_and_stopping_half_the_time_costs_half() -> None:
    assert fluency(15, 3.0, 0) == 100
    assert fluency(15, 1.0, 0) == 100
    assert fluency(15, 2.0, 1.0) == pytest.approx(50)
    assert fluency(15, 6.0, 0) == pytest.approx(50)
    assert fluency(0, 1, 0) == fluency(5, 0, 0) == 0


@given(st.integers(0, 20), st.integers(0, 20))
def test_completeness_is_the_share_of_words_that_were_said(one: int, other: int) -> None:
    said, expected = sorted((one, other))
    assert completeness(said, expected) == pytest.approx(100 * said / expected if expected else 0)


@given(shares, shares, st.integers(1, 9))
def test_what_is_missed_stays_missed_when_it_is_said_worse(fit: float, cost: float, phones: int) -> None:
    if is_missed(fit, cost, phones):
        assert is_missed(fit / 2, cost, phones) and is_missed(fit, (1 + cost) / 2, phones)
    assert not is_missed(1.0, cost, phones)
    assert not is_missed(fit, 0.0, phones)
    assert is_missed(0.0, 1.0, phones)


def test_a_word_of_one_phone_is_missed_later_than_others() -> None:
    assert is_missed(0.5, 1.0, 2) and not is_missed(0.5, 1.0, 1)


@pytest.mark.parametrize(("heard", "cost"), [("t a k", 0.0), ("", 0.8), ("t a k" + " a" * 30, 1.0)])
def test_what_differs_for_each_phone_is_at_most_one(heard: str, cost: float) -> None:
    assert phone_cost(align_phones(["t", "a", "k"], heard.split())) == pytest.approx(cost)


def test_of_no_phones_nothing_differs() -> None:
    assert phone_cost([]) == phone_cost([(None, "a")]) == 0


def test_the_bounds_are_in_order() -> None:
    assert 0 < NEARLY < GOOD < 100
