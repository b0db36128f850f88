"""Words that differ by one sound: each can be heard, and one of them is said to be told from the others."""

from __future__ import annotations

import flet as ft

from tutor.course.item import Note
from tutor.drills.feedback import Verdict
from tutor.i18n import _
from tutor.memory.tracks import Track
from tutor.ui.components.buttons import control_side, filled, icon_only, key_box, named, pressable, textual
from tutor.ui.components.chips import ICONS
from tutor.ui.components.text import marked_up, words
from tutor.ui.components.verdict import sign
from tutor.ui.telling_apart import Hearing, TellingApart
from tutor.ui.theme import (
    BODY,
    BUTTON,
    CAPTION,
    HIT,
    POLISH,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    Look,
)


def contrasts(look: Look, path: TellingApart, note: Note) -> list[ft.Control]:
    """A note's contrasts, and the way to tell them apart by ear; as text alone where there is no voice."""
    if not path.voice:
        pairs = [words(look, " – ".join(pair), POLISH, medium=False) for pair in note.contrasts]
        return [ft.Row([*pairs], wrap=True, spacing=SPACE_16, run_spacing=SPACE_4)]
    hearing = path.hearing
    if hearing and hearing.heard.note.key == note.key:
        return [_asked(look, path, hearing)]
    rows: list[ft.Control] = [_pair(look, path, note, at) for at in range(len(note.contrasts))]
    ask = path.turns.press(f"hear-{note.key}", path.hear, note)
    return [
        ft.Column(rows, spacing=SPACE_4),
        ft.Row([textual(look, ask, _("Which one do you hear?"), icon=ICONS[Track.AUDIO], pad=SPACE_8,
                        colour=look.colours.track(Track.AUDIO).ink)]),
    ]  # fmt: skip


def _pair(look: Look, path: TellingApart, note: Note, at: int) -> ft.Control:
    """The words of one contrast, each of which is said when it is pressed."""
    parts: list[ft.Control] = []
    for place, word in enumerate(note.contrasts[at]):
        if parts:
            parts.append(words(look, "–", BODY, colour=look.colours.on_surface_variant))
        parts.append(
            pressable(
                look,
                path.turns.press(f"say-{note.key}-{at}-{place}", path.say, word),
                ft.Row(
                    [
                        ft.Icon(ft.Icons.VOLUME_UP_ROUNDED, color=look.colours.primary, size=look.grown(20)),
                        words(look, word, POLISH, medium=False),
                    ],
                    spacing=SPACE_8,
                    tight=True,
                ),
                height=look.grown(HIT),
                padding=ft.Padding.symmetric(horizontal=SPACE_8),
            )
        )
    return ft.Row(parts, wrap=True, spacing=SPACE_4, run_spacing=0)


def _asked(look: Look, path: TellingApart, hearing: Hearing) -> ft.Control:
    """A word was said: the words to choose from, and after the choice what it was."""
    heard, colours, turns = hearing.heard, look.colours, path.turns
    again = icon_only(
        look, turns.press("hear-again", path.say, heard.said), ft.Icons.VOLUME_UP_ROUNDED, _("Hear it again"),
        colour=colours.track(Track.AUDIO).ink, bgcolor=colours.track(Track.AUDIO).soft,
    )  # fmt: skip
    task = words(look, _("Listen: which word is it?"), BODY, expand=True)
    parts: list[ft.Control] = [ft.Row([again, task], spacing=SPACE_12), _options(look, path, hearing)]
    close = textual(look, turns.press("hear-enough", path.enough), _("Enough"), pad=SPACE_8)
    if hearing.chosen:
        parts.append(_told(look, hearing))
        go_on = turns.press("hear-next", path.hear, heard.note, default=True)
        parts.append(
            ft.Row([close, filled(look, go_on, _("Next"), key="Enter", expand=True)], spacing=SPACE_8)
        )
    else:
        parts.append(ft.Row([close]))
    return named(
        "contrast",
        ft.Column(parts, spacing=SPACE_12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
    )


def _options(look: Look, path: TellingApart, hearing: Hearing) -> ft.Control:
    """The words, each a button: before the choice it chooses, after it says the word."""
    colours = look.colours
    buttons: list[ft.Control] = []
    for number, word in enumerate(hearing.heard.options, 1):
        is_said = bool(hearing.chosen) and word == hearing.heard.said
        is_missed = bool(hearing.chosen) and word == hearing.chosen != hearing.heard.said
        hue = colours.good if is_said else colours.again if is_missed else None
        inside: list[ft.Control] = [words(look, word, POLISH, medium=False, colour=hue.ink if hue else None)]
        if look.wide and not hearing.chosen:
            inside.append(key_box(look, str(number), colours.on_surface_variant))
        act = path.say if hearing.chosen else path.tell_apart
        buttons.append(
            pressable(
                look,
                path.turns.press(f"contrast-{number}", act, word),
                ft.Row(inside, alignment=ft.MainAxisAlignment.CENTER, spacing=SPACE_8, tight=True),
                height=look.grown(BUTTON),
                side=ft.BorderSide(2, hue.ink) if hue else control_side(look),
                bgcolor=hue.soft if hue else ft.Colors.TRANSPARENT,
                expand=True,
            )
        )
    return ft.Row(buttons, spacing=SPACE_8)


def _told(look: Look, hearing: Hearing) -> ft.Control:
    """What it was, and how many were told apart so far."""
    right = hearing.chosen == hearing.heard.said
    verdict = Verdict.GOOD if right else Verdict.AGAIN
    said = _("Good: *{word}*.") if right else _("It was *{word}*. Tap both to hear how they differ.")
    count = _("{right} of {asked}").format(right=hearing.right, asked=hearing.asked)
    quiet = look.colours.on_surface_variant
    text = marked_up(look, said.format(word=hearing.heard.said), BODY, polish=look.colours.primary)
    text.expand = True
    counted = words(look, count, CAPTION, colour=quiet)
    return ft.Semantics(
        live_region=True,
        content=ft.Row([sign(look, verdict, 32), text, counted], spacing=SPACE_12),
    )
