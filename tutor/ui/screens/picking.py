"""Who is learning: everybody's name, and a place for somebody new."""

from __future__ import annotations

import flet as ft

from tutor.i18n import _
from tutor.learners import Profile
from tutor.ui.components.buttons import filled, named, pressable, textual
from tutor.ui.components.field import plain_field
from tutor.ui.components.frame import message, scrolling
from tutor.ui.components.text import words
from tutor.ui.picking import Picking
from tutor.ui.state import AppState
from tutor.ui.theme import (
    BODY,
    BORDER,
    GREETING,
    LABEL,
    RADIUS,
    ROW,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_32,
    Look,
)

WIDTH = 400
_AVATAR = 40


def picking_screen(state: AppState, picking: Picking) -> ft.Control:
    """Everybody; or one thing that is asked of one of them."""
    look = state.look
    if picking.asked:
        parts = _pin(look, picking, picking.asked)
    elif picking.adding:
        parts = _new(look, picking)
    else:
        parts = _everyone(look, picking)
    if state.notice:
        parts.insert(1, message(state))
    column = ft.Container(
        named(
            "who",
            ft.Column(parts, spacing=SPACE_16, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        ),
        width=min(look.width - 2 * look.margin, WIDTH),
        padding=ft.Padding.only(top=SPACE_32 if look.compact else 3 * SPACE_32, bottom=SPACE_32),
    )
    return scrolling(column)


def _title(look: Look, text: str) -> ft.Control:
    return ft.Semantics(header=True, content=words(look, text, GREETING))


def _everyone(look: Look, picking: Picking) -> list[ft.Control]:
    rows: list[ft.Control] = [_row(look, picking, at, one) for at, one in enumerate(picking.everyone)]
    add = textual(
        look,
        picking.turns.press("add-learner", picking.ask_name),
        _("Add a learner"),
        icon=ft.Icons.ADD_ROUNDED,
    )
    return [_title(look, _("Who is learning?")), ft.Column(rows, spacing=SPACE_8,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH), add]  # fmt: skip


def _row(look: Look, picking: Picking, at: int, one: Profile) -> ft.Control:
    parts: list[ft.Control] = [
        avatar(look, one),
        words(look, one.called, LABEL, expand=True, lines=2),
    ]
    if one.locked:
        parts.append(
            ft.Icon(
                ft.Icons.LOCK_ROUNDED,
                color=look.colours.on_surface_variant,
                size=20,
                semantics_label=_("with a PIN"),
            )
        )
    return pressable(
        look,
        picking.turns.press(f"learner-{at}", picking.pick, one),
        ft.Row(parts, spacing=SPACE_16),
        bgcolor=look.colours.surface_container_lowest,
        side=ft.BorderSide(BORDER, look.colours.outline_variant),
        height=look.grown(ROW),
        padding=ft.Padding.symmetric(horizontal=SPACE_16),
        radius=RADIUS,
    )


def avatar(look: Look, one: Profile) -> ft.Control:
    """A circle with somebody's initials, which screen readers pass over: the name stands beside it."""
    said = words(look, one.initials, LABEL, colour=look.colours.on_primary_container)
    said.semantics_label = ""
    side = look.grown(_AVATAR)
    return ft.Container(
        said,
        width=side,
        height=side,
        border_radius=side / 2,
        bgcolor=look.colours.primary_container,
        alignment=ft.Alignment.CENTER,
    )


def _pin(look: Look, picking: Picking, who: Profile) -> list[ft.Control]:
    turns = picking.turns
    field = plain_field(look, turns, "pin-field", _("PIN"), picking.wrote, picking.show_pin, secret=True)
    head = ft.Row([avatar(look, who), ft.Container(_title(look, who.called), expand=True)], spacing=SPACE_12)
    return [
        head,
        field,
        filled(look, turns.press("open-profile", picking.show_pin), _("Open")),
        textual(look, turns.press("not-me", picking.back), _("Somebody else")),
    ]


def _new(look: Look, picking: Picking) -> list[ft.Control]:
    turns = picking.turns
    said = _("Words, answers and settings are kept apart for everybody who learns here.")
    return [
        _title(look, _("What are you called?")),
        words(look, said, BODY, colour=look.colours.on_surface_variant),
        plain_field(look, turns, "new-name", _("Your name"), picking.wrote, picking.add),
        filled(look, turns.press("save-learner", picking.add), _("Begin")),
        textual(look, turns.press("not-me", picking.back), _("Back")),
    ]
