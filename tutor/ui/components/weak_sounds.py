"""The sounds to work on: each with how it is made, the words in which it was off, and words that train it."""

from __future__ import annotations

import flet as ft

from tutor.i18n import _, plural
from tutor.ui.components.buttons import named
from tutor.ui.components.contrasts import contrasts
from tutor.ui.components.text import words
from tutor.ui.telling_apart import TellingApart
from tutor.ui.theme import BODY, CAPTION, GREETING, SPACE_8, SPACE_12, SPACE_24, Look
from tutor.weak_sounds import WeakSound


def weak_sounds(look: Look, hearing: TellingApart, sounds: tuple[WeakSound, ...]) -> list[ft.Control]:
    """What stands in their card; where there are none, that."""
    if not sounds:
        return [words(look, _("No sound stood out this week."), BODY)]
    return [ft.Column([_sound(look, hearing, one) for one in sounds], spacing=SPACE_24)]


def how_often(one: WeakSound) -> str:
    """How often a sound was off, in which words, and how often it was taken for another."""
    off = plural(
        "off {count} time: {words}", "off {count} times: {words}", one.off, words=", ".join(one.words)
    )
    if not one.mistaken:
        return off
    by_ear = plural("taken for another {count} time", "taken for another {count} times", one.mistaken)
    return f"{off}; {by_ear}"


def _sound(look: Look, hearing: TellingApart, one: WeakSound) -> ft.Control:
    colours = look.colours
    letters = words(look, one.sound.name, GREETING, colour=colours.primary)
    head = ft.Row(
        [letters, words(look, f"[{one.sound.phone}]", BODY, colour=colours.on_surface_variant)],
        spacing=SPACE_12,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    parts: list[ft.Control] = [
        ft.Semantics(header=True, content=head),
        words(look, one.hint, BODY),
        words(look, how_often(one), CAPTION, colour=colours.on_surface_variant),
    ]
    if one.pairs:
        parts += contrasts(look, hearing, one.note)
    column = ft.Column(parts, spacing=SPACE_8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return named(f"sound-{one.sound.key}", column)
