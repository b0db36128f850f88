"""What is near what, at one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tutor.errors import EncoderBroken
from tutor.meaning.encoder import Encoder
from tutor.meaning.nearness import Nearness
from tutor.meaning.vector_file import VectorFile
from tutor.meaning.vectors import quantized

if TYPE_CHECKING:
    from tutor.meaning.encoder import Vectors

VECTORS = VectorFile(["a", "b"], *quantized(np.array([[1, 0], [0, 1]], np.float32)))


class Told:
    """An encoder that is told what to say, or that it fails."""

    name, dim = "told", 2

    def __init__(self, *said: list[float]) -> None:
        self._said = said

    def encode(self, texts: list[str], lang: str) -> Vectors:
        if not self._said:
            raise EncoderBroken("It fell asleep.")
        return np.array(self._said[: len(texts)], np.float32)


def test_texts_are_as_near_as_their_vectors_are() -> None:
    near = Nearness(Told([1, 0], [0.6, 0.8]), VECTORS).closeness(["one", "two"], "pl", "a")
    assert near == pytest.approx({"one": 1.0, "two": 0.6}, abs=0.01)


def test_an_encoder_that_fails_is_told_of_and_nothing_is_near() -> None:
    failed: list[tuple[Encoder, str]] = []
    encoder = Told()
    nearness = Nearness(encoder, VECTORS, lambda one, error: failed.append((one, error.message)))
    assert nearness.closeness(["one"], "pl", "a") == {}
    assert failed == [(encoder, "It fell asleep.")]


def test_nothing_is_known_of_what_has_no_vector_or_where_there_is_no_encoder() -> None:
    assert Nearness().closeness(["one"], "pl", "a") == {}
    assert Nearness().distances("a", ["b"]) == {}
    here = Nearness(Told([1, 0]), VECTORS)
    assert here.closeness(["one"], "pl", "c") == {}
    assert here.closeness([], "pl", "a") == {}
    assert here.distances("c", ["a"]) == {}
    assert here.distances("a", ["b", "c"]) == pytest.approx({"b": 1.0}, abs=0.01)
