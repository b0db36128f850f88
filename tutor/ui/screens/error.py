"""What is shown instead of the app when the learner's folder cannot be opened."""

from __future__ import annotations

import flet as ft

from tutor.errors import (
    Cancelled,
    CorruptDatabase,
    DatabaseBusy,
    DatabaseUnwritable,
    MigrationFailed,
    NewerDatabase,
    TutorError,
)
from tutor.i18n import _
from tutor.ui.components.buttons import filled, named
from tutor.ui.components.text import words
from tutor.ui.state import AppState
from tutor.ui.theme import BODY, GREETING, LABEL, RADIUS, SPACE_8, SPACE_16, SPACE_24, Look

WIDTH = 480


def error_screen(state: AppState) -> ft.Control:
    """What happened, that nothing is lost, and what to do; the same frame for every refusal."""
    look, error = state.look, state.failure
    assert error
    icon, title, text = refusal(error)
    parts: list[ft.Control] = [
        ft.Container(
            ft.Icon(icon, color=look.colours.on_primary_container, size=48),
            width=96,
            height=96,
            border_radius=96,
            bgcolor=look.colours.primary_container,
            alignment=ft.Alignment.CENTER,
        ),
        ft.Semantics(header=True, content=words(look, title, GREETING)),
        words(look, text, BODY, colour=look.colours.on_surface_variant),
    ]
    if isinstance(error, NewerDatabase):
        parts.append(_facts(look, error))
    again = state.turns.press("try-again", state.open, default=True)
    width = min(look.width - 2 * SPACE_24, WIDTH)
    return ft.Column(
        [
            ft.Column(
                [_middle(named("error", ft.Column(parts, spacing=SPACE_16)), width)],
                alignment=ft.MainAxisAlignment.CENTER,
                scroll=ft.ScrollMode.AUTO,
                expand=True,
            ),
            _middle(filled(look, again, _("Try again"), key="Enter"), width),
            ft.Container(height=SPACE_24),
        ],
        expand=True,
    )


def refusal(error: TutorError) -> tuple[ft.IconData, str, str]:
    """An icon, a title and a text for a refusal."""
    if isinstance(error, NewerDatabase):
        return (
            ft.Icons.SYSTEM_UPDATE_ROUNDED,
            _("Your words were last opened by a newer Patient Tutor"),
            _("This app cannot read them yet, so it left them untouched. Nothing is lost. "
              "Update this app and everything will be as you left it."),
        )  # fmt: skip
    titles: dict[type[TutorError], tuple[ft.IconData, str]] = {
        CorruptDatabase: (ft.Icons.HEALING_ROUNDED, _("Your words could not be read")),
        DatabaseBusy: (ft.Icons.HOURGLASS_TOP_ROUNDED, _("Your words are open elsewhere")),
        DatabaseUnwritable: (ft.Icons.LOCK_ROUNDED, _("Your words cannot be saved here")),
        Cancelled: (ft.Icons.PAUSE_CIRCLE_ROUNDED, _("Your words are not up to date yet")),
        MigrationFailed: (ft.Icons.RESTORE_ROUNDED, _("An upgrade was taken back")),
    }
    icon, title = titles.get(type(error), (ft.Icons.INFO_ROUNDED, _("Patient Tutor could not start")))
    return icon, title, error.message


def _facts(look: Look, error: NewerDatabase) -> ft.Control:
    rows = [
        (_("This app reads up to"), _("format {number}").format(number=error.known.lstrip("0"))),
        (_("Your words use"), _("format {number}").format(number=error.found.lstrip("0"))),
    ]
    return ft.Container(
        ft.Column(
            [
                ft.Row(
                    [
                        words(look, name, BODY, colour=look.colours.on_surface_variant, expand=True),
                        words(look, value, LABEL, align=ft.TextAlign.END, expand=True),
                    ],
                    spacing=SPACE_16,
                )
                for name, value in rows
            ],
            spacing=SPACE_8,
        ),
        bgcolor=look.colours.surface_container,
        border_radius=RADIUS,
        padding=SPACE_16,
    )


def _middle(content: ft.Control, width: float) -> ft.Control:
    return ft.Row([ft.Container(content, width=width)], alignment=ft.MainAxisAlignment.CENTER)
