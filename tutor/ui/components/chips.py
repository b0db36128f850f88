"""The name and icon of a track, as a chip in a session and as a tile on Today."""

from __future__ import annotations

import flet as ft

from tutor.i18n import _, meant
from tutor.memory.tracks import Mode, Track
from tutor.ui.components.buttons import pressable
from tutor.ui.components.text import words
from tutor.ui.theme import CHIP, HIT, POLISH, RADIUS, SPACE_4, SPACE_8, SPACE_12, TILE, Look, Type
from tutor.ui.turns import Press

COUNT_CAP = 40
"""From here on a tile says "40+": a backlog is a plan over days, and no number."""

ICONS = {
    Track.VISUAL: ft.Icons.VISIBILITY_ROUNDED,
    Track.AUDIO: ft.Icons.HEADPHONES_ROUNDED,
    Track.CONTEXT: ft.Icons.FONT_DOWNLOAD_ROUNDED,
    Track.SPEECH: ft.Icons.MIC_ROUNDED,
}


def track_word(track: Track) -> str:
    """What a track is called to people."""
    names = {Track.VISUAL: _("Read"), Track.AUDIO: meant("track", "Listen"), Track.CONTEXT: _("Use")}
    return names.get(track) or _("Speak")


def mode_word(mode: Mode) -> str:
    """What is done in a mode, in a few words."""
    names = {
        Mode.RECALL: _("Knew what it means"),
        Mode.PHRASE: _("Chose the meaning"),
        Mode.SYNTAX: _("Built the sentence"),
        Mode.BLITZ: _("Chose what goes with it"),
        Mode.AUDIO: _("Understood it"),
        Mode.DICTATION: _("Wrote what was said"),
        Mode.CHUNKING: _("Put what was said in order"),
        Mode.CONTEXT: _("Filled the gap"),
        Mode.NUANCE: _("Chose the word that fits"),
        Mode.PRODUCE: _("Said it in Polish"),
        Mode.SPEAK: _("Said it aloud"),
        Mode.RESPOND: _("Answered the tutor"),
    }
    return names[mode]


def chip(look: Look, word: str, icon: ft.IconData, ink: str, soft: str) -> ft.Control:
    """An icon and a word on a soft ground."""
    return ft.Container(
        ft.Row(
            [ft.Icon(icon, color=ink, size=look.grown(18)), words(look, word, CHIP, colour=ink)],
            spacing=6,
            tight=True,
        ),
        height=look.grown(32),
        bgcolor=soft,
        border_radius=RADIUS * max(1.0, look.text),
        padding=ft.Padding.only(left=SPACE_8, right=SPACE_12),
    )


def track_chip(look: Look, track: Track) -> ft.Control:
    """Which memory a drill tests."""
    hue = look.colours.track(track)
    return chip(look, track_word(track), ICONS[track], hue.ink, hue.soft)


def new_chip(look: Look, phrase: bool, note: bool) -> ft.Control:
    """Says that something is met for the first time."""
    word = _("Good to know") if note else _("New phrase") if phrase else _("New word")
    icon = ft.Icons.LIGHTBULB_ROUNDED if note else ft.Icons.AUTO_AWESOME_ROUNDED
    return chip(look, word, icon, look.colours.on_primary_container, look.colours.primary_container)


def choice_chip(look: Look, press: Press, said: str, chosen: bool) -> ft.Control:
    """One of several things to choose from. It is drawn lower than the 48 that can be tapped."""
    colours = look.colours
    ink = colours.on_primary_container if chosen else colours.on_surface
    parts: list[ft.Control] = [words(look, said, CHIP, colour=ink)]
    if chosen:
        parts.insert(0, ft.Icon(ft.Icons.CHECK_ROUNDED, color=ink, size=look.grown(18)))
    button = pressable(
        look,
        press,
        ft.Container(
            ft.Row(parts, spacing=SPACE_4, tight=True, alignment=ft.MainAxisAlignment.CENTER),
            bgcolor=colours.primary_container if chosen else ft.Colors.TRANSPARENT,
            border=ft.Border.all(1, colours.outline_control),
            border_radius=RADIUS,
            padding=ft.Padding.symmetric(horizontal=SPACE_12),
            margin=ft.Margin.symmetric(vertical=SPACE_4),
            alignment=ft.Alignment.CENTER,
        ),
        height=look.grown(HIT),
    )
    return ft.Semantics(selected=chosen, content=button)


def track_tile(look: Look, press: Press, track: Track, due: int) -> ft.Control:
    """A track with what is due on it; a tap practises it alone."""
    hue = look.colours.track(track)
    count = str(due) if due <= COUNT_CAP else f"{COUNT_CAP}+"
    amount: ft.Control = words(look, count, Type(POLISH.size, POLISH.wide, True, 1.2), colour=hue.ink)
    if not due:
        done = _("nothing due")
        amount = ft.Icon(ft.Icons.CHECK_ROUNDED, color=hue.ink, size=look.grown(22), semantics_label=done)
    top = ft.Row(
        [ft.Icon(ICONS[track], color=hue.ink, size=look.grown(22)), amount],
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
    )
    return pressable(
        look,
        press,
        ft.Column([top, words(look, track_word(track), TILE)], spacing=SPACE_4, tight=True),
        bgcolor=hue.soft,
        colour=hue.ink,
        padding=SPACE_12,
        height=look.grown(76),
        expand=True,
    )
