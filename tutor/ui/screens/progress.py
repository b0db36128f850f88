"""Progress: one sentence that says how it goes, then the pictures; each has its figures as text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import flet as ft
import flet_charts as fc  # type: ignore[import-untyped]

from tutor.i18n import _, plural
from tutor.progress import AHEAD, ENOUGH, WEEKS, Day, Progress, Remembered
from tutor.ui.components.buttons import named
from tutor.ui.components.chips import ICONS, choice_chip, track_word
from tutor.ui.components.frame import card, message, scrolling
from tutor.ui.components.text import day_short, day_text, month_text, words
from tutor.ui.components.weak_sounds import weak_sounds
from tutor.ui.looking_back import LookingBack
from tutor.ui.state import AppState
from tutor.ui.theme import (
    BODY,
    CAPTION,
    GREETING,
    HEADING,
    LABEL,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_24,
    SPACE_32,
    Look,
)

_CELL, _GAP = 19, 4
_STEPS = ((50, 19), (25, 14), (10, 10), (1, 7))
"""Answers from which a day's square is so large: told by size, and not by colour alone."""
_CHART = 160


def progress_screen(state: AppState, looking: LookingBack) -> ft.Control:
    """Everything that is told of how it goes."""
    look, told = state.look, looking.progress
    title = words(look, _("Progress"), LABEL, colour=look.colours.on_surface_variant)
    parts: list[ft.Control] = [ft.Semantics(header=True, content=title)]
    if state.notice:
        parts.append(message(state))
    if told is None:
        parts.append(words(look, _("Counting your answers"), BODY))
    elif not told.days:
        parts += _nothing_yet(look)
    else:
        parts += [_sentence(look, told.remembered, told.wanted), *_pictures(look, looking, told)]
    column = ft.Container(
        named(
            "progress", ft.Column(parts, spacing=SPACE_16, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
        ),
        width=look.column,
        padding=ft.Padding.only(top=SPACE_16 if not look.wide else SPACE_32, bottom=SPACE_32),
    )
    return scrolling(column)


def _nothing_yet(look: Look) -> list[ft.Control]:
    said = _("When you have answered something, it is told here how well you remember, and what is coming.")
    return [
        words(look, _("Nothing to tell yet"), GREETING),
        words(look, said, BODY, colour=look.colours.on_surface_variant),
    ]


def how_it_goes(remembered: Remembered, wanted: float) -> tuple[str, str]:
    """The sentence that says how it goes, and the smaller one with the figures behind it."""
    missing = ENOUGH - remembered.answers
    if missing > 0:
        more = plural("{count} more", "{count} more", missing)
        return _("Not enough answers yet to say; {more}.").format(more=more), _(
            "It takes answers to words that you met on an earlier day."
        )
    share, planned = round(100 * remembered.share), round(100 * wanted)
    said = _("You remember {share} % of what comes up, as planned.")
    if share > planned + 3:
        said = _("You remember {share} % of what comes up, more than planned.")
    elif share < planned - 3:
        said = _("You remember {share} % of what comes up, less than planned.")
    behind = _("From {count} answers in the last 30 days; planned {planned} %, foretold {expected} %.")
    return said.format(share=share), behind.format(
        count=remembered.answers, planned=planned, expected=round(100 * remembered.expected)
    )


def _sentence(look: Look, remembered: Remembered, wanted: float) -> ft.Control:
    said, behind = how_it_goes(remembered, wanted)
    return ft.Column(
        [
            ft.Semantics(header=True, content=words(look, said, GREETING)),
            words(look, behind, CAPTION, colour=look.colours.on_surface_variant),
        ],
        spacing=SPACE_4,
    )


def _pictures(look: Look, looking: LookingBack, told: Progress) -> list[ft.Control]:
    return [
        _practised(look, looking, told),
        _coming(look, told),
        _tracks(look, told),
        *_sounds(look, looking),
        _planned(look, told),
        _lasting(look, told),
        *(_coverage(look, *level) for level in told.coverage),
    ]


def _card(look: Look, title: str, said: str, parts: Sequence[ft.Control]) -> ft.Control:
    head: list[ft.Control] = [ft.Semantics(header=True, content=words(look, title, LABEL))]
    if said:
        head.append(words(look, said, CAPTION, colour=look.colours.on_surface_variant))
    return card(
        look,
        ft.Column(
            [ft.Column(head, spacing=2), *parts],
            spacing=SPACE_12,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
    )


# Days practised.


def _practised(look: Look, looking: LookingBack, told: Progress) -> ft.Control:
    first = told.today - timedelta(weeks=WEEKS) + timedelta(days=1)
    lately = [day for day in told.days if day.day >= first]
    days = (told.today - max(first, told.days[0].day)).days + 1
    said = _("{practised} of {days} days, longest gap {gap}; {minutes} min on a usual day").format(
        practised=len(lately), days=days, gap=told.longest_gap, minutes=told.usual_minutes
    )
    shown = _years(look, told) if looking.years else [_weeks(look, lately, told.today, first)]
    turns = looking.turns
    choices = ft.Row(
        [
            choice_chip(look, turns.press("weeks", looking.widen, False), _("13 weeks"), not looking.years),
            choice_chip(look, turns.press("years", looking.widen, True), _("Years"), looking.years),
        ],
        spacing=SPACE_8,
    )
    return _card(look, _("Days you practised"), said, [choices, *shown])


def _weeks(look: Look, days: Sequence[Day], today: date, first: date) -> ft.Control:
    """A column a week, Monday on top; the larger a square, the more answers."""
    answers = {day.day: day.answers for day in days}
    monday = first - timedelta(days=first.weekday())
    columns: list[ft.Control] = []
    while monday <= today:
        week = [monday + timedelta(days=at) for at in range(7)]
        cells = [_cell(look, answers.get(day, 0), day <= today and day >= first) for day in week]
        columns.append(ft.Column(cells, spacing=_GAP, tight=True))
        monday += timedelta(weeks=1)
    total = sum(answers.values())
    label = _("{total} answers on {days} days since {day}").format(
        total=total, days=len(answers), day=day_text(first)
    )
    row = ft.Row(columns, spacing=_GAP, alignment=ft.MainAxisAlignment.CENTER)
    legend = ft.Row(
        [
            words(look, _("fewer"), CAPTION, colour=look.colours.on_surface_variant),
            *(_cell(look, count, True) for count, _size in reversed(_STEPS)),
            words(look, _("more"), CAPTION, colour=look.colours.on_surface_variant),
        ],
        spacing=_GAP,
        alignment=ft.MainAxisAlignment.CENTER,
    )
    return ft.Semantics(
        label=label, exclude_semantics=True, content=ft.Column([row, legend], spacing=SPACE_12)
    )


def _cell(look: Look, answers: int, there: bool) -> ft.Control:
    colours = look.colours
    size = next((size for least, size in _STEPS if answers >= least), 0)
    inside = ft.Container(
        width=size or 3,
        height=size or 3,
        border_radius=3,
        bgcolor=colours.primary if size else colours.outline,
    )
    return ft.Container(
        inside if there else None,
        width=_CELL,
        height=_CELL,
        border_radius=4,
        bgcolor=colours.surface_container if there else None,
        alignment=ft.Alignment.CENTER,
    )


def _years(look: Look, told: Progress) -> list[ft.Control]:
    """A line a month: how many days and answers."""
    months: dict[tuple[int, int], list[Day]] = {}
    for day in told.days:
        months.setdefault((day.day.year, day.day.month), []).append(day)
    most = max(sum(day.answers for day in days) for days in months.values())
    quiet = look.colours.on_surface_variant
    rows: list[ft.Control] = []
    for (year, month), days in sorted(months.items(), reverse=True):
        count = sum(day.answers for day in days)
        name = month_text(date(year, month, 1))
        said = _("{days} days, {answers} answers").format(days=len(days), answers=count)
        bar = ft.ProgressBar(
            value=count / most, bar_height=8, border_radius=4, color=look.colours.primary,
            bgcolor=look.colours.ring_track,
        )  # fmt: skip
        rows.append(
            ft.Column(
                [
                    ft.Row([words(look, name, BODY, expand=True), words(look, said, CAPTION, colour=quiet)]),
                    bar,
                ],
                spacing=SPACE_4,
            )
        )
    return rows


# What is coming, and how it stands.


def _coming(look: Look, told: Progress) -> ft.Control:
    week = sum(told.coming[:7])
    said = _("{week} reviews in 7 days, {all} in {days}; {today} today").format(
        week=week, all=sum(told.coming), days=AHEAD, today=told.coming[0]
    )
    at = (0, 10, 20)
    names = [_("today"), *(day_short(told.today + timedelta(days=days)) for days in at[1:])]
    chart = ft.Semantics(label=said, exclude_semantics=True, content=_bars(look, told.coming, at, names))
    return _card(look, _("What is coming"), said, [chart])


def _bars(look: Look, values: Sequence[int], at: Sequence[int], said: Sequence[str]) -> ft.Control:
    """Bars with a word below some of them."""
    colours = look.colours
    wide = 14 if look.wide else 7
    width = wide if len(values) > 10 else wide * 3
    groups = [
        fc.BarChartGroup(
            x=number,
            rods=[fc.BarChartRod(from_y=0, to_y=value, width=width, color=colours.primary, border_radius=2)],
        )
        for number, value in enumerate(values)
    ]
    labels = [
        fc.ChartAxisLabel(value=number, label=words(look, text, CAPTION, colour=colours.on_surface_variant))
        for number, text in zip(at, said, strict=True)
    ]
    chart: ft.Control = fc.BarChart(
        groups=groups,
        bottom_axis=fc.ChartAxis(labels=labels, label_size=look.grown(32)),
        max_y=max([*values, 1]),
        interactive=False,
        height=look.grown(_CHART),
    )
    return chart


def _tracks(look: Look, told: Progress) -> ft.Control:
    colours = look.colours
    most = max([one.words for one in told.tracks] + [1])
    rows: list[ft.Control] = []
    for one in told.tracks:
        if not one.words:
            continue
        hue = colours.track(one.track)
        recall = f"{round(100 * one.recall)} %" if one.recall is not None else ""
        count = plural("{count} word", "{count} words", one.words)
        head = ft.Row(
            [
                ft.Icon(ICONS[one.track], color=hue.ink, size=look.grown(20)),
                words(look, track_word(one.track), LABEL, colour=hue.ink, expand=True),
                words(look, count, BODY, colour=colours.on_surface_variant),
                words(look, recall, LABEL),
            ],
            spacing=SPACE_8,
        )
        bar = ft.ProgressBar(
            value=one.words / most, bar_height=8, border_radius=4, color=hue.ink, bgcolor=colours.ring_track
        )
        rows.append(ft.Column([head, bar], spacing=SPACE_8))
    return _card(look, _("Four tracks"), _("Words met, and how likely you know one of them now"), rows)


def _sounds(look: Look, looking: LookingBack) -> list[ft.Control]:
    """Nothing for who did not speak lately: there is nothing to tell of."""
    if looking.sounds is None:
        return []
    said = _("What came out as another sound in the last seven days") if looking.sounds else ""
    parts = weak_sounds(look, looking, looking.sounds)
    return [named("weak-sounds", _card(look, _("Sounds to work on"), said, parts))]


def _planned(look: Look, told: Progress) -> ft.Control:
    rows = [
        _line(look, _("Learned under 3 weeks ago"), told.young),
        _line(look, _("Longer ago"), told.mature),
    ]
    return _card(look, _("Remembered against planned"), _("Of the answers of the last 30 days"), rows)


def _line(look: Look, title: str, one: Remembered) -> ft.Control:
    quiet = look.colours.on_surface_variant
    said = _("no answers yet")
    if one.answers:
        said = _("foretold {expected} %, from {count}").format(
            expected=round(100 * one.expected), count=plural("{count} answer", "{count} answers", one.answers)
        )
    left = ft.Column(
        [words(look, title, BODY), words(look, said, CAPTION, colour=quiet)], spacing=0, expand=True
    )
    share = f"{round(100 * one.share)} %" if one.answers else "–"
    return ft.Row([left, words(look, share, HEADING)])


def _lasting(look: Look, told: Progress) -> ft.Control:
    names = [_("<1 d"), _("<1 wk"), _("<3 wk"), _("<3 mo"), _("<1 y"), _("more")]
    said = ", ".join(f"{name}: {count}" for name, count in zip(names, told.lasting, strict=True))
    chart = _bars(look, told.lasting, range(len(names)), names)
    return _card(look, _("How long memories last"), said, [
        ft.Semantics(label=said, exclude_semantics=True, content=chart)
    ])  # fmt: skip


def _coverage(look: Look, cefr: str, known: int, count: int) -> ft.Control:
    colours = look.colours
    bar = ft.ProgressBar(
        value=known / count, bar_height=8, border_radius=4, color=colours.primary, bgcolor=colours.ring_track
    )
    title = _("{level} words").format(level=cefr)
    said = _("{known} of {count} {level} words known").format(known=known, count=count, level=cefr)
    return _card(look, title, said, [bar, ft.Container(height=SPACE_24 - SPACE_16)])
