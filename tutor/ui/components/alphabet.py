"""A page of the tour of the letters: each with its sound, what it is like, and a word to hear."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import flet as ft

from tutor.i18n import _
from tutor.ui.components.buttons import icon_only
from tutor.ui.components.frame import card
from tutor.ui.components.text import marked_up, words
from tutor.ui.theme import (
    BODY,
    CAPTION,
    HEADING,
    LABEL,
    POLISH,
    SENTENCE,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    Look,
)
from tutor.ui.turns import Turns

if TYPE_CHECKING:
    from tutor.course.format import SoundEntry, SoundsPage

_LETTER = 88


def sounds_page(
    look: Look, turns: Turns, page: SoundsPage, say: Callable[[str], Awaitable[None]] | None
) -> ft.Control:
    """A page; `say` is None where no voice is installed."""
    parts: list[ft.Control] = [
        ft.Semantics(header=True, content=words(look, page.title, HEADING)),
        marked_up(look, page.note, BODY, colour=look.colours.on_surface_variant),
    ]
    parts += [_sound(look, turns, at, sound, say) for at, sound in enumerate(page.letters)]
    return ft.Column(parts, spacing=SPACE_12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _sound(
    look: Look, turns: Turns, at: int, sound: SoundEntry, say: Callable[[str], Awaitable[None]] | None
) -> ft.Control:
    quiet = look.colours.on_surface_variant
    long = len(sound.letter) > 7
    letter = ft.Column(
        [
            words(look, sound.letter, LABEL if long else SENTENCE, colour=look.colours.primary),
            words(look, f"[{sound.ipa}]", CAPTION, colour=quiet),
        ],
        spacing=2,
        tight=True,
        width=look.grown(_LETTER),
    )
    example = ft.Row(
        [
            words(look, sound.example, POLISH, selectable=True),
            words(look, sound.means, CAPTION, colour=quiet),
        ],
        spacing=SPACE_8,
        run_spacing=0,
        wrap=True,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    said = ft.Column([marked_up(look, sound.like, BODY), example], spacing=SPACE_4, expand=True, tight=True)
    row: list[ft.Control] = [letter, said]
    if say:
        label = _("Listen: {word}").format(word=sound.example)
        row.append(
            icon_only(look, turns.press(f"say-{at}", say, sound.example), ft.Icons.VOLUME_UP_ROUNDED, label)
        )
    return card(
        look,
        ft.Row(row, spacing=SPACE_12, vertical_alignment=ft.CrossAxisAlignment.CENTER),
        padding=ft.Padding.only(left=SPACE_16, right=SPACE_8, top=SPACE_12, bottom=SPACE_12),
    )
