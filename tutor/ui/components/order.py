"""The answer area for a sentence that is built of pieces: what was put down, and what is left."""

from __future__ import annotations

import flet as ft

from tutor.i18n import _
from tutor.ui.components.buttons import control_side, filled, hover_side, key_box, pressable, textual
from tutor.ui.components.measure import sentence_height
from tutor.ui.components.text import words
from tutor.ui.drilling import Drilling
from tutor.ui.keys import PICKS
from tutor.ui.theme import CAPTION, HIT, POLISH, RADIUS, SPACE_8, SPACE_12, SPACE_16, Look
from tutor.ui.turns import Press


def built_answer(look: Look, drilling: Drilling) -> list[ft.Control]:
    """The sentence so far, the pieces, and Check."""
    drill, turns = drilling.drill, drilling.turns
    assert drill
    press = turns.press("check", drilling.built, default=bool(drilling.placed))
    check = ft.Container(filled(look, press, _("Check"), key="Enter"), opacity=1 if drilling.placed else 0.5)
    not_sure = textual(look, turns.press("not-sure", drilling.not_sure), _("Not sure, show me"), pad=SPACE_8)
    pieces = [_piece(look, drilling, piece) for piece in range(len(drill.pieces))]
    return [
        _sentence(look, drilling),
        ft.Container(_row(pieces), padding=ft.Padding.only(bottom=SPACE_8)),
        check,
        ft.Row([not_sure], alignment=ft.MainAxisAlignment.CENTER),
    ]


def _sentence(look: Look, drilling: Drilling) -> ft.Control:
    """Where the sentence grows. A piece in it goes back when it is pressed."""
    drill, colours = drilling.drill, look.colours
    assert drill
    placed: list[ft.Control] = [
        _button(look, drilling.turns.press(f"placed-{piece}", drilling.take_back, piece), drill.pieces[piece])
        for piece in drilling.placed
    ]
    empty = words(look, _("Tap them in their order"), CAPTION, colour=colours.on_surface_variant)
    return ft.Container(
        _row(placed) if placed else empty,
        padding=ft.Padding.symmetric(horizontal=SPACE_12, vertical=SPACE_8),
        border=ft.Border.all(1, colours.outline_variant),
        border_radius=RADIUS,
        bgcolor=colours.surface_container_lowest,
        alignment=ft.Alignment.TOP_LEFT if placed else ft.Alignment.CENTER_LEFT,
        height=sentence_height(look, drilling, drill),
    )


def _piece(look: Look, drilling: Drilling, piece: int) -> ft.Control:
    """A piece to put down. Where it was, its outline stays, so that the others keep their places."""
    drill = drilling.drill
    assert drill
    down = piece in drilling.placed
    press = drilling.turns.press(f"piece-{piece}", drilling.place, piece)
    return _button(look, press, drill.pieces[piece], key=PICKS[piece : piece + 1], ghost=down)


def _button(look: Look, press: Press, text: str, *, key: str = "", ghost: bool = False) -> ft.Control:
    colours = look.colours
    ink = colours.outline_variant if ghost else colours.on_surface
    parts: list[ft.Control] = [words(look, text, POLISH, colour=ink)]
    if key and look.wide:
        parts.insert(0, key_box(look, key, ink if ghost else colours.on_surface_variant))
    return pressable(
        look,
        press,
        ft.Row(parts, spacing=SPACE_8, tight=True),
        bgcolor=ft.Colors.TRANSPARENT if ghost else colours.surface_container_lowest,
        side=ft.BorderSide(1, colours.outline_variant) if ghost else control_side(look),
        hover_side=None if ghost else hover_side(look),
        height=look.grown(HIT),
        padding=ft.Padding.symmetric(horizontal=SPACE_16),
        disabled=ghost,
    )


def _row(parts: list[ft.Control]) -> ft.Control:
    return ft.Row(parts, wrap=True, spacing=SPACE_8, run_spacing=SPACE_8)
