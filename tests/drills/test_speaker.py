"""The answer that is shown is said as the learner would say it."""

from __future__ import annotations

import pytest

from tutor.drills.speaker import Speaker, own_form_first


@pytest.mark.parametrize(
    ("masculine", "feminine"),
    [
        ("Byłem w domu.", "Byłam w domu."),
        ("Chciałbym kawę", "Chciałabym kawę"),
        ("Jestem zmęczony.", "Jestem zmęczona."),
        ("Powinienem iść", "Powinnam iść"),
        ("Zjadłem i poszedłem", "Zjadłam i poszedłam"),
    ],
)
def test_of_two_forms_that_tell_who_speaks_ones_own_comes_first(masculine: str, feminine: str) -> None:
    both = (masculine, "Inaczej", feminine)
    assert own_form_first(both, Speaker.FEMININE) == (feminine, masculine, "Inaczej")
    assert own_form_first(both[::-1], Speaker.MASCULINE) == (masculine, feminine, "Inaczej")
    assert own_form_first(both, Speaker.MASCULINE) == own_form_first(both, Speaker.EITHER) == both


@pytest.mark.parametrize(
    "accepted",
    [("dobry dzień", "dobra dzień"), ("Jestem tu", "Jestem tam"), ("Mam kota",), ("Byłem", "Byłam tu")],
)
def test_what_differs_in_more_than_who_speaks_stays(accepted: tuple[str, ...]) -> None:
    for speaker in Speaker:
        assert own_form_first(accepted, speaker) == accepted
