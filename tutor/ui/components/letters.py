"""The letters that an English keyboard lacks, in a row above the software keyboard."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from tutor.ui.components.buttons import pressable
from tutor.ui.components.text import words
from tutor.ui.theme import HIT, LETTER, RADIUS_SMALL, SPACE_4, Look
from tutor.ui.turns import Press

POLISH = "ąćęłńóśźż"


def letter_row(look: Look, press: Callable[[int, str], Press]) -> ft.Control:
    """Nine equal cells. They are 43 wide on a phone, so the space between belongs to what can be hit."""
    colours = look.colours
    cells = [
        pressable(
            look,
            press(at, letter),
            ft.Container(
                words(look, letter, LETTER, size=LETTER.size * min(look.text, 1.3)),
                bgcolor=colours.surface_container_lowest,
                border=ft.Border.all(1, colours.outline_control),
                border_radius=RADIUS_SMALL - 2,
                alignment=ft.Alignment.CENTER,
                margin=ft.Margin.symmetric(horizontal=2),
            ),
            height=HIT,
            radius=RADIUS_SMALL,
            expand=True,
        )
        for at, letter in enumerate(POLISH)
    ]
    return ft.Container(
        ft.Row(cells, spacing=0),
        bgcolor=colours.surface_container,
        border_radius=RADIUS_SMALL if look.wide else None,
        padding=ft.Padding.symmetric(horizontal=2, vertical=SPACE_4),
    )
