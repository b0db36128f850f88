"""The day's goal as a ring, and the week as seven dots."""

from __future__ import annotations

import flet as ft

from tutor.i18n import _
from tutor.outcome import Today
from tutor.ui.components.text import words
from tutor.ui.theme import CAPTION, CHIP, FILL, SPACE_4, Look, Type

_GROWS = 1.45
"""The ring grows with the text no further than this."""


def goal_ring(look: Look, today: Today, outer: float, stroke: float) -> ft.Control:
    """Minutes done of the day's goal. `ProgressRing` draws its stroke on its edge, so it is made smaller."""
    colours, grow = look.colours, max(1.0, min(look.text, _GROWS))
    outer, goal = outer * grow, max(1, today.goal_minutes)
    inner = outer - stroke
    number = Type(24, 32, True, 1.1) if outer < 150 * grow else Type(32, 32, True, 1.1)
    size = look.size(number) * grow / max(look.text, 1)
    label = _("{done} of {goal} minutes today").format(done=today.minutes_done, goal=goal)
    return ft.Semantics(
        label=label,
        exclude_semantics=True,
        content=ft.Stack(
            [
                ft.ProgressRing(
                    value=min(1.0, today.minutes_done / goal),
                    stroke_width=stroke,
                    stroke_cap=ft.StrokeCap.ROUND,
                    color=colours.primary,
                    bgcolor=colours.ring_track,
                    width=inner,
                    height=inner,
                    year_2023=True,
                ),
                ft.Column(
                    [
                        words(look, str(today.minutes_done), number, size=size),
                        words(look, _("of {goal} min").format(goal=goal), CAPTION,
                              colour=colours.on_surface_variant, size=CAPTION.size * min(grow, 1.3)),
                    ],
                    spacing=0,
                    tight=True,
                    horizontal_alignment=ft.CrossAxisAlignment.CENTER,
                ),
            ],
            width=outer,
            height=outer,
            alignment=ft.Alignment.CENTER,
        ),
    )  # fmt: skip


def week_dots(look: Look, today: Today) -> ft.Control:
    """The week, Monday first: a check where something was done, a ring round today."""
    return ft.Semantics(
        label=days_so_far(today),
        exclude_semantics=True,
        content=ft.Row(
            [_day(look, today, at) for at in range(7)],
            alignment=ft.MainAxisAlignment.SPACE_BETWEEN if not look.wide else ft.MainAxisAlignment.START,
            spacing=0 if not look.wide else 18,
        ),
    )


def days_so_far(today: Today) -> str:
    """How many days of this week something was done, in words."""
    counted = [_("one day"), _("two days"), _("three days"), _("four days"),
               _("five days"), _("six days"), _("every day")]  # fmt: skip
    days = len(today.active)
    if not days:
        return _("A new week")
    text = counted[min(days, 7) - 1] + " " + _("so far this week") if days < 7 else _("Every day this week")
    return text[0].upper() + text[1:]


def _day(look: Look, today: Today, at: int) -> ft.Control:
    colours = look.colours
    size = look.grown(36 if look.wide else 24, _GROWS)
    day = today.week[at] if at < len(today.week) else None
    now, done = day == today.day, day in today.active
    letter = _("Mon Tue Wed Thu Fri Sat Sun").split()[at][0]
    inside: ft.Control | None = None
    if done:
        tick = colours.on_primary_container
        inside = ft.Icon(ft.Icons.CHECK_ROUNDED, size=size * 2 / 3 if size < 30 else 18, color=tick)
    else:
        dot = 8 if now else 6
        inside = ft.Container(
            width=dot, height=dot, border_radius=dot, bgcolor=colours.primary if now else colours.outline
        )
    return ft.Column(
        [
            words(look, letter, CHIP, colour=colours.primary if now else colours.on_surface_variant),
            ft.Container(
                inside,
                width=size,
                height=size,
                border_radius=size,
                alignment=ft.Alignment.CENTER,
                bgcolor=colours.primary_container if done else None,
                border=ft.Border.all(2, colours.primary) if now else None,
                animate=FILL,
            ),
        ],
        spacing=SPACE_4,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
