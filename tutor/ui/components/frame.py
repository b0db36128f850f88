"""What screens stand in: the card, the notice, the centred column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flet as ft

from tutor.i18n import _
from tutor.ui.components.buttons import icon_only, named, textual
from tutor.ui.components.text import words
from tutor.ui.theme import BODY, BORDER, RADIUS, SPACE_4, SPACE_8, SPACE_12, SPACE_16, Look
from tutor.ui.turns import Press

if TYPE_CHECKING:
    from tutor.ui.state import AppState


def card(
    look: Look,
    content: ft.Control,
    *,
    padding: ft.PaddingValue = SPACE_16,
    expand: bool | int | None = None,
) -> ft.Container:
    """A surface that things of one kind stand on: a border and no shadow."""
    return ft.Container(
        content,
        bgcolor=look.colours.surface_container_lowest,
        border=ft.Border.all(BORDER, look.colours.outline_variant),
        border_radius=RADIUS,
        padding=padding,
        expand=expand,
    )


def scrolling(content: ft.Control, key: str | None = None) -> ft.Control:
    """Content in the middle of a screen that scrolls. Under another `key` it begins at its top."""
    row = ft.Row([content], alignment=ft.MainAxisAlignment.CENTER)
    return ft.Column([row], key=key, scroll=ft.ScrollMode.AUTO, expand=True)


def rows_of(parts: list[ft.Control], count: int) -> ft.Control:
    """Parts of equal width in rows of `count`."""
    rows: list[ft.Control] = []
    for at in range(0, len(parts), count):
        row = parts[at : at + count]
        empty: list[ft.Control] = [ft.Container(expand=True) for _missing in range(count - len(row))]
        rows.append(ft.Row([*row, *empty], spacing=SPACE_8))
    return ft.Column(rows, spacing=SPACE_8)


def notice(
    look: Look, message: str, dismiss: Press, *, fault: bool, way: tuple[Press, str] | None = None
) -> ft.Control:
    """One sentence about something to know or that did not work, read out at once; a tap puts it away, or
    does what can be done about it.
    """
    colours = look.colours
    ink, ground = (
        (colours.error, colours.error_container)
        if fault
        else (colours.on_primary_container, colours.primary_container)
    )
    text = colours.on_surface if fault else ink
    ways = [textual(look, *way, colour=ink, pad=SPACE_8)] if way else []
    return named(
        "notice",
        ft.Semantics(
            live_region=True,
            content=ft.Container(
                ft.Row(
                    [
                        ft.Icon(ft.Icons.INFO_ROUNDED, color=ink, size=24),
                        words(look, message, BODY, colour=text, expand=True, lines=6),
                        *ways,
                        icon_only(
                            look, dismiss, ft.Icons.CLOSE_ROUNDED, _("Put this message away"), colour=text
                        ),
                    ],
                    spacing=SPACE_12,
                ),
                bgcolor=ground,
                border_radius=RADIUS,
                padding=ft.Padding.only(left=SPACE_16, right=SPACE_4, top=SPACE_4, bottom=SPACE_4),
            ),
        ),
    )


def message(state: AppState) -> ft.Control:
    """The notice that the state has, with its button."""
    turns = state.turns
    way = (turns.press(turns.way.name, turns.way.action), turns.way.label) if turns.way else None
    return notice(state.look, state.notice, turns.press("dismiss", state.dismiss), fault=state.fault, way=way)
