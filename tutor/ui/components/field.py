"""The answer area for what is typed: the base form, a hint, the field, Check, the Polish letters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import flet as ft

from tutor.i18n import _
from tutor.memory.tracks import Track
from tutor.text import LONGEST_ANSWER
from tutor.ui.components.buttons import named, pressable, textual
from tutor.ui.components.letters import letter_row
from tutor.ui.components.text import in_parts, words
from tutor.ui.drilling import Drilling
from tutor.ui.theme import (
    BODY,
    BORDER_CONTROL,
    BORDER_FOCUS,
    CAPTION,
    FIELD,
    FONT,
    LABEL,
    POLISH,
    RADIUS,
    SENTENCE,
    SPACE_4,
    SPACE_8,
    SPACE_16,
    Look,
)
from tutor.ui.turns import Turns
from tutor.ui.writing import Writing


@ft.component
def with_focus(content: ft.Control, focus: Callable[[], Awaitable[None]], step: int) -> ft.Control:
    """`content`, and the focus in its field when it appears."""
    ft.use_effect(focus, [step])
    return content


def typed_answer(look: Look, drilling: Drilling) -> ft.Control:
    """Everything for a typed answer. The field has the focus from the start."""
    drill, turns = drilling.drill, drilling.turns
    assert drill
    hint = _("In English") if drill.english else _("In Polish")
    colours = look.colours
    check = pressable(
        look,
        turns.press("check", drilling.check),
        words(look, _("Check"), LABEL, colour=colours.on_primary),
        bgcolor=colours.primary,
        colour=colours.on_primary,
        height=look.grown(FIELD),
        padding=ft.Padding.symmetric(horizontal=20),
    )
    field = written_field(look, turns, drilling, hint, drilling.check)
    rows: list[ft.Control] = [
        ft.Container(
            ft.Column(
                [_helps(look, drilling), ft.Row([field, check], spacing=SPACE_8)],
                spacing=SPACE_8,
                tight=True,
            ),
            padding=ft.Padding.only(left=look.inset, right=look.inset, bottom=SPACE_8),
        )
    ]
    if not drill.english:
        row = letters_for(look, turns, drilling)
        rows.append(ft.Container(row, padding=ft.Padding.only(bottom=SPACE_16) if look.wide else 0))
    area = ft.Column(rows, spacing=SPACE_4, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return with_focus(area, partial(focus, drilling), turns.step)


async def focus(writing: Writing) -> None:
    """Put the caret into the field."""
    if writing.field.current:
        await writing.field.current.focus()  # type: ignore[no-untyped-call]


def letters_for(look: Look, turns: Turns, writing: Writing) -> ft.Control:
    """The row of Polish letters that are put into a field."""

    async def letter(text: str) -> None:
        if not turns.typing:
            await focus(writing)
        await writing.letter(text)

    return letter_row(look, lambda at, text: turns.press(f"letter-{at}", letter, text))


def _helps(look: Look, drilling: Drilling) -> ft.Control:
    """What form is asked for, and hints; after the last hint, the whole answer."""
    drill, turns = drilling.drill, drilling.turns
    assert drill
    quiet = look.colours.on_surface_variant
    polish = ft.TextStyle(size=look.size(POLISH), color=look.colours.on_surface)
    said: list[ft.Control] = []
    if drill.gap and drill.gap.base:
        line = words(look, "", CAPTION, colour=quiet)
        said.append(in_parts(line, (_("Right form of") + " ", None), (drill.gap.base, polish)))
    if drilling.half:
        line = words(look, "", CAPTION, colour=quiet)
        said.append(in_parts(line, (_("It begins with") + " ", None), (drilling.half + "…", polish)))
    buttons: list[ft.Control] = []
    if drill.track is Track.AUDIO:
        off = turns.press("cannot-listen", drilling.cannot_listen)
        buttons.append(textual(look, off, _("Can’t listen now"), pad=SPACE_8))
    if drilling.more_hints:
        buttons.append(hint_button(look, drilling))
    else:
        buttons.append(
            textual(look, turns.press("not-sure", drilling.not_sure), _("Not sure, show me"), pad=SPACE_8)
        )
    return ft.Row(
        [ft.Column(said, spacing=0, expand=True, tight=True), *buttons],
        spacing=0,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )


def hint_button(look: Look, drilling: Drilling) -> ft.Control:
    """The next hint; what is being written goes on below it."""

    async def hinted() -> None:
        await drilling.hint()
        await focus(drilling)

    hint = drilling.turns.press("hint", hinted)
    return textual(look, hint, _("Hint"), icon=ft.Icons.LIGHTBULB_ROUNDED, pad=SPACE_8)


def written_field(
    look: Look, turns: Turns, writing: Writing, hint: str, submit: Callable[[], Awaitable[None]]
) -> ft.Control:
    """The field for an answer; Enter is `submit`."""
    colours, step = look.colours, turns.step

    def changed(event: Any) -> None:
        if step == turns.step:
            writing.wrote(event.control.value)

    def selected(event: Any) -> None:
        if step == turns.step:
            writing.select(event.selection)

    def focused(typing: bool) -> None:
        if step == turns.step:
            turns.typing = typing

    async def submitted(event: Any) -> None:
        turns.keyed()
        if step == turns.step:
            # What the field holds now: a letter put in a moment ago may have crossed a key on its way.
            writing.wrote(event.data if isinstance(event.data, str) else event.control.value)
        await turns.take(step, submit)
        if step == turns.step:
            # Nothing was written, or it could not be kept: Enter took the focus away, and it goes on here.
            await focus(writing)

    field = ft.TextField(
        ref=writing.field,
        value=writing.typed,
        selection=writing.selection,
        key=f"field-{step}",
        expand=True,
        hint_text=hint,
        hint_style=ft.TextStyle(size=look.size(BODY), color=colours.on_surface_variant, letter_spacing=0),
        text_style=ft.TextStyle(
            size=look.size(SENTENCE), font_family=FONT, color=colours.on_surface, letter_spacing=0
        ),
        border_radius=RADIUS,
        border_width=BORDER_CONTROL,
        border_color=colours.outline,
        focused_border_width=BORDER_FOCUS,
        focused_border_color=colours.primary,
        bgcolor=colours.surface_container_lowest,
        hover_color=ft.Colors.TRANSPARENT,
        filled=True,
        cursor_color=colours.primary,
        content_padding=ft.Padding.symmetric(horizontal=SPACE_16, vertical=14),
        max_length=LONGEST_ANSWER,
        counter="",
        autocorrect=False,
        enable_suggestions=False,
        capitalization=ft.TextCapitalization.NONE,
        smart_dashes_type=False,
        smart_quotes_type=False,
        on_change=changed,
        on_selection_change=selected,
        on_submit=submitted,
        on_focus=lambda _event: focused(True),
        on_blur=lambda _event: focused(False),
        on_tap_outside=lambda _event: None,
    )
    return named("answer-field", field, expand=True)


def plain_field(
    look: Look,
    turns: Turns,
    name: str,
    hint: str,
    wrote: Callable[[str], None],
    submit: Callable[[], Awaitable[None]],
    value: str = "",
    *,
    focus_at_once: bool = True,
    secret: bool = False,
    label: str = "",
) -> ft.Control:
    """A field for a line of the learner's own. `wrote` is told what stands in it; `submit` ends it.

    One that is `secret` takes digits and shows dots. `label` is what it is called to those who do not see
    what stands above it.
    """
    colours, step = look.colours, turns.step
    ref: ft.Ref[ft.TextField] = ft.Ref()

    def typing(now: bool) -> None:
        turns.typing = now

    async def focus() -> None:
        if ref.current and focus_at_once:
            await ref.current.focus()  # type: ignore[no-untyped-call]

    async def submitted(event: Any) -> None:
        turns.keyed()
        if step == turns.step:
            wrote(event.control.value)
        await turns.take(step, submit)

    field = ft.TextField(
        ref=ref,
        key=f"{name}-{step}",
        value=value,
        hint_text=hint,
        password=secret,
        keyboard_type=ft.KeyboardType.NUMBER if secret else ft.KeyboardType.TEXT,
        hint_style=ft.TextStyle(size=look.size(BODY), color=colours.on_surface_variant),
        text_style=ft.TextStyle(size=look.size(BODY), font_family=FONT, color=colours.on_surface),
        border_radius=RADIUS,
        border_width=BORDER_CONTROL,
        border_color=colours.outline,
        focused_border_width=BORDER_FOCUS,
        focused_border_color=colours.primary,
        bgcolor=colours.surface_container_lowest,
        filled=True,
        cursor_color=colours.primary,
        content_padding=ft.Padding.symmetric(horizontal=SPACE_16, vertical=14),
        max_length=LONGEST_ANSWER,
        counter="",
        on_submit=submitted,
        on_change=lambda event: wrote(event.control.value),
        on_focus=lambda _event: typing(True),
        on_blur=lambda _event: typing(False),
    )
    shown = ft.MergeSemantics(ft.Semantics(label=label, content=field)) if label else field
    return with_focus(named(name, shown), focus, step)
