"""A sentence in which single letters are marked by a line below them.

Not by an underline, which has no offset and hides the ogonek of ę and ą. Each word is a row of
pieces, so that it wraps as a word does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import flet as ft

from tutor.i18n import _
from tutor.memory.marking import Span
from tutor.ui.components.tappable import Explain, tappable
from tutor.ui.components.text import words
from tutor.ui.theme import RING, SENTENCE, Look

LONGEST_PIECE = 14
"""A longer word is let break, or it would run out of the card."""

_NARROW = "fijlrtł.,!"
_SPACE = 0.25
"""The width of Roboto's space, in ems."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters that are drawn alike."""

    text: str
    tested: bool
    differs: bool


def pieces(text: str, tested: Span, differs: Sequence[Span]) -> list[list[Piece]]:
    """The words of a text, each as pieces that are drawn alike. Joined, they are the text's words."""
    found = []
    for word in re.finditer(rf"\S{{1,{LONGEST_PIECE}}}", text):
        parts: list[Piece] = []
        for at in range(word.start(), word.end()):
            is_tested = tested[0] <= at < tested[1]
            is_marked = any(start <= at < end for start, end in differs)
            if parts and (parts[-1].tested, parts[-1].differs) == (is_tested, is_marked):
                parts[-1] = Piece(parts[-1].text + text[at], is_tested, is_marked)
            else:
                parts.append(Piece(text[at], is_tested, is_marked))
        found.append(parts)
    return found


def worth_marking(text: str, tested: Span, differs: Sequence[Span]) -> tuple[Span, ...]:
    """What is marked of a difference: where more than half of the tested letters differ, all of them.

    Of two quite different words the letters that happen to agree tell nothing.
    """
    letters = sum(letter.isalnum() for letter in text[tested[0] : tested[1]])
    marked_letters = sum(end - start for start, end in differs)
    if letters > 2 and marked_letters * 2 > letters:
        return (tested,)
    return tuple(differs)


def separable(text: str) -> bool:
    """Whether letters may be drawn apart: not where they join, combine or run from right to left."""
    return not any(
        unicodedata.bidirectional(letter) in ("R", "AL", "AN") or unicodedata.combining(letter)
        for letter in text
    )


def marked(
    look: Look,
    text: str,
    *,
    tested: Span,
    differs: Sequence[Span],
    ink: str,
    dotted: bool = False,
    centred: bool = False,
    explain: Explain | None = None,
) -> ft.Control:
    """A sentence with the tested words in medium and what differs marked; dotted for the learner's own.

    With `explain` each of its words can be tapped.
    """
    colours = look.colours
    shown = worth_marking(text, tested, differs)
    # All of the learner's own words dotted would only be a reproach.
    differs = () if dotted and shown == (tested,) else shown
    whole = tested[0] == 0 and tested[1] >= len(text)
    rest = colours.on_surface if not dotted or whole else colours.on_surface_variant
    align = ft.TextAlign.CENTER if centred else ft.TextAlign.START
    label = _described(text, differs)
    if not separable(text) or len(text) > 200:
        return ft.Semantics(label=label, exclude_semantics=True, content=words(
            look, text, SENTENCE, colour=rest, align=align, lines=4))  # fmt: skip
    size = look.size(SENTENCE)
    rows: list[ft.Control] = []
    spans = [match.span() for match in re.finditer(rf"\S{{1,{LONGEST_PIECE}}}", text)]
    for word, (start, end) in zip(pieces(text, tested, differs), spans, strict=True):
        row: ft.Control = ft.Row(
            [_piece(look, piece, size, ink, rest, dotted) for piece in word],
            spacing=0,
            tight=True,
            vertical_alignment=ft.CrossAxisAlignment.START,
        )
        letter = re.search(r"\w", text[start:end])
        if explain and letter:
            row = tappable(look, explain(start + letter.start()), text[start:end], row)
        spaced = end < len(text) and text[end].isspace()
        rows.append(ft.Container(row, padding=ft.Padding.only(right=size * _SPACE if spaced else 0)))
    return ft.Semantics(
        label=label,
        container=explain is not None,
        exclude_semantics=explain is None,
        content=ft.SelectionArea(
            ft.Row(
                rows,
                wrap=True,
                spacing=0,
                run_spacing=0,
                alignment=ft.MainAxisAlignment.CENTER if centred else ft.MainAxisAlignment.START,
                vertical_alignment=ft.CrossAxisAlignment.START,
            )
        ),
    )


def gapped(
    look: Look, before: str, after: str, ink: str, explain: Explain | None = None, *, skipped: int = 0
) -> ft.Control:
    """A sentence with a gap: a line where the word belongs. What follows without a space stays with it.

    With `explain` its other words can be tapped; `after` begins `skipped` letters after the end of `before`.
    """
    size = look.size(SENTENCE)
    line = ft.Container(
        width=look.grown(96, 1.3),
        height=size * SENTENCE.line,
        border=ft.Border.only(bottom=ft.BorderSide(RING, ink)),
    )
    stuck_before = re.search(r"\S*$", before)
    stuck_after = re.match(r"\S*", after)
    head, tail = (stuck_before.group() if stuck_before else ""), (stuck_after.group() if stuck_after else "")
    hole: list[ft.Control] = [words(look, head, SENTENCE), line, words(look, tail, SENTENCE)]

    def tokens(part: str, offset: int) -> list[ft.Control]:
        return [_token(look, one.group(), offset + one.start(), explain) for one in re.finditer(r"\S+", part)]

    rest = len(before) + skipped + len(tail)
    shown = tokens(before[: len(before) - len(head)], 0)
    shown.append(ft.Row(hole, spacing=0, tight=True))
    shown += tokens(after[len(tail) :], rest)
    return ft.Semantics(
        label=before + _("gap") + after,
        container=explain is not None,
        exclude_semantics=explain is None,
        content=ft.Row(
            shown,
            wrap=True,
            spacing=size * _SPACE,
            run_spacing=0,
            alignment=ft.MainAxisAlignment.CENTER,
            vertical_alignment=ft.CrossAxisAlignment.CENTER,
        ),
    )


def _token(look: Look, word: str, at: int, explain: Explain | None) -> ft.Control:
    shown, letter = words(look, word, SENTENCE), re.search(r"\w", word)
    return tappable(look, explain(at + letter.start()), word, shown) if explain and letter else shown


def _piece(look: Look, piece: Piece, size: float, ink: str, rest: str, dotted: bool) -> ft.Control:
    mark = look.colours.on_surface if dotted else ink
    colour = mark if piece.differs else look.colours.on_surface if piece.tested else rest
    letters = words(look, piece.text, SENTENCE, colour=colour, medium=piece.tested and not dotted)
    letters.no_wrap = True
    if not piece.differs:
        return letters
    if not dotted:
        return ft.Container(letters, border=ft.Border.only(bottom=ft.BorderSide(RING, ink)))
    wide = sum(0.5 if letter in _NARROW else 1 for letter in piece.text)
    dots = max(2, round(wide * size * 0.55 / (2 * RING - 1)))
    return ft.Column(
        [letters, ft.Row([_dot(mark) for _number in range(min(dots, 40))], spacing=RING - 1, tight=True)],
        spacing=0,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )


def _dot(colour: str) -> ft.Control:
    return ft.Container(width=RING, height=RING, bgcolor=colour)


def _described(text: str, differs: Sequence[Span]) -> str:
    letters = ", ".join(text[start:end] for start, end in differs)
    return _("{text} differs: {letters}").format(text=text, letters=letters) if letters else text
