"""A session: the prompt above, the answer within thumb's reach, then the verdict."""

from __future__ import annotations

from math import ceil

import flet as ft

from tutor.drills.drill import Ask
from tutor.i18n import _
from tutor.ui.components.answers import answer_area, options
from tutor.ui.components.buttons import icon_only
from tutor.ui.components.frame import message
from tutor.ui.components.prompt import prompt_card
from tutor.ui.components.text import words
from tutor.ui.components.verdict import next_bar, verdict_sheet
from tutor.ui.drilling import Drilling, Phase
from tutor.ui.screens.summary import summary_screen
from tutor.ui.state import AppState
from tutor.ui.theme import (
    BODY,
    CAPTION,
    CONTENT_WIDTH,
    HIT,
    QUICK,
    SENTENCE,
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
_LETTER = 0.53
"""The width of a letter in ems, about."""
_AROUND = 250, 180
"""The height of everything on card and sheet but their text: what stays, and what grows with the text."""
TALL = 780
"""Windows at least this high keep the options in view beside the verdict."""


def session_screen(state: AppState, drilling: Drilling) -> ft.Control:
    """One drill at a time, and the summary at the end."""
    look = state.look
    if drilling.phase is Phase.OVER:
        return summary_screen(state, drilling)
    parts: list[ft.Control] = [_bar(look, state, drilling)]
    # Always in its place, so that the field below keeps its focus when a message comes.
    parts.append(ft.Container(
        message(state) if state.notice else None,
        padding=ft.Padding.only(left=look.inset, right=look.inset, bottom=SPACE_8) if state.notice else 0,
    ))  # fmt: skip
    parts += _answered(look, drilling) if drilling.phase is Phase.ANSWERED else _asked(look, drilling)
    body = ft.Column(parts, spacing=0, expand=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return ft.Row(
        [ft.Container(body, width=min(look.width, WIDTH),
                      padding=ft.Padding.only(top=SPACE_16 if look.wide else 0))],
        alignment=ft.MainAxisAlignment.CENTER,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH,
        spacing=0,
        expand=True,
    )  # fmt: skip


def _asked(look: Look, drilling: Drilling) -> list[ft.Control]:
    return [_fading(prompt_card(look, drilling), drilling), _gap(), answer_area(look, drilling)]


def _answered(look: Look, drilling: Drilling) -> list[ft.Control]:
    """Card and sheet; where they cannot both fit, they scroll as one."""
    crowded = _crowded(look, drilling)
    sheet = verdict_sheet(look, drilling, crowded=crowded)
    if crowded:
        both = ft.Column(
            [prompt_card(look, drilling, expand=False), _gap(), sheet],
            spacing=0,
            alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
            scroll=ft.ScrollMode.AUTO,
            # The sheet matters more than the card above it, but for the rule, which is read from its start.
            auto_scroll=not drilling.reading,
            key=f"answered-{drilling.reading}",
            expand=True,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )
        return [both, next_bar(look, drilling)]
    parts: list[ft.Control] = [_fading(prompt_card(look, drilling), drilling), _gap()]
    drill = drilling.drill
    shown = look.height >= TALL and not look.big_text and not drilling.reading
    if drill and drill.ask is Ask.CHOOSE and shown:
        column = ft.Column(options(look, drilling), spacing=SPACE_8, tight=True,
                           horizontal_alignment=ft.CrossAxisAlignment.STRETCH)  # fmt: skip
        parts += [ft.Container(column, padding=ft.Padding.symmetric(horizontal=look.inset)), _gap()]
    return [*parts, sheet]


def _crowded(look: Look, drilling: Drilling) -> bool:
    """Whether card and sheet need more height than there is: by counting lines, since nothing measures."""
    said = drilling.outcome.feedback if drilling.outcome else None
    if said is None:
        return False
    width = min(look.width, WIDTH) - 2 * SPACE_32
    large, small = look.size(SENTENCE), look.size(BODY)

    def lines(text: str, size: float) -> int:
        return ceil(len(text) * size * _LETTER / width)

    above = "" if drilling.reading else said.response
    text = (lines(said.answer, large) + lines(above, large)) * large * SENTENCE.line
    text += (lines(said.why, small) + 1) * small * BODY.line
    return text + _AROUND[0] + look.grown(_AROUND[1]) > look.height


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
    place = min(progress.done + (drilling.phase is not Phase.ANSWERED), total)
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
    undo = turns.press("undo", drilling.undo)
    leave = turns.press("close-session", state.leave)
    return ft.Container(
        ft.Row(
            [
                icon_only(look, leave, ft.Icons.CLOSE_ROUNDED, _("Leave")),
                bar,
                ft.Semantics(label=label, exclude_semantics=True, content=words(
                    look, f"{place} / {total}", CAPTION, colour=look.colours.on_surface_variant)),
                icon_only(look, undo, ft.Icons.UNDO_ROUNDED, _("Undo"), disabled=not drilling.can_undo),
            ],
            spacing=SPACE_12,
        ),
        height=max(BAR, HIT + SPACE_8),
        padding=ft.Padding.symmetric(horizontal=SPACE_4),
    )  # fmt: skip
