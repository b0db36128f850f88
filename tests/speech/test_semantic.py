"""How near two texts are in meaning, with and without an encoder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.speech.semantic import OTHER_FORM, semantic_score

FORMS = {"kawa": "nom.sg", "kawę": "acc.sg", "kawy": "gen.sg"}

texts = st.lists(st.sampled_from(["kawa", "kawę", "kawy", "nie", "proszę", "mam"]), max_size=6).map(" ".join)


class ByHand:
    """An encoder whose vectors are written down."""

    name, dim = "by hand", 2

    def __init__(self, vectors: dict[str, tuple[float, float]]) -> None:
        self._vectors = vectors

    def encode(self, texts: list[str], lang: str) -> object:
        np = pytest.importorskip("numpy")
        assert lang == "pl"
        return np.array([self._vectors[text] for text in texts], np.float32)


@given(texts, texts)
def test_it_is_between_0_and_1_and_1_for_the_same(heard: str, text: str) -> None:
    assert 0 <= semantic_score(heard, [text], FORMS) <= 1
    assert semantic_score(text, [text], FORMS) == 1


@given(texts, texts, st.data())
def test_the_order_of_words_does_not_matter(heard: str, text: str, data: st.DataObject) -> None:
    mixed = " ".join(data.draw(st.permutations(heard.split())))
    assert semantic_score(mixed, [text], FORMS) == pytest.approx(semantic_score(heard, [text], FORMS))


@given(texts, texts)
def test_another_accepted_text_never_makes_it_less(heard: str, text: str) -> None:
    assert semantic_score(heard, [text, "proszę kawę"], FORMS) >= semantic_score(heard, [text], FORMS)


@pytest.mark.parametrize(
    ("heard", "text", "score"),
    [
        ("Proszę kawę!", "proszę, KAWĘ", 1.0),
        ("kawę proszę", "proszę kawę", 1.0),
        ("proszę", "proszę kawę", 0.5),
        ("proszę kawę", "proszę", 0.5),
        ("proszę kawa", "proszę kawę", (1 + OTHER_FORM) / 2),
        ("proszę wodę", "proszę kawę", 0.5),
        ("kawę", "kawa kawę", 0.5),
        ("kawa kawa", "kawa kawę", (1 + OTHER_FORM) / 2),
        ("nie nie", "nie", 0.5),
        ("herbata", "proszę kawę", 0.0),
        ("", "proszę kawę", 0.0),
        ("…", "proszę kawę", 0.0),
    ],
)
def test_without_an_encoder_it_is_the_share_of_words_and_another_form_counts_almost_as_much(
    heard: str, text: str, score: float
) -> None:
    assert semantic_score(heard, [text], FORMS) == pytest.approx(score)


def test_only_forms_of_the_tested_word_stand_for_each_other() -> None:
    assert semantic_score("proszę kawa", ["proszę kawę"], {}) == 0.5
    assert semantic_score("proszę herbata", ["proszę kawę"], FORMS) == 0.5


def test_with_an_encoder_the_nearest_accepted_text_counts_and_an_opposite_is_nothing() -> None:
    encoder = ByHand({"a": (1, 0), "b": (0.6, 0.8), "c": (0, 1), "d": (-1, 0)})
    assert semantic_score("a", ["c", "b"], {}, encoder) == pytest.approx(0.6)
    assert semantic_score("a", ["d"], {}, encoder) == 0
    assert semantic_score("A!", ["a"], {}, encoder) == 1
    assert semantic_score("a", [], {}, encoder) == 0
