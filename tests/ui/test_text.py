"""How text is set."""

from __future__ import annotations

from tutor.ui.components.text import words
from tutor.ui.theme import CAPTION, Look


def test_a_figure_and_its_percent_sign_stay_on_one_line() -> None:
    shown = words(Look(390, 844), "recall is about 90 %, and you want 85 %.", CAPTION).value
    assert shown == "recall is about 90\N{NO-BREAK SPACE}%, and you want 85\N{NO-BREAK SPACE}%."
