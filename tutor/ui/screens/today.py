"""Today: how the day stands, and the one thing to do."""

from __future__ import annotations

import flet as ft

from tutor.i18n import _, plural
from tutor.memory.backlog import BACKLOG, days_to_clear
from tutor.memory.tracks import ARENA, EYES_FREE, Track
from tutor.outcome import SHORT_SESSION, Today, minutes_for
from tutor.ui.components.buttons import in_the_middle, key_box, pressable, textual
from tutor.ui.components.chips import track_tile, track_word
from tutor.ui.components.frame import card, message, rows_of
from tutor.ui.components.gym import lesson_card, skill_gym
from tutor.ui.components.ring import days_so_far, goal_ring, week_dots
from tutor.ui.components.text import day_short, day_text, words
from tutor.ui.state import AppState
from tutor.ui.theme import (
    BODY,
    BUTTON,
    BUTTON_START,
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
    START,
    TILE,
    Look,
)
from tutor.ui.turns import Press

EVENING_FROM = 18
SESSION = 20
"""Of a backlog, what one session holds."""

_LONG = 8
"""Letters of a track's name that a third of a phone's width still holds in large text."""

ARENA_FROM = 5
"""Due cards from which there is something to be hard about."""

TILES = tuple(Track)

_LETTER = 0.6
"""The width of a letter in ems, at most, so that a track's name stands on one line."""


def today_screen(state: AppState) -> ft.Control:
    """The first screen of every day."""
    look, today = state.look, state.today
    assert today
    parts: list[ft.Control] = [_greeting(look, state, today)]
    if state.notice:
        parts.append(message(state))
    parts.append(_hero(look, state, today))
    if not first_day(today):
        parts.append(_tiles(look, state, today))
        if state.following:
            parts.append(lesson_card(look, state, state.following))
        parts.append(skill_gym(look, state))
        parts.append(ft.Column(_ways(look, state, today), spacing=SPACE_8))
    return ft.Column(
        [
            ft.Row(
                [
                    ft.Container(
                        ft.Column(parts, spacing=SPACE_16 if not look.wide else SPACE_24),
                        width=look.column,
                        padding=ft.Padding.symmetric(vertical=SPACE_16 if not look.wide else SPACE_32),
                    )
                ],
                alignment=ft.MainAxisAlignment.CENTER,
            )
        ],
        scroll=ft.ScrollMode.AUTO,
        expand=True,
    )


def first_day(today: Today) -> bool:
    """Whether nothing was ever answered here."""
    return not (today.xp or today.active or today.waiting or today.resumable)


def greeting(name: str, hour: int) -> str:
    """What one says in Polish at this hour."""
    hello = "Dobry wieczór" if hour >= EVENING_FROM or hour < 4 else "Dzień dobry"
    return f"{hello}, {name}!" if name else f"{hello}!"


def _greeting(look: Look, state: AppState, today: Today) -> ft.Control:
    weekdays = _("Monday Tuesday Wednesday Thursday Friday Saturday Sunday").split()
    day = f"{weekdays[today.day.weekday()]} {day_text(today.day).rpartition(' ')[0]}"
    return ft.Column(
        [
            words(look, day, CAPTION, colour=look.colours.on_surface_variant),
            ft.Semantics(
                header=True,
                content=words(look, greeting(today.name, state.now().hour), GREETING),
            ),
        ],
        spacing=2,
    )


def _hero(look: Look, state: AppState, today: Today) -> ft.Control:
    """The ring, where the learner stands, and Start."""
    outer, stroke = (144, 12) if look.wide else (96, 10)
    title, line = _standing(today)
    stacked = look.big_text and not look.wide
    said: list[ft.Control] = [
        words(look, title, HEADING if look.wide else LABEL),
        words(look, line, CAPTION, colour=look.colours.on_surface_variant),
    ]
    week = ft.Container(week_dots(look, today), padding=ft.Padding.only(top=SPACE_8))
    if not stacked:
        said.append(week)
    row = ft.Row(
        [
            goal_ring(look, today, outer, stroke),
            ft.Column(said, spacing=SPACE_4, expand=True),
        ],
        spacing=SPACE_32 if look.wide else SPACE_16,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    parts: list[ft.Control] = [row]
    if stacked:
        parts.append(week)
    if today.has_something:
        parts.append(_start(look, state, today))
    other = _other_way(look, state, today)
    if other:
        parts.append(in_the_middle(other))
    plan = _plan(today)
    if plan:
        parts.append(words(look, plan, CAPTION, colour=look.colours.on_surface_variant))
    return card(
        look,
        ft.Column(parts, spacing=SPACE_16 if not look.wide else SPACE_24),
        padding=SPACE_16 if not look.wide else SPACE_24,
    )


def _standing(today: Today) -> tuple[str, str]:
    """How the day stands: a line and a smaller one below it."""
    left = today.goal_minutes - today.minutes_done
    if first_day(today) and not today.has_something:
        return _("There are no words here yet"), _("No course was found. The Library takes words of your own")
    if first_day(today):
        return _("Your first words"), _("Look, listen, then a first small test")
    if today.off_until:
        return (
            _("Days off until {day}").format(day=day_short(today.off_until)),
            _("Nothing is asked for, and your streak waits"),
        )
    if not today.has_something:
        return _("Na dziś to wszystko!"), _tomorrow(today)
    if left <= 0:
        return _("Na dziś to wszystko!"), _("Your goal for today is reached. {rest}").format(
            rest=_tomorrow(today)
        )
    if today.away and not today.resumable:
        return _("Good to see you again"), _("A short one is enough for today")
    return plural("{count} minute to your goal", "{count} minutes to your goal", left), days_so_far(today)


def _tomorrow(today: Today) -> str:
    """What the next day holds."""
    if not today.tomorrow:
        return _("Tomorrow is free, but for new words.")
    minutes = minutes_for(today.tomorrow, 0)
    return plural(
        "Tomorrow brings {count} card, about {minutes} min.",
        "Tomorrow brings {count} cards, about {minutes} min.",
        today.tomorrow,
        minutes=minutes,
    )


def _plan(today: Today) -> str:
    days = days_to_clear(today.waiting)
    if not days or today.off_until:
        return ""
    return _("There is more waiting: a plan for {days} days, a little on each.").format(days=days)


def _start(look: Look, state: AppState, today: Today) -> ft.Control:
    """The one large button: Start, Carry on, or, once the goal is reached, Keep going."""
    colours, turns = look.colours, state.turns
    reached = today.minutes_done >= today.goal_minutes
    rest = (reached or bool(today.off_until)) and not today.resumable
    ink = colours.on_primary_container if rest else colours.on_primary
    if today.resumable:
        done, total = today.resumable
        title, line = _("Carry on"), _("{done} of {total} done").format(done=done, total=total)
        press = turns.press("resume-session", state.resume, default=True)
    elif today.short_offered:
        minutes = minutes_for(min(today.waiting, SHORT_SESSION), 0)
        title, line = _("A short one"), _("about {count} min").format(count=max(1, minutes))
        press = turns.press("start-session", state.start_short, default=True)
    else:
        title = _("Practise all the same") if today.off_until else _("Keep going") if rest else _("Start")
        line = _what(today)
        press = turns.press("start-session", state.start, default=True)
    said = ft.Column([words(look, title, START, colour=ink), words(look, line, CAPTION, colour=ink)],
                     spacing=2, tight=True, expand=True)  # fmt: skip
    parts: list[ft.Control] = [said]
    if look.wide:
        parts.append(key_box(look, "Enter", ink))
    parts.append(ft.Icon(ft.Icons.PLAY_ARROW_ROUNDED, color=ink, size=32))
    return pressable(
        look,
        press,
        ft.Row(parts, spacing=SPACE_16),
        bgcolor=colours.primary_container if rest else colours.primary,
        colour=ink,
        height=look.grown(BUTTON_START),
        padding=ft.Padding.only(left=20, right=SPACE_12),
    )


def _other_way(look: Look, state: AppState, today: Today) -> ft.Control | None:
    """The quiet way beside Start: back from days off, or the usual session after days away."""
    if today.off_until:
        return textual(look, state.turns.press("back-again", state.back_again), _("I am back"))
    if today.short_offered:
        usual = _("The usual: {what}").format(what=_what(today))
        return textual(look, state.turns.press("start-usual", state.start), usual)
    return None


def _what(today: Today) -> str:
    """What Start will be: "14 due, 5 new, about 9 min"."""
    total = today.waiting
    due = total if total <= BACKLOG else SESSION
    parts = []
    if due:
        parts.append(_("{count} due").format(count=due))
    if today.new:
        parts.append(plural("{count} new", "{count} new", today.new))
    minutes = today.minutes if total <= BACKLOG else round(today.minutes * SESSION / total)
    return ", ".join([*parts, _("about {count} min").format(count=max(1, minutes))])


def _tiles(look: Look, state: AppState, today: Today) -> ft.Control:
    """The tracks with what is due; equal tiles, two by two or one below the other where they are narrow."""
    tiles = [
        track_tile(
            look,
            state.turns.press(f"track-{track}", state.start, track.value),
            track,
            today.due.get(track, 0),
        )
        for track in TILES
    ]
    longest = max(len(track_word(track)) for track in TILES)
    if look.big_text and (look.width < 360 or (longest > _LONG and not look.wide)):
        return ft.Column(tiles, spacing=SPACE_8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    room = (look.column - 3 * SPACE_8) / len(TILES) - 2 * SPACE_12
    fits = longest * look.size(TILE) * _LETTER <= room
    return rows_of(tiles, len(TILES) if fits else len(TILES) // 2)


def _ways(look: Look, state: AppState, today: Today) -> list[ft.Control]:
    """The quiet ways on: the hardest cards, the words that rest, how the learner remembers."""
    turns = state.turns
    ways = []
    if today.waiting >= ARENA_FROM and not today.resumable:
        press = turns.press("arena", state.start, ARENA)
        ways.append(_way(look, press, ft.Icons.LANDSCAPE_ROUNDED, _("Arena: the hardest first, no clock")))
    if today.due.get(Track.AUDIO) and not today.resumable:
        press = turns.press("eyes-free", state.start, EYES_FREE)
        ways.append(_way(look, press, ft.Icons.HEADPHONES_ROUNDED, _("Only listen: big buttons, eyes free")))
    if today.resting:
        said = plural(
            "{count} word rests and waits for help", "{count} words rest and wait for help", today.resting
        )
        ways.append(_way(look, turns.press("resting", state.see_resting), ft.Icons.BEDTIME_ROUNDED, said))
    press = turns.press("remembering", state.see_remembering)
    return [*ways, _way(look, press, ft.Icons.TUNE_ROUNDED, _("How you remember"))]


def _way(look: Look, press: Press, icon: ft.IconData, said: str) -> ft.Control:
    colours = look.colours
    quiet = colours.on_surface_variant
    content = ft.Row(
        [
            ft.Icon(icon, color=quiet, size=24),
            words(look, said, BODY, expand=True),
            ft.Icon(ft.Icons.CHEVRON_RIGHT_ROUNDED, color=quiet, size=24),
        ],
        spacing=SPACE_12,
    )
    return pressable(
        look,
        press,
        content,
        bgcolor=colours.surface_container_lowest,
        side=ft.BorderSide(1, colours.outline_variant),
        height=look.grown(BUTTON),
        padding=ft.Padding.symmetric(horizontal=SPACE_16),
    )
