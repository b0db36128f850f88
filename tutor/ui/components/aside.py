"""What is opened beside a drill, above the card: a word explained, the menu, a line about a fault."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import flet as ft

from tutor.drills.drill import Drill
from tutor.gloss import Gloss
from tutor.i18n import _
from tutor.ui.aside import Open
from tutor.ui.components.buttons import icon_only, named, pressable, textual
from tutor.ui.components.field import plain_field, with_focus
from tutor.ui.components.text import words
from tutor.ui.drilling import Drilling
from tutor.ui.state import AppState
from tutor.ui.theme import (
    BODY,
    BORDER_CONTROL,
    CAPTION,
    ICON,
    LABEL,
    POLISH,
    RADIUS,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    Look,
)
from tutor.ui.turns import Press

_MENU = 280
"""The width of the menu."""


def aside(look: Look, state: AppState, drilling: Drilling) -> list[ft.Control]:
    """What lies over the card now; nothing, most of the time."""
    about = drilling.aside
    if about.open is Open.GLOSS and about.gloss:
        return [_at_the_top(look, _gloss(look, drilling, about.gloss))]
    if about.open is Open.MENU and drilling.drill:
        menu = _menu(look, state, drilling, drilling.drill)
        return [_elsewhere(drilling), ft.Container(menu, right=look.inset + SPACE_8, top=SPACE_8)]
    if about.open is Open.FAULT:
        return [_at_the_top(look, _fault(look, drilling))]
    return []


def _at_the_top(look: Look, content: ft.Control) -> ft.Control:
    return ft.Container(content, left=look.inset, right=look.inset, top=0)


def _elsewhere(drilling: Drilling) -> ft.Control:
    """Everything but the menu: a tap there closes it."""
    press = drilling.turns.press("elsewhere", drilling.aside.close)
    return ft.Container(on_click=press.click, left=0, right=0, top=0, bottom=0)


def _menu(look: Look, state: AppState, drilling: Drilling, drill: Drill) -> ft.Control:
    """What can be done about the drill."""
    turns, about = drilling.turns, drilling.aside
    rows: list[ft.Control] = []

    def offer(name: str, icon: ft.IconData, label: str, action: Callable[..., Awaitable[None]], *args: object
              ) -> None:  # fmt: skip
        rows.append(
            _entry(look, turns.press(name, action, *args), icon, label, focus=not rows and turns.by_key)
        )

    if drilling.rule:
        label = _("Hide the rule") if drilling.rule_open else _("Show me the rule")
        offer("menu-rule", ft.Icons.LIGHTBULB_OUTLINE_ROUNDED, label, about.show_rule)
    if drill.item:
        known, rest = _("I know it, ask no more"), _("Let it rest")
        offer("menu-known", ft.Icons.DONE_ALL_ROUNDED, known, about.put_aside, True)
        offer("menu-rest", ft.Icons.BEDTIME_OUTLINED, rest, about.put_aside, False)
        offer("menu-edit", ft.Icons.EDIT_OUTLINED, _("Edit"), state.edit, drill.item.id)
    if look.wide:
        offer("menu-keys", ft.Icons.KEYBOARD_ROUNDED, _("Keys"), state.show_keys, True)
    offer("menu-fault", ft.Icons.FLAG_OUTLINED, _("Something is wrong here"), about.write_fault)
    column = ft.Column(rows, spacing=0, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    width = min(look.grown(_MENU), look.width - 2 * look.inset - 2 * SPACE_8)
    panel = _panel(look, column, ft.Padding.symmetric(vertical=SPACE_4))
    return named("menu", ft.Container(panel, width=width))


def _entry(look: Look, press: Press, icon: ft.IconData, label: str, *, focus: bool) -> ft.Control:
    parts: list[ft.Control] = [
        ft.Icon(icon, size=ICON, color=look.colours.on_surface_variant),
        words(look, label, BODY, expand=True),
    ]
    ref: ft.Ref[ft.TextButton] = ft.Ref()
    entry = pressable(
        look,
        press,
        ft.Container(ft.Row(parts, spacing=SPACE_12), padding=ft.Padding.symmetric(vertical=SPACE_12)),
        padding=ft.Padding.symmetric(horizontal=SPACE_16),
        ref=ref,
    )

    async def take_focus() -> None:
        # Autofocus would leave it where it is.
        if ref.current:
            await ref.current.focus()  # type: ignore[no-untyped-call]

    return with_focus(entry, take_focus, 0) if focus else entry


def _fault(look: Look, drilling: Drilling) -> ft.Control:
    """A line, which may stay empty, to say what is wrong."""
    turns, about = drilling.turns, drilling.aside
    field = plain_field(look, turns, "fault-field", _("Your words"), about.wrote,
                        about.note_fault)  # fmt: skip
    why = _("A few words help, but need not be. It is kept here with what is shown.")
    parts: list[ft.Control] = [
        ft.Semantics(header=True, content=words(look, _("What is wrong here?"), LABEL)),
        words(look, why, CAPTION, colour=look.colours.on_surface_variant),
        field,
        ft.Row(
            [
                textual(look, turns.press("close-aside", about.close), _("Never mind")),
                textual(look, turns.press("note-fault", about.note_fault), _("Note it")),
            ],
            alignment=ft.MainAxisAlignment.END,
            wrap=True,
            spacing=SPACE_8,
            run_spacing=0,
        ),
    ]
    column = ft.Column(parts, spacing=SPACE_8, tight=True,
                       horizontal_alignment=ft.CrossAxisAlignment.STRETCH)  # fmt: skip
    padding = ft.Padding.only(left=SPACE_16, right=SPACE_16, top=SPACE_16, bottom=SPACE_4)
    return named("fault", _panel(look, column, padding))


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
