"""The introduction: one question on each screen, each of which can be skipped."""

from __future__ import annotations

from collections.abc import Sequence

import flet as ft

from tutor.i18n import _, plural
from tutor.settings import GOALS, Theme
from tutor.ui.components.alphabet import sounds_page
from tutor.ui.components.buttons import (
    control_side,
    filled,
    hover_side,
    icon_only,
    in_the_middle,
    key_box,
    named,
    pressable,
    textual,
)
from tutor.ui.components.choices import Choices
from tutor.ui.components.field import plain_field
from tutor.ui.components.frame import card, message
from tutor.ui.components.text import marked_up, words
from tutor.ui.screens.settings import speakers
from tutor.ui.state import AppState
from tutor.ui.theme import (
    BODY,
    BUTTON,
    CAPTION,
    GREETING,
    HIT,
    LABEL,
    POLISH,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_24,
    WORD,
    Look,
)
from tutor.ui.turns import Press
from tutor.ui.welcoming import Welcoming
from tutor.welcome import Step

WIDTH, HEIGHT = 560, 640
_TEXT_SIZES = (0.85, 1.0, 1.3, 1.6)


def welcome_screen(state: AppState, welcoming: Welcoming) -> ft.Control:
    """The step that is reached."""
    look = state.look
    title, said, body, below = _step(look, welcoming)
    head: list[ft.Control] = (
        [ft.Semantics(header=True, content=words(look, title, GREETING))] if title else []
    )
    if said:
        head.append(
            (marked_up if "*" in said else words)(look, said, BODY, colour=look.colours.on_surface_variant)
        )
    if state.notice:
        head.insert(0, message(state))
    content = ft.Column(
        [*([ft.Column(head, spacing=SPACE_8)] if head else []), *body],
        spacing=SPACE_24,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        scroll=ft.ScrollMode.AUTO,
        expand=True,
        key=f"{welcoming.step}-{welcoming.alphabet.number if welcoming.alphabet else ''}",
    )
    foot = ft.Column(below, spacing=SPACE_4, horizontal_alignment=ft.CrossAxisAlignment.STRETCH, tight=True)
    column = ft.Column(
        [_bar(look, welcoming), content, foot],
        spacing=SPACE_16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        expand=True,
    )
    # The letters are a long list; any other step is a few lines, which stand together in the middle.
    height = look.height if welcoming.alphabet else min(look.height, HEIGHT * look.text)
    inside = ft.Container(
        named("welcome", column, expand=True),
        width=min(look.width - 2 * look.margin, WIDTH),
        height=height if look.wide else None,
        padding=ft.Padding.only(top=SPACE_8, bottom=SPACE_16),
    )
    return ft.Row(
        [inside],
        alignment=ft.MainAxisAlignment.CENTER,
        vertical_alignment=ft.CrossAxisAlignment.CENTER if look.wide else ft.CrossAxisAlignment.STRETCH,
        expand=True,
    )


def _bar(look: Look, welcoming: Welcoming) -> ft.Control:
    turns, steps = welcoming.turns, [step for step in Step if step is not Step.DONE]
    done = steps.index(welcoming.step) if welcoming.step in steps else len(steps)
    first = done == 0
    back = icon_only(
        look, turns.press("back", welcoming.back), ft.Icons.ARROW_BACK_ROUNDED, _("Back"), disabled=first
    )
    bar = ft.ProgressBar(
        value=(done + 1) / (len(steps) + 1),
        bar_height=6,
        border_radius=3,
        color=look.colours.primary,
        bgcolor=look.colours.ring_track,
        semantics_label=_("Progress"),
        expand=True,
        year_2023=True,
    )
    away = textual(look, turns.press("skip-all", welcoming.stop), _("Skip all"), pad=SPACE_8)
    return ft.Row([back, bar, away], spacing=SPACE_12)


_Parts = tuple[str, str, list[ft.Control], list[ft.Control]]
"""Title, a line below it, the middle of the screen, and the buttons at its foot."""


def _step(look: Look, welcoming: Welcoming) -> _Parts:
    match welcoming.step:
        case Step.NAME:
            return _name(look, welcoming)
        case Step.SPEAKER:
            return _speaker(look, welcoming)
        case Step.GOAL:
            return _goal(look, welcoming)
        case Step.LOOK:
            return _look(look, welcoming)
        case Step.LEVEL:
            return _level(look, welcoming)
        case _:
            return _sounds(look, welcoming)


def _name(look: Look, welcoming: Welcoming) -> _Parts:
    field = plain_field(
        look,
        welcoming.turns,
        "name-field",
        _("Your name"),
        welcoming.wrote,
        welcoming.call_me,
        welcoming.typed,
    )
    go_on = welcoming.turns.press("next", welcoming.call_me)
    said = _("I am your patient tutor. Nothing here is a race, and a retry never costs. What may I call you?")
    return _("Dzień dobry!"), said, [field], [filled(look, go_on, _("Next"), key="Enter")]


def _speaker(look: Look, welcoming: Welcoming) -> _Parts:
    said = _(
        "Polish tells who is speaking: for “I was” a woman says *byłam*, a man *byłem*. What do you say?"
    )
    body = _offered(look, welcoming, "speaker", speakers(), welcoming.settings.speaker)
    return _("You, in Polish"), said, [body], _next(look, welcoming)


def _goal(look: Look, welcoming: Welcoming) -> _Parts:
    lines = (_("a short pause"), _("a cup of tea"), _("a good walk with words"), _("a lesson a day"))
    goals = [
        (goal, _("{minutes} min: {what}").format(minutes=goal, what=line))
        for goal, line in zip(GOALS, lines, strict=True)
    ]
    body = _offered(look, welcoming, "goal_minutes", goals, welcoming.settings.goal_minutes)
    said = _("This only fills the ring on Today. A day off costs nothing.")
    return _("How long a day?"), said, [body], _next(look, welcoming)


def _look(look: Look, welcoming: Welcoming) -> _Parts:
    sizes = [(size, f"{round(100 * size)} %") for size in _TEXT_SIZES]
    themes = ((Theme.SYSTEM, _("As the device")), (Theme.LIGHT, _("Light")), (Theme.DARK, _("Dark")))
    now = welcoming.settings
    example = ft.Column(
        [
            words(look, "Mówię trochę po polsku.", POLISH),
            words(look, _("I speak a little Polish."), BODY, colour=look.colours.on_surface_variant),
        ],
        spacing=SPACE_4,
    )
    body: list[ft.Control] = [
        card(look, example),
        _chips(look, welcoming, _("Text size"), "text_size", sizes, now.text_size),
        _chips(look, welcoming, _("Theme"), "theme", themes, now.theme),
    ]
    return _("Easy on the eyes"), _("Choose, and see it at once."), body, _next(look, welcoming)


def _level(look: Look, welcoming: Welcoming) -> _Parts:
    turns = welcoming.turns
    if welcoming.placed:
        said = plural(
            "You know about {count} word of {total}. Over two weeks it is asked once, to make sure.",
            "You know about {count} words of {total}. Over two weeks each is asked once, to make sure.",
            welcoming.placed.known,
            total=welcoming.placed.of,
        )
        if not welcoming.placed.known:
            said = _("Then we begin at the beginning, and you will soon be further.")
        go_on = turns.press("next", welcoming.go, Step.SOUNDS, default=True)
        return _("Thank you!"), said, [], [filled(look, go_on, _("Next"), key="Enter")]
    if welcoming.question:
        return _question(look, welcoming)
    body = ft.Column(
        [
            _card(look, turns.press("from-zero", welcoming.skip), _("From the very beginning"), key="1"),
            _card(
                look, turns.press("place-me", welcoming.ask), _("I know some: ask me a dozen words"), key="2"
            ),
        ],
        spacing=SPACE_8,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    said = _("Whatever you know already need not be learned again.")
    return _("Do you know some Polish?"), said, [body], []


def _question(look: Look, welcoming: Welcoming) -> _Parts:
    drill, turns = welcoming.question, welcoming.turns
    assert drill
    done, total = welcoming.asked
    word = ft.Container(
        words(look, drill.prompt, WORD, size=look.word(drill.prompt), align=ft.TextAlign.CENTER),
        alignment=ft.Alignment.CENTER,
        padding=ft.Padding.symmetric(vertical=SPACE_24),
    )
    options: list[ft.Control] = [
        _card(look, turns.press(f"option-{at}", welcoming.answer, option), option, key=str(at + 1))
        for at, option in enumerate(drill.options)
    ]
    unsure = textual(look, turns.press("not-sure", welcoming.answer, None), _("Not sure"))
    body = ft.Column(options, spacing=SPACE_8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    place = _("{place} of {total}").format(place=done + 1, total=total)
    return (
        _("What does it mean?"),
        place,
        [word, body],
        [ft.Row([unsure], alignment=ft.MainAxisAlignment.CENTER)],
    )


def _sounds(look: Look, welcoming: Welcoming) -> _Parts:
    turns = welcoming.turns
    if welcoming.alphabet:
        page = sounds_page(look, turns, welcoming.alphabet.page, welcoming.say if welcoming.voice else None)
        label = _("Begin") if welcoming.alphabet.last else _("Next")
        go_on = turns.press("next", welcoming.turn, default=True)
        return "", "", [page], [filled(look, go_on, label, key="Enter")]
    begin = turns.press("tour", welcoming.tour, default=True)
    later = textual(look, turns.press("skip", welcoming.skip), _("Not now: begin with my first words"))
    said = _("A few short pages, about two minutes. You find them again in Lessons.")
    return (
        _("The letters and their sounds"),
        said,
        [],
        [
            filled(look, begin, _("Look and listen"), key="Enter"),
            in_the_middle(later),
        ],
    )


def _next(look: Look, welcoming: Welcoming) -> list[ft.Control]:
    go_on = welcoming.turns.press("next", welcoming.skip, default=True)
    return [filled(look, go_on, _("Next"), key="Enter")]


def _offered(look: Look, welcoming: Welcoming, name: str, choices: Choices, now: object) -> ft.Control:
    """Choices as cards, one below the other."""
    cards: list[ft.Control] = [
        _card(look, welcoming.turns.press(f"{name}-{at}", welcoming.choose, name, value), said,
              key=str(at + 1), chosen=value == now)
        for at, (value, said) in enumerate(choices)
    ]  # fmt: skip
    return ft.Column(cards, spacing=SPACE_8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _card(look: Look, press: Press, said: str, *, key: str = "", chosen: bool = False) -> ft.Control:
    colours = look.colours
    ink = colours.on_primary_container if chosen else colours.on_surface
    parts: list[ft.Control] = [words(look, said, LABEL, colour=ink, expand=True)]
    if key and look.wide:
        parts.insert(0, key_box(look, key, colours.on_surface_variant))
    if chosen:
        parts.append(ft.Icon(ft.Icons.CHECK_ROUNDED, color=colours.primary, size=24))
    content = ft.Container(ft.Row(parts, spacing=SPACE_12), padding=ft.Padding.symmetric(vertical=SPACE_16))
    button = pressable(
        look,
        press,
        content,
        bgcolor=colours.primary_container if chosen else colours.surface_container_lowest,
        side=ft.BorderSide(2, colours.primary) if chosen else control_side(look),
        hover_side=hover_side(look),
        padding=ft.Padding.symmetric(horizontal=SPACE_16),
        height=look.grown(BUTTON, 1.35) if len(said) * look.text < _ONE_LINE else None,
    )
    return ft.Semantics(selected=chosen, content=button)


_ONE_LINE = 36
"""Letters that stand on one line of a card on a phone; longer ones are as high as they need."""


def _chips(
    look: Look,
    welcoming: Welcoming,
    title: str,
    name: str,
    choices: Sequence[tuple[object, str]],
    now: object,
) -> ft.Control:
    chips: list[ft.Control] = []
    for at, (value, said) in enumerate(choices):
        chosen = value == now
        ink = look.colours.on_primary_container if chosen else look.colours.on_surface
        chip = pressable(
            look,
            welcoming.turns.press(f"{name}-{at}", welcoming.choose, name, value),
            words(look, said, LABEL, colour=ink),
            bgcolor=look.colours.primary_container if chosen else ft.Colors.TRANSPARENT,
            side=ft.BorderSide(1, look.colours.outline_control),
            height=look.grown(HIT),
            padding=ft.Padding.symmetric(horizontal=SPACE_16),
        )
        chips.append(ft.Semantics(selected=chosen, content=chip))
    row = ft.Row(chips, wrap=True, spacing=SPACE_8, run_spacing=SPACE_8)
    caption = words(look, title, CAPTION, colour=look.colours.on_surface_variant)
    return ft.Column([caption, row], spacing=SPACE_8)
