"""Settings: groups in plain words; each row says what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

import flet as ft

from tutor.drills.speaker import Speaker
from tutor.i18n import _, plural
from tutor.settings import GOALS, Grading, Language, Theme
from tutor.ui.adjusting import Adjusting
from tutor.ui.components.buttons import filled, named, outlined
from tutor.ui.components.choices import Choices, choice, switch
from tutor.ui.components.field import plain_field
from tutor.ui.components.frame import card, message, scrolling
from tutor.ui.components.rows import line, link, unfolding
from tutor.ui.components.text import day_text, words
from tutor.ui.screens.speech_settings import speech_rows
from tutor.ui.screens.your_data import data_rows, deletion, working
from tutor.ui.state import AppState
from tutor.ui.theme import (
    CAPTION,
    GREETING,
    LABEL,
    SPACE_4,
    SPACE_8,
    SPACE_16,
    SPACE_24,
    SPACE_32,
    Look,
)

WIDTH = 640
_NEW = (0, 3, 5, 10, 15, 20, 30)
_TEXT_SIZES = (0.85, 1.0, 1.15, 1.3, 1.45, 1.6)
_SPEEDS = (0.75, 0.9, 1.0, 1.15)
_DAYS_OFF, _WEEKS_OFF = (1, 3), (1, 2, 4)
_DAY_STARTS = tuple(time(hour) for hour in range(7))


def settings_screen(state: AppState, adjusting: Adjusting) -> ft.Control:
    """Everything that can be set, in groups."""
    look = state.look
    title = ft.Semantics(header=True, content=words(look, _("Settings"), GREETING))
    parts: list[ft.Control] = [title]
    if state.notice:
        parts.append(message(state))
    parts += [
        _group(look, _("You"), _you(look, state, adjusting)),
        _group(look, _("Learning"), _learning(look, state, adjusting)),
        _group(look, _("Sound"), _sound(look, adjusting)),
        _group(look, _("Speaking"), speech_rows(look, adjusting)),
        *_meaning(look, adjusting),
        _group(look, _("Look"), _appearance(look, adjusting)),
        _group(look, _("Your data"), data_rows(look, state, adjusting)),
        deletion(look, state, adjusting),
    ]
    column = ft.Container(
        named("settings", ft.Column(parts, spacing=SPACE_24)),
        width=min(look.content - 2 * look.margin, WIDTH),
        padding=ft.Padding.only(top=SPACE_16 if not look.wide else SPACE_32, bottom=SPACE_32),
    )
    return scrolling(column)


def _group(look: Look, name: str, rows: Sequence[ft.Control]) -> ft.Control:
    parts: list[ft.Control] = []
    for one in rows:
        if parts:
            parts.append(ft.Divider(height=1, color=look.colours.outline_variant))
        parts.append(one)
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
        choice(look, adjusting, "goal_minutes", _("Daily goal"),
               _("How long the ring on Today takes to fill"), now.goal_minutes, minutes),
        choice(look, adjusting, "new_per_day", _("New words a day"), _("More now means more reviews later"),
               now.new_per_day, new),
        link(look, remember, _("How much to remember"),
              _("Higher means shorter waits and more reviews; easy days, too")),
        choice(look, adjusting, "grading", _("Grading"),
               _("By time: quick answers count as easy. Buttons: only what you say counts"), now.grading,
               grading),
        _pause(look, adjusting),
        choice(look, adjusting, "day_start", _("A day begins at"),
               _("What you do at night still counts for the day before"), now.day_start, starts),
        switch(look, adjusting, "focus", _("Focus timer"),
               _("After 25 minutes of practice it offers a break"), now.focus),
    ]  # fmt: skip


def _pause(look: Look, adjusting: Adjusting) -> ft.Control:
    """Days off, from today on."""
    now = adjusting.pause
    choices = [
        (0, _("None")),
        *((days, plural("{count} day", "{count} days", days)) for days in _DAYS_OFF),
        *((7 * weeks, plural("{count} week", "{count} weeks", weeks)) for weeks in _WEEKS_OFF),
    ]
    days = adjusting.days_off
    effect = _("For holidays: nothing is asked for, and your streak waits")
    if now:
        effect = _("Until {day}; nothing is asked for, and your streak waits").format(day=day_text(now.last))
        if days not in dict(choices):
            choices.append((days, plural("{count} day", "{count} days", days)))
    return choice(look, adjusting, "pause", _("Days off"), effect, days, choices)


def _sound(look: Look, adjusting: Adjusting) -> list[ft.Control]:
    now = adjusting.settings
    speeds = [(speed, f"{round(100 * speed)} %") for speed in sorted({*_SPEEDS, now.speed})]
    autoplay = switch(look, adjusting, "autoplay", _("Play by itself"),
                      _("Words are spoken when they appear and after an answer"), now.autoplay)  # fmt: skip
    if not adjusting.voice:
        missing = _("No voice is installed; `tutor doctor` says how to get one")
        return [autoplay, line(look, _("Voice"), missing)]
    return [
        autoplay,
        choice(look, adjusting, "voice", _("Voice"), adjusting.voice, adjusting.voice_now,
               tuple(adjusting.voices.items())),
        choice(look, adjusting, "speed", _("Speed"), _("How fast it speaks"), now.speed, speeds),
        working(look, adjusting, "voice-all") or _sounds(look, adjusting),
    ]  # fmt: skip


def _sounds(look: Look, adjusting: Adjusting) -> ft.Control:
    """Sounds are made when they are needed, or here all at once."""
    done = adjusting.voiced
    if done:
        minutes, seconds = divmod(round(done.seconds), 60)
        length = f"{minutes}:{seconds:02}"
        said = plural(
            "{count} sound is there, {length} of speech",
            "{count} sounds are there, {length} of speech",
            done.sounds,
            length=length,
        )
    elif adjusting.met:
        said = plural(
            "Of the {count} word you met; else each is made when it is first needed",
            "Of the {count} words you met; else each is made when it is first needed",
            adjusting.met,
        )
    else:
        said = _("Nothing was met yet, so there is nothing to say")
    press = adjusting.turns.press("voice-all", adjusting.voice_all)
    return link(look, press, _("Make all sounds now"), said)


def _meaning(look: Look, adjusting: Adjusting) -> list[ft.Control]:
    """Words of like meaning are told with nothing to set, and only what is missing for that is said."""
    said = [adjusting.meaning_problem] if adjusting.meaning_problem else []
    if adjusting.unready:
        said.append(
            plural(
                "{count} word is being made ready.", "{count} words are being made ready.", adjusting.unready
            )
        )
    if not said:
        return []
    return [_group(look, _("Meaning"), [line(look, _("Words of like meaning"), " ".join(said))])]


def _appearance(look: Look, adjusting: Adjusting) -> list[ft.Control]:
    now = adjusting.settings
    themes = ((Theme.SYSTEM, _("As the device")), (Theme.LIGHT, _("Light")), (Theme.DARK, _("Dark")))
    sizes = [(size, f"{round(100 * size)} %") for size in sorted({*_TEXT_SIZES, now.text_size})]
    languages = (
        (Language.DEVICE, _("As the device")),
        (Language.ENGLISH, "English"),
        (Language.POLISH, "Polski"),
    )
    return [
        choice(look, adjusting, "language", _("Language of the app"),
               _("Translations and notes of the course stay English"), now.language, languages),
        choice(look, adjusting, "theme", _("Theme"), _("Light or dark"), now.theme, themes),
        choice(look, adjusting, "text_size", _("Text size"), _("Everything grows, nothing is cut"),
               now.text_size, sizes),
        switch(look, adjusting, "less_motion", _("Less motion"), _("Fades instead of slides"),
               now.less_motion),
        switch(look, adjusting, "spacing", _("More space between letters"),
               _("Letters and lines stand further apart, which helps with dyslexia"), now.spacing),
    ]  # fmt: skip


# Who learns.


def speakers() -> Choices:
    """Which forms one can use of oneself, each with an example."""
    return (
        (Speaker.FEMININE, _("As a woman: byłam")),
        (Speaker.MASCULINE, _("As a man: byłem")),
        (Speaker.EITHER, _("Either")),
    )


def _speaker(look: Look, adjusting: Adjusting) -> ft.Control:
    effect = _("Which form is shown where Polish tells who speaks; both are always right")
    return choice(look, adjusting, "speaker", _("You say"), effect, adjusting.settings.speaker, speakers())


def _you(look: Look, state: AppState, adjusting: Adjusting) -> list[ft.Control]:
    press = state.turns.press("switch-learner", state.switch)
    effect = _("Somebody else learns here, with words and settings of their own")
    return [
        _name(look, adjusting),
        _speaker(look, adjusting),
        _pin(look, adjusting),
        link(look, press, _("Switch learner"), effect),
    ]


def _pin(look: Look, adjusting: Adjusting) -> ft.Control:
    turns, locked = adjusting.turns, adjusting.me.locked
    press = turns.press("open-pin", adjusting.unfold, "pin")
    title, effect = _("PIN"), _("Asked for before your profile opens")
    shown = _("on") if locked else _("off")
    if adjusting.open != "pin":
        return unfolding(look, press, title, effect, shown, None)
    said = _(
        "It keeps a brother or a sister out. It is no encryption: whoever can read the folder can read your"
        " words. If you forget it, `tutor learners forget-pin` takes it away."
    )
    field = plain_field(
        look, turns, "pin-field", _("4 to 8 digits"), adjusting.wrote, adjusting.lock, secret=True
    )
    save = filled(look, turns.press("save-pin", adjusting.lock), _("Change it") if locked else _("Set it"))
    offered: list[ft.Control] = [
        words(look, said, CAPTION, colour=look.colours.on_surface_variant),
        field,
        save,
    ]
    if locked:
        offered.append(outlined(look, turns.press("remove-pin", adjusting.unlock), _("Ask for none")))
    return unfolding(look, press, title, effect, shown, offered)


def _name(look: Look, adjusting: Adjusting) -> ft.Control:
    turns, value = adjusting.turns, adjusting.settings.name
    press = turns.press("open-name", adjusting.unfold, "name")
    title, effect, shown = _("Name"), _("What the tutor calls you"), value or _("not said")
    if adjusting.open != "name":
        return unfolding(look, press, title, effect, shown, None)
    field = plain_field(look, turns, "name-field", _("Your name"), adjusting.wrote, adjusting.rename, value)
    save = filled(look, turns.press("save-name", adjusting.rename), _("Save"))
    return unfolding(look, press, title, effect, shown, [field, save])
