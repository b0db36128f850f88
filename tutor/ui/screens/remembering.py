"""How you remember: for each track how much you want to keep, and the memory model fitted to you."""

from __future__ import annotations

import flet as ft

from tutor.i18n import _, plural
from tutor.memory.fitting import FEWEST_ANSWERS
from tutor.memory.offered import WEEKDAYS
from tutor.memory.tracks import Track
from tutor.tuning import Tuned
from tutor.ui.components.buttons import icon_only, named, pressable, textual
from tutor.ui.components.chips import track_chip
from tutor.ui.components.frame import card, message, rows_of, scrolling
from tutor.ui.components.long_work import long_work
from tutor.ui.components.text import words
from tutor.ui.remembering import Remembering, TrackMemory
from tutor.ui.state import AppState
from tutor.ui.theme import (
    BODY,
    CAPTION,
    GREETING,
    HIT,
    LABEL,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_32,
    TILE,
    Look,
)

WIDTH = 640
OFFERED = (0.80, 0.85, 0.90, 0.95)
"""Retentions that are one tap away; others by `tutor retention`."""


def remembering_screen(state: AppState, remembering: Remembering) -> ft.Control:
    """A card for each track."""
    look = state.look
    parts: list[ft.Control] = [_head(look, state)]
    if state.notice:
        parts.append(message(state))
    said = _(
        "A word comes back while you would still know it this often. Below stands how many reviews a day your"
        " cards will come to once they are learned, simulated."
    )
    parts.append(words(look, said, BODY, colour=look.colours.on_surface_variant))
    parts += [_track(look, remembering, track, one) for track, one in remembering.tracks.items()]
    parts.append(_week(look, remembering))
    column = ft.Container(
        named("remembering", ft.Column(parts, spacing=SPACE_16)),
        width=min(look.width - 2 * look.margin, WIDTH),
        padding=ft.Padding.only(top=SPACE_8, bottom=SPACE_32),
    )
    return scrolling(column)


def _head(look: Look, state: AppState) -> ft.Control:
    back = icon_only(
        look, state.turns.press("leave-screen", state.leave), ft.Icons.ARROW_BACK_ROUNDED, _("Back to Today")
    )
    title = ft.Semantics(header=True, expand=True, content=words(look, _("How you remember"), GREETING))
    return ft.Row([back, title], spacing=SPACE_8)


def _track(look: Look, remembering: Remembering, track: Track, one: TrackMemory) -> ft.Control:
    quiet = look.colours.on_surface_variant
    count = plural("{count} answer so far", "{count} answers so far", one.overview.answers)
    said = words(look, count, CAPTION, colour=quiet, expand=True)
    head = ft.Row([track_chip(look, track), said], spacing=SPACE_12)
    parts: list[ft.Control] = [head, _retentions(look, remembering, track, one)]
    parts.append(ft.Divider(height=1, color=look.colours.outline_variant))
    parts += _fitting(look, remembering, track, one)
    return card(look, ft.Column(parts, spacing=SPACE_12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def _retentions(look: Look, remembering: Remembering, track: Track, one: TrackMemory) -> ft.Control:
    """A choice of four, each with what it costs."""
    offered = sorted({*OFFERED, one.overview.retention})
    return rows_of(
        [_retention(look, remembering, track, one, value) for value in offered],
        2 if look.big_text and not look.wide else len(offered),
    )


def _retention(
    look: Look, remembering: Remembering, track: Track, one: TrackMemory, value: float
) -> ft.Control:
    colours = look.colours
    chosen = value == one.overview.retention
    ink = colours.on_primary_container if chosen else colours.on_surface
    cost = one.costs.reviews_a_day.get(value) if one.costs and one.costs.cards else None
    below = _("{count} a day").format(count=_few(cost)) if cost is not None else ""
    said = ft.Column(
        [
            words(look, f"{round(100 * value)} %", LABEL, colour=ink, align=ft.TextAlign.CENTER),
            words(look, below, CAPTION, colour=ink, align=ft.TextAlign.CENTER),
        ],
        spacing=0,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return pressable(
        look,
        remembering.turns.press(f"retain-{track}-{round(100 * value)}", remembering.retain, track, value),
        said,
        bgcolor=colours.primary_container if chosen else ft.Colors.TRANSPARENT,
        side=ft.BorderSide(1, colours.outline_control),
        height=look.grown(HIT + SPACE_8),
        expand=True,
    )


def _week(look: Look, remembering: Remembering) -> ft.Control:
    """Easy days: each tap makes one lighter; and whether the load is evened out."""
    quiet = look.colours.on_surface_variant
    turns, week = remembering.turns, remembering.week
    names = _("Mon Tue Wed Thu Fri Sat Sun").split()
    chips = [
        _weekday(look, remembering, day, name, week.shares.get(day, 1.0))
        for day, name in zip(WEEKDAYS, names, strict=True)
    ]
    said = _(
        "Tap a day to make it easier. Cards move by a few days at most; what you remember stays as it is."
    )
    label = _("The load is evened out between days") if week.even else _("Even out the load between days")
    icon = ft.Icons.CHECK_BOX_ROUNDED if week.even else ft.Icons.CHECK_BOX_OUTLINE_BLANK_ROUNDED
    even = pressable(
        look,
        turns.press("even-out", remembering.even_out),
        ft.Row(
            [
                ft.Icon(icon, color=look.colours.primary, size=look.grown(20)),
                words(look, label, LABEL, colour=look.colours.primary, expand=True),
            ],
            spacing=SPACE_8,
        ),
        height=look.grown(HIT),
        bare=True,
    )
    return card(
        look,
        ft.Column(
            [
                words(look, _("Easy days"), LABEL),
                words(look, said, CAPTION, colour=quiet),
                rows_of(chips, 4 if look.big_text and not look.wide else len(chips)),
                even,
            ],
            spacing=SPACE_12,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
    )


def _weekday(look: Look, remembering: Remembering, day: str, name: str, share: float) -> ft.Control:
    colours = look.colours
    easy = share < 1
    ink = colours.on_primary_container if easy else colours.on_surface
    holds = _("usual") if share == 1 else f"{round(100 * share)} %"
    said = ft.Column(
        [
            words(look, name, TILE, colour=ink, align=ft.TextAlign.CENTER),
            words(look, holds, CAPTION, colour=ink, align=ft.TextAlign.CENTER),
        ],
        spacing=0,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return pressable(
        look,
        remembering.turns.press(f"ease-{day}", remembering.ease, day),
        said,
        bgcolor=colours.primary_container if easy else ft.Colors.TRANSPARENT,
        side=ft.BorderSide(1, colours.outline_control),
        height=look.grown(HIT + SPACE_8),
        expand=True,
    )


def _few(reviews: float) -> str:
    return f"{reviews:.0f}" if reviews >= 10 else f"{reviews:.1f}"


def _fitting(look: Look, remembering: Remembering, track: Track, one: TrackMemory) -> list[ft.Control]:
    """The button, what it is doing, or how it went."""
    quiet = look.colours.on_surface_variant
    turns = remembering.turns
    if one.work:
        return [long_work(look, turns, one.work, f"fit-work-{track}")]
    parts: list[ft.Control] = []
    if one.tuned:
        parts.append(words(look, told(one.tuned), BODY))
    if one.refused:
        parts.append(words(look, one.refused, BODY))
    missing = FEWEST_ANSWERS - one.overview.answers
    if missing > 0:
        waits = plural(
            "Fitted to you after {count} more answer.", "Fitted to you after {count} more answers.", missing
        )
        parts.append(words(look, waits, CAPTION, colour=quiet))
    buttons: list[ft.Control] = []
    if missing <= 0:
        buttons.append(
            textual(
                look, turns.press(f"fit-{track}", remembering.fit, track), _("Fit it to my answers"), pad=0
            )
        )
    if one.overview.changed:
        buttons.append(
            textual(look, turns.press(f"back-{track}", remembering.put_back, track), _("Undo the fit"), pad=0)
        )
    if buttons:
        parts.append(ft.Row(buttons, spacing=SPACE_32, run_spacing=0, wrap=True))
    return parts


def told(tuned: Tuned) -> str:
    """How a fit went, in one or two sentences."""
    fitted = tuned.fitted
    if tuned.change is None:
        return _("Nothing foretells your answers better than what is in use, so all stays as it is.")
    better = _(
        "Fitted: it foretells your later answers better (log loss {after:.3f} instead of {before:.3f})."
    )
    ahead = _("The next {days} days hold {after} cards instead of {before}.")
    return " ".join(
        [
            better.format(after=fitted.loss_after, before=fitted.loss_before),
            ahead.format(
                days=len(tuned.change.after), after=sum(tuned.change.after), before=sum(tuned.change.before)
            ),
        ]
    )
