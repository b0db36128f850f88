"""How far a lesson has got: of its conversation and of its words."""

from __future__ import annotations

import flet as ft

from tutor.i18n import _
from tutor.store.lessons import Standing
from tutor.ui.components.text import words
from tutor.ui.theme import CAPTION, SPACE_12, Look


def lesson_bar(look: Look, lesson: Standing) -> ft.Control:
    """A bar, and its share in words."""
    colours = look.colours
    bar = ft.ProgressBar(
        value=lesson.share,
        bar_height=6,
        border_radius=3,
        color=colours.primary,
        bgcolor=colours.ring_track,
        expand=True,
    )
    said = _("{percent} %").format(percent=int(lesson.share * 100))
    return ft.Row([bar, words(look, said, CAPTION, colour=colours.on_surface_variant)], spacing=SPACE_12)
