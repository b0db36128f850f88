"""Wrong options that teach: near in look or topic, never also true."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.item import Item
from tutor.drills.distractors import (
    choose_distractors,
    likeness,
    look_alikes,
    most_confusable,
    shuffled,
    sound_alikes,
)
from tutor.text import normal, normal_english

from .items import KAWA, MORZE, MOZE, OTHERS, pools, word


def chosen(item: Item, neighbours: list[Item], seed: int = 1) -> list[Item]:
    return choose_distractors(item, neighbours, Random(seed))


def also_true(one: Item, other: Item) -> bool:
    """Whether both mean the same, are written the same or are known to sound the same."""
    same_meaning = {*map(normal_english, one.means)} & {*map(normal_english, other.means)}
    return (
        bool(same_meaning)
        or normal(one.text) == normal(other.text)
        or (one.ipa != "" and one.ipa == other.ipa)
    )


@given(pools(min_size=2), st.integers())
def test_a_wrong_option_is_never_also_true(pool: list[Item], seed: int) -> None:
    wrong = chosen(pool[0], pool, seed)
    assert not [one for one in wrong if also_true(pool[0], one)]
    assert not [pair for pair in combinations(wrong, 2) if also_true(*pair)]
    options = [normal_english(one.meaning) for one in [pool[0], *wrong]]
    assert len(set(options)) == len(options)


def test_a_wrong_option_is_never_also_true_in_the_starter_course(starter_items: list[Item]) -> None:
    for item in starter_items:
        wrong = choose_distractors(item, starter_items, Random(item.id))
        assert len(wrong) == 3, item.text
        assert not [(item.text, one.text) for one in wrong if also_true(item, one)]
        assert not [pair for pair in combinations(wrong, 2) if also_true(*pair)]


def test_an_item_is_no_wrong_option_for_itself() -> None:
    assert chosen(KAWA, [KAWA]) == []


def test_words_of_one_meaning_are_never_set_against_each_other() -> None:
    assert chosen(KAWA, [word("mała czarna", "espresso", "Coffee!")]) == []
    tea, brew = word("herbata", "tea"), word("napar", "a tea", "brew")
    assert len(chosen(KAWA, [tea, brew])) == 1


def test_homophones_are_never_set_against_each_other() -> None:
    assert chosen(MOZE, [MORZE]) == []


@pytest.mark.parametrize(
    ("one", "other"), [("może", "morze"), ("bóg", "bug"), ("chart", "hart"), ("Żeka", "rzeka")]
)
def test_homophones_are_told_by_their_spelling_where_nobody_wrote_down_the_sound(
    one: str, other: str
) -> None:
    assert chosen(word(one, "one"), [word(other, "other")]) == []


def test_there_are_three_wrong_options_where_there_are_three() -> None:
    assert len(chosen(KAWA, OTHERS)) == 3
    assert len(chosen(KAWA, OTHERS[:2])) == 2
    assert chosen(KAWA, []) == []


@pytest.mark.parametrize("seed", range(5))
def test_the_same_part_of_speech_then_look_alikes_then_the_same_topic_come_first(seed: int) -> None:
    verb = word("kawal", "to saw", pos="verb")
    look_alike = word("kara", "punishment", topic="law")
    same_topic = word("herbata", "tea")
    strangers = [word(f"{letter}ąęć", topic="law") for letter in "xyz"]
    pool = [*strangers, verb, same_topic, look_alike]
    assert chosen(KAWA, pool, seed)[:2] == [look_alike, same_topic]
    assert chosen(KAWA, [verb, *strangers], seed) != []
    assert verb not in chosen(KAWA, [verb, *strangers], seed)


def test_words_look_alike_that_differ_by_one_or_two_letters() -> None:
    assert look_alikes("kawa", ["kara", "kawa", "Krowa", "herbata", "Kawa", "kaw"]) == {0, 2, 5}
    assert look_alikes("Kawa", ["krawat", "kra"]) == {0, 1}


@given(st.lists(st.text(max_size=3), unique=True, min_size=1), st.integers())
def test_shuffling_loses_no_option(options: list[str], seed: int) -> None:
    assert sorted(shuffled(options[0], options[1:], Random(seed))) == sorted(options)


def test_the_place_of_the_right_option_tells_nothing() -> None:
    places = [shuffled("right", "abc", Random(seed)).index("right") for seed in range(400)]
    assert all(60 < places.count(place) < 140 for place in range(4))


# Traps from meaning, look and sound.


@pytest.mark.parametrize("seed", range(5))
def test_what_lies_near_in_meaning_comes_before_strangers(seed: int) -> None:
    near = word("pierogi", "dumplings", topic="food")
    strangers = [word(f"{letter}ąęć", topic="law") for letter in "xyz"]
    distances = {near.id: 0.3, strangers[0].id: 0.9, strangers[1].id: 0.5}
    wrong = choose_distractors(KAWA, [*strangers, near], Random(seed), distances=distances)
    assert wrong[0] == near


def test_what_lies_too_near_to_tell_is_no_wrong_option() -> None:
    near = word("napój", "beverage")
    assert choose_distractors(KAWA, [near], Random(1), distances={near.id: 0.19}) == []
    assert choose_distractors(KAWA, [near], Random(1), distances={near.id: 0.21}) == [near]


def test_what_the_course_lists_as_right_is_no_wrong_option() -> None:
    listed = word("kawka", "jackdaw")
    partner = word("wypić", "to drink up", pos="verb")
    verb = word("pić", "to drink", pos="verb", partner="wypić")
    assert chosen(KAWA, [listed]) == []
    assert chosen(verb, [partner]) == []


def test_words_sound_alike_that_differ_by_one_sound_whatever_their_stress() -> None:
    koty = word("koty", "cats", ipa="ˈkɔtɨ")
    others = [word("kody", "codes", ipa="kɔˈdɨ"), word("kot", "cat", ipa="ˈkɔt"), word("x", ipa=""), koty]
    assert sound_alikes(koty, others) == {0, 1}
    assert sound_alikes(word("k", ipa="k"), [word("x", ipa="")]) == set()
    assert sound_alikes(word("x", ipa=""), others) == set()


def test_the_most_confusable_word_is_alike_in_most_ways_then_nearest_in_meaning() -> None:
    far, near = word("kasa", "till"), word("kara", "punishment")
    both = word("kawka", "jackdaw")
    distances = {far.id: 0.9, near.id: 0.6, both.id: 0.3}
    item = word("kawa", "coffee")
    assert most_confusable(item, [far, near], distances) == near
    assert most_confusable(item, [far, near, both], distances) == both
    assert most_confusable(item, [word("herbata", "tea")], distances) is None


@pytest.mark.parametrize(
    "other",
    [
        word("kara", "punishment", pos="verb"),
        word("kara", "black coffee"),
        word("kawka", "jackdaw", id="near"),
        word("kafa", "coffee"),
    ],
)
def test_a_word_of_another_kind_or_of_like_meaning_is_not_confusable(other: Item) -> None:
    item = word("kawa", "coffee", accept=("kafa",))
    assert most_confusable(item, [other], {"near": 0.1}) is None


def test_near_in_meaning_makes_no_trap_of_what_shares_a_word_of_its_meaning() -> None:
    assert likeness(KAWA, [word("filiżanka", "a cup")], {"id of filiżanka": 0.3}) == {}
    assert likeness(KAWA, [word("mleko", "milk")], {"id of mleko": 0.3}) == {0: 1}
