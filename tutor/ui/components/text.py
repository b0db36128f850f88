"""Text in the theme's kinds, and course text with its *Polish* words set apart."""

from __future__ import annotations

import re
from datetime import date

import flet as ft

from tutor.i18n import _, meant
from tutor.ui.theme import FONT, FONT_MEDIUM, LETTERS_APART, LINES_APART, Look, Type

_POLISH = re.compile(r"\*([^*\n]+)\*")


def words(
    look: Look,
    value: str,
    kind: Type,
    *,
    colour: str | None = None,
    size: float | None = None,
    medium: bool | None = None,
    align: ft.TextAlign = ft.TextAlign.START,
    selectable: bool = False,
    lines: int | None = None,
    expand: bool | int | None = None,
) -> ft.Text:
    """Text of a kind. With `lines` it is cut off, with dots, after that many.

    A figure and its % stay on one line.
    """
    value = value.replace(" %", "\N{NO-BREAK SPACE}%")
    return ft.Text(
        value,
        size=size or look.size(kind),
        font_family=FONT_MEDIUM if (kind.medium if medium is None else medium) else FONT,
        style=ft.TextStyle(
            height=kind.line * (LINES_APART if look.spaced else 1),
            letter_spacing=LETTERS_APART * (size or look.size(kind)) if look.spaced else 0,
        ),
        color=colour or look.colours.on_surface,
        text_align=align,
        selectable=selectable,
        # Flutter makes a field of text that can be selected, and on the web it comes empty to who listens.
        semantics_label=value if selectable else None,
        max_lines=lines,
        overflow=ft.TextOverflow.ELLIPSIS if lines else ft.TextOverflow.CLIP,
        expand=expand,
    )


def day_text(day: date) -> str:
    """A day as people write it: `21 November 2026`."""
    months = _(
        "January February March April May June July August September October November December"
    ).split()
    return f"{day.day} {months[day.month - 1]} {day.year}"


def month_text(day: date) -> str:
    """A month on its own: `November 2026`."""
    months = meant(
        "alone", "January February March April May June July August September October November December"
    ).split()
    return f"{months[day.month - 1]} {day.year}"


def day_short(day: date) -> str:
    """A day where there is little room: `21 Nov`."""
    months = _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
    return f"{day.day} {months[day.month - 1]}"


def marked_up(
    look: Look,
    value: str,
    kind: Type,
    *,
    colour: str | None = None,
    polish: str | None = None,
    align: ft.TextAlign = ft.TextAlign.START,
) -> ft.Text:
    """Text of a course, in which words between *asterisks* are Polish: set in `polish`, medium."""
    style = ft.TextStyle(font_family=FONT_MEDIUM, color=polish or colour)
    parts = [(part, style if at % 2 else None) for at, part in enumerate(_POLISH.split(value))]
    return in_parts(words(look, "", kind, colour=colour, align=align, selectable=True), *parts)


def with_word(look: Look, text: str, start: int, end: int, kind: Type, *, align: ft.TextAlign) -> ft.Text:
    """A sentence with the word it is an example of in primary, medium."""
    tested = ft.TextStyle(font_family=FONT_MEDIUM, color=look.colours.primary)
    shown = words(look, "", kind, medium=False, align=align, selectable=True)
    return in_parts(shown, (text[:start], None), (text[start:end], tested), (text[end:], None))


def in_parts(text: ft.Text, *parts: tuple[str, ft.TextStyle | None]) -> ft.Text:
    """The text, made of parts in styles of their own, and read out as one."""
    text.spans = [ft.TextSpan(part, style=style) for part, style in parts if part]
    if text.selectable:
        text.semantics_label = "".join(part for part, _style in parts)
    return text
