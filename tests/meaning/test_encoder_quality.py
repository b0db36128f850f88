"""How well the encoder that comes finds what means the same, on sentences that it was not made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.meaning import found_among
from tools.encoder_pairs import aligned, course_pairs, split, tatoeba, without
from tutor.meaning.static_encoder import StaticEncoder

from .test_static_encoder import SHIPPED


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    return StaticEncoder(SHIPPED)


def test_of_a_thousand_unseen_sentences_it_finds_the_right_one(shared: Path, encoder: StaticEncoder) -> None:
    _trained, held_out = split(tatoeba(shared / "data/polish/tatoeba-pl-en.tsv"))
    assert len(held_out) == 1000
    assert found_among(encoder, held_out, 1) >= 0.85
    assert found_among(encoder, held_out, 5) >= 0.94


def test_it_does_so_on_the_test_set_of_others(shared: Path, encoder: StaticEncoder) -> None:
    folder = shared / "data/polish"
    trained, held_out = split(tatoeba(folder / "tatoeba-pl-en.tsv"))
    sentences, _words = course_pairs(held_out)
    theirs = aligned(folder / "LASER__tatoeba.pol-eng.pol", folder / "LASER__tatoeba.pol-eng.eng")
    unseen = without(theirs, [*trained, *sentences])
    assert len(unseen) > 800
    assert found_among(encoder, unseen, 1) >= 0.85


def test_nothing_that_is_measured_with_was_trained_with(shared: Path) -> None:
    trained, held_out = split(tatoeba(shared / "data/polish/tatoeba-pl-en.tsv"))
    sentences, _words = course_pairs(held_out)
    assert len(without(held_out, [*trained, *sentences])) == len(held_out)
