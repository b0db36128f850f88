"""The encoder that comes with the app, and tables that are none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import EncoderBroken
from tutor.meaning.static_encoder import StaticEncoder
from tutor.resources import ASSETS

SHIPPED = ASSETS / "models" / "static-pl-en-1"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "meaning.md"


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    return StaticEncoder(SHIPPED)


def closeness(encoder: StaticEncoder, polish: str, english: str) -> float:
    return float(encoder.encode([polish], "pl")[0] @ encoder.encode([english], "en")[0])


def test_the_encoder_that_comes_is_the_one_that_was_measured() -> None:
    told = dict(re.findall(r"`(\w+\.(?:npy|json))` \| `([0-9a-f]{64})`", DOCS.read_text("utf-8")))
    files = sorted(SHIPPED.iterdir())
    assert {file.name: sha256(file.read_bytes()).hexdigest() for file in files} == told
    assert sum(file.stat().st_size for file in files) <= 26e6


@given(st.lists(st.text(max_size=50), max_size=6), st.sampled_from(["pl", "en", "de"]))
def test_every_text_has_a_vector_of_unit_length_and_the_same_one_always(texts: list[str], lang: str) -> None:
    encoder = StaticEncoder(SHIPPED)
    vectors = encoder.encode(texts, lang)
    assert vectors.shape == (len(texts), encoder.dim) and vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.all((np.abs(lengths - 1) < 1e-5) | (lengths == 0))
    for text, vector in zip(texts, vectors, strict=True):
        assert np.array_equal(encoder.encode([text], lang)[0], vector)


@pytest.mark.parametrize(
    ("polish", "english", "other"),
    [
        ("kawa", "coffee", "train"),
        ("Poproszę herbatę z cytryną.", "A tea with lemon, please.", "Where is the station?"),
        ("Gdzie jest dworzec?", "Where is the station?", "A tea with lemon, please."),
        ("kupiłam nowy samochód", "I bought a new car", "it is raining again"),
    ],
)
def test_what_means_the_same_is_nearer_than_what_does_not(
    encoder: StaticEncoder, polish: str, english: str, other: str
) -> None:
    assert closeness(encoder, polish, english) > closeness(encoder, polish, other) + 0.2


def test_a_form_that_was_never_seen_is_near_its_word(encoder: StaticEncoder) -> None:
    form, word, other = encoder.encode(["samochodami", "samochód", "herbata"], "pl")
    assert form @ word > form @ other + 0.2


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "vectors.npy").unlink(),
        lambda folder: (folder / "vectors.npy").write_bytes((folder / "vectors.npy").read_bytes()[:-1]),
        lambda folder: (folder / "vectors.npy").write_bytes(b""),
        lambda folder: (folder / "scales.npy").write_bytes(b"no table"),
        lambda folder: np.save(folder / "scales.npy", np.ones(5)),
        lambda folder: np.save(folder / "vectors.npy", np.ones((8, 4), np.float32)),
        lambda folder: np.save(folder / "vectors.npy", np.ones((8, 5), np.int8)),
        lambda folder: (folder / "encoder.json").write_text("{"),
        lambda folder: (folder / "encoder.json").write_text("[]"),
        lambda folder: (folder / "encoder.json").write_text('{"format": 2}'),
    ],
)
def test_what_is_no_encoder_is_refused_in_a_sentence(
    damage: Callable[[Path], object], tmp_path: Path
) -> None:
    small(tmp_path)
    assert StaticEncoder(tmp_path).encode(["kawa"], "pl").shape == (1, 4)
    damage(tmp_path)
    with pytest.raises(EncoderBroken) as error:
        StaticEncoder(tmp_path)
    assert "Practice goes on without it." in error.value.message


def small(folder: Path) -> None:
    """An encoder of eight rows."""
    np.save(folder / "vectors.npy", np.ones((8, 4), np.int8))
    np.save(folder / "scales.npy", np.ones(8, np.float32))
    about = {"format": 1, "name": "small", "buckets": 8, "dim": 4, "languages": ["pl"]}
    (folder / "encoder.json").write_text(json.dumps(about))
