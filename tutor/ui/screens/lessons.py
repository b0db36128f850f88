"""Lessons: the path, a lesson's page, and the grammar of all of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from itertools import groupby

import flet as ft

from tutor.checkpoint import QUESTIONS, UnitStanding, is_passed
from tutor.course.item import Extra, Note
from tutor.i18n import _, plural
from tutor.lessons import LessonPage, Standing
from tutor.ui.alphabet import Alphabet
from tutor.ui.components.alphabet import sounds_page
from tutor.ui.components.buttons import filled, icon_only, key_box, named, outlined, pressable, textual
from tutor.ui.components.contrasts import contrasts
from tutor.ui.components.frame import card, message, scrolling
from tutor.ui.components.lesson_bar import lesson_bar
from tutor.ui.components.text import marked_up, words
from tutor.ui.learning_path import LearningPath, Part, is_done, next_part, parts_of
from tutor.ui.state import AppState
from tutor.ui.theme import (
    BODY,
    CAPTION,
    GREETING,
    HEADING,
    LABEL,
    POLISH,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_32,
    Look,
)

WIDTH = 640
_NODE = 32
_IN_VIEW = 2
"""Lessons that are seen without scrolling: who is further has the one to go on with above the path, too."""


def lessons_screen(state: AppState, path: LearningPath) -> ft.Control:
    """The path, or what was opened from it."""
    look = state.look
    if path.page:
        parts = _lesson(look, state, path, path.page)
    elif path.grammar:
        parts = _reference(look, path)
    elif path.alphabet:
        parts = _alphabet(look, path, path.alphabet)
    else:
        parts = _path(look, state, path)
    if state.notice:
        parts.insert(1, message(state))
    shown = ft.Column(parts, spacing=SPACE_16, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    column = ft.Container(
        named("lessons", shown),
        width=min(look.content - 2 * look.margin, WIDTH),
        padding=ft.Padding.only(top=SPACE_16 if not look.wide else SPACE_32, bottom=SPACE_32),
    )
    key = path.page.standing.id if path.page else "grammar" if path.grammar else "path"
    if path.alphabet:
        key = f"alphabet-{path.alphabet.number}"
    return scrolling(column, key)


def _path(look: Look, state: AppState, path: LearningPath) -> list[ft.Control]:
    reference = textual(
        look, path.turns.press("grammar", path.look_up), _("Grammar"), icon=ft.Icons.AUTO_STORIES_ROUNDED
    )
    title = ft.Semantics(header=True, expand=True, content=words(look, _("Lessons"), GREETING))
    parts: list[ft.Control] = [ft.Row([title, reference])]
    if not path.path:
        parts.append(words(look, _("There is no course here."), BODY))
    if path.following and path.following.number > _IN_VIEW:
        parts.append(_step(look, path, path.following, "go-on"))
    parts.append(_letters(look, path))
    units = {unit.id: unit for unit in path.units}
    for of, found in groupby(path.path, key=lambda one: one.unit):
        unit = units.get(of)
        if unit:
            parts.append(_unit_head(look, unit))
        parts += [_step(look, path, one) for one in found]
        if unit:
            parts.append(_checkpoint(look, state, path, unit))
    return parts


def _letters(look: Look, path: LearningPath) -> ft.Control:
    """The way to the tour of the letters."""
    quiet = look.colours.on_surface_variant
    said = ft.Column(
        [
            words(look, _("The letters and their sounds"), LABEL),
            words(look, _("Two minutes to look and listen"), CAPTION, colour=quiet),
        ],
        spacing=SPACE_4,
        expand=True,
        tight=True,
    )
    row: list[ft.Control] = [
        ft.Icon(ft.Icons.ABC_ROUNDED, color=look.colours.primary, size=_NODE),
        said,
        ft.Icon(ft.Icons.CHEVRON_RIGHT_ROUNDED, color=quiet, size=24),
    ]
    return pressable(
        look,
        path.turns.press("alphabet", path.tour),
        ft.Container(ft.Row(row, spacing=SPACE_16), padding=SPACE_16),
        bgcolor=look.colours.surface_container_lowest,
        side=ft.BorderSide(1, look.colours.outline_variant),
    )


def _alphabet(look: Look, path: LearningPath, alphabet: Alphabet) -> list[ft.Control]:
    """A page of the tour, and the ways to those around it."""
    turns = path.turns
    place = _("{place} of {total}").format(place=alphabet.number + 1, total=len(alphabet.pages))
    title = words(look, place, CAPTION, colour=look.colours.on_surface_variant)
    page = sounds_page(look, turns, alphabet.page, path.say if path.voice else None)
    before = outlined(look, turns.press("page-back", path.turn, -1), _("Back"), expand=True)
    go_on = turns.press("next", path.turn, default=True)
    further = filled(look, go_on, _("Done") if alphabet.last else _("Next"), key="Enter", expand=True)
    buttons: list[ft.Control] = [further] if not alphabet.number else [before, further]
    return [
        _head(look, path, _("The letters and their sounds")),
        title,
        page,
        ft.Row(buttons, spacing=SPACE_8),
    ]


def _unit_head(look: Look, unit: UnitStanding) -> ft.Control:
    number = _("Unit {number}").format(number=unit.number)
    return ft.Container(
        ft.Column(
            [
                words(look, number, CAPTION, colour=look.colours.on_surface_variant),
                ft.Semantics(header=True, content=words(look, unit.title_pl, HEADING)),
                words(look, unit.title, BODY, colour=look.colours.on_surface_variant),
            ],
            spacing=0,
            tight=True,
        ),
        padding=ft.Padding.only(top=SPACE_8),
    )


def _checkpoint(look: Look, state: AppState, path: LearningPath, unit: UnitStanding) -> ft.Control:
    """The flag at the end of a unit."""
    colours = look.colours
    passed = is_passed(unit.right, unit.asked)
    if unit.asked:
        said = _("Your best: {right} of {asked}").format(right=unit.right, asked=unit.asked)
    else:
        said = _("About {count} questions on the whole unit, without help").format(count=QUESTIONS)
    flag = ft.Container(
        ft.Icon(ft.Icons.FLAG_ROUNDED, color=colours.on_primary if passed else colours.primary, size=20),
        width=_NODE,
        height=_NODE,
        border_radius=_NODE / 2,
        bgcolor=colours.primary if passed else None,
        border=None if passed else ft.Border.all(2, colours.outline),
        alignment=ft.Alignment.CENTER,
    )
    text = ft.Column(
        [words(look, _("Checkpoint"), LABEL), words(look, said, CAPTION, colour=colours.on_surface_variant)],
        spacing=SPACE_4,
        expand=True,
        tight=True,
    )
    mark: ft.Control = ft.Icon(ft.Icons.CHEVRON_RIGHT_ROUNDED, color=colours.on_surface_variant, size=24)
    if passed:
        mark = words(look, _("Passed"), LABEL, colour=colours.primary)
    box = pressable(
        look,
        path.turns.press(f"checkpoint-{unit.number}", state.start_checkpoint, unit.id),
        ft.Container(ft.Row([flag, text, mark], spacing=SPACE_16), padding=SPACE_16),
        bgcolor=colours.surface_container,
        side=ft.BorderSide(1, colours.outline_variant),
    )
    how = _("passed") if passed else _("not passed yet")
    label = _("Checkpoint of unit {number}: {how}").format(number=unit.number, how=how)
    return ft.Semantics(label=label, content=box)


def _step(look: Look, path: LearningPath, one: Standing, name: str = "") -> ft.Control:
    """A lesson on the path: done, current, begun or later; every one can be opened.

    With a `name` it stands there once more, under that.
    """
    colours = look.colours
    begun = bool(one.met or one.talked)
    current = path.following is not None and one.id == path.following.id
    node: ft.Control = words(look, str(one.number), LABEL, colour=colours.on_surface)
    if one.done:
        node = ft.Icon(ft.Icons.CHECK_ROUNDED, color=colours.on_primary, size=20)
    ground = colours.primary if one.done else colours.primary_container if current or begun else None
    circle = ft.Container(
        node,
        width=_NODE,
        height=_NODE,
        border_radius=_NODE / 2,
        bgcolor=ground,
        border=None if one.done else ft.Border.all(2, colours.primary if current else colours.outline),
        alignment=ft.Alignment.CENTER,
    )
    quiet = colours.on_surface_variant
    said: list[ft.Control] = [
        words(look, one.title_pl, POLISH),
        words(look, one.title, BODY),
        words(look, one.can_do, CAPTION, colour=quiet),
    ]
    if begun:
        said.append(lesson_bar(look, one))
    box = pressable(
        look,
        path.turns.press(name or f"lesson-{one.number}", path.open, one.id),
        ft.Container(
            ft.Row(
                [
                    circle,
                    ft.Column(said, spacing=SPACE_4, expand=True, tight=True),
                    ft.Icon(ft.Icons.CHEVRON_RIGHT_ROUNDED, color=quiet, size=24),
                ],
                spacing=SPACE_16,
            ),
            padding=SPACE_16,
        ),
        bgcolor=colours.surface_container_lowest,
        side=ft.BorderSide(2 if current else 1, colours.primary if current else colours.outline_variant),
    )
    how = _("done") if one.done else _("the next one") if current else _("begun") if begun else _("later")
    return ft.Semantics(label=f"{one.number}. {one.title_pl}, {one.title}: {how}", content=box)


def _head(look: Look, path: LearningPath, title: str) -> ft.Control:
    close = path.turns.press("close-lesson", path.close)
    back = icon_only(look, close, ft.Icons.ARROW_BACK_ROUNDED, _("Back to the lessons"))
    return ft.Row(
        [back, ft.Semantics(header=True, expand=True, content=words(look, title, GREETING))], spacing=SPACE_8
    )


def _lesson(look: Look, state: AppState, path: LearningPath, page: LessonPage) -> list[ft.Control]:
    one, quiet = page.standing, look.colours.on_surface_variant
    about: list[ft.Control] = [words(look, one.title, BODY), words(look, one.can_do, BODY, colour=quiet)]
    said = [one.cefr] if one.checked else [one.cefr, _("Not yet checked by a native speaker")]
    about.append(words(look, " · ".join(said), CAPTION, colour=quiet))
    parts: list[ft.Control] = [_head(look, path, one.title_pl)]
    parts.append(ft.Column(about, spacing=SPACE_4))
    following = next_part(one)
    parts.append(
        ft.Column(
            [_part(look, state, path, page, part, part is following) for part in parts_of(one)],
            spacing=SPACE_8,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )
    )
    parts += _notes(look, path, page.notes)
    if one.culture:
        parts.append(card(look, marked_up(look, one.culture, BODY, polish=look.colours.primary)))
    if page.extras:
        parts.append(_extras(look, path, page.extras))
    parts.append(_words(look, page))
    return parts


def _part(
    look: Look, state: AppState, path: LearningPath, page: LessonPage, part: Part, following: bool
) -> ft.Control:
    """A part of a lesson. The one that comes next is the main button of the page."""
    colours, one = look.colours, page.standing
    action, icon, title, said = _about(state, page, part)
    ink = colours.on_primary if following else colours.on_surface
    quiet = colours.on_primary if following else colours.on_surface_variant
    text = ft.Column(
        [words(look, title, LABEL, colour=ink), words(look, said, CAPTION, colour=quiet)],
        spacing=SPACE_4,
        expand=True,
        tight=True,
    )
    end = ft.Icons.CHECK_ROUNDED if is_done(part, one) else ft.Icons.CHEVRON_RIGHT_ROUNDED
    row: list[ft.Control] = [ft.Icon(icon, color=quiet, size=24), text]
    if following and look.wide:
        row.append(key_box(look, "Enter", ink))
    row.append(ft.Icon(end, color=quiet, size=24))
    return pressable(
        look,
        path.turns.press(part, action, one.id, default=following),
        ft.Container(ft.Row(row, spacing=SPACE_16), padding=SPACE_16),
        bgcolor=colours.primary if following else colours.surface_container_lowest,
        colour=ink,
        side=None if following else ft.BorderSide(1, colours.outline_variant),
    )


def _about(
    state: AppState, page: LessonPage, part: Part
) -> tuple[Callable[[str], Awaitable[None]], ft.IconData, str, str]:
    """What a part does, its icon, what it is called and how far it has got."""
    one = page.standing
    if part is Part.TALK:
        assert page.dialogue
        title = _("Talk with {who}").format(who=page.dialogue.who)
        said = _("A short conversation") if not one.talked else _("{done} of {steps} answers").format(
            done=one.talked, steps=one.steps)  # fmt: skip
        if is_done(part, one):
            said = _("You talked it all the way through; it can be had again")
        return state.talk, ft.Icons.FORUM_ROUNDED, title, said
    if part is Part.WORDS:
        said = _("{met} of {items} met").format(met=one.met, items=one.items)
        if is_done(part, one):
            said = _("You met all of it; its words come back when it is time")
        return state.start_lesson, ft.Icons.AUTO_AWESOME_ROUNDED, _("Meet the new words"), said
    said = _("A small session of what you met")
    return state.practise_lesson, ft.Icons.FITNESS_CENTER_ROUNDED, _("Practise"), said


def _words(look: Look, page: LessonPage) -> ft.Control:
    quiet = look.colours.on_surface_variant
    rows: list[ft.Control] = []
    for row in page.words:
        met = bool(row.tracks) or row.known
        icon = ft.Icons.CHECK_CIRCLE_ROUNDED if met else ft.Icons.CIRCLE_OUTLINED
        said = _("met") if met else _("not met yet")
        ink = look.colours.primary if met else look.colours.outline
        mark = ft.Icon(icon, color=ink, size=20, semantics_label=said)
        text = ft.Column(
            [words(look, row.text, POLISH, selectable=True), words(look, row.meaning, BODY, colour=quiet)],
            spacing=0,
            expand=True,
        )
        rows.append(ft.Row([text, mark], spacing=SPACE_8))
    count = plural("{count} word and phrase", "{count} words and phrases", len(page.words))
    return card(look, ft.Column([words(look, count, LABEL), *rows], spacing=SPACE_12))


def _extras(look: Look, path: LearningPath, extras: Iterable[Extra]) -> ft.Control:
    """What is there for the fun of it: each to hear, and to try to say."""
    quiet = look.colours.on_surface_variant
    parts: list[ft.Control] = [ft.Semantics(header=True, content=words(look, _("For fun"), HEADING))]
    for at, extra in enumerate(extras):
        said = words(look, extra.text, POLISH, medium=False, selectable=True)
        said.expand = True
        row: list[ft.Control] = [said]
        if path.voice:
            say = path.turns.press(f"say-extra-{at}", path.say, extra.text)
            row.append(
                icon_only(look, say, ft.Icons.VOLUME_UP_ROUNDED, _("Listen"), colour=look.colours.primary)
            )
        lines: list[ft.Control] = [ft.Row(row, spacing=SPACE_8), words(look, extra.means, BODY, colour=quiet)]
        if extra.note:
            lines.append(marked_up(look, extra.note, CAPTION, colour=quiet))
        parts.append(ft.Column(lines, spacing=2))
    return card(
        look,
        ft.Column(parts, spacing=SPACE_12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
    )


def _notes(look: Look, path: LearningPath, notes: Iterable[Note]) -> list[ft.Control]:
    primary = look.colours.primary
    cards: list[ft.Control] = []
    for note in notes:
        parts: list[ft.Control] = [
            ft.Semantics(header=True, content=marked_up(look, note.title, HEADING, polish=primary)),
            marked_up(look, note.text, BODY, polish=primary),
        ]
        if note.contrasts:
            parts += contrasts(look, path, note)
        cards.append(
            card(
                look,
                ft.Column(parts, spacing=SPACE_8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
            )
        )
    return cards


def _reference(look: Look, path: LearningPath) -> list[ft.Control]:
    """Every note on grammar, lesson by lesson."""
    parts: list[ft.Control] = [_head(look, path, _("Grammar"))]
    for one, notes in path.grammar:
        heading = words(look, f"{one.number}. {one.title_pl}", LABEL, colour=look.colours.primary)
        parts.append(ft.Semantics(header=True, content=heading))
        parts += _notes(look, path, notes)
    return parts
