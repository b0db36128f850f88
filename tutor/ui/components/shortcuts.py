"""The keys that do something here, laid over the screen."""

from __future__ import annotations

import flet as ft

from tutor.drills.drill import Ask, Drill
from tutor.i18n import _
from tutor.ui.components.answers import grade_word
from tutor.ui.components.buttons import icon_only, key_box, named
from tutor.ui.components.text import words
from tutor.ui.drilling import Drilling, Phase
from tutor.ui.keys import PICKS
from tutor.ui.learning_path import LearningPath
from tutor.ui.place import Place
from tutor.ui.state import AppState, Screen
from tutor.ui.talking import Talking
from tutor.ui.theme import (
    BODY,
    HEADING,
    RADIUS,
    SHADE,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    Look,
)
from tutor.ui.welcoming import Welcoming

_WIDTH = 440
_KEYS = 140
_DIM = 0.4
"""How dark what lies below becomes."""

Shortcut = tuple[tuple[str, ...], str]
"""Keys of which any does it, and what they do."""


def shortcuts(state: AppState) -> list[Shortcut]:
    """What each key does on the screen that is shown, outside text fields but for Enter."""
    found: list[Shortcut] = []
    leave = _("Go back")
    if state.screen is Screen.SESSION and state.drilling:
        found, leave = _in_session(state.drilling), _("Leave; it can be taken up again")
    elif state.screen is Screen.REFUSED:
        return [((_("Enter"),), _("Try again")), _help()]
    elif state.screen is Screen.PLACE and state.place is Place.TODAY:
        if state.today and state.today.has_something:
            start = _("Carry on") if state.today.resumable else _("Start")
            found.append((_go_on(), start))
        leave = ""
    elif isinstance(state.content, LearningPath) and state.content.page:
        found.append((_go_on(), _("Go on with the lesson")))
    elif isinstance(state.content, LearningPath) and state.content.alphabet:
        found.append((_go_on(), _("Next")))
    elif isinstance(state.content, Talking):
        found = [(("R", _("Ctrl+Space")), _("Listen")), (("S",), _("Listen, slower"))]
    elif isinstance(state.content, Welcoming):
        found, leave = [(_go_on(), _("Next")), (_row(4), _("Choose"))], _("One step back")
    if leave:
        found.append(((_("Esc"),), leave))
    return [*found, ((_("Tab"),), _("Go from one thing to the next")), _help()]


def _in_session(drilling: Drilling) -> list[Shortcut]:
    drill, found = drilling.drill, list[Shortcut]()
    if drilling.phase is Phase.OVER:
        found.append((_go_on(), _("Finish")))
    elif drilling.phase is Phase.ANSWERED:
        found.append((_go_on(), _("Next")))
    elif drill:
        found += _answering(drilling, drill)
    if drilling.can_try_again:
        found.append((("T",), _("Try again")))
    if drilling.audible:
        found.append((("R", _("Ctrl+Space")), _("Listen")))
        found.append((("S",), _("Listen, slower")))
    if drilling.can_undo:
        found.append((("U", _("Ctrl+Z")), _("Undo the last answer")))
    if drill:
        found.append((("M",), _("More about this drill")))
    return found


def _answering(drilling: Drilling, drill: Drill) -> list[Shortcut]:
    """The keys that answer."""
    if drill.ask is Ask.CHOOSE:
        return [(_row(len(drill.options)), _("Choose"))]
    if drill.ask is Ask.TYPE:
        return [((_("Enter"),), _("Check, in the field"))]
    if drill.ask is Ask.ORDER:
        return [
            (_row(len(drill.pieces)), _("Put a word down")),
            ((_("Backspace"),), _("Take the last one back")),
            ((_("Enter"),), _("Check")),
        ]
    if drill.ask is Ask.GRADE and drilling.phase is Phase.REVEALED:
        return [((str(int(rating)),), grade_word(drill, rating)) for rating in drilling.previews]
    return [(_go_on(), _("Next") if drill.meeting else _("Show"))]


def _row(count: int) -> tuple[str, ...]:
    """The keys for so many things to pick, the first and the last where they are many."""
    keys = tuple(PICKS[:count])
    return keys if count < 5 else (keys[0], "…", keys[-1])


def _go_on() -> tuple[str, ...]:
    return _("Enter"), _("Space")


def _help() -> Shortcut:
    return ("?",), _("Show or hide this")


def shortcuts_overlay(state: AppState) -> list[ft.Control]:
    """The list over the screen, while it is shown."""
    if not state.keys_shown:
        return []
    look, colours = state.look, state.look.colours
    press = state.turns.press("close-keys", state.show_keys, False)
    heading = ft.Semantics(header=True, expand=True, content=words(look, _("Keys"), HEADING))
    close: ft.Control = icon_only(look, press, ft.Icons.CLOSE_ROUNDED, _("Close"))
    rows = [_shown(look, keys, does) for keys, does in shortcuts(state)]
    column = ft.Column([ft.Row([heading, close]), *rows], spacing=SPACE_8, tight=True)
    panel = ft.Container(
        column,
        width=min(look.grown(_WIDTH), look.width - 2 * SPACE_16),
        bgcolor=colours.surface_container_lowest,
        border_radius=RADIUS,
        padding=ft.Padding.only(left=SPACE_16, right=SPACE_8, top=SPACE_8, bottom=SPACE_16),
    )
    middle = ft.Column(
        [named("keys", panel)],
        alignment=ft.MainAxisAlignment.CENTER,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        scroll=ft.ScrollMode.AUTO,
    )
    scrim = ft.Container(
        middle,
        bgcolor=ft.Colors.with_opacity(_DIM, SHADE),
        padding=SPACE_16,
        on_click=press.click,
        left=0, right=0, top=0, bottom=0,
    )  # fmt: skip
    return [scrim]


def _shown(look: Look, keys: tuple[str, ...], does: str) -> ft.Control:
    quiet = look.colours.on_surface_variant
    column = min(look.grown(_KEYS), 0.4 * look.width)
    boxes: list[ft.Control] = [
        words(look, key, BODY, colour=quiet) if key == "…" else key_box(look, key, quiet) for key in keys
    ]
    return ft.Semantics(
        label=f"{', '.join(keys)}: {does}",
        exclude_semantics=True,
        content=ft.Row(
            [
                ft.Container(ft.Row(boxes, spacing=SPACE_4, run_spacing=SPACE_4, wrap=True), width=column),
                words(look, does, BODY, expand=True),
            ],
            spacing=SPACE_12,
        ),
    )
