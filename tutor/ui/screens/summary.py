"""The end of a session: what was done, what is worth another look, and a calm way out."""

from __future__ import annotations

import flet as ft

from tutor.checkpoint import CheckpointResult
from tutor.drills.feedback import Verdict
from tutor.i18n import _, plural
from tutor.lessons import Standing
from tutor.outcome import Look as WorthALook
from tutor.outcome import Summary, minutes_for
from tutor.ui.components.buttons import filled, icon_only, in_the_middle, named, pressable, textual
from tutor.ui.components.frame import card, message
from tutor.ui.components.ring import goal_ring
from tutor.ui.components.text import marked_up, words
from tutor.ui.components.verdict import sign
from tutor.ui.drilling import Drilling
from tutor.ui.state import AppState
from tutor.ui.theme import (
    BODY,
    CAPTION,
    GREETING,
    HEADING,
    LABEL,
    POLISH,
    RADIUS,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_24,
    SPACE_32,
    TILE,
    Look,
)

WIDTH = 560
MOST_LOOKS = 5


def summary_screen(state: AppState, drilling: Drilling) -> ft.Control:
    """A session's summary."""
    look, summary = state.look, drilling.summary
    assert summary
    result = drilling.result
    parts: list[ft.Control] = [_came_to(look, result) if result else _head(look, summary)]
    if state.notice:
        parts.append(message(state))
    if summary.answers:
        parts.append(_verdicts(look, summary))
    if result and not result.passed and result.worth:
        parts.append(_lessons(look, state, result.worth))
    if summary.looks:
        parts.append(_worth(look, drilling, summary.looks))
    if summary.today.tomorrow:
        parts.append(_tomorrow(look, summary))
    width = min(look.width - 2 * look.margin, WIDTH)
    return ft.Column(
        [
            ft.Column(
                [_centred(named("session-summary", ft.Column(parts, spacing=SPACE_24)), width)],
                scroll=ft.ScrollMode.AUTO,
                expand=True,
            ),
            _centred(_ways_on(look, state, drilling, summary), width),
        ],
        spacing=0,
        expand=True,
    )


def _centred(content: ft.Control, width: float) -> ft.Control:
    return ft.Row([ft.Container(content, width=width)], alignment=ft.MainAxisAlignment.CENTER)


def _head(look: Look, summary: Summary) -> ft.Control:
    rest = not summary.today.waiting
    title = "Na dziś to wszystko!" if rest else "Dobra robota!"
    said = plural("{count} answer", "{count} answers", summary.answers)
    if summary.met:
        said += ", " + plural("{count} new word met", "{count} new words met", summary.met)
    minutes = plural("{count} minute", "{count} minutes", summary.minutes)
    if not summary.minutes:
        minutes = _("less than a minute")
    line = _("That is all for today: {said} in {minutes}.") if rest else _("Well done: {said} in {minutes}.")
    return ft.Container(
        ft.Column(
            [
                goal_ring(look, summary.today, 120 if look.compact else 152, 12),
                ft.Container(height=SPACE_8),
                ft.Semantics(header=True, content=words(look, title, GREETING, align=ft.TextAlign.CENTER)),
                words(look, line.format(said=said, minutes=minutes), BODY,
                      colour=look.colours.on_surface_variant, align=ft.TextAlign.CENTER),
                *_goal(look, summary),
            ],
            spacing=SPACE_4,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        ),
        padding=ft.Padding.only(top=SPACE_24 if look.compact else SPACE_32 + SPACE_16),
        alignment=ft.Alignment.CENTER,
    )  # fmt: skip


def _came_to(look: Look, result: CheckpointResult) -> ft.Control:
    """What a checkpoint came to. One that was not passed is no failure: it comes again."""
    colours, unit = look.colours, result.unit
    flag = ft.Container(
        ft.Icon(ft.Icons.FLAG_ROUNDED, color=colours.on_primary_container, size=48),
        width=96,
        height=96,
        border_radius=48,
        bgcolor=colours.primary_container,
        alignment=ft.Alignment.CENTER,
    )
    line = _("{right} of {asked} were right. Take it again whenever you like.")
    if result.passed:
        line = _("{right} of {asked} were right: unit {number} is passed.")
    said = [line.format(right=result.right, asked=result.asked, number=unit.number)]
    if unit.right > result.right:
        said.append(_("Your best still stands: {right} of {asked}.").format(
            right=unit.right, asked=unit.asked))  # fmt: skip
    title = "Brawo!" if result.passed else "Coraz lepiej!"
    centre = ft.TextAlign.CENTER
    return ft.Container(
        ft.Column(
            [
                flag,
                ft.Container(height=SPACE_8),
                ft.Semantics(header=True, content=words(look, title, GREETING, align=centre)),
                *(words(look, one, BODY, colour=colours.on_surface_variant, align=centre) for one in said),
            ],
            spacing=SPACE_4,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        ),
        padding=ft.Padding.only(top=SPACE_24 if look.compact else SPACE_32 + SPACE_16),
        alignment=ft.Alignment.CENTER,
    )


def _lessons(look: Look, state: AppState, lessons: tuple[Standing, ...]) -> ft.Control:
    """The lessons of what was not right, a tap away."""
    rows: list[ft.Control] = []
    for one in lessons:
        name = f"look-at-lesson-{one.number}"
        label = words(look, f"{one.number}. {one.title_pl}", POLISH)
        label.expand = True
        row = ft.Row(
            [label, ft.Icon(ft.Icons.CHEVRON_RIGHT_ROUNDED, color=look.colours.on_surface_variant, size=24)],
            spacing=SPACE_8,
        )
        press = state.turns.press(name, state.see_lesson, one.id)
        rows.append(pressable(look, press, ft.Container(row, padding=SPACE_12)))
    box = card(look, ft.Column(rows, spacing=0), padding=ft.Padding.symmetric(vertical=SPACE_4))
    return ft.Column([words(look, _("Lessons worth another look"), LABEL), box], spacing=SPACE_8)


def _goal(look: Look, summary: Summary) -> list[ft.Control]:
    """That the day's goal was reached in this session."""
    if not summary.goal:
        return []
    colour = look.colours.primary
    said = plural(
        "Your goal of {count} minute is reached.", "Your goal of {count} minutes is reached.",
        summary.today.goal_minutes,
    )  # fmt: skip
    icon = ft.Icon(ft.Icons.FLAG_ROUNDED, color=colour, size=look.grown(20))
    row = ft.Row(
        [icon, words(look, said, LABEL, colour=colour)],
        alignment=ft.MainAxisAlignment.CENTER,
        spacing=SPACE_8,
    )
    return [ft.Container(row, padding=ft.Padding.only(top=SPACE_8))]


def _verdicts(look: Look, summary: Summary) -> ft.Control:
    """Three tiles; at 0 they stay, so that nothing moves."""
    names = {Verdict.GOOD: _("Good"), Verdict.NEARLY: _("Nearly"), Verdict.AGAIN: _("Not yet")}
    tiles: list[ft.Control] = []
    for verdict, name in names.items():
        hue, count = look.colours.verdict(verdict), summary.verdicts.get(verdict, 0)
        top = ft.Row(
            [sign(look, verdict, 36, filled_circle=False), words(look, str(count), HEADING, colour=hue.ink)],
            alignment=ft.MainAxisAlignment.CENTER,
            spacing=6,
            height=look.grown(28),
        )
        tile = ft.Container(
            ft.Column([top, words(look, name, TILE)], spacing=2, tight=True,
                      horizontal_alignment=ft.CrossAxisAlignment.CENTER),
            bgcolor=hue.soft,
            border_radius=RADIUS,
            padding=ft.Padding.symmetric(vertical=SPACE_8),
            alignment=ft.Alignment.CENTER,
        )  # fmt: skip
        tiles.append(
            ft.Semantics(label=f"{name}: {count}", exclude_semantics=True, content=tile, expand=True)
        )
    return ft.Row(tiles, spacing=SPACE_8)


def _worth(look: Look, drilling: Drilling, looks: tuple[WorthALook, ...]) -> ft.Control:
    rows: list[ft.Control] = []
    for at, one in enumerate(looks[:MOST_LOOKS]):
        if at:
            rows.append(ft.Divider(height=1, color=look.colours.outline_variant))
        rows.append(_one(look, drilling, at, one))
    box = card(look, ft.Column(rows, spacing=0), padding=ft.Padding.symmetric(horizontal=SPACE_16))
    return ft.Column([words(look, _("Worth another look"), LABEL), box], spacing=SPACE_8)


def _one(look: Look, drilling: Drilling, at: int, one: WorthALook) -> ft.Control:
    said = ft.Column(
        [
            words(look, one.text, POLISH, selectable=True),
            marked_up(look, one.reason, CAPTION, colour=look.colours.on_surface_variant),
        ],
        spacing=0,
        expand=True,
        tight=True,
    )
    parts: list[ft.Control] = [said]
    if drilling.voice and one.say:
        press = drilling.turns.press(f"say-{at}", drilling.say, one.say)
        label = _("Listen to {word}").format(word=one.text)
        parts.append(icon_only(look, press, ft.Icons.VOLUME_UP_ROUNDED, label, colour=look.colours.primary))
    return ft.Container(ft.Row(parts, spacing=SPACE_8), padding=ft.Padding.symmetric(vertical=SPACE_8))


def _tomorrow(look: Look, summary: Summary) -> ft.Control:
    text = _("Tomorrow: {count} due, about {minutes} min").format(
        count=summary.today.tomorrow, minutes=minutes_for(summary.today.tomorrow, 0)
    )
    quiet = look.colours.on_surface_variant
    icon = ft.Icon(ft.Icons.EVENT_ROUNDED, color=quiet, size=24)
    return ft.Row([icon, words(look, text, BODY, colour=quiet, expand=True)], spacing=SPACE_12)


def _ways_on(look: Look, state: AppState, drilling: Drilling, summary: Summary) -> ft.Control:
    turns, left = state.turns, drilling.progress.done < drilling.progress.total
    parts: list[ft.Control] = [
        filled(look, turns.press("finish", state.leave, default=True), _("Finish"), key="Enter")
    ]
    if summary.today.waiting or left:
        label = _("Keep going")
        if summary.today.waiting:
            label = plural(
                "Keep going, {count} more is due",
                "Keep going, {count} more are due",
                summary.today.waiting,
            )
        more = textual(look, turns.press("keep-going", state.keep_going), label)
        parts.append(in_the_middle(more))
    return ft.Container(
        ft.Column(parts, spacing=SPACE_8, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        padding=ft.Padding.only(top=SPACE_8, bottom=SPACE_16),
    )
