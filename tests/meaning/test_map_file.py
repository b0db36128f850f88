"""The file of the map: words keep their places until their vectors change; what is not whole is nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tutor.meaning.map_file import read, write

ITEMS = ["a" * 32, "b", "c"]
VECTORS = np.arange(12, dtype=np.float32).reshape(3, 4)
POINTS = np.array([[0.1, 0.2], [0.3, 0.4], [0.5, 1.0]], np.float32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write(tmp_path / "map", ITEMS, VECTORS, POINTS)
    return tmp_path / "map"


def test_each_word_is_found_where_it_was_put_in_whatever_order(path: Path) -> None:
    assert np.array_equal(read(path, ITEMS, VECTORS), POINTS)
    assert np.array_equal(read(path, ITEMS[::-1], VECTORS[::-1]), POINTS[::-1])
    assert read(path, [], VECTORS[:0]).shape == (0, 2)


def test_a_word_with_another_vector_has_no_place_and_the_others_keep_theirs(path: Path) -> None:
    changed = VECTORS.copy()
    changed[1, 2] += 1e-3
    found = read(path, [*ITEMS, "new"], np.vstack((changed, VECTORS[:1])))
    assert np.array_equal(found[[0, 2]], POINTS[[0, 2]])
    assert np.isnan(found[[1, 3]]).all()


def test_of_what_is_not_whole_no_word_has_a_place(path: Path) -> None:
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert np.isnan(read(path, ITEMS, VECTORS)).all()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert np.isnan(read(path, ITEMS, VECTORS)).all()
    path.unlink()
    assert np.isnan(read(path, ITEMS, VECTORS)).all()
    path.write_bytes(whole)
    assert not np.isnan(read(path, ITEMS, VECTORS)).any()


def test_a_write_that_fails_leaves_what_was_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write(path, ITEMS[:1], VECTORS[:1], POINTS[2:])
    monkeypatch.undo()
    assert np.array_equal(read(path, ITEMS, VECTORS), POINTS)
    assert [file.name for file in path.parent.iterdir()] == ["map"]
