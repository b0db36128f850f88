"""Going from place to place."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tutor import library
from tutor.errors import DatabaseBusy
from tutor.practice import Tutor
from tutor.ui.browsing import Browsing
from tutor.ui.keys import Key
from tutor.ui.learning_path import LearningPath
from tutor.ui.place import Place
from tutor.ui.pressing import press_key
from tutor.ui.state import AppState, Screen
from tutor.ui.theme import Look


def test_a_place_that_cannot_be_opened_says_why_and_the_others_stay(
    practising: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        state = AppState(lambda: practising, Look(390, 844))
        await state.turns.take(None, state.open)

        def busy(*_args: Any) -> None:
            raise DatabaseBusy("Your words are in use elsewhere. Nothing is lost: try again.")

        with monkeypatch.context() as broken:
            broken.setattr(library, "find", busy)
            await state.turns.take(None, state.go, Place.LIBRARY)
        assert (state.screen, state.place, state.content) == (Screen.PLACE, Place.TODAY, None)
        assert (state.notice.startswith("Your words are in use"), state.fault) == (True, True)
        await state.turns.take(None, state.go, Place.LESSONS)
        assert isinstance(state.content, LearningPath)
        assert state.notice == ""
        await state.turns.take(None, state.go, Place.LIBRARY)
        assert isinstance(state.content, Browsing)

    asyncio.run(story())


def test_where_the_focus_is_is_shown_from_a_key_on_until_something_is_pointed_at(
    practising: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        state = AppState(lambda: practising, Look(390, 844))
        await state.turns.take(None, state.open)
        assert not state.look.rings
        await state.turns.take(None, press_key, state, Key("Tab"))
        assert state.look.rings
        await state.turns.press("a key pressed it", state.go, Place.LIBRARY).click(None)
        assert state.look.rings
        monkeypatch.setattr("tutor.ui.turns._SAME_PRESS", -1.0)
        await state.turns.press("a finger pressed it", state.go, Place.LESSONS).click(None)
        assert not state.look.rings
        state.turns.typing = True
        await state.turns.take(None, press_key, state, Key("A"))
        assert not state.look.rings, "who writes is not drawn anew meanwhile"

    asyncio.run(story())
