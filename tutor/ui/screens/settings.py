"""Settings: groups in plain words; each row says what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

import flet as ft

from tutor.i18n import _, plural
from tutor.settings import GOALS, Grading, Theme
from tutor.ui.adjusting import Adjusting
from tutor.ui.components.buttons import filled, named, pressable
from tutor.ui.components.field import plain_field
from tutor.ui.components.frame import card, message, scrolling
from tutor.ui.components.text import day_text, words
from tutor.ui.state import AppState
from tutor.ui.theme import (
    BODY,
    CAPTION,
    GREETING,
    HIT,
    LABEL,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_24,
    SPACE_32,
    Look,
)
from tutor.ui.turns import Press

WIDTH = 640
_NEW = (0, 3, 5, 10, 15, 20, 30)
_TEXT_SIZES = (0.85, 1.0, 1.15, 1.3, 1.45, 1.6)
_SPEEDS = (0.75, 0.9, 1.0, 1.15)
_DAY_STARTS = tuple(time(hour) for hour in range(7))

Choices = Sequence[tuple[Any, str]]


def settings_screen(state: AppState, adjusting: Adjusting) -> ft.Control:
    """Everything that can be set, in groups."""
    look = state.look
    title = ft.Semantics(header=True, content=words(look, _("Settings"), GREETING))
    parts: list[ft.Control] = [title]
    if state.notice:
        parts.append(message(state))
    parts += [
        _group(look, _("You"), [_name(look, adjusting)]),
        _group(look, _("Learning"), _learning(look, state, adjusting)),
        _group(look, _("Sound"), _sound(look, adjusting)),
        _group(look, _("Look"), _appearance(look, adjusting)),
        _group(look, _("Your data"), _data(look, adjusting)),
    ]
    column = ft.Container(
        named("settings", ft.Column(parts, spacing=SPACE_24)),
        width=min(look.content - 2 * look.margin, WIDTH),
        padding=ft.Padding.only(top=SPACE_16 if not look.wide else SPACE_32, bottom=SPACE_32),
    )
    return scrolling(column)


def _group(look: Look, name: str, rows: Sequence[ft.Control]) -> ft.Control:
    parts: list[ft.Control] = []
    for row in rows:
        if parts:
            parts.append(ft.Divider(height=1, color=look.colours.outline_variant))
        parts.append(row)
    heading = ft.Container(
        ft.Semantics(header=True, content=words(look, name, LABEL, colour=look.colours.primary)),
        padding=ft.Padding.only(left=SPACE_4),
    )
    rows_of_group = ft.Column(parts, spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    box = card(look, rows_of_group, padding=ft.Padding.symmetric(horizontal=SPACE_16, vertical=SPACE_4))
    return ft.Column([heading, box], spacing=SPACE_8)


# The groups.


def _learning(look: Look, state: AppState, adjusting: Adjusting) -> list[ft.Control]:
    now = adjusting.settings
    minutes = [(goal, _("{count} min").format(count=goal)) for goal in sorted({*GOALS, now.goal_minutes})]
    new = [(count, str(count)) for count in sorted({*_NEW, now.new_per_day})]
    grading = (
        (Grading.TIMED, _("By time")),
        (Grading.FOUR, _("Four buttons")),
        (Grading.TWO, _("Two buttons")),
    )
    starts = [(at, f"{at:%H:%M}") for at in sorted({*_DAY_STARTS, now.day_start})]
    remember = state.turns.press("remembering", state.see_remembering)
    return [
        _choice(look, adjusting, "goal_minutes", _("Daily goal"),
                _("How long the ring on Today takes to fill"), now.goal_minutes, minutes),
        _choice(look, adjusting, "new_per_day", _("New words a day"), _("More now means more reviews later"),
                now.new_per_day, new),
        _link(look, remember, _("How much to remember"),
              _("Higher means shorter waits and more reviews; easy days, too")),
        _choice(look, adjusting, "grading", _("Grading"),
                _("By time: quick answers count as easy. Buttons: only what you say counts"), now.grading,
                grading),
        _choice(look, adjusting, "day_start", _("A day begins at"),
                _("What you do at night still counts for the day before"), now.day_start, starts),
        _switch(look, adjusting, "focus", _("Focus timer"),
                _("After 25 minutes of practice it offers a break"), now.focus),
    ]  # fmt: skip


def _sound(look: Look, adjusting: Adjusting) -> list[ft.Control]:
    now = adjusting.settings
    speeds = [(speed, f"{round(100 * speed)} %") for speed in sorted({*_SPEEDS, now.speed})]
    voice = adjusting.voice or _("No voice is installed; `tutor doctor` says how to get one")
    return [
        _switch(look, adjusting, "autoplay", _("Play by itself"),
                _("Words are spoken when they appear and after an answer"), now.autoplay),
        _choice(look, adjusting, "speed", _("Speed"), voice, now.speed, speeds),
    ]  # fmt: skip


def _appearance(look: Look, adjusting: Adjusting) -> list[ft.Control]:
    now = adjusting.settings
    themes = ((Theme.SYSTEM, _("As the device")), (Theme.LIGHT, _("Light")), (Theme.DARK, _("Dark")))
    sizes = [(size, f"{round(100 * size)} %") for size in sorted({*_TEXT_SIZES, now.text_size})]
    return [
        _choice(look, adjusting, "theme", _("Theme"), _("Light or dark"), now.theme, themes),
        _choice(look, adjusting, "text_size", _("Text size"), _("Everything grows, nothing is cut"),
                now.text_size, sizes),
        _switch(look, adjusting, "less_motion", _("Less motion"), _("Fades instead of slides"),
                now.less_motion),
        _switch(look, adjusting, "spacing", _("More space between letters"),
                _("Letters and lines stand further apart, which helps with dyslexia"), now.spacing),
    ]  # fmt: skip


def _data(look: Look, adjusting: Adjusting) -> list[ft.Control]:
    turns = adjusting.turns
    newest = adjusting.backups[0] if adjusting.backups else None
    said = _("None yet")
    if newest:
        made = newest.made_at.astimezone()
        said = _("Last one on {day} at {time}; {count} are kept").format(
            day=day_text(made.date()), time=f"{made:%H:%M}", count=len(adjusting.backups)
        )
    exported = _("All your words and answers in one file")
    if adjusting.done:
        exported = _("Written to {path}").format(path=adjusting.done)
    folder = ft.Column(
        [
            words(look, _("Where it is kept"), LABEL),
            words(look, adjusting.folder, CAPTION, colour=look.colours.on_surface_variant, selectable=True),
        ],
        spacing=2,
    )
    return [
        ft.Container(folder, padding=ft.Padding.symmetric(vertical=SPACE_12)),
        _link(look, turns.press("back-up", adjusting.back_up), _("Make a backup now"), said),
        _link(look, turns.press("export", adjusting.export), _("Export"), exported),
        _faults(look, adjusting),
    ]


def _faults(look: Look, adjusting: Adjusting) -> ft.Control:
    """What was noted as wrong with the course, to hand on."""
    title = _("Faults you noted")
    if not adjusting.faults:
        told = _told(look, title, _("None yet. Where a drill is wrong, its menu notes that"))
        return ft.Container(ft.Row([told]), padding=ft.Padding.symmetric(vertical=SPACE_12))
    said = plural(
        "{count} so far; export it for who makes the course",
        "{count} so far; export them for who makes the course",
        adjusting.faults,
    )
    if adjusting.faults_done:
        said = _("Written to {path}").format(path=adjusting.faults_done)
    return _link(look, adjusting.turns.press("export-faults", adjusting.export_faults), title, said)


# The rows.


def _told(look: Look, title: str, effect: str) -> ft.Control:
    return ft.Column(
        [
            words(look, title, LABEL),
            words(look, effect, CAPTION, colour=look.colours.on_surface_variant),
        ],
        spacing=2,
        tight=True,
        expand=True,
    )


def _row(look: Look, press: Press, parts: list[ft.Control]) -> ft.Control:
    return pressable(
        look,
        press,
        ft.Container(
            ft.Row(parts, spacing=SPACE_12),
            padding=ft.Padding.symmetric(vertical=SPACE_12),
        ),
        align=ft.Alignment.CENTER_LEFT,
        bare=True,
    )


def _link(look: Look, press: Press, title: str, effect: str) -> ft.Control:
    chevron = ft.Icon(ft.Icons.CHEVRON_RIGHT_ROUNDED, color=look.colours.on_surface_variant, size=24)
    return _row(look, press, [_told(look, title, effect), chevron])


def _switch(look: Look, adjusting: Adjusting, name: str, title: str, effect: str, on: bool) -> ft.Control:
    colours = look.colours
    icon = ft.Icons.TOGGLE_ON_ROUNDED if on else ft.Icons.TOGGLE_OFF_OUTLINED
    state = ft.Icon(icon, color=colours.primary if on else colours.outline, size=48)
    row = _row(
        look,
        adjusting.turns.press(f"set-{name}", adjusting.choose, name, not on),
        [_told(look, title, effect), state],
    )
    return ft.Semantics(toggled=on, content=row)


def _choice(
    look: Look, adjusting: Adjusting, name: str, title: str, effect: str, now: Any, choices: Choices
) -> ft.Control:
    """A row that unfolds into what it can be."""
    quiet, unfolded = look.colours.on_surface_variant, adjusting.open == name
    value = next((said for one, said in choices if one == now), str(now))
    icon = ft.Icons.EXPAND_LESS_ROUNDED if unfolded else ft.Icons.EXPAND_MORE_ROUNDED
    shown = words(look, value, BODY, colour=quiet)
    parts: list[ft.Control] = [_told(look, title, effect), shown, ft.Icon(icon, color=quiet, size=24)]
    row = ft.Semantics(
        expanded=unfolded,
        content=_row(look, adjusting.turns.press(f"open-{name}", adjusting.unfold, name), parts),
    )
    if not unfolded:
        return row
    chips: list[ft.Control] = [
        _chip(look, adjusting, name, at, one, said, chosen=one == now)
        for at, (one, said) in enumerate(choices)
    ]
    offered = ft.Container(
        ft.Row(chips, wrap=True, spacing=SPACE_8, run_spacing=SPACE_8),
        padding=ft.Padding.only(bottom=SPACE_12),
    )
    return ft.Column([row, offered], spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _chip(
    look: Look, adjusting: Adjusting, name: str, at: int, value: Any, said: str, *, chosen: bool
) -> ft.Control:
    colours = look.colours
    ink = colours.on_primary_container if chosen else colours.on_surface
    chip = pressable(
        look,
        adjusting.turns.press(f"{name}-{at}", adjusting.choose, name, value),
        words(look, said, LABEL, colour=ink),
        bgcolor=colours.primary_container if chosen else ft.Colors.TRANSPARENT,
        side=ft.BorderSide(1, colours.outline_control),
        height=look.grown(HIT),
        padding=ft.Padding.symmetric(horizontal=SPACE_16),
    )
    return ft.Semantics(selected=chosen, content=chip)


def _name(look: Look, adjusting: Adjusting) -> ft.Control:
    unfolded = adjusting.open == "name"
    quiet = look.colours.on_surface_variant
    icon = ft.Icons.EXPAND_LESS_ROUNDED if unfolded else ft.Icons.EXPAND_MORE_ROUNDED
    shown = words(look, adjusting.settings.name or _("not said"), BODY, colour=quiet)
    press = adjusting.turns.press("open-name", adjusting.unfold, "name")
    told = _told(look, _("Name"), _("What the tutor calls you"))
    row = ft.Semantics(
        expanded=unfolded, content=_row(look, press, [told, shown, ft.Icon(icon, color=quiet, size=24)])
    )
    if not unfolded:
        return row
    field = plain_field(
        look,
        adjusting.turns,
        "name-field",
        _("Your name"),
        adjusting.wrote,
        adjusting.rename,
        adjusting.settings.name,
    )
    save = filled(look, adjusting.turns.press("save-name", adjusting.rename), _("Save"))
    offered = ft.Container(
        ft.Column([field, save], spacing=SPACE_8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        padding=ft.Padding.only(bottom=SPACE_12),
    )
    return ft.Column([row, offered], spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
