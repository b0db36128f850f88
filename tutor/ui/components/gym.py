"""What Today offers beside Start: the lesson to go on with, and one skill at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import flet as ft

from tutor.i18n import _
from tutor.lessons import Standing
from tutor.memory.tracks import Mode, Track
from tutor.ui.components.buttons import pressable, textual
from tutor.ui.components.frame import rows_of
from tutor.ui.components.lesson_bar import lesson_bar
from tutor.ui.components.text import words
from tutor.ui.theme import (
    CAPTION,
    LABEL,
    POLISH,
    RADIUS_SMALL,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    Look,
)

if TYPE_CHECKING:
    from tutor.ui.state import AppState

_BOX = 40


class Exercise(NamedTuple):
    """One skill of the gym."""

    mode: Mode
    track: Track
    icon: ft.IconData
    name: str
    does: str


def lesson_card(look: Look, state: AppState, lesson: Standing) -> ft.Control:
    """The lesson to go on with."""
    quiet = look.colours.on_surface_variant
    said = ft.Column(
        [
            words(look, _("Lesson {number}").format(number=lesson.number), CAPTION, colour=quiet),
            words(look, lesson.title_pl, POLISH),
            words(look, lesson.can_do, CAPTION, colour=quiet),
            lesson_bar(look, lesson),
        ],
        spacing=SPACE_4,
        expand=True,
        tight=True,
    )
    box = pressable(
        look,
        state.turns.press("continue-lesson", state.see_lesson, lesson.id),
        ft.Container(
            ft.Row([said, ft.Icon(ft.Icons.CHEVRON_RIGHT_ROUNDED, color=quiet, size=24)], spacing=SPACE_12),
            padding=SPACE_16,
        ),
        bgcolor=look.colours.surface_container_lowest,
        side=ft.BorderSide(1, look.colours.outline_variant),
    )
    heading = ft.Semantics(header=True, content=words(look, _("Continue"), LABEL))
    return ft.Column([heading, box], spacing=SPACE_8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def skill_gym(look: Look, state: AppState) -> ft.Control:
    """One skill at a time."""
    turns = state.turns
    blitz = textual(
        look, turns.press("daily-blitz", state.start), _("Daily Blitz"), icon=ft.Icons.SHUFFLE_ROUNDED,
        pad=SPACE_8,
    )  # fmt: skip
    heading = ft.Semantics(header=True, expand=True, content=words(look, _("Skill Gym"), LABEL))
    exercises = (
        Exercise(Mode.SYNTAX, Track.VISUAL, ft.Icons.BOLT_ROUNDED, _("Speed Run"), _("Build sentences")),
        Exercise(Mode.AUDIO, Track.AUDIO, ft.Icons.GRAPHIC_EQ_ROUNDED, _("Audio Gym"), _("Listen only")),
        Exercise(
            Mode.CONTEXT, Track.CONTEXT, ft.Icons.EXTENSION_ROUNDED, _("Context Lab"), _("Fill the gap")
        ),
        Exercise(Mode.READING, Track.CONTEXT, ft.Icons.MENU_BOOK_ROUNDED, _("Reading"), _("Read a text")),
        Exercise(
            Mode.NUANCE, Track.CONTEXT, ft.Icons.COMPARE_ARROWS_ROUNDED, _("Near Words"), _("Which one fits")
        ),
        Exercise(Mode.PHRASE, Track.VISUAL, ft.Icons.STYLE_ROUNDED, _("Phrases"), _("Pick meanings")),
    )
    tiles = [_tile(look, state, exercise) for exercise in exercises]
    count = 3 if look.wide else 1 if look.big_text else 2
    return ft.Column([ft.Row([heading, blitz]), rows_of(tiles, count)], spacing=SPACE_4)


def _tile(look: Look, state: AppState, exercise: Exercise) -> ft.Control:
    hue, quiet = look.colours.track(exercise.track), look.colours.on_surface_variant
    box = ft.Container(
        ft.Icon(exercise.icon, color=hue.ink, size=24),
        width=_BOX,
        height=_BOX,
        border_radius=RADIUS_SMALL,
        bgcolor=hue.soft,
        alignment=ft.Alignment.CENTER,
    )
    said = ft.Column(
        [words(look, exercise.name, LABEL), words(look, exercise.does, CAPTION, colour=quiet)],
        spacing=0,
        expand=True,
        tight=True,
    )
    return pressable(
        look,
        state.turns.press(f"gym-{exercise.mode}", state.start, exercise.mode.value),
        ft.Container(ft.Row([box, said], spacing=SPACE_12), padding=SPACE_12),
        bgcolor=look.colours.surface_container_lowest,
        side=ft.BorderSide(1, look.colours.outline_variant),
        expand=True,
    )
