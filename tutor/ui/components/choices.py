"""Settings that are chosen: on or off, or one of several, each saying what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import flet as ft

from tutor.ui.adjusting import Adjusting
from tutor.ui.components.buttons import pressable
from tutor.ui.components.rows import row, told, unfolding
from tutor.ui.components.text import words
from tutor.ui.theme import HIT, LABEL, SPACE_8, SPACE_16, Look

Choices = Sequence[tuple[Any, str]]
"""What a setting can be, and how that is called."""


def switch(look: Look, adjusting: Adjusting, name: str, title: str, effect: str, on: bool) -> ft.Control:
    """A row that is on or off."""
    colours = look.colours
    icon = ft.Icons.TOGGLE_ON_ROUNDED if on else ft.Icons.TOGGLE_OFF_OUTLINED
    state = ft.Icon(icon, color=colours.primary if on else colours.outline, size=48)
    button = row(
        look,
        adjusting.turns.press(f"set-{name}", adjusting.choose, name, not on),
        [told(look, title, effect), state],
    )
    # One thing to a screen reader, and not a switch with a button in it.
    return ft.MergeSemantics(ft.Semantics(toggled=on, content=button))


def choice(
    look: Look,
    adjusting: Adjusting,
    name: str,
    title: str,
    effect: str,
    now: Any,
    choices: Choices,
    more: Sequence[ft.Control] = (),
) -> ft.Control:
    """A row that unfolds into what it can be, and into what `more` there is to do about it."""
    value = next((said for one, said in choices if one == now), str(now))
    press = adjusting.turns.press(f"open-{name}", adjusting.unfold, name)
    if adjusting.open != name:
        return unfolding(look, press, title, effect, value, None)
    chips: list[ft.Control] = [
        _chip(look, adjusting, name, at, one, said, chosen=one == now)
        for at, (one, said) in enumerate(choices)
    ]
    offered = ft.Row(chips, wrap=True, spacing=SPACE_8, run_spacing=SPACE_8)
    return unfolding(look, press, title, effect, value, [offered, *more])


def _chip(
    look: Look, adjusting: Adjusting, name: str, at: int, value: Any, said: str, *, chosen: bool
) -> ft.Control:
    """One of the things that a setting can be."""
    colours = look.colours
    ink = colours.on_primary_container if chosen else colours.on_surface
    button = pressable(
        look,
        adjusting.turns.press(f"{name}-{at}", adjusting.choose, name, value),
        words(look, said, LABEL, colour=ink),
        bgcolor=colours.primary_container if chosen else ft.Colors.TRANSPARENT,
        side=ft.BorderSide(1, colours.outline_control),
        height=look.grown(HIT),
        padding=ft.Padding.symmetric(horizontal=SPACE_16),
    )
    return ft.Semantics(selected=chosen, content=button)
