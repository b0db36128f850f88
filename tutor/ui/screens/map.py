"""The map of the vocabulary, or the same words as a list; what the light means; the word that is chosen."""

from __future__ import annotations

from typing import Any

import flet as ft
from flet import canvas as cv

from tutor.i18n import _, plural
from tutor.ui.charting import CLOSEST, Charting
from tutor.ui.components.buttons import icon_only, named, pressable, textual
from tutor.ui.components.frame import card, message, scrolling
from tutor.ui.components.long_work import long_work
from tutor.ui.components.map_canvas import chosen, dots_and_names, region_name, sample
from tutor.ui.components.rows import unfolding
from tutor.ui.components.story import days_text
from tutor.ui.components.text import words
from tutor.ui.state import AppState
from tutor.ui.theme import (
    BODY,
    BORDER,
    CAPTION,
    GREETING,
    HEADING,
    LABEL,
    POLISH,
    RADIUS,
    RADIUS_SMALL,
    ROOMY,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_24,
    SPACE_32,
    Look,
)
from tutor.vocabulary_map import Light, Spot, VocabularyMap

LIST_WIDTH = 640
BESIDE = 288
"""The width of what stands beside the map, where there is room for that."""
_LOW = 520
"""In windows lower than this and wider than high, it stands beside the map, too."""
_BELOW = 152
"""The height of what stands below the map."""
ROWS = 100
"""Of a topic's words, those that are listed."""


def map_screen(state: AppState, charting: Charting) -> ft.Control:
    """The head, and below it whatever there is by now."""
    look = state.look
    parts: list[ft.Control] = [_head(look, state, charting)]
    if state.notice:
        parts.append(message(state))
    parts.append(_content(look, charting))
    return ft.Container(
        ft.Column(parts, spacing=SPACE_8, expand=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        padding=ft.Padding.only(left=look.margin, right=look.margin, top=SPACE_8, bottom=SPACE_8),
        expand=True,
    )


def _head(look: Look, state: AppState, charting: Charting) -> ft.Control:
    turns = charting.turns
    back = icon_only(
        look, turns.press("leave-map", state.leave), ft.Icons.ARROW_BACK_ROUNDED, _("Back to the Library")
    )
    title = ft.Semantics(header=True, expand=True, content=words(look, _("Map of your words"), GREETING))
    parts: list[ft.Control] = [back, title]
    if charting.map and charting.map.spots:
        icon, said = (
            (ft.Icons.SCATTER_PLOT_ROUNDED, _("Show the map"))
            if charting.listed
            else (ft.Icons.FORMAT_LIST_BULLETED_ROUNDED, _("Show the words as a list"))
        )
        other = turns.press("list-map", charting.list, not charting.listed)
        parts.append(icon_only(look, other, icon, said))
    return ft.Row(parts, spacing=SPACE_8)


def _content(look: Look, charting: Charting) -> ft.Control:
    if charting.map is None:
        return _not_yet(look, charting)
    if charting.map.problem:
        return _empty(look, _("There is no map just now"), charting.map.problem)
    if not charting.map.spots:
        return _empty(
            look, _("There are no words here yet"), _("The map shows the words that you can learn.")
        )
    if charting.listed:
        return _list(look, charting, charting.map)
    low = look.width > look.height and look.height < _LOW
    if low or look.width >= ROOMY:
        about = _about(look, charting)
        key = [_standing(look, charting.map), _legend(look, below=True)]
        beside = ft.Column(
            [about] if low and charting.chosen else [*key, about],
            spacing=SPACE_16,
            scroll=ft.ScrollMode.AUTO,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )
        return ft.Row(
            [_panel(look, charting, charting.map), ft.Container(beside, width=BESIDE)],
            spacing=SPACE_24,
            expand=True,
            vertical_alignment=ft.CrossAxisAlignment.STRETCH,
        )
    below = ft.Column([_about(look, charting)]) if charting.chosen else _key(look, charting.map)
    return ft.Column(
        [
            _panel(look, charting, charting.map),
            ft.Container(below, height=_BELOW * max(look.text, 1)),
        ],
        spacing=SPACE_8,
        expand=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


# Without a map.


def _not_yet(look: Look, charting: Charting) -> ft.Control:
    if charting.stopped:
        again = textual(look, charting.turns.press("lay-out", charting.again), _("Lay out the map"))
        said = _("The map was not laid out. Nothing is lost.")
        return _empty(look, _("There is no map just now"), said, again)
    if charting.work is None:
        return ft.Container(expand=True)
    work = ft.Container(
        long_work(look, charting.turns, charting.work), width=min(look.width - 2 * SPACE_24, 480)
    )
    return ft.Container(work, alignment=ft.Alignment.CENTER, expand=True)


def _empty(look: Look, title: str, said: str, way: ft.Control | None = None) -> ft.Control:
    colours = look.colours
    parts: list[ft.Control] = [
        ft.Container(
            ft.Icon(ft.Icons.SCATTER_PLOT_ROUNDED, size=48, color=colours.on_primary_container),
            width=112, height=112, border_radius=56, bgcolor=colours.primary_container,
            alignment=ft.Alignment.CENTER,
        ),
        words(look, title, HEADING, align=ft.TextAlign.CENTER),
        words(look, said, BODY, colour=colours.on_surface_variant, align=ft.TextAlign.CENTER),
    ]  # fmt: skip
    if way:
        parts.append(way)
    column = ft.Column(
        parts, spacing=SPACE_12, scroll=ft.ScrollMode.AUTO, horizontal_alignment=ft.CrossAxisAlignment.CENTER
    )
    empty = ft.Container(column, alignment=ft.Alignment.TOP_CENTER, padding=SPACE_24, expand=True)
    return named("no-map", empty, expand=True)


# The map.


def _panel(look: Look, charting: Charting, shown: VocabularyMap) -> ft.Control:
    """The map on its ground, with the buttons to look closer."""
    turns = charting.turns
    ways: list[ft.Control] = []
    if charting.scale < CLOSEST:
        ways.append(_way(look, "closer", charting.closer, ft.Icons.ADD_ROUNDED, _("Look closer"), turns))
    if charting.scale > 1:
        ways.append(_way(look, "further", charting.further, ft.Icons.REMOVE_ROUNDED, _("See more"), turns))
    # Who cannot see it is told nothing of it: the list says the same.
    seen = ft.Semantics(exclude_semantics=True, content=_viewer(look, charting, shown))
    ground = ft.Container(
        ft.Stack(
            [
                seen,
                ft.Container(ft.Column(ways, spacing=SPACE_8, tight=True), right=SPACE_8, top=SPACE_8),
            ],
            fit=ft.StackFit.EXPAND,
            expand=True,
        ),
        bgcolor=look.colours.surface_container_lowest,
        border=ft.Border.all(BORDER, look.colours.outline_variant),
        border_radius=RADIUS,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
        expand=True,
    )
    return named("map", ground, expand=True)


def _way(look: Look, name: str, action: Any, icon: ft.IconData, label: str, turns: Any) -> ft.Control:
    return icon_only(look, turns.press(name, action), icon, label, bgcolor=look.colours.surface_container)


def _viewer(look: Look, charting: Charting, shown: VocabularyMap) -> ft.Control:
    """What the page moves by itself. Dots and names are the same ones until they change: they are many."""
    turns = charting.turns

    async def tapped(event: Any) -> None:
        await turns.take(None, charting.point, event.local_position.x, event.local_position.y)

    def dots() -> ft.Control:
        return cv.Canvas(
            dots_and_names(look, charting),
            expand=True,
            on_resize=lambda event: charting.drawn(event.width, event.height),
        )

    layers = [
        charting.kept("dots", (look, charting.size, charting.scale, shown), dots),
        cv.Canvas(chosen(look, charting), expand=True),
    ]
    return ft.InteractiveViewer(
        ft.GestureDetector(
            ft.Stack(layers, fit=ft.StackFit.EXPAND),
            on_tap_up=tapped,
            exclude_from_semantics=True,
        ),
        ref=charting.viewer,
        key=f"viewer-{charting.views}",
        min_scale=1,
        max_scale=CLOSEST,
        interaction_update_interval=0,
        on_interaction_start=lambda _event: charting.took_hold(),
        on_interaction_update=lambda event: charting.moved(event.scale),
        on_interaction_end=lambda _event: charting.let_go(),
        expand=True,
    )


# What stands beside or below it.


def light_word(light: Light) -> str:
    """What a light means."""
    return {
        Light.UNMET: _("not met yet"),
        Light.NEW: _("under a week"),
        Light.LEARNING: _("under 3 weeks"),
        Light.KNOWN: _("under 45 days"),
        Light.LASTING: _("45 days or more"),
    }[light]


def held_text(spot: Spot) -> str:
    """How a word stands, in words."""
    if spot.days is not None:
        return _("Holds for {days}").format(days=days_text(spot.days))
    return _("You said that you know it") if spot.light > Light.UNMET else _("Not met yet")


def _standing(look: Look, shown: VocabularyMap) -> ft.Control:
    """How much of it is lit, and how it is to be read."""
    said = _("Nothing is lit yet: a word lights up when you meet it.")
    if shown.lit:
        said = plural("{lit} of {count} word lit", "{lit} of {count} words lit", shown.total, lit=shown.lit)
    parts: list[ft.Control] = [words(look, said, LABEL)]
    near = _("Words near in meaning stand near each other.")
    parts.append(words(look, near, CAPTION, colour=look.colours.on_surface_variant))
    return ft.Column(parts, spacing=2, tight=True)


def _legend(look: Look, *, below: bool = False) -> ft.Control:
    """What the light means: how long a word would be remembered. One `below` the other, or in rows."""
    quiet = look.colours.on_surface_variant
    marks: list[ft.Control] = [
        ft.Row(
            [sample(look, light), words(look, light_word(light), CAPTION, colour=quiet)],
            spacing=SPACE_4,
            tight=True,
        )
        for light in Light
    ]
    title = words(look, _("How long you would remember it"), CAPTION, colour=quiet)
    shown = (
        ft.Column(marks, spacing=0) if below else ft.Row(marks, wrap=True, spacing=SPACE_12, run_spacing=0)
    )
    return ft.Column([title, shown], spacing=SPACE_4, tight=True)


def _key(look: Look, shown: VocabularyMap) -> ft.Control:
    return ft.Column([_standing(look, shown), _legend(look)], spacing=SPACE_8, scroll=ft.ScrollMode.AUTO)


def _about(look: Look, charting: Charting) -> ft.Control:
    """The word that is chosen, and the way to its page."""
    spot, quiet = charting.chosen, look.colours.on_surface_variant
    if spot is None:
        return words(look, _("Tap a dot to see its word."), CAPTION, colour=quiet)
    said = ft.Column(
        [
            words(look, spot.text, POLISH, lines=1),
            words(look, spot.meaning, BODY, colour=quiet, lines=1),
            words(look, held_text(spot), CAPTION, colour=quiet),
        ],
        spacing=0,
        tight=True,
        expand=True,
    )
    turns = charting.turns
    away = icon_only(look, turns.press("put-away", charting.put_away), ft.Icons.CLOSE_ROUNDED, _("Close"))
    page = textual(look, turns.press("open-word", charting.to_page, spot.item), _("Open its page"), pad=0)
    return named(
        "map-word",
        ft.Semantics(
            live_region=True,
            container=True,
            content=card(
                look,
                ft.Column(
                    [
                        ft.Row([said, away], vertical_alignment=ft.CrossAxisAlignment.START),
                        ft.Row([page]),
                    ],
                    spacing=0,
                    tight=True,
                ),
                padding=ft.Padding.only(left=SPACE_16, top=SPACE_8, right=SPACE_4, bottom=0),
            ),
        ),
    )


# The same as a list.


def _list(look: Look, charting: Charting, shown: VocabularyMap) -> ft.Control:
    """The words by topic, each with how it stands: for who does not see the map, or would rather read."""
    topics: dict[str, list[Spot]] = {}
    for spot in sorted(shown.spots, key=lambda spot: (not spot.topic, spot.topic)):
        topics.setdefault(spot.topic, []).append(spot)
    parts: list[ft.Control] = [ft.Container(_standing(look, shown), padding=ft.Padding.only(bottom=SPACE_8))]
    for at, (topic, spots) in enumerate(topics.items()):
        lit = sum(spot.light > Light.UNMET for spot in spots)
        unfolded = charting.unfolded == (topic or _OTHERS)
        parts.append(
            unfolding(
                look,
                charting.turns.press(f"topic-{at}", charting.unfold, topic or _OTHERS),
                region_name(topic) or _("other words"),
                _("{lit} of {count} lit").format(lit=lit, count=len(spots)),
                "",
                _rows(look, charting, spots) if unfolded else None,
            )
        )
    column = ft.Container(
        ft.Column(parts, spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        width=min(look.width - 2 * look.margin, LIST_WIDTH),
        padding=ft.Padding.only(bottom=SPACE_32),
    )
    return named("map-list", scrolling(column), expand=True)


_OTHERS = "-"
"""Stands for the words that have no topic."""


def _rows(look: Look, charting: Charting, spots: list[Spot]) -> list[ft.Control]:
    quiet = look.colours.on_surface_variant
    rows: list[ft.Control] = []
    for at, spot in enumerate(spots[:ROWS]):
        said = ft.Column(
            [words(look, spot.text, POLISH), words(look, spot.meaning, BODY, colour=quiet)],
            spacing=0,
            tight=True,
            expand=True,
        )
        held = words(look, held_text(spot), CAPTION, colour=quiet)
        opens = pressable(
            look,
            charting.turns.press(f"spot-{at}", charting.to_page, spot.item),
            ft.Row([sample(look, spot.light), said, held], spacing=SPACE_12),
            padding=ft.Padding.symmetric(vertical=SPACE_4),
            radius=RADIUS_SMALL,
        )
        rows.append(ft.Semantics(label=f"{spot.text}, {spot.meaning}, {held_text(spot)}", content=opens))
    if (left := len(spots) - ROWS) > 0:
        more = plural("{count} more is in the Library.", "{count} more are in the Library.", left)
        rows.append(words(look, more, CAPTION, colour=quiet))
    return rows
