"""A session: the prompt above, the answer within thumb's reach, then the verdict."""

from __future__ import annotations

import flet as ft

from tutor.drills.drill import Ask
from tutor.i18n import _
from tutor.ui.components.answers import answer_area, options
from tutor.ui.components.aside import aside
from tutor.ui.components.buttons import icon_only
from tutor.ui.components.focus import break_panel, focus_count
from tutor.ui.components.frame import message
from tutor.ui.components.measure import answer_height, card_height, options_height, sheet_height
from tutor.ui.components.prompt import prompt_card
from tutor.ui.components.text import words
from tutor.ui.components.verdict import next_bar, verdict_sheet
from tutor.ui.drilling import Drilling, Phase
from tutor.ui.screens.summary import summary_screen
from tutor.ui.state import AppState
from tutor.ui.theme import (
    CAPTION,
    CONTENT_WIDTH,
    HIT,
    QUICK,
    SLIDE,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_32,
    Look,
)

BAR = 56
WIDTH = CONTENT_WIDTH + 2 * SPACE_32


def session_screen(state: AppState, drilling: Drilling) -> ft.Control:
    """One drill at a time, and the summary at the end."""
    look = state.look
    if drilling.phase is Phase.OVER:
        return summary_screen(state, drilling)
    parts: list[ft.Control] = []
    # Always in its place, so that the field below keeps its focus when a message comes.
    parts.append(ft.Container(
        message(state) if state.notice else None,
        padding=ft.Padding.only(left=look.inset, right=look.inset, bottom=SPACE_8) if state.notice else 0,
    ))  # fmt: skip
    if drilling.focusing.resting:
        parts.append(break_panel(look, drilling))
    else:
        parts += _answered(look, drilling) if drilling.phase is Phase.ANSWERED else _asked(look, drilling)
    stretched = ft.CrossAxisAlignment.STRETCH
    below = ft.Stack(
        [
            ft.Column(parts, spacing=0, expand=True, horizontal_alignment=stretched),
            *aside(look, state, drilling),
        ],
        fit=ft.StackFit.EXPAND,
        expand=True,
    )
    body = ft.Column(
        [_bar(look, state, drilling), below], spacing=0, expand=True, horizontal_alignment=stretched
    )
    return ft.Row(
        [ft.Container(body, width=min(look.width, WIDTH),
                      padding=ft.Padding.only(top=SPACE_16 if look.wide else 0))],
        alignment=ft.MainAxisAlignment.CENTER,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH,
        spacing=0,
        expand=True,
    )  # fmt: skip


def _asked(look: Look, drilling: Drilling) -> list[ft.Control]:
    """Card and answer area; where they cannot both fit, they scroll as one."""
    area = answer_area(look, drilling)
    if card_height(look, drilling) + answer_height(look, drilling) <= _room(look):
        return [_fading(prompt_card(look, drilling), drilling), _gap(), area]
    return [_together([prompt_card(look, drilling, expand=False), _gap(), area], f"asked-{drilling.number}")]


def _answered(look: Look, drilling: Drilling) -> list[ft.Control]:
    """Card and sheet, and between them the options where there is room; else they scroll as one."""
    drill = drilling.drill
    assert drill
    needed = card_height(look, drilling) + sheet_height(look, drilling)
    if needed > _room(look):
        sheet = verdict_sheet(look, drilling, crowded=True)
        both = _together(
            [prompt_card(look, drilling, expand=False), _gap(), sheet], f"answered-{drilling.reading}"
        )
        # The sheet matters more than the card above it, but for what is read from its start.
        both.auto_scroll = not drilling.reading
        return [both, next_bar(look, drilling)]
    parts: list[ft.Control] = [_fading(prompt_card(look, drilling), drilling), _gap()]
    fits = needed + options_height(look, drill, answered=True) + SPACE_16 <= _room(look)
    if drill.ask is Ask.CHOOSE and fits and not drilling.reading:
        column = ft.Column(options(look, drilling), spacing=SPACE_8, tight=True,
                           horizontal_alignment=ft.CrossAxisAlignment.STRETCH)  # fmt: skip
        parts += [ft.Container(column, padding=ft.Padding.symmetric(horizontal=look.inset)), _gap()]
    return [*parts, verdict_sheet(look, drilling, crowded=False)]


def _room(look: Look) -> float:
    """The height that card and answer have."""
    return look.height - BAR - SPACE_16 - (SPACE_16 if look.wide else 0)


def _together(parts: list[ft.Control], key: str) -> ft.Column:
    """Parts that scroll as one."""
    return ft.Column(
        parts,
        key=key,
        spacing=0,
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        scroll=ft.ScrollMode.AUTO,
        expand=True,
    )


def _fading(content: ft.Control, drilling: Drilling) -> ft.Control:
    """The card fades over where the drill changes. Nothing waits for it: keys act on the new one at once."""
    content.key = f"card-{drilling.number}"
    return ft.AnimatedSwitcher(
        content,
        duration=SLIDE,
        reverse_duration=QUICK,
        switch_in_curve=ft.AnimationCurve.EASE_OUT,
        switch_out_curve=ft.AnimationCurve.EASE_OUT,
        expand=True,
    )


def _gap() -> ft.Control:
    return ft.Container(height=SPACE_16)


def _bar(look: Look, state: AppState, drilling: Drilling) -> ft.Control:
    """Close, how far it has got, undo."""
    turns, progress = state.turns, drilling.progress
    total = max(1, progress.total)
    answered = drilling.phase is Phase.ANSWERED or drilling.retrying
    place = min(progress.done + (not answered), total)
    label = _("{place} of {total}").format(place=place, total=total)
    bar = ft.ProgressBar(
        value=min(1.0, progress.done / total),
        bar_height=6,
        border_radius=3,
        color=look.colours.primary,
        bgcolor=look.colours.ring_track,
        semantics_label=_("Progress"),
        expand=True,
        year_2023=True,
    )
    timer = focus_count(look, drilling)
    undo = turns.press("undo", drilling.undo)
    leave = turns.press("close-session", state.leave)
    return ft.Container(
        ft.Row(
            [
                icon_only(look, leave, ft.Icons.CLOSE_ROUNDED, _("Leave")),
                bar,
                *timer,
                ft.Semantics(label=label, exclude_semantics=True, content=words(
                    look, f"{place} / {total}", CAPTION, colour=look.colours.on_surface_variant)),
                icon_only(look, undo, ft.Icons.UNDO_ROUNDED, _("Undo"), disabled=not drilling.can_undo),
            ],
            spacing=SPACE_12,
        ),
        height=max(BAR, HIT + SPACE_8),
        padding=ft.Padding.symmetric(horizontal=SPACE_4),
    )  # fmt: skip
