"""The five places: a bar below on phones, a rail at the side of wide windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flet as ft

from tutor.i18n import _
from tutor.ui.components.buttons import pressable
from tutor.ui.components.text import words
from tutor.ui.place import Place
from tutor.ui.theme import CHIP, RADIUS, RAIL, SPACE_4, SPACE_16, WORD_STOPS

if TYPE_CHECKING:
    from tutor.ui.state import AppState

BAR = 80
_PILL = 64, 32
_LETTER = 0.56
"""The width of a letter, as a share of its size."""

_ICONS = {
    Place.TODAY: ft.Icons.TODAY_ROUNDED,
    Place.LESSONS: ft.Icons.ROUTE_ROUNDED,
    Place.LIBRARY: ft.Icons.MENU_BOOK_ROUNDED,
    Place.PROGRESS: ft.Icons.INSIGHTS_ROUNDED,
    Place.SETTINGS: ft.Icons.SETTINGS_ROUNDED,
}


def place_word(place: Place) -> str:
    """What a place is called to people."""
    return {
        Place.TODAY: _("Today"),
        Place.LESSONS: _("Lessons"),
        Place.LIBRARY: _("Library"),
        Place.PROGRESS: _("Progress"),
        Place.SETTINGS: _("Settings"),
    }[place]


def with_places(state: AppState, content: ft.Control, at: Place) -> ft.Control:
    """A place's content with the way to the others."""
    look = state.look
    ways = [_way(state, place, place is at) for place in Place]
    # Each place begins at its top, and does not take the scroll position of the one before.
    key = f"place-{at}"
    if look.wide:
        rail = ft.Container(
            ft.Column(ways, spacing=SPACE_16, horizontal_alignment=ft.CrossAxisAlignment.CENTER,
                      scroll=ft.ScrollMode.AUTO),
            width=RAIL,
            bgcolor=look.colours.surface_container,
            padding=ft.Padding.symmetric(vertical=SPACE_16),
        )  # fmt: skip
        return ft.Row(
            [rail, ft.Container(content, key=key, expand=True)],
            spacing=0,
            expand=True,
            vertical_alignment=ft.CrossAxisAlignment.STRETCH,
        )
    bar = ft.Container(
        ft.Row(ways, spacing=0, vertical_alignment=ft.CrossAxisAlignment.STRETCH),
        height=look.grown(BAR, WORD_STOPS),
        bgcolor=look.colours.surface_container,
    )
    return ft.Column(
        [ft.Container(content, key=key, expand=True), bar],
        spacing=0,
        expand=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _way(state: AppState, place: Place, here: bool) -> ft.Control:
    look, colours = state.look, state.look.colours
    width, height = _PILL
    ink = colours.on_primary_container if here else colours.on_surface_variant
    icon = ft.Container(
        ft.Icon(_ICONS[place], color=ink, size=24),
        width=min(width, look.width / len(Place) - SPACE_4),
        height=height,
        border_radius=RADIUS,
        bgcolor=colours.primary_container if here else None,
        alignment=ft.Alignment.CENTER,
    )
    word, size = place_word(place), CHIP.size * min(look.text, WORD_STOPS)
    if not look.wide:
        longest = max(len(place_word(other)) for other in Place)
        size = min(size, max(CHIP.size, look.width / len(Place) / (longest * _LETTER)))
    label = words(
        look, word, CHIP, colour=colours.on_surface if here else colours.on_surface_variant,
        size=size, align=ft.TextAlign.CENTER, lines=1,
    )  # fmt: skip
    button = pressable(
        look,
        state.turns.press(f"nav-{place}", state.go, place),
        ft.Column(
            [icon, label],
            spacing=SPACE_4,
            tight=True,
            alignment=ft.MainAxisAlignment.CENTER,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        ),
        height=None if not look.wide else look.grown(64, WORD_STOPS),
        width=RAIL if look.wide else None,
        expand=None if look.wide else True,
    )
    return ft.Semantics(selected=here, content=button, expand=None if look.wide else True)
