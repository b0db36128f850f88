"""A marked sentence loses no letter, and marks what is worth marking."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tutor.ui.components.marked import LONGEST_PIECE, pieces, separable, worth_marking

spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (min(pair), max(pair)))


@given(st.text(max_size=60), spans, st.lists(spans, max_size=4))
def test_every_letter_is_drawn_once_and_in_order(
    text: str, tested: tuple[int, int], differs: list[tuple[int, int]]
) -> None:
    words = pieces(text, tested, differs)
    assert "".join(piece.text for word in words for piece in word) == "".join(text.split())
    assert all(sum(len(piece.text) for piece in word) <= LONGEST_PIECE for word in words)


def test_only_the_letter_that_differs_is_marked() -> None:
    words = pieces("Poproszę herbatę z cytryną.", (9, 16), [(15, 16)])
    assert [piece.text for word in words for piece in word if piece.differs] == ["ę"]
    assert "".join(piece.text for piece in words[1] if piece.tested) == "herbatę"


def test_two_different_words_are_marked_as_a_whole() -> None:
    assert worth_marking("Proszę dwie kawy.", (7, 11), [(7, 8), (9, 11)]) == ((7, 11),)
    assert worth_marking("Poproszę herbatę.", (9, 16), [(15, 16)]) == ((15, 16),)
    assert worth_marking("to", (0, 2), [(0, 1)]) == ((0, 1),)


def test_joined_and_right_to_left_letters_are_never_drawn_apart() -> None:
    assert separable("Poproszę herbatę.")
    assert not separable("שלום")
    assert not separable("مرحبا")
    assert not separable("e\u0301")
