"""Which words go with a word."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from tutor.meaning.context_words import FAR, FARTHER, MOST, NEAR, NEARER, context_words
from tutor.meaning.vector_file import VectorFile, read, write
from tutor.meaning.vectors import quantized

TARGET = "target"


def at_distances(distances: list[float]) -> VectorFile:
    """The target, and items `0`, `1` … as far from it as told."""
    angles = np.arccos(np.clip(1 - np.array([0.0, *distances]), -1, 1))
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    ids = [TARGET, *map(str, range(len(distances)))]
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / "vectors", "drawn", ids, *quantized(vectors))
        found = read(Path(folder) / "vectors", "drawn")
    assert found is not None
    return found


distances = st.lists(st.floats(0, 2), max_size=20)
pools = st.lists(st.lists(st.integers(0, 25).map(str), max_size=15), max_size=3)


@given(distances, pools, st.integers())
@example(far=[0.3, 0.3], pools=[["0", "0", "0", "0", "1"]], seed=0)
def test_a_word_fits_or_none_that_fits_was_left(far: list[float], pools: list[list[str]], seed: int) -> None:
    vectors = at_distances(far)
    found = context_words(TARGET, [*pools, [TARGET]], vectors, Random(seed))
    items = [word.item for word in found]
    available = {item for pool in pools for item in pool}
    assert len(items) == len(set(items)) == min(MOST, len(available))
    assert TARGET not in items and set(items) <= available
    close = vectors.vector(TARGET)
    known = {item: float(1 - vectors.vector(item) @ close) for item in available if item in vectors}
    fit, wide = (
        {item for item, distance in known.items() if least <= distance <= greatest}
        for least, greatest in ((NEAR, FAR), (NEARER, FARTHER))
    )
    assert len(fit & set(items)) == min(MOST, len(fit))
    assert len(wide & set(items)) == min(MOST, len(wide))
    assert all((word.distance is None) == (word.item not in wide) for word in found)


@given(distances, pools, st.integers())
def test_the_same_seed_gives_the_same_words(far: list[float], pools: list[list[str]], seed: int) -> None:
    vectors = at_distances(far)
    assert context_words(TARGET, pools, vectors, Random(seed)) == context_words(
        TARGET, pools, vectors, Random(seed)
    )


def test_what_is_being_learned_comes_before_what_the_course_has() -> None:
    vectors = at_distances([0.3] * 10)
    learning, course = ["0", "1"], [str(number) for number in range(2, 10)]
    found = [word.item for word in context_words(TARGET, [learning, course], vectors, Random(1))]
    assert {*found[:2]} == {"0", "1"} and found[2] in course


def test_a_word_of_the_course_that_fits_comes_before_one_being_learned_that_does_not() -> None:
    vectors = at_distances([0.65, 0.3])
    found = context_words(TARGET, [["0"], ["1"]], vectors, Random(1))
    assert [word.item for word in found] == ["1", "0"]


@given(pools, st.integers())
def test_without_vectors_they_are_drawn_at_random_the_preferred_first(
    pools: list[list[str]], seed: int
) -> None:
    found = context_words(TARGET, pools, None, Random(seed))
    assert all(word.distance is None for word in found)
    first = {*pools[0]} if pools else set()
    assert len(first & {word.item for word in found}) == min(MOST, len(first))


def test_what_is_akin_in_some_other_way_is_drawn_before_the_rest() -> None:
    learning, course = ["0", "1"], ["2", "3", "4"]
    found = context_words(TARGET, [learning, course], None, Random(1), akin={"3"})
    items = [word.item for word in found]
    assert items[0] == "3" and {*items[1:]} == {"0", "1"}
