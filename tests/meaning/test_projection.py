"""The map of vectors: near words near each other, the same map each time, nothing outside, nothing lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.item import Item, ItemKind
from tutor.long_work import Doing, Progress
from tutor.meaning.encoder_in_use import SHIPPED
from tutor.meaning.projection import MOST, laid_out, placed
from tutor.meaning.static_encoder import StaticEncoder
from tutor.meaning.vectors import of_unit_length
from tutor.meanings import KNOWN, LEARNED

_NEIGHBOURS = 10


def unit(seed: int, count: int, dim: int = 12) -> np.ndarray:
    return of_unit_length(np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32))


def kept(vectors: np.ndarray, points: np.ndarray) -> float:
    """Of the ten nearest in angle, the share that is among the ten nearest on the map."""

    def nearest(far: np.ndarray) -> np.ndarray:
        np.fill_diagonal(far, np.inf)
        return np.argpartition(far, _NEIGHBOURS, axis=1)[:, :_NEIGHBOURS]

    near = nearest(1 - vectors @ vectors.T)
    shown = nearest(np.square(points[:, None] - points).sum(axis=2))
    return float(np.mean([len({*one} & {*other}) for one, other in zip(near, shown, strict=True)])) / 10


def by_two_directions(vectors: np.ndarray) -> np.ndarray:
    centred = vectors - vectors.mean(axis=0)
    directions = np.linalg.svd(centred, full_matrices=False)[2][:2]
    return np.asarray(centred @ directions.T)


@pytest.fixture(scope="module")
def words(starter_items: list[Item]) -> np.ndarray:
    """The vectors of the course's words, by the encoder that comes with the app."""
    encoder = StaticEncoder(SHIPPED)
    taught = [item for item in starter_items if item.kind is ItemKind.WORD]
    return of_unit_length(
        encoder.encode([item.text for item in taught], LEARNED)
        + encoder.encode(["; ".join(item.means[:3]) for item in taught], KNOWN)
    )


def test_the_courses_words_keep_their_neighbours_far_better_than_two_directions_do(
    words: np.ndarray,
) -> None:
    points = laid_out(words)
    chance = np.random.default_rng(1).random(points.shape)
    assert kept(words, points) > 0.4
    assert kept(words, by_two_directions(words)) < 0.15
    assert kept(words, chance) < 0.05


def test_the_same_vectors_give_the_same_map(words: np.ndarray) -> None:
    assert np.array_equal(laid_out(words[:200]), laid_out(words[:200].copy()))


def test_each_word_of_the_course_can_be_pointed_at(words: np.ndarray) -> None:
    points = laid_out(words)
    gaps = np.linalg.norm(points[:, None] - points, axis=2)
    np.fill_diagonal(gaps, np.inf)
    assert gaps.min() > 0.3 / np.sqrt(len(words))


@given(st.integers(0, 2**32), st.integers(0, 40), st.integers(1, 6))
def test_however_many_there_are_all_points_are_in_the_square(seed: int, count: int, dim: int) -> None:
    points = laid_out(unit(seed, count, dim))
    assert points.shape == (count, 2) and points.dtype == np.float32
    assert np.all((points >= 0) & (points <= 1))


def test_one_is_in_the_middle_and_two_stand_apart() -> None:
    assert laid_out(unit(1, 1)).tolist() == [[0.5, 0.5]]
    one, other = laid_out(unit(1, 2))
    assert np.linalg.norm(one - other) > 0.5


@pytest.mark.parametrize("alike", [np.repeat(unit(1, 1), 40, axis=0), np.zeros((40, 12), np.float32)])
def test_vectors_that_are_all_alike_are_spread_and_none_on_another(alike: np.ndarray) -> None:
    points = laid_out(alike)
    assert np.all((points >= 0) & (points <= 1))
    assert len({tuple(point) for point in points.tolist()}) == len(alike)


def test_of_very_many_some_are_laid_out_and_the_others_put_beside_their_nearest() -> None:
    middles = unit(1, 60)
    which = np.random.default_rng(2).integers(0, len(middles), 2 * MOST)
    noise = 0.05 * np.random.default_rng(3).normal(size=(2 * MOST, 12))
    vectors = of_unit_length((middles[which] + noise).astype(np.float32))
    told: list[Progress] = []
    points = laid_out(vectors, told.append)
    assert np.all((points >= 0) & (points <= 1))
    far = np.square(points[:, None] - points).sum(axis=2)
    np.fill_diagonal(far, np.inf)
    assert np.mean(which[far.argmin(axis=1)] == which) > 0.8
    assert {one.what for one in told} == {Doing.MAPPING}


def test_what_comes_later_is_put_beside_its_nearest(words: np.ndarray) -> None:
    late = np.arange(len(words)) % 10 == 0
    points = laid_out(words[~late])
    every = np.empty((len(words), 2), np.float32)
    every[~late], every[late] = points, placed(words[late], words[~late], points)
    assert kept(words, every) > 0.4
    apart = np.linalg.norm(every[late][:, None] - every[late], axis=2)
    assert np.all(apart[~np.eye(late.sum(), dtype=bool)] > 0)


def test_work_that_is_to_end_ends_at_the_next_step() -> None:
    class Enough(Exception):
        pass

    steps = 0

    def after_five(_progress: Progress) -> None:
        nonlocal steps
        steps += 1
        if steps == 5:
            raise Enough

    with pytest.raises(Enough):
        laid_out(unit(1, 50), after_five)
    assert steps == 5
