"""The answer area: within thumb's reach, one kind for each way of answering."""

from __future__ import annotations

import flet as ft

from tutor.course.item import ItemKind
from tutor.drills.drill import Ask, Drill
from tutor.drills.feedback import Verdict
from tutor.i18n import _
from tutor.memory.review import Rating
from tutor.memory.tracks import Track
from tutor.ui.components.buttons import (
    control_side,
    filled,
    hover_side,
    key_box,
    pressable,
    textual,
)
from tutor.ui.components.field import hint_button, typed_answer
from tutor.ui.components.measure import option_height, rate_height
from tutor.ui.components.order import built_answer
from tutor.ui.components.speaking import speak_area
from tutor.ui.components.text import words
from tutor.ui.drilling import Drilling, Phase
from tutor.ui.theme import BORDER_CONTROL, CAPTION, LABEL, SPACE_8, SPACE_12, SPACE_16, Look

_ONE_LINE = 34
"""Letters that stand on one line of an option on a phone; longer options are as high as they need."""


def answer_area(look: Look, drilling: Drilling) -> ft.Control:
    """What stands below the prompt until there is an answer."""
    drill = drilling.drill
    assert drill
    if drill.ask is Ask.TYPE or drilling.aloud.writing:
        return typed_answer(look, drilling)
    if drill.ask is Ask.ORDER:
        parts = built_answer(look, drilling)
    elif drill.ask is Ask.CHOOSE:
        parts = [*options(look, drilling), _ways_out(look, drilling)]
    elif drill.ask is Ask.SPEAK and drilling.phase is Phase.ASK:
        parts = speak_area(look, drilling)
    elif drill.ask in (Ask.GRADE, Ask.SPEAK):
        parts = _grades(look, drilling)
    else:
        parts = _acknowledge(look, drilling)
    return ft.Container(
        ft.Column(parts, spacing=SPACE_8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH, tight=True),
        padding=ft.Padding.only(
            left=look.inset, right=look.inset, bottom=SPACE_8 if not look.wide else SPACE_16
        ),
    )


def _acknowledge(look: Look, drilling: Drilling) -> list[ft.Control]:
    turns = drilling.turns
    parts = [filled(look, turns.press("next", drilling.acknowledge, default=True), _("Next"), key="Enter")]
    if drilling.drill and drilling.drill.item:
        phrase = drilling.drill.item.kind is ItemKind.PHRASE
        label = _("I know this phrase") if phrase else _("I know this word")
        known = textual(look, turns.press("know", drilling.know), label)
        parts.append(ft.Row([known], alignment=ft.MainAxisAlignment.CENTER))
    return parts


def options(look: Look, drilling: Drilling) -> list[ft.Control]:
    """The options; once answered, which was chosen and which was right, told by colour and by sign."""
    drill = drilling.drill
    assert drill
    return [_option(look, drilling, drill, at, option) for at, option in enumerate(drill.options)]


def _option(look: Look, drilling: Drilling, drill: Drill, at: int, option: str) -> ft.Control:
    colours, answered = look.colours, drilling.phase is Phase.ANSWERED
    side, bgcolor, sign, ink = control_side(look), colours.surface_container_lowest, None, colours.on_surface
    if answered and option in (drill.answer, drilling.chosen):
        right = option == drill.answer
        hue = colours.verdict(Verdict.GOOD if right else Verdict.AGAIN)
        bgcolor, ink, side = hue.soft, hue.ink, ft.BorderSide(BORDER_CONTROL, hue.ink)
        sign = ft.Icon(
            ft.Icons.CHECK_ROUNDED if right else ft.Icons.REPLAY_ROUNDED,
            color=hue.ink,
            size=24,
            semantics_label=_("right") if right else _("your answer"),
        )
    parts: list[ft.Control] = []
    if look.wide and not answered:
        parts.append(key_box(look, str(at + 1), colours.on_surface_variant))
    parts.append(words(look, option, LABEL, colour=ink, expand=True, lines=3))
    if sign:
        parts.append(sign)
    return pressable(
        look,
        drilling.turns.press(f"option-{at}", drilling.choose, option),
        ft.Row(parts, spacing=SPACE_12),
        bgcolor=bgcolor,
        side=side,
        hover_side=None if answered else hover_side(look),
        height=option_height(look, answered) if len(option) < _ONE_LINE / look.text else None,
        padding=ft.Padding.symmetric(horizontal=SPACE_16, vertical=SPACE_8),
        disabled=answered,
    )


def _ways_out(look: Look, drilling: Drilling) -> ft.Control:
    """Ways out of a choice that shame nobody."""
    turns, drill = drilling.turns, drilling.drill
    parts = [textual(look, turns.press("not-sure", drilling.not_sure), _("Not sure, show me"), pad=SPACE_8)]
    if drill and drill.passage:
        label = _("Back to the question") if drilling.text_open else _("Look at the text")
        look_back = turns.press("look-back", drilling.show_text)
        parts.append(textual(look, look_back, label, icon=ft.Icons.MENU_BOOK_ROUNDED, pad=SPACE_8))
    if drilling.more_hints and drill and drill.asks:
        parts.insert(0, hint_button(look, drilling))
    if drill and drill.track is Track.AUDIO:
        parts.append(_cannot_listen(look, drilling))
    return ft.Row(parts, alignment=ft.MainAxisAlignment.CENTER, wrap=True, spacing=SPACE_8, run_spacing=0)


def _cannot_listen(look: Look, drilling: Drilling) -> ft.Control:
    off = drilling.turns.press("cannot-listen", drilling.cannot_listen)
    return textual(look, off, _("Can’t listen now"), icon=ft.Icons.HEARING_DISABLED_ROUNDED, pad=SPACE_8)


def _grades(look: Look, drilling: Drilling) -> list[ft.Control]:
    turns = drilling.turns
    drill = drilling.drill
    assert drill
    if drilling.phase is Phase.ASK:
        show = filled(look, turns.press("reveal", drilling.reveal, default=True), _("Show"), key="Space")
        if drill.track is not Track.AUDIO:
            return [show]
        return [show, ft.Row([_cannot_listen(look, drilling)], alignment=ft.MainAxisAlignment.CENTER)]
    asked = _("How well did you say it?") if drill.ask is Ask.SPEAK else _("How well did you know it?")
    asks = words(look, asked, CAPTION, colour=look.colours.on_surface_variant,
                 align=ft.TextAlign.CENTER)  # fmt: skip
    buttons = [_grade(look, drilling, drill, rating) for rating in drilling.previews]
    if look.big_text and look.width < 360:
        rows = [ft.Row(buttons[:2], spacing=SPACE_8), ft.Row(buttons[2:], spacing=SPACE_8)]
        return [asks, *rows]
    return [asks, ft.Row(buttons, spacing=SPACE_8)]


def grade_word(drill: Drill, rating: Rating) -> str:
    """What a grade is called: where a word was only heard, there are two."""
    if drill.track is Track.AUDIO:
        return _("Not yet") if rating is Rating.AGAIN else _("Knew it")
    return {
        Rating.AGAIN: _("Again"),
        Rating.HARD: _("Hard"),
        Rating.GOOD: _("Good"),
        Rating.EASY: _("Easy"),
    }[rating]


def _grade(look: Look, drilling: Drilling, drill: Drill, rating: Rating) -> ft.Control:
    colours = look.colours
    ink, soft = {
        Rating.AGAIN: (colours.again.ink, colours.again.soft),
        Rating.HARD: (colours.nearly.ink, colours.nearly.soft),
        Rating.GOOD: (colours.good.ink, colours.good.soft),
        Rating.EASY: (colours.primary, colours.primary_container),
    }[rating]
    word = grade_word(drill, rating)
    said = ft.Column(
        [
            words(look, word, LABEL, colour=ink, align=ft.TextAlign.CENTER, lines=1),
            words(look, drilling.previews.get(rating, ""), CAPTION, align=ft.TextAlign.CENTER, lines=1),
        ],
        spacing=2,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
    content: ft.Control = said
    if look.wide:
        content = ft.Row([key_box(look, str(int(rating)), ink), said], tight=True, spacing=SPACE_12)
    return pressable(
        look,
        drilling.turns.press(f"rate-{int(rating)}", drilling.rate, rating),
        content,
        bgcolor=soft,
        colour=ink,
        height=rate_height(look, drill),
        expand=True,
    )
