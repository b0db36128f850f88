"""Words that rest because they kept slipping away, and four ways to help one stay."""

from __future__ import annotations

import flet as ft

from tutor.hard_words import HardWord
from tutor.i18n import _, plural
from tutor.ui.components.buttons import filled, icon_only, named, pressable, textual
from tutor.ui.components.field import plain_field
from tutor.ui.components.frame import card, message, scrolling
from tutor.ui.components.text import marked_up, words
from tutor.ui.resting import Resting, Way
from tutor.ui.state import AppState
from tutor.ui.theme import (
    BODY,
    CAPTION,
    GREETING,
    HIT,
    POLISH,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_32,
    Look,
)

WIDTH = 640


def resting_screen(state: AppState, resting: Resting) -> ft.Control:
    """The list, one card a word."""
    look = state.look
    quiet = look.colours.on_surface_variant
    parts: list[ft.Control] = [_head(look, state)]
    if state.notice:
        parts.append(message(state))
    if resting.words:
        said = _(
            "These slipped away again and again, so they rest. Change something about one, and it comes back."
        )
        parts.append(words(look, said, BODY, colour=quiet))
        parts += [_word(look, resting, word) for word in resting.words]
    else:
        parts.append(
            words(look, _("No word rests. The ones you helped come back today."), BODY, colour=quiet)
        )
    width = min(look.width - 2 * look.margin, WIDTH)
    column = ft.Container(
        named("resting-words", ft.Column(parts, spacing=SPACE_16)),
        width=width,
        padding=ft.Padding.only(top=SPACE_8, bottom=SPACE_32),
    )
    return scrolling(column)


def _head(look: Look, state: AppState) -> ft.Control:
    back = icon_only(
        look, state.turns.press("leave-resting", state.leave), ft.Icons.ARROW_BACK_ROUNDED, _("Back to Today")
    )
    title = ft.Semantics(header=True, content=words(look, _("Resting words"), GREETING))
    return ft.Row([back, title], spacing=SPACE_8)


def _word(look: Look, resting: Resting, word: HardWord) -> ft.Control:
    quiet = look.colours.on_surface_variant
    slipped = plural("slipped away {count} time", "slipped away {count} times", word.lapses)
    parts: list[ft.Control] = [
        ft.Column(
            [
                words(look, word.item.text, POLISH, selectable=True),
                words(look, word.item.meaning, BODY, colour=quiet),
                words(look, slipped, CAPTION, colour=quiet),
            ],
            spacing=0,
        ),
        _ways(look, resting, word),
    ]
    if resting.item == word.item.id:
        parts.append(_open(look, resting, word))
    return card(look, ft.Column(parts, spacing=SPACE_12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def _ways(look: Look, resting: Resting, word: HardWord) -> ft.Control:
    names = {
        Way.HOOK: _("Memory hook"),
        Way.REWORD: _("My own words"),
        Way.SENTENCE: _("Another sentence"),
        Way.AGAIN: _("Meet it again"),
    }
    if len(word.item.sentences) < 2:
        del names[Way.SENTENCE]
    at = resting.words.index(word)
    chips = [_chip(look, resting, word, way, name, at) for way, name in names.items()]
    return ft.Row(chips, wrap=True, spacing=SPACE_8, run_spacing=SPACE_8)


def _chip(look: Look, resting: Resting, word: HardWord, way: Way, name: str, at: int) -> ft.Control:
    colours = look.colours
    chosen = (resting.item, resting.way) == (word.item.id, way)
    return pressable(
        look,
        resting.turns.press(f"{way}-{at}", resting.take_up, word.item.id, way),
        words(look, name, BODY, colour=colours.on_primary_container if chosen else colours.on_surface),
        bgcolor=colours.primary_container if chosen else ft.Colors.TRANSPARENT,
        side=ft.BorderSide(1, colours.outline_control),
        height=look.grown(HIT),
        padding=ft.Padding.symmetric(horizontal=SPACE_16),
    )


def _open(look: Look, resting: Resting, word: HardWord) -> ft.Control:
    """What the chosen way asks for."""
    turns = resting.turns
    quiet = look.colours.on_surface_variant
    if resting.way is Way.SENTENCE:
        asks = words(look, _("Ask me this word only in:"), CAPTION, colour=quiet)
        choices = [
            textual(
                look,
                turns.press(f"sentence-{at}", resting.choose, one.id),
                f"{one.text} {one.translation}",
                pad=0,
            )
            for at, one in enumerate(word.item.sentences)
        ]
        return ft.Column([asks, *choices], spacing=SPACE_4)
    if resting.way is Way.AGAIN:
        said = _("What you learned of it is set back, and you meet it like a new word.")
        sure = filled(look, turns.press("meet-again", resting.meet_again), _("Meet it again"))
        return ft.Column(
            [words(look, said, CAPTION, colour=quiet), sure],
            spacing=SPACE_8,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )
    hook = resting.way is Way.HOOK
    asks_for = (
        _("A picture, a rhyme, a story: whatever ties the word to its meaning for you.")
        if hook
        else _("What the word means to you. It is shown first from now on, and the other answers stay right.")
    )
    hint = _("Your memory hook") if hook else _("Your own meaning")
    return ft.Column(
        [
            marked_up(look, asks_for, CAPTION, colour=quiet),
            plain_field(look, turns, "help-field", hint, resting.wrote, resting.save),
            filled(look, turns.press("save-help", resting.save), _("Save")),
        ],
        spacing=SPACE_8,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
