"""What is opened beside a drill, above the card: a word explained."""

from __future__ import annotations

import flet as ft

from tutor.gloss import Gloss
from tutor.i18n import _
from tutor.ui.aside import Open
from tutor.ui.components.buttons import icon_only, named
from tutor.ui.components.text import words
from tutor.ui.drilling import Drilling
from tutor.ui.theme import (
    BODY,
    BORDER_CONTROL,
    CAPTION,
    POLISH,
    RADIUS,
    SPACE_4,
    SPACE_8,
    SPACE_16,
    Look,
)


def aside(look: Look, drilling: Drilling) -> list[ft.Control]:
    """What lies over the card now; nothing, most of the time."""
    if drilling.aside.open is Open.GLOSS and drilling.aside.gloss:
        return [_at_the_top(look, _gloss(look, drilling, drilling.aside.gloss))]
    return []


def _at_the_top(look: Look, content: ft.Control) -> ft.Control:
    return ft.Container(content, left=look.inset, right=look.inset, top=0)


def _panel(look: Look, content: ft.Control, padding: ft.PaddingValue) -> ft.Control:
    return ft.Container(
        content,
        bgcolor=look.colours.surface_container_high,
        border=ft.Border.all(BORDER_CONTROL, look.colours.primary),
        border_radius=RADIUS,
        padding=padding,
    )


def _gloss(look: Look, drilling: Drilling, gloss: Gloss) -> ft.Control:
    """A word: its meaning, where it comes from, and its sound."""
    turns, colours = drilling.turns, look.colours
    said: list[ft.Control] = [
        words(look, gloss.word, POLISH, colour=colours.primary, selectable=True),
        words(look, gloss.told, BODY),
    ]
    comes_from = _comes_from(gloss)
    if comes_from:
        said.append(words(look, comes_from, CAPTION, colour=colours.on_surface_variant))
    parts: list[ft.Control] = [ft.Column(said, spacing=2, tight=True, expand=True)]
    if drilling.voice:
        say = turns.press("say-word", drilling.say, gloss.word)
        parts.append(icon_only(look, say, ft.Icons.VOLUME_UP_ROUNDED, _("Listen"), colour=colours.primary))
    close = turns.press("close-aside", drilling.aside.close)
    parts.append(icon_only(look, close, ft.Icons.CLOSE_ROUNDED, _("Close")))
    row = ft.Row(parts, spacing=SPACE_4, vertical_alignment=ft.CrossAxisAlignment.START)
    padding = ft.Padding.only(left=SPACE_16, right=SPACE_4, top=SPACE_8, bottom=SPACE_8)
    return named("gloss", ft.Semantics(live_region=True, container=True, content=_panel(look, row, padding)))


def _comes_from(gloss: Gloss) -> str:
    """Its dictionary form and the name of the form that stands there."""
    if not gloss.base or gloss.base == gloss.word:
        return gloss.form
    if " " in gloss.base:
        return _("part of: {phrase}").format(phrase=gloss.base)
    if gloss.base.casefold() == gloss.word.casefold():
        return gloss.form
    if not gloss.form:
        return _("from {base}").format(base=gloss.base)
    return _("from {base}: {form}").format(base=gloss.base, form=gloss.form)
