"""Settings as they are changed, and what they do to the look of the app."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tutor import upkeep
from tutor.practice import Tutor
from tutor.settings import Grading, Theme
from tutor.ui.adjusting import Adjusting
from tutor.ui.place import Place
from tutor.ui.screens.settings import settings_screen
from tutor.ui.state import AppState
from tutor.ui.theme import DARK, Look

from .drawing import drawn

PHONE = Look(390, 844)


def told(
    tutor: Tutor, story: Callable[[AppState, Adjusting], Awaitable[None]], look: Look = PHONE
) -> list[Theme]:
    """Run a story from Settings on; the themes that the page was told."""
    themes: list[Theme] = []

    async def run() -> None:
        state = AppState(lambda: tutor, look, on_theme=themes.append)
        await state.turns.take(None, state.open)
        await state.turns.take(None, state.go, Place.SETTINGS)
        assert isinstance(state.content, Adjusting)
        await story(state, state.content)

    asyncio.run(run())
    return themes


def said(state: AppState, adjusting: Adjusting) -> list[str]:
    return drawn(lambda: settings_screen(state, adjusting))


@pytest.mark.parametrize("look", [Look(390, 844), Look(1280, 800), Look(360, 640, text=1.6)])
def test_every_setting_says_what_it_changes_and_unfolds_into_what_it_can_be(
    practising: Tutor, look: Look
) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        folded = said(state, adjusting)
        for name in (
            "name",
            "goal_minutes",
            "new_per_day",
            "grading",
            "day_start",
            "speed",
            "theme",
            "text_size",
        ):
            await state.turns.take(None, adjusting.unfold, name)
            assert len(said(state, adjusting)) > len(folded), name
            await state.turns.take(None, adjusting.unfold, name)
        assert said(state, adjusting) == folded

    told(practising, story, look)


def test_what_is_chosen_holds_at_once(practising: Tutor) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        await state.turns.take(None, adjusting.choose, "theme", Theme.DARK)
        await state.turns.take(None, adjusting.choose, "text_size", 1.3)
        await state.turns.take(None, adjusting.choose, "spacing", True)
        await state.turns.take(None, adjusting.choose, "grading", Grading.TWO)
        assert state.look.colours is DARK
        assert (state.look.text, state.look.spaced) == (1.3, True)
        assert practising.settings.grading is Grading.TWO
        await state.turns.take(None, adjusting.choose, "text_size", 9)
        assert state.notice.startswith("Choose from")
        assert state.look.text == 1.3

    assert told(practising, story)[-1] is Theme.DARK


def test_a_name_is_written_and_greeted(practising: Tutor) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        await state.turns.take(None, adjusting.unfold, "name")
        adjusting.wrote("  Anna \n Maria ")
        await state.turns.take(None, adjusting.rename)
        assert "Anna Maria" in said(state, adjusting)
        await state.turns.take(None, state.go, Place.TODAY)
        assert state.today
        assert state.today.name == "Anna Maria"

    told(practising, story)


def test_a_backup_and_an_export_are_made_and_told(practising: Tutor) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        before = len(upkeep.backups(practising.folder))
        await state.turns.take(None, adjusting.back_up)
        assert len(upkeep.backups(practising.folder)) == before + 1
        assert any(text.startswith("Last one on ") for text in said(state, adjusting))
        await state.turns.take(None, adjusting.export)
        assert f"Written to {adjusting.done}" in said(state, adjusting)
        document = json.loads(Path(adjusting.done).read_text(encoding="utf-8"))
        rows = practising.database.raw.execute("SELECT count(*) FROM review").fetchone()[0]
        assert len(document["tables"]["review"]) == rows

    told(practising, story)
