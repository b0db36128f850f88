"""How text is set."""

from __future__ import annotations

import flet as ft

from tutor.ui.components.text import marked_up, with_word, words
from tutor.ui.theme import BODY, CAPTION, POLISH, Look


def test_a_figure_and_its_percent_sign_stay_on_one_line() -> None:
    shown = words(Look(390, 844), "recall is about 90 %, and you want 85 %.", CAPTION).value
    assert shown == "recall is about 90\N{NO-BREAK SPACE}%, and you want 85\N{NO-BREAK SPACE}%."


def test_text_that_can_be_selected_is_read_out_as_it_is_shown() -> None:
    look = Look(390, 844)
    assert words(look, "kawa", POLISH, selectable=True).semantics_label == "kawa"
    assert marked_up(look, "After *nie ma* comes the *genitive*.", BODY).semantics_label == (
        "After nie ma comes the genitive."
    )
    example = with_word(look, "Nie ma kawy.", 7, 11, POLISH, align=ft.TextAlign.CENTER)
    assert example.semantics_label == "Nie ma kawy."
