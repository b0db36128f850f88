"""Polish words that can be tapped, or reached by keyboard, for what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable

import flet as ft

from tutor.memory.marking import Span
from tutor.ui.components.buttons import pressable
from tutor.ui.components.text import words
from tutor.ui.drilling import Drilling
from tutor.ui.theme import RADIUS_TINY, SPACE_4, Look, Type
from tutor.ui.turns import Press

Explain = Callable[[int], Press]
"""From the place of a word in its sentence to the button that explains it."""

_LONGEST_PIECE = 14
"""A longer word is let break, or it would run out of the card."""
_SPACE = 0.25
"""The width of Roboto's space, in ems."""


def explaining(drilling: Drilling, where: str, text: str) -> Explain:
    """What explains the words of a sentence; `where` tells it from others on the screen."""
    return lambda at: drilling.turns.press(f"{where}-word-{at}", drilling.aside.explain, text, at)


def tappable(look: Look, press: Press, word: str, content: ft.Control) -> ft.Control:
    """A word as it is drawn, with a button of the same size over it."""
    # Its name is a text that is not seen: a label would be a second button inside it to screen readers.
    name = ft.Text(word, size=1, color=ft.Colors.TRANSPARENT, no_wrap=True)
    button = pressable(look, press, name, radius=RADIUS_TINY)
    return ft.Stack(
        [
            ft.Container(
                ft.Semantics(content=content, exclude_semantics=True),
                padding=ft.Padding.symmetric(vertical=SPACE_4),
            ),
            ft.Container(button, left=0, top=0, right=0, bottom=0),
        ],
        clip_behavior=ft.ClipBehavior.NONE,
    )


def sentence(
    look: Look,
    text: str,
    kind: Type,
    explain: Explain,
    *,
    tested: Span = (0, 0),
    size: float | None = None,
    align: ft.MainAxisAlignment = ft.MainAxisAlignment.CENTER,
) -> ft.Control:
    """A sentence of words to tap, line by line; those that are `tested` in primary, medium."""
    lines: list[ft.Control] = []
    for line in re.finditer(r"[^\n]+", text):
        row = [
            _word(look, word, line.start() + at, kind, explain, tested, size)
            for at, word in ((match.start(), match.group()) for match in _pieces(line.group()))
        ]
        ends = [line.start() + match.end() for match in _pieces(line.group())]
        em = size or look.size(kind)
        spaced: list[ft.Control] = [
            ft.Container(one, padding=ft.Padding.only(right=em * _SPACE if text[end : end + 1] == " " else 0))
            for one, end in zip(row, ends, strict=True)
        ]
        lines.append(ft.Row(spaced, wrap=True, spacing=0, run_spacing=0, alignment=align))
    return ft.Semantics(
        container=True,
        label=text,
        content=ft.SelectionArea(ft.Column(lines, spacing=0, tight=True)),
    )


def _pieces(line: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"\S{{1,{_LONGEST_PIECE}}}", line))


def _word(
    look: Look, word: str, at: int, kind: Type, explain: Explain, tested: Span, size: float | None
) -> ft.Control:
    inside = tested[0] < at + len(word) and at < tested[1]
    colour = look.colours.primary if inside else None
    shown = words(look, word, kind, colour=colour, size=size, medium=True if inside else kind.medium)
    letter = re.search(r"\w", word)
    return tappable(look, explain(at + letter.start()), word, shown) if letter else shown
