"""The Flet app: one page, its theme, its state, and which screen is shown."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

import flet as ft

from tutor.i18n import _, use
from tutor.long_work import Told
from tutor.resources import ASSETS
from tutor.settings import Theme
from tutor.ui import web as web_server
from tutor.ui.adjusting import Adjusting
from tutor.ui.browsing import Browsing
from tutor.ui.charting import Charting
from tutor.ui.components.long_work import long_work
from tutor.ui.components.navigation import with_places
from tutor.ui.components.shortcuts import shortcuts_overlay
from tutor.ui.components.text import words
from tutor.ui.flet_mended import mend
from tutor.ui.keys import Key
from tutor.ui.learning_path import LearningPath
from tutor.ui.looking_back import LookingBack
from tutor.ui.memory import BrowserMemory
from tutor.ui.microphone import Microphone
from tutor.ui.picking import Picking
from tutor.ui.pressing import press_key
from tutor.ui.screens.dialogue import dialogue_screen
from tutor.ui.screens.error import error_screen
from tutor.ui.screens.lessons import lessons_screen
from tutor.ui.screens.library import library_screen
from tutor.ui.screens.map import map_screen
from tutor.ui.screens.picking import picking_screen
from tutor.ui.screens.progress import progress_screen
from tutor.ui.screens.remembering import remembering_screen
from tutor.ui.screens.resting import resting_screen
from tutor.ui.screens.session import session_screen
from tutor.ui.screens.settings import settings_screen
from tutor.ui.screens.today import today_screen
from tutor.ui.screens.welcome import welcome_screen
from tutor.ui.sound import Sound
from tutor.ui.state import AppState, Screen
from tutor.ui.theme import (
    BODY,
    DARK,
    FONTS,
    GREETING,
    LIGHT,
    PATIENCE,
    SPACE_16,
    SPACE_24,
    Look,
    flet_theme,
)
from tutor.ui.welcoming import Welcoming

if TYPE_CHECKING:
    from tutor.practice import Tutor

log = logging.getLogger("tutor.ui")

TITLE = "Patient Tutor"


async def main(page: ft.Page, *, open_tutor: Callable[[], Tutor], prepare: Callable[[Told], object]) -> None:
    """Set one page up. Every web session opens a tutor of its own."""
    mend()
    page.title = TITLE
    page.fonts = FONTS
    page.theme, page.dark_theme = flet_theme(LIGHT), flet_theme(DARK)
    page.theme_mode = ft.ThemeMode.SYSTEM
    page.padding = 0
    page.spacing = 0

    def themed(theme: Theme) -> None:
        page.theme_mode = ft.ThemeMode(theme.value)
        page.update()

    state = AppState(open_tutor, _look(page), on_theme=themed, prepare=prepare, memory=BrowserMemory(page))
    state.sound = Sound(page, state.played)
    state.microphone = Microphone()
    _listen(page, state)
    page.render(app, state)
    state.turns.later(_say_when_slow(state))
    # Opened beside: Flet stumbles where a page is gone before this function has ended.
    state.turns.later(state.turns.take(None, state.open))


def _look(page: ft.Page) -> Look:
    dark = page.platform_brightness is ft.Brightness.DARK
    return Look(page.width or 390, page.height or 844, dark)


def _listen(page: ft.Page, state: AppState) -> None:
    """Hand the page's events to the state."""

    async def key(event: ft.KeyboardEvent) -> None:
        if state.work is None:
            await state.turns.take(None, press_key, state, Key(event.key, event.ctrl, event.alt, event.meta))

    def resized(event: ft.PageResizeEvent) -> None:
        state.resized(event.width, event.height)

    def brightened(event: Any) -> None:
        # Flet 1.0.5 hands the brightness over as plain data, not as the event that it declares.
        state.darkened("dark" in str(getattr(event, "brightness", event.data)).lower())

    async def closed(_event: Any) -> None:
        await state.turns.take(None, state.shut)

    page.on_keyboard_event = key
    page.on_resize = resized
    page.on_platform_brightness_change = brightened

    async def left(_event: Any) -> None:
        await state.turns.take(None, state.out_of_sight)

    async def back(_event: Any) -> None:
        await state.turns.take(None, state.back_in_sight)

    page.on_close = closed
    page.on_disconnect = left
    page.on_connect = back


async def _say_when_slow(state: AppState) -> None:
    await asyncio.sleep(PATIENCE)
    state.slow = True


@ft.component
def app(state: AppState) -> ft.Control:
    """The one component that watches the state. A fault in drawing is caught: it would end all drawing."""
    use(state.turns.language)
    try:
        screen = screen_of(state)
    except Exception:
        log.exception("a screen could not be drawn")
        screen = words(state.look, _("This could not be shown. Nothing is lost: load the page again."), BODY)
    return ft.Container(
        ft.SafeArea(
            ft.Stack([screen, *shortcuts_overlay(state)], fit=ft.StackFit.EXPAND, expand=True), expand=True
        ),
        bgcolor=state.look.colours.surface,
        expand=True,
    )


def screen_of(state: AppState) -> ft.Control:
    """The screen on which the learner is."""
    if state.screen is Screen.REFUSED:
        return error_screen(state)
    if state.screen is Screen.WELCOME and isinstance(state.content, Welcoming):
        return welcome_screen(state, state.content)
    if state.screen is Screen.SESSION and state.drilling:
        return session_screen(state, state.drilling)
    if state.screen is Screen.TALK and state.talking:
        return dialogue_screen(state, state.talking)
    if state.screen is Screen.RESTING and state.resting:
        return resting_screen(state, state.resting)
    if state.screen is Screen.REMEMBERING and state.remembering:
        return remembering_screen(state, state.remembering)
    if state.screen is Screen.MAP and isinstance(state.content, Charting):
        return map_screen(state, state.content)
    if state.screen is Screen.PICKING and isinstance(state.content, Picking):
        return picking_screen(state, state.content)
    if state.screen is Screen.PLACE:
        return with_places(state, _place(state), state.place)
    return _opening(state)


def _place(state: AppState) -> ft.Control:
    if isinstance(state.content, Browsing):
        return library_screen(state, state.content)
    if isinstance(state.content, LearningPath):
        return lessons_screen(state, state.content)
    if isinstance(state.content, LookingBack):
        return progress_screen(state, state.content)
    if isinstance(state.content, Adjusting):
        return settings_screen(state, state.content)
    return today_screen(state)


def _opening(state: AppState) -> ft.Control:
    """Nothing for a moment; then a word, for the first start makes the folder and reads the course.

    Work that tells how far it is has its bar instead.
    """
    look, colours = state.look, state.look.colours
    if state.work and (state.work.progress or state.screen is Screen.WORKING):
        head = ft.Semantics(header=True, live_region=True, content=words(look, state.work.title, GREETING))
        column = ft.Column([head, long_work(look, state.turns, state.work)], spacing=SPACE_24, tight=True)
        return ft.Container(
            ft.Container(column, width=min(look.width - 2 * SPACE_24, 480)),
            alignment=ft.Alignment.CENTER,
            expand=True,
        )
    if not state.slow:
        return ft.Container(expand=True)
    return ft.Container(
        ft.Column(
            [
                ft.ProgressRing(color=colours.primary, width=32, height=32, stroke_width=4),
                words(state.look, _("Opening your words"), BODY, colour=colours.on_surface_variant),
            ],
            spacing=SPACE_16,
            tight=True,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        ),
        alignment=ft.Alignment.CENTER,
        expand=True,
    )


def page_of(data_dir: Path | str) -> Callable[[ft.Page], Coroutine[Any, Any, None]]:
    """What Flet runs for each page on a data folder."""

    def open_tutor() -> Tutor:
        from tutor.config import load
        from tutor.practice import Tutor

        folder = Path(data_dir)
        config = load(folder)
        return Tutor.open(
            folder,
            timezone=config.timezone,
            session_limit=config.session_limit,
            encoder=config.encoder,
        )

    def prepare(told: Told) -> None:
        from tutor import upkeep

        upkeep.prepare(Path(data_dir), told)

    async def page(page: ft.Page) -> None:
        await main(page, open_tutor=open_tutor, prepare=prepare)

    return page


def run(data_dir: Path | str, host: str = "127.0.0.1", port: int = 8550, web: bool | None = None) -> None:
    """Open the app on a data folder, and return when it is closed.

    A window where there is a display and the desktop client is on this machine already (it is never
    fetched), else a page in the browser. Raises UsageError where the port is taken.
    """

    page = page_of(data_dir)
    if web is None:
        web = not (_has_display() and _has_desktop_client())
    if web:
        web_server.serve(page, host, port)
    else:
        ft.run(page, view=ft.AppView.FLET_APP, assets_dir=str(ASSETS), no_cdn=True)


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _has_desktop_client() -> bool:
    """Whether Flet's window program is unpacked here; asking Flet itself would download it."""
    try:
        from flet_desktop.version import version  # type: ignore[import-untyped]
    except ImportError:
        return False
    kept = Path.home() / ".flet" / "client"
    return kept.is_dir() and any(version in folder.name for folder in kept.glob("flet-desktop-*"))
