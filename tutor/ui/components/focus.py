"""The focus timer in a session: a small count in its bar, and the break in the place of the drill."""

from __future__ import annotations

import flet as ft

from tutor.i18n import _, plural
from tutor.ui.components.buttons import filled, named, textual
from tutor.ui.components.text import words
from tutor.ui.drilling import Drilling
from tutor.ui.theme import BODY, CAPTION, GREETING, SPACE_4, SPACE_8, SPACE_16, SPACE_24, Look

_GO_ON = 240


def focus_count(look: Look, drilling: Drilling) -> list[ft.Control]:
    """How many minutes are left; when they are over, the way into the break. None where none are counted."""
    focusing, quiet = drilling.focusing, look.colours.on_surface_variant
    if focusing.focus is None or focusing.resting:
        return []
    if focusing.offered:
        press = drilling.turns.press("focus-break", focusing.go_on)
        return [textual(look, press, _("Break"), icon=ft.Icons.COFFEE_ROUNDED, pad=SPACE_8)]
    said = plural("{count} minute until a break", "{count} minutes until a break", focusing.minutes)
    count: list[ft.Control] = [
        ft.Icon(ft.Icons.TIMER_OUTLINED, color=quiet, size=look.grown(16)),
        words(look, str(focusing.minutes), CAPTION, colour=quiet),
    ]
    shown = ft.Semantics(
        label=said, exclude_semantics=True, content=ft.Row(count, spacing=SPACE_4, tight=True)
    )
    return [named("focus", shown)]


def break_panel(look: Look, drilling: Drilling) -> ft.Control:
    """The break: what is left of it, and the way on, which is there from the start."""
    focusing, colours = drilling.focusing, look.colours
    title, line = _("Take a break"), _("Stand up, look out of the window. Your session waits.")
    left = plural("{count} minute left", "{count} minutes left", focusing.minutes)
    if not focusing.minutes:
        title, left = _("The break is over"), _("Go on when you like.")
    go_on = drilling.turns.press("end-break", drilling.end_break, default=True)
    parts: list[ft.Control] = [
        ft.Icon(ft.Icons.COFFEE_ROUNDED, color=colours.primary, size=48),
        ft.Semantics(header=True, content=words(look, title, GREETING, align=ft.TextAlign.CENTER)),
        words(look, line, BODY, colour=colours.on_surface_variant, align=ft.TextAlign.CENTER),
        words(look, left, BODY, align=ft.TextAlign.CENTER),
        ft.Container(
            filled(look, go_on, _("Go on"), key="Enter", width=min(_GO_ON, look.width - 2 * SPACE_24)),
            padding=ft.Padding.only(top=SPACE_16),
        ),
    ]
    column = ft.Column(
        parts,
        spacing=SPACE_8,
        alignment=ft.MainAxisAlignment.CENTER,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        scroll=ft.ScrollMode.AUTO,
    )
    return ft.Container(
        named("break", ft.Semantics(live_region=True, content=column)),
        padding=SPACE_24,
        alignment=ft.Alignment.CENTER,
        expand=True,
    )
