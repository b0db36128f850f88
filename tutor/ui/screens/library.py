"""The Library: search, filters, the list; the item's page beside it where the window is wide."""

from __future__ import annotations

from typing import Any

import flet as ft

from tutor.course.categories import category
from tutor.i18n import _, meant, plural
from tutor.library import Row
from tutor.memory.tracks import Track
from tutor.store.library import KNOWN_FROM
from tutor.ui.browsing import Browsing, Writing
from tutor.ui.components.buttons import filled, icon_only, named, pressable, textual
from tutor.ui.components.chips import ICONS, choice_chip, track_word
from tutor.ui.components.field import plain_field
from tutor.ui.components.frame import message, scrolling
from tutor.ui.components.text import words
from tutor.ui.screens.item import item_page, own_form
from tutor.ui.state import AppState
from tutor.ui.theme import (
    BODY,
    BUTTON,
    CAPTION,
    FONT,
    GREETING,
    HEADING,
    MARK,
    POLISH,
    RADIUS,
    ROOMY,
    ROW,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_24,
    SPACE_32,
    Look,
)

LIST_WIDTH = 416
_ROOM_FOR_ROWS = 520
"""Height from which some rows stand below the search and the bar of places; in less, all scrolls as one."""
_NONE_HEIGHT = 320
_ROOM_FOR_LABELS = 348
"""Width from which both ways out of the list have their words beside their icons."""
TRACKS = (Track.VISUAL, Track.AUDIO, Track.CONTEXT, Track.SPEECH)


def library_screen(state: AppState, browsing: Browsing) -> ft.Control:
    """The list, and beside it or instead of it the item that is open."""
    if state.session_waits or state.map_waits:
        return ft.Column(
            [_back(state), ft.Container(_screen(state, browsing), expand=True)],
            spacing=0,
            expand=True,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )
    return _screen(state, browsing)


def _back(state: AppState) -> ft.Control:
    """The way back, for who came here in the middle of a session, or from the map."""
    press, label = (
        (state.turns.press("back-to-session", state.resume), _("Back to your session"))
        if state.session_waits
        else (state.turns.press("back-to-map", state.see_map, state.map_waits), _("Back to the map"))
    )
    back = textual(
        state.look, press, label,
        icon=ft.Icons.ARROW_BACK_ROUNDED, colour=state.look.colours.on_primary_container,
    )  # fmt: skip
    return ft.Container(
        ft.Row([back]),
        bgcolor=state.look.colours.primary_container,
        padding=ft.Padding.symmetric(horizontal=state.look.margin - SPACE_12),
    )


def _screen(state: AppState, browsing: Browsing) -> ft.Control:
    look = state.look
    roomy = look.width >= ROOMY
    if browsing.writing is Writing.NEW:
        return _scrolling(look, state, own_form(look, browsing))
    if browsing.page and not roomy:
        return _scrolling(look, state, item_page(look, browsing, browsing.page))
    found = _list(look, state, browsing)
    if not roomy:
        return found
    page: ft.Control = _nothing_open(look)
    if browsing.page:
        page = _scrolling(look, state, item_page(look, browsing, browsing.page))
    return ft.Row(
        [
            ft.Container(found, width=LIST_WIDTH),
            ft.VerticalDivider(width=1, color=look.colours.outline_variant),
            ft.Container(page, expand=True),
        ],
        spacing=0,
        expand=True,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _scrolling(look: Look, state: AppState, content: ft.Control) -> ft.Control:
    width = min(look.content - 2 * look.margin, 660)
    if look.width >= ROOMY:
        width = min(look.content - LIST_WIDTH - 2 * look.margin, 660)
    parts: list[ft.Control] = [message(state)] if state.notice else []
    column = ft.Container(
        ft.Column([*parts, content], spacing=SPACE_16, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        width=width,
        padding=ft.Padding.only(top=SPACE_16 if not look.wide else SPACE_24, bottom=SPACE_32),
    )
    return scrolling(column)


def _nothing_open(look: Look) -> ft.Control:
    quiet = look.colours.on_surface_variant
    return ft.Container(
        words(look, _("Choose a word to see how you know it."), BODY, colour=quiet),
        alignment=ft.Alignment.CENTER,
        expand=True,
    )


# The list.


def _list(look: Look, state: AppState, browsing: Browsing) -> ft.Control:
    inset = ft.Padding.symmetric(horizontal=look.margin if look.width < ROOMY else SPACE_24)
    parts: list[ft.Control] = [
        ft.Container(_head(look, state, browsing), padding=inset),
        ft.Container(_search(look, browsing), padding=inset),
        browsing.kept(
            "filters",
            (look, browsing.turns.step, browsing.wanted._replace(query=""), browsing.facets),
            lambda: _filters(look, browsing, inset),
        ),
    ]
    if state.notice and not (browsing.page and look.width >= ROOMY):
        parts.append(ft.Container(_said(look, state, browsing), padding=inset))
    parts.append(ft.Container(_count(look, browsing), padding=inset))
    if look.height < _ROOM_FOR_ROWS * max(look.text, 1):
        above = ft.Column(parts, spacing=SPACE_8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
        parts = [_rows(look, browsing, above)]
    else:
        parts.append(_rows(look, browsing))
    if browsing.picked is not None:
        parts.append(_for_the_picked(look, browsing, browsing.picked))
    elif browsing.writing is Writing.TAG:
        parts.append(_naming_a_tag(look, browsing))
    return ft.Container(
        ft.Column(parts, spacing=SPACE_8, expand=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        padding=ft.Padding.only(top=SPACE_8 if not look.wide else SPACE_24),
        expand=True,
    )


def _head(look: Look, state: AppState, browsing: Browsing) -> ft.Control:
    turns = browsing.turns
    title = ft.Semantics(header=True, expand=True, content=words(look, _("Library"), GREETING))
    picking = browsing.picked is not None
    select = icon_only(
        look, turns.press("pick", browsing.pick),
        ft.Icons.CLOSE_ROUNDED if picking else ft.Icons.CHECKLIST_ROUNDED,
        _("Stop choosing") if picking else _("Choose several"),
    )  # fmt: skip
    add = textual(
        look, turns.press("add-word", browsing.write, Writing.NEW), _("Add"), icon=ft.Icons.ADD_ROUNDED,
        pad=SPACE_8,
    )  # fmt: skip
    to_map = turns.press("see-map", state.see_map)
    room = LIST_WIDTH - 2 * SPACE_24 if look.width >= ROOMY else look.width - 2 * look.margin
    way = (
        textual(look, to_map, _("Map"), icon=ft.Icons.SCATTER_PLOT_ROUNDED, pad=SPACE_8)
        if room >= _ROOM_FOR_LABELS * max(look.text, 1)
        else icon_only(look, to_map, ft.Icons.SCATTER_PLOT_ROUNDED, _("Map"), colour=look.colours.primary)
    )
    return ft.Row([title, select, way, add], spacing=0)


def _search(look: Look, browsing: Browsing) -> ft.Control:
    return browsing.kept("search", look, lambda: _search_field(look, browsing, browsing.typed))


def _search_field(look: Look, browsing: Browsing, typed: str) -> ft.Control:
    colours, turns = look.colours, browsing.turns

    async def changed(event: Any) -> None:
        await browsing.seek(event.control.value)

    def typing(now: bool) -> None:
        turns.typing = now

    field = ft.TextField(
        key="search",
        value=typed,
        hint_text=_("Search Polish or English"),
        hint_style=ft.TextStyle(size=look.size(BODY), color=colours.on_surface_variant, letter_spacing=0),
        text_style=ft.TextStyle(
            size=look.size(BODY), font_family=FONT, color=colours.on_surface, letter_spacing=0
        ),
        prefix_icon=ft.Icon(ft.Icons.SEARCH_ROUNDED, color=colours.on_surface_variant),
        border_radius=RADIUS,
        border_color=ft.Colors.TRANSPARENT,
        focused_border_color=colours.primary,
        bgcolor=colours.surface_container_high,
        filled=True,
        cursor_color=colours.primary,
        content_padding=ft.Padding.symmetric(horizontal=SPACE_16, vertical=14),
        autocorrect=False,
        enable_suggestions=False,
        capitalization=ft.TextCapitalization.NONE,
        on_change=changed,
        on_focus=lambda _event: typing(True),
        on_blur=lambda _event: typing(False),
    )
    return named("search", field)


def _filters(look: Look, browsing: Browsing, inset: ft.PaddingValue) -> ft.Control:
    """What can be asked for, in one row that scrolls."""
    wanted, facets = browsing.wanted, browsing.facets
    standings = {
        "due": _("Due"),
        "new": _("Not met yet"),
        "learning": meant("words", "Learning"),
        "known": _("Known"),
        "resting": _("Resting"),
        "own": _("My words"),
    }
    everything = not any((wanted.standing, wanted.cefr, wanted.pos, wanted.tag))
    chips = [_filter(look, browsing, "all", _("All"), everything)]
    chips += [
        _filter(look, browsing, "standing", said, wanted.standing == value, value)
        for value, said in standings.items()
    ]
    for field, values in (("cefr", facets.cefr), ("pos", facets.pos), ("tag", facets.tags)):
        chips += [
            _filter(
                look,
                browsing,
                field,
                category(value) if field == "pos" else value,
                getattr(wanted, field) == value,
                value,
            )
            for value in values
        ]
    return ft.Container(ft.Row(chips, spacing=SPACE_8, scroll=ft.ScrollMode.HIDDEN), padding=inset)


def _filter(
    look: Look, browsing: Browsing, field: str, said: str, chosen: bool, value: str = ""
) -> ft.Control:
    press = (
        browsing.turns.press("filter-all", browsing.widen)
        if field == "all"
        else browsing.turns.press(f"filter-{value}", browsing.narrow, field, value)
    )
    return choice_chip(look, press, said, chosen)


def _count(look: Look, browsing: Browsing) -> ft.Control:
    quiet = look.colours.on_surface_variant
    said = plural("{count} word", "{count} words", browsing.found.total)
    legend = ft.Row(
        [
            ft.Container(width=8, height=8, border_radius=4, bgcolor=quiet),
            words(look, _("known"), CAPTION, colour=quiet),
            ft.Container(width=8, height=8, border_radius=4, border=ft.Border.all(2, quiet)),
            words(look, _("learning"), CAPTION, colour=quiet),
        ],
        spacing=SPACE_4,
        tight=True,
    )
    return ft.Row([words(look, said, CAPTION, colour=quiet, expand=True), legend])


def _rows(look: Look, browsing: Browsing, above: ft.Control | None = None) -> ft.Control:
    """What was found; with what stands `above` it, that scrolls with it."""
    rows: list[ft.Control] = [above] if above else []
    found, near = browsing.found.rows, browsing.found.near
    if not found and not near and above is None:
        return _none(look, browsing)
    rows += [_row(look, browsing, at, row) for at, row in enumerate(found)]
    if near:
        said = _("Near in meaning") if found else _("Nothing is written like that. Near in meaning:")
        title = words(look, said, CAPTION, colour=look.colours.on_surface_variant)
        inset = look.margin if look.width < ROOMY else SPACE_24
        rows.append(ft.Container(title, padding=ft.Padding.symmetric(horizontal=inset, vertical=SPACE_8)))
        rows += [_row(look, browsing, at, row) for at, row in enumerate(near, len(found))]
    elif not found:
        rows.append(ft.Container(_none(look, browsing), height=_NONE_HEIGHT * max(look.text, 1)))
    if len(browsing.found.rows) < browsing.found.total:
        more = textual(look, browsing.turns.press("more-words", browsing.more), _("Show more"))
        rows.append(ft.Row([more], alignment=ft.MainAxisAlignment.CENTER))
    return named("words", ft.ListView(rows, expand=True, spacing=0), expand=True)


def _none(look: Look, browsing: Browsing) -> ft.Control:
    """Nothing found: why, and a way on."""
    colours = look.colours
    wanted = browsing.wanted
    filtered = any((wanted.standing, wanted.cefr, wanted.pos, wanted.tag))
    title, said = _("No words found"), _("Nothing here is like that. Add it, or look at all words.")
    if not filtered and not wanted.query:
        title, said = _("There are no words here yet"), _("No course was found. Add a word of your own.")
    parts: list[ft.Control] = [
        ft.Container(
            ft.Icon(ft.Icons.SEARCH_OFF_ROUNDED, size=48, color=colours.on_primary_container),
            width=112, height=112, border_radius=56, bgcolor=colours.primary_container,
            alignment=ft.Alignment.CENTER,
        ),
        words(look, title, HEADING),
        words(look, said, BODY, colour=colours.on_surface_variant, align=ft.TextAlign.CENTER),
    ]  # fmt: skip
    if filtered:
        everything = browsing.turns.press("show-all", browsing.widen)
        parts.append(textual(look, everything, _("Look at all words")))
    return ft.Container(
        ft.Column(parts, spacing=SPACE_12, horizontal_alignment=ft.CrossAxisAlignment.CENTER,
                  scroll=ft.ScrollMode.AUTO),
        alignment=ft.Alignment.TOP_CENTER,
        padding=ft.Padding.all(SPACE_24),
        expand=True,
    )  # fmt: skip


def _row(look: Look, browsing: Browsing, at: int, row: Row) -> ft.Control:
    """A word, named by its place: rows are changed in place, and a page never renames what is there."""
    colours = look.colours
    picked = browsing.picked is not None and row.id in browsing.picked
    here = picked or bool(browsing.page and browsing.page.item.id == row.id and look.width >= ROOMY)
    quiet = colours.on_primary_container if here else colours.on_surface_variant
    said = ft.Column(
        [
            words(look, row.text, POLISH, lines=1, colour=colours.on_primary_container if here else None),
            words(look, row.meaning, BODY, lines=1, colour=quiet),
        ],
        spacing=0,
        expand=True,
        tight=True,
    )
    parts: list[ft.Control] = [said]
    if browsing.picked is not None:
        icon = ft.Icons.CHECK_CIRCLE_ROUNDED if picked else ft.Icons.CIRCLE_OUTLINED
        parts.insert(0, ft.Icon(icon, color=colours.primary, size=24))
    if row.suspended:
        parts.append(ft.Icon(ft.Icons.BEDTIME_ROUNDED, color=quiet, size=MARK))
    parts += [_mark(look, row, track) for track in TRACKS]
    row_of = pressable(
        look,
        browsing.turns.press(f"word-{at}", browsing.open, row.id),
        ft.Row(parts, spacing=SPACE_4),
        bgcolor=colours.primary_container if here else ft.Colors.TRANSPARENT,
        height=look.grown(ROW),
        padding=ft.Padding.symmetric(horizontal=look.margin if look.width < ROOMY else SPACE_24),
        key="word",
    )
    label = ", ".join([row.text, row.meaning, *(f"{track_word(t)} {_standing(row, t)}" for t in TRACKS)])
    return ft.Semantics(label=label, selected=here, content=row_of)


def _standing(row: Row, track: Track) -> str:
    if row.known:
        return _("known")
    if track not in row.tracks:
        return _("not open")
    return _("known") if row.tracks[track] >= KNOWN_FROM else _("learning")


def _mark(look: Look, row: Row, track: Track) -> ft.Control:
    """A filled mark for what is known, a soft one for what is learned, a dot for what is not open."""
    hue = look.colours.track(track)
    inside: ft.Control
    known = row.known or row.tracks.get(track, 0.0) >= KNOWN_FROM
    if track not in row.tracks and not row.known:
        inside = ft.Container(width=6, height=6, border_radius=3, bgcolor=look.colours.outline)
    else:
        inside = ft.Icon(ICONS[track], size=14, color=hue.on_ink if known else hue.ink)
    ground = hue.ink if known else hue.soft if track in row.tracks else None
    return ft.Container(
        inside, width=MARK, height=MARK, border_radius=MARK / 2, bgcolor=ground, alignment=ft.Alignment.CENTER
    )


# Several at once.


def _said(look: Look, state: AppState, browsing: Browsing) -> ft.Control:
    parts: list[ft.Control] = [message(state)]
    if browsing.can_undo:
        undo = textual(look, browsing.turns.press("undo-change", browsing.undo), _("Undo"))
        parts.append(ft.Row([undo], alignment=ft.MainAxisAlignment.END))
    return ft.Column(parts, spacing=0)


def _for_the_picked(look: Look, browsing: Browsing, picked: frozenset[str]) -> ft.Control:
    """What can be done to those that are picked."""
    turns, colours = browsing.turns, look.colours
    if not picked:
        said = words(look, _("Tap the words you mean."), BODY, colour=colours.on_surface_variant)
        return ft.Container(said, padding=SPACE_16, bgcolor=colours.surface_container)
    if browsing.writing is Writing.TAG:
        return _naming_a_tag(look, browsing)
    presses = {
        _("Tag"): turns.press("tag-picked", browsing.write, Writing.TAG),
        _("Let rest"): turns.press("rest-picked", browsing.rest, True),
        _("Bring back"): turns.press("wake-picked", browsing.rest, False),
        _("I know them"): turns.press("know-picked", browsing.know, True),
        _("Delete"): turns.press("delete-picked", browsing.delete),
    }
    buttons: list[ft.Control] = [textual(look, press, label) for label, press in presses.items()]
    count = plural("{count} chosen", "{count} chosen", len(picked))
    return ft.Container(
        ft.Column(
            [
                words(look, count, CAPTION, colour=colours.on_surface_variant),
                ft.Row(buttons, wrap=True, spacing=SPACE_8, run_spacing=0),
            ],
            spacing=SPACE_4,
        ),
        padding=ft.Padding.symmetric(horizontal=SPACE_16, vertical=SPACE_8),
        bgcolor=colours.surface_container,
    )


def _naming_a_tag(look: Look, browsing: Browsing) -> ft.Control:
    field = plain_field(
        look, browsing.turns, "tag-field", _("Name of the tag"),
        lambda text: browsing.wrote("tag", text), browsing.save,
    )  # fmt: skip
    save = filled(
        look, browsing.turns.press("save-tag", browsing.save), _("Tag"), width=look.grown(BUTTON) * 2
    )
    return ft.Container(
        ft.Row([ft.Container(field, expand=True), save], spacing=SPACE_8),
        padding=SPACE_16,
        bgcolor=look.colours.surface_container,
    )
