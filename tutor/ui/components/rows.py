"""The rows of a group: what each is called, what it changes, and what it unfolds into."""

from __future__ import annotations

from collections.abc import Sequence

import flet as ft

from tutor.ui.components.buttons import pressable
from tutor.ui.components.text import words
from tutor.ui.theme import BODY, CAPTION, LABEL, SPACE_8, SPACE_12, Look
from tutor.ui.turns import Press


def told(look: Look, title: str, effect: str, *, colour: str | None = None) -> ft.Control:
    """A row's name over what it changes."""
    return ft.Column(
        [
            words(look, title, LABEL, colour=colour),
            words(look, effect, CAPTION, colour=look.colours.on_surface_variant),
        ],
        spacing=2,
        tight=True,
        expand=True,
    )


def line(look: Look, title: str, said: str) -> ft.Control:
    """A row that says something and does nothing."""
    return ft.Container(ft.Row([told(look, title, said)]), padding=ft.Padding.symmetric(vertical=SPACE_12))


def row(look: Look, press: Press, parts: list[ft.Control]) -> ft.Control:
    """A row that is pressed."""
    return pressable(
        look,
        press,
        ft.Container(
            ft.Row(parts, spacing=SPACE_12),
            padding=ft.Padding.symmetric(vertical=SPACE_12),
        ),
        align=ft.Alignment.CENTER_LEFT,
        bare=True,
    )


def link(look: Look, press: Press, title: str, effect: str) -> ft.Control:
    """A row that leads somewhere, or does something."""
    chevron = ft.Icon(ft.Icons.CHEVRON_RIGHT_ROUNDED, color=look.colours.on_surface_variant, size=24)
    return row(look, press, [told(look, title, effect), chevron])


def unfolding(
    look: Look,
    press: Press,
    title: str,
    effect: str,
    value: str,
    offered: Sequence[ft.Control] | None,
    *,
    colour: str | None = None,
) -> ft.Control:
    """A row that unfolds into what is `offered`; None while it is folded."""
    quiet = look.colours.on_surface_variant
    icon = ft.Icons.EXPAND_MORE_ROUNDED if offered is None else ft.Icons.EXPAND_LESS_ROUNDED
    parts = [told(look, title, effect, colour=colour)]
    if value:
        parts.append(words(look, value, BODY, colour=quiet))
    parts.append(ft.Icon(icon, color=quiet, size=24))
    head = ft.Semantics(expanded=offered is not None, content=row(look, press, parts))
    if offered is None:
        return head
    below = ft.Container(
        ft.Column(list(offered), spacing=SPACE_8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        padding=ft.Padding.only(bottom=SPACE_12),
    )
    return ft.Column([head, below], spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
