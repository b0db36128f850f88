"""Saying it aloud: the microphone with its level, what is to be said, and the words as they were said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import flet as ft

from tutor.drills.drill import Drill
from tutor.drills.feedback import Verdict
from tutor.drills.spoken import Said, SaidWord
from tutor.i18n import _
from tutor.ui.aloud import Aloud
from tutor.ui.components.buttons import named, pressable, textual
from tutor.ui.components.text import marked_up, words
from tutor.ui.drilling import Drilling, Phase
from tutor.ui.recorder import Level, Stage
from tutor.ui.theme import (
    BODY,
    BORDER_FOCUS,
    CAPTION,
    LABEL,
    LONG_WORD,
    POLISH,
    QUICK,
    RADIUS_SMALL,
    SENTENCE,
    SPACE_4,
    SPACE_8,
    SPACE_16,
    SPACE_24,
    Look,
)
from tutor.ui.turns import Turns

CENTRE = ft.TextAlign.CENTER
MICROPHONE, MICROPHONE_SMALL = 96, 72
"""The round button, and where there is little room."""


def microphone_size(look: Look) -> float:
    """The width of the round button."""
    return MICROPHONE_SMALL if look.compact or look.big_text else MICROPHONE


@ft.component
def _halo(level: Level, size: float, colour: str, still: bool) -> ft.Control:
    """A ring round the button, as wide as what is heard is loud. Drawn by itself, ten times a second."""
    grown = 1.0 + (0.36 * level.value if not still else 0.0)
    return ft.Container(
        width=size,
        height=size,
        border_radius=size,
        bgcolor=colour,
        opacity=0.35 + 0.65 * level.value if still else 1.0,
        scale=grown,
        animate_scale=ft.Animation(QUICK, ft.AnimationCurve.EASE_OUT),
    )


@ft.component
def level_bar(level: Level, ink: str, ground: str) -> ft.Control:
    """How loud it is, as a thin bar: where there is no room for a ring."""
    return ft.Semantics(
        exclude_semantics=True,
        content=ft.ProgressBar(
            value=level.value, bar_height=4, border_radius=2, color=ink, bgcolor=ground, year_2023=True
        ),
    )


def microphone(
    look: Look, turns: Turns, aloud: Aloud, *, size: float, ring: bool = True, default: bool = False
) -> ft.Control:
    """The round button: tap and speak; it ends by itself, or when it is tapped again.

    Without a `ring` it takes no more room than its size.
    """
    hue, stage = look.colours.speak, aloud.recorder.stage
    listening = stage is Stage.LISTENING
    waiting = stage in (Stage.ASKING, Stage.JUDGING)
    if waiting:
        inside: ft.Control = ft.ProgressRing(color=hue.on_ink, width=size * 0.36, height=size * 0.36,
                                             stroke_width=3, semantics_label=doing(aloud))  # fmt: skip
    else:
        icon = ft.Icons.STOP_ROUNDED if listening else ft.Icons.MIC_ROUNDED
        label = _("Stop, that was all") if listening else _("Tap and speak")
        inside = ft.Icon(icon, color=hue.on_ink, size=size * 0.5, semantics_label=label)
    button = pressable(
        look,
        turns.press("speak", aloud.press, default=default),
        inside,
        bgcolor=hue.ink,
        colour=hue.on_ink,
        width=size,
        height=size,
        circle=True,
        # Disabled it would lose the focus; where Enter always means this button, it needs none.
        disabled=waiting and default,
        key="speak",
    )
    halo = _halo(aloud.recorder.level, size, hue.soft, look.still) if listening and ring else ft.Container()
    return ft.Stack(
        # Each in its place however far it is: a finger is lifted from what it was put on.
        [halo, button, _held(turns, aloud, size)],
        width=size * 1.4 if ring else size,
        height=size + SPACE_24 if ring else size,
        alignment=ft.Alignment.CENTER,
        clip_behavior=ft.ClipBehavior.NONE,
    )


def _held(turns: Turns, aloud: Aloud, size: float) -> ft.Control:
    """Over the button, for fingers and mice: held down, it listens until it is let go.

    A button of Flet's tells nothing of being let go, and of a long press nothing at all. Keys and screen
    readers press the button itself.
    """
    step = turns.step

    async def down(_event: object) -> None:
        await turns.take(step, aloud.hold)

    async def up(_event: object) -> None:
        await turns.take(step, aloud.let_go)

    # Told to nobody who does not see it: it would lie over the button, and they press that.
    return ft.GestureDetector(
        ft.Container(width=size, height=size, border_radius=size, bgcolor=ft.Colors.TRANSPARENT),
        on_tap_down=down, on_tap_up=up, on_pan_end=up, mouse_cursor=ft.MouseCursor.CLICK,
        exclude_from_semantics=True, key="held",
    )  # fmt: skip


def speak_area(look: Look, drilling: Drilling) -> list[ft.Control]:
    """The microphone, what it is doing, and ways out that shame nobody."""
    aloud, quiet = drilling.aloud, look.colours.on_surface_variant
    parts: list[ft.Control] = []
    said = aloud.recorder.problem or aloud.told
    if said:
        parts.append(ft.Semantics(live_region=True, content=words(look, said, BODY, align=CENTRE)))
    elif not aloud.hears and drilling.phase is Phase.ASK:
        parts.append(compared_by_ear(look))
        if drilling.to_settings:
            install = drilling.turns.press("install-model", drilling.to_settings)
            there = textual(look, install, _("Install a model"), pad=SPACE_8)
            parts.append(ft.Row([there], alignment=ft.MainAxisAlignment.CENTER))
    button = microphone(look, drilling.turns, aloud, size=microphone_size(look), default=True)
    parts.append(ft.Row([button], alignment=ft.MainAxisAlignment.CENTER))
    parts.append(ft.Semantics(live_region=True, content=words(
        look, doing(aloud), CAPTION, colour=quiet, align=CENTRE)))  # fmt: skip
    if drilling.retrying:
        back = textual(look, drilling.turns.press("not-sure", drilling.not_sure), _("Enough"), pad=SPACE_8)
        parts.append(ft.Row([back], alignment=ft.MainAxisAlignment.CENTER))
    else:
        parts.append(_ways_out(look, drilling))
    return parts


def compared_by_ear(look: Look) -> ft.Control:
    """Says that no model listens here."""
    alone = _("No speech model is here, so you compare by ear. Settings has one to install.")
    return words(look, alone, CAPTION, colour=look.colours.on_surface_variant, align=CENTRE)


def doing(aloud: Aloud) -> str:
    """What the microphone is doing, in a few words."""
    match aloud.recorder.stage:
        case Stage.ASKING:
            return _("Opening the microphone …")
        case Stage.LISTENING:
            return _("Listening. It stops when you are silent.")
        case Stage.JUDGING if aloud.loading:
            return _("Loading the speech model. This takes a moment, once.")
        case Stage.JUDGING:
            return _("One moment …")
        case Stage.IDLE:
            return _("Tap and speak")


def _ways_out(look: Look, drilling: Drilling) -> ft.Control:
    turns = drilling.turns
    ways = [
        textual(look, turns.press("not-sure", drilling.not_sure), _("Not sure, show me"), pad=SPACE_8),
        textual(look, turns.press("judge-oneself", drilling.judge_oneself), _("Judge it myself"),
                pad=SPACE_8),
        textual(look, turns.press("write-instead", drilling.write_instead), _("Write it"), pad=SPACE_8),
        textual(look, turns.press("cannot-speak", drilling.cannot_speak), _("Can’t speak now"), pad=SPACE_8,
                icon=ft.Icons.MIC_OFF_ROUNDED),
    ]  # fmt: skip
    return ft.Row(ways, alignment=ft.MainAxisAlignment.CENTER, wrap=True, spacing=SPACE_8, run_spacing=0)


def speak_prompt(look: Look, drilling: Drilling, drill: Drill) -> list[ft.Control]:
    """What is to be said: seen, heard, asked for in English, or as an answer to the tutor's line."""
    quiet = look.colours.on_surface_variant
    parts: list[ft.Control] = []
    if drill.line:
        parts.append(words(look, drill.line, SENTENCE, align=CENTRE))
        parts.append(words(look, drill.line_means, CAPTION, colour=quiet, align=CENTRE))
        parts += _listening(look, drilling)
        parts.append(words(look, drill.prompt, POLISH, align=CENTRE, medium=False))
    else:
        size = look.word(drill.prompt) if len(drill.prompt) <= LONG_WORD else None
        parts.append(words(look, drill.prompt, SENTENCE, size=size, align=CENTRE))
        if drill.translation:
            parts.append(words(look, drill.translation, BODY, colour=quiet, align=CENTRE))
        parts += _listening(look, drilling)
    shown = _help(drilling, drill)
    if shown:
        hue = look.colours.speak
        parts.append(ft.Container(
            words(look, shown, POLISH, colour=hue.ink, align=CENTRE), bgcolor=hue.soft,
            border_radius=RADIUS_SMALL,
            padding=ft.Padding.symmetric(horizontal=SPACE_16, vertical=SPACE_8)))  # fmt: skip
    return parts


def _help(drilling: Drilling, drill: Drill) -> str:
    """Patience: half of the answer after a weak try, all of it after two."""
    if drill.prompt == drill.answer or not (drilling.retrying or drilling.hinted):
        return ""
    return drill.answer if drilling.aloud.weak > 1 or not drill.hint else f"{drill.hint} …"


def _listening(look: Look, drilling: Drilling) -> list[ft.Control]:
    """Listen and Slower, where hearing it tells nothing that is asked."""
    if not drilling.audible:
        return []
    return [playing_row(look, drilling.turns, None, drilling.replay)]


def playing_row(
    look: Look, turns: Turns, aloud: Aloud | None, say: Callable[[bool], Awaitable[None]] | None
) -> ft.Control:
    """Play what was said, and how it is said: at its speed, and slowly. None for what cannot be played."""
    parts = list[ft.Control]()
    if aloud and aloud.mine:
        parts.append(textual(look, turns.press("play-mine", aloud.play_mine), _("Mine"),
                             icon=ft.Icons.PERSON_ROUNDED, pad=SPACE_8))  # fmt: skip
    if say:
        label = _("Model") if aloud else _("Listen")
        parts.append(textual(look, turns.press("replay", say, False), label,
                             icon=ft.Icons.VOLUME_UP_ROUNDED, pad=SPACE_8))  # fmt: skip
        parts.append(textual(look, turns.press("slower", say, True), _("Slower"),
                             icon=ft.Icons.SLOW_MOTION_VIDEO_ROUNDED, pad=SPACE_8))  # fmt: skip
    return ft.Row(parts, alignment=ft.MainAxisAlignment.CENTER, wrap=True, spacing=SPACE_8, run_spacing=0)


def said_words(look: Look, drilling: Drilling, drill: Drill, said: Said | None) -> list[ft.Control]:
    """The words in the colours of their verdicts, and in words; what it means; both recordings."""
    quiet = look.colours.on_surface_variant
    english = drill.translation if drill.prompt == drill.answer else drill.prompt
    parts: list[ft.Control] = []
    if said:
        parts.append(word_chips(look, drilling.turns, drilling.aloud, said))
    else:
        size = look.word(drill.answer) if len(drill.answer) <= LONG_WORD else None
        parts.append(words(look, drill.answer, SENTENCE, size=size, align=CENTRE))
    parts.append(words(look, english, BODY, colour=quiet, align=CENTRE))
    say = drilling.replay if drilling.audible else None
    parts.append(playing_row(look, drilling.turns, drilling.aloud, say))
    return parts


def word_chips(look: Look, turns: Turns, aloud: Aloud, said: Said) -> ft.Control:
    """The words in the colours of their verdicts."""
    chips = [_word(look, turns, aloud, word, place) for place, word in enumerate(said.words)]
    return ft.Row(
        chips, alignment=ft.MainAxisAlignment.CENTER, wrap=True, spacing=SPACE_4, run_spacing=SPACE_4
    )


def _word(look: Look, turns: Turns, aloud: Aloud, word: SaidWord, place: int) -> ft.Control:
    """One word with its verdict; pressed, its sounds are shown."""
    hue = look.colours.verdict(word.verdict)
    chosen = aloud.word == place
    inside = ft.Column(
        [
            words(look, word.text, POLISH, colour=hue.ink, align=CENTRE, lines=1),
            ft.Row(
                [_small_sign(look, word.verdict), words(look, verdict_word(word.verdict), CAPTION,
                                                        colour=hue.ink, lines=1)],
                spacing=SPACE_4, tight=True, alignment=ft.MainAxisAlignment.CENTER,
            ),
        ],
        spacing=0, tight=True, horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )  # fmt: skip
    return pressable(
        look,
        turns.press(f"said-{place}", aloud.choose_word, place),
        inside,
        bgcolor=hue.soft,
        side=ft.BorderSide(BORDER_FOCUS, hue.ink) if chosen else None,
        radius=RADIUS_SMALL,
        padding=ft.Padding.symmetric(horizontal=SPACE_8, vertical=SPACE_4),
        height=look.grown(68, 1.5),
    )


def verdict_word(verdict: Verdict) -> str:
    """A verdict in a word."""
    return {Verdict.GOOD: _("Good"), Verdict.NEARLY: _("Nearly"), Verdict.AGAIN: _("Again")}[verdict]


def _small_sign(look: Look, verdict: Verdict) -> ft.Control:
    hue = look.colours.verdict(verdict)
    if verdict is Verdict.NEARLY:
        return words(look, "≈", CAPTION, colour=hue.ink)
    icon = ft.Icons.CHECK_ROUNDED if verdict is Verdict.GOOD else ft.Icons.REPLAY_ROUNDED
    return ft.Icon(icon, color=hue.ink, size=look.grown(14))


def sounds_of_word(look: Look, aloud: Aloud, said: Said) -> list[ft.Control]:
    """The sounds of the word that is chosen, those that differed filled, and how to make them."""
    place = aloud.word
    if place is None or place >= len(said.words):
        return []
    word, quiet = said.words[place], look.colours.on_surface_variant
    hue = look.colours.verdict(word.verdict if word.verdict is not Verdict.GOOD else Verdict.GOOD)
    head = ft.Row(
        [words(look, _("The sounds in"), CAPTION, colour=quiet), words(look, word.text, POLISH)],
        spacing=SPACE_4, tight=True, vertical_alignment=ft.CrossAxisAlignment.END,
    )  # fmt: skip
    tiles: list[ft.Control] = []
    for sound in word.sounds:
        ink = hue.on_ink if sound.differs else None
        inside = ft.Column(
            [
                words(look, sound.letters, LABEL, colour=ink, align=CENTRE, lines=1),
                words(look, sound.phone, CAPTION, colour=ink or quiet, align=CENTRE, lines=1),
            ],
            spacing=0, tight=True, horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        )  # fmt: skip
        tiles.append(ft.Container(
            inside, bgcolor=hue.ink if sound.differs else look.colours.surface_container_lowest,
            border_radius=RADIUS_SMALL, padding=ft.Padding.symmetric(vertical=SPACE_8),
            expand=True))  # fmt: skip
    named_tiles = ft.Semantics(
        label=", ".join(_differed(sound.letters, sound.differs) for sound in word.sounds),
        exclude_semantics=True, content=ft.Row(tiles, spacing=SPACE_4),
    )  # fmt: skip
    parts: list[ft.Control] = [head, named_tiles]
    if word.told:
        parts.append(marked_up(look, word.told, BODY, polish=look.colours.on_surface))
    return [named("sounds", ft.Column(parts, spacing=SPACE_8, tight=True,
                                      horizontal_alignment=ft.CrossAxisAlignment.STRETCH))]  # fmt: skip


def _differed(letters: str, differs: bool) -> str:
    return _("{sound}, differed").format(sound=letters) if differs else letters


def estimate(said: Said) -> str:
    """The score of all of it, in words."""
    return _("{score} of 100, an estimate").format(score=said.total)


def scores_row(look: Look, said: Said) -> ft.Control:
    """Accuracy, fluency and completeness."""
    quiet = look.colours.on_surface_variant
    figures = {
        _("Accuracy"): said.accuracy, _("Fluency"): said.fluency, _("Complete"): said.completeness
    }  # fmt: skip
    pairs: list[ft.Control] = [
        ft.Row([words(look, name, CAPTION, colour=quiet), words(look, str(value), CAPTION, medium=True)],
               spacing=SPACE_4, tight=True)
        for name, value in figures.items()
    ]  # fmt: skip
    return ft.Row(pairs, wrap=True, spacing=SPACE_24, run_spacing=0)
