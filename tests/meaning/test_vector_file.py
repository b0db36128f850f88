"""Vectors in one file: what is put down is found again, and what is not whole is nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.meaning.vector_file import VectorFile, read, write
from tutor.meaning.vectors import quantized

DIM = 8


def unit(seed: int, count: int, dim: int = DIM) -> np.ndarray:
    drawn = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def put_down(path: Path, vectors: np.ndarray, mark: str = "small") -> VectorFile:
    ids = [f"{place:032x}" for place in range(len(vectors))]
    write(path, mark, ids, *quantized(vectors))
    found = read(path, mark)
    assert found is not None
    return found


@given(st.integers(0, 2**32), st.integers(0, 40), st.integers(1, 30))
def test_whole_numbers_are_near_what_they_stand_for(seed: int, count: int, dim: int) -> None:
    vectors = unit(seed, count, dim)
    rows, scales = quantized(vectors)
    assert rows.dtype == np.int8 and scales.shape == (count,)
    assert np.all(np.abs(rows * scales[:, None] - vectors) <= scales[:, None] / 2 + 1e-7)


def test_a_vector_of_zeros_stays_one() -> None:
    rows, scales = quantized(np.zeros((2, DIM), np.float32))
    assert not rows.any() and not scales.any()


@given(st.integers(0, 2**32), st.integers(0, 60), st.integers(0, 70), st.sets(st.integers(0, 59), max_size=9))
def test_the_nearest_are_those_that_are(seed: int, count: int, wanted: int, left_out: set[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = put_down(Path(folder) / "vectors", unit(seed, count))
        query = unit(seed + 1, 1)[0]
        without = {f"{place:032x}" for place in left_out}
        found = file.nearest(query, wanted, without)
        close = {item: float(file.vector(item) @ query) for item in file.ids if item not in without}
        assert len(found) == min(wanted, len(close))
        assert [near.closeness for near in found] == pytest.approx(
            sorted(close.values(), reverse=True)[:wanted], abs=1e-5
        )
        assert not without & {near.item for near in found}


def test_of_items_that_are_all_alike_the_lower_ids_come_first(tmp_path: Path) -> None:
    file = put_down(tmp_path / "vectors", np.repeat(unit(1, 1), 50, axis=0))
    assert [near.item for near in file.nearest(unit(1, 1)[0], 3)] == list(file.ids[:3])


def test_one_item_is_nearest_to_everything_and_none_to_nothing(tmp_path: Path) -> None:
    assert len(put_down(tmp_path / "one", unit(1, 1)).nearest(unit(2, 1)[0], 20)) == 1
    assert put_down(tmp_path / "none", unit(1, 0)).nearest(unit(2, 1)[0], 20) == []


def test_what_was_made_from_something_else_is_stale(tmp_path: Path) -> None:
    put_down(tmp_path / "vectors", unit(1, 5), "before")
    assert read(tmp_path / "vectors", "after") is None
    assert read(tmp_path / "never", "after") is None


def test_what_is_not_whole_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "vectors"
    put_down(path, unit(1, 5))
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert read(path, "small") is None
    for place in range(len(whole) - 5 * DIM):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert read(path, "small") is None
    path.write_bytes(whole)
    assert read(path, "small") is not None


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "vectors"
    put_down(path, unit(1, 5))

    def full(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write(path, "small", ["a"], *quantized(unit(2, 1)))
    monkeypatch.undo()
    kept = read(path, "small")
    assert kept is not None and len(kept) == 5
    assert [file.name for file in tmp_path.iterdir()] == ["vectors"]
