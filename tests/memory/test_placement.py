"""A dozen questions find where a learner stands."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tutor.memory.placement import QUESTIONS, Given, known, next_place, stand

PLACES = [number / 300 for number in range(300)]


def placed(knows: float, seed: int) -> tuple[float, list[int]]:
    """What is found of a learner who knows every word up to a place, and one in four others by luck."""
    random, asked, answers = Random(seed), list[int](), list[Given]()
    while (number := next_place(PLACES, asked, answers)) is not None:
        asked.append(number)
        answers.append(Given(PLACES[number], PLACES[number] <= knows or random.random() < 0.25))
    return stand(answers), asked


def test_the_stand_is_found_within_a_sixth_of_the_course_for_most() -> None:
    off = [abs(placed(share / 20, seed)[0] - share / 20) for share in range(1, 20) for seed in range(20)]
    assert sorted(off)[round(0.9 * len(off))] < 1 / 6


@given(st.floats(0, 1), st.integers(0, 999))
def test_it_asks_a_dozen_questions_and_none_twice(knows: float, seed: int) -> None:
    found, asked = placed(knows, seed)
    assert len(asked) == len({*asked}) == QUESTIONS
    assert 0 <= found <= 1


def test_who_knows_nothing_is_given_nothing_and_who_knows_all_is_given_nearly_all() -> None:
    nothing, everything = placed(-1, 3)[0], placed(1, 3)[0]
    assert sum(known(place, nothing) for place in PLACES) < 0.1 * len(PLACES)
    assert sum(known(place, everything) for place in PLACES) > 0.8 * len(PLACES)


def test_a_right_answer_is_followed_by_a_harder_question_and_a_wrong_one_by_an_easier() -> None:
    first = next_place(PLACES, [], [])
    assert first is not None
    place = PLACES[first]
    harder = next_place(PLACES, [first], [Given(place, True)])
    easier = next_place(PLACES, [first], [Given(place, False)])
    assert harder is not None and easier is not None
    assert easier < first < harder
    assert 0.3 < place < 0.5, "it begins a little below the middle"


def test_a_course_of_few_words_has_few_questions() -> None:
    assert next_place([0.1, 0.9], [0, 1], [Given(0.1, True), Given(0.9, True)]) is None
