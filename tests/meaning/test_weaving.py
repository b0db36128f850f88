"""Which words a passage is woven around, and how they follow each other."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tutor.meaning.weaving import FEWEST, LONGEST, MOST, SHORTEST, Strand, weave

strands = st.lists(
    st.builds(Strand, item=st.uuids().map(str), length=st.integers(2, 14), due=st.booleans()),
    max_size=40,
    unique_by=lambda strand: strand.item,
)


@st.composite
def closeness(draw: st.DrawFn, some: list[Strand]) -> dict[tuple[str, str], float]:
    names = sorted(strand.item for strand in some)
    numbers = Random(draw(st.integers()))
    return {(one, other): numbers.uniform(-1, 1) for at, one in enumerate(names) for other in names[at + 1 :]}


@given(st.data(), strands, st.integers())
def test_a_passage_is_as_long_as_it_should_be_where_there_is_enough(
    data: st.DataObject, some: list[Strand], seed: int
) -> None:
    near = data.draw(closeness(some))
    woven = weave(some, near, Random(seed))
    assert weave(some, near, Random(seed)) == woven
    assert len(set(woven)) == len(woven) and set(woven) <= set(some)
    length = sum(strand.length for strand in woven)
    assert length <= LONGEST
    if sum(strand.length for strand in some) >= SHORTEST and len(some) >= FEWEST:
        assert len(woven) >= FEWEST and length >= SHORTEST
    if len(woven) > MOST:
        assert length - woven[-1].length < LONGEST
        assert length - max(strand.length for strand in woven) < SHORTEST
    left = [strand for strand in some if strand not in woven]
    if any(not strand.due for strand in woven) and len(woven) > 1:
        # What is not due comes in only where all that is due is in.
        assert not [strand for strand in left if strand.due and strand.length + length <= LONGEST]


def test_nothing_is_woven_of_nothing() -> None:
    assert weave([], {}, Random(1)) == []


def test_words_that_are_near_each_other_are_taken_and_follow_each_other() -> None:
    family = [Strand(f"a{number}", 6, due=True) for number in range(9)]
    strangers = [Strand(f"b{number}", 6, due=True) for number in range(9)]
    near = {(one.item, other.item): 0.9 for one, other in pairwise(family)}
    near |= {("a0", other.item): 0.5 for other in family[2:]}
    for seed in range(5):
        woven = weave([*strangers, *family], near, Random(seed))
        assert sum(strand in family for strand in woven) >= FEWEST


def test_each_sentence_is_followed_by_the_one_nearest_to_it() -> None:
    one, other, third = (Strand(name, 20, due=True) for name in "abc")
    near = {("a", "b"): 0.1, ("a", "c"): 0.9, ("b", "c"): 0.5}
    assert weave([one], near, Random(1)) == [one]
    for seed in range(5):
        woven = [strand.item for strand in weave([one, other, third], near, Random(seed))]
        assert woven in (["a", "c", "b"], ["b", "c", "a"], ["c", "a", "b"])
