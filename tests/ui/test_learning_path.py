"""The lessons as they are shown: the path, a lesson, the reference; and the way into a session and back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from helpers import START, mini_course, open_tutor

from tutor.clock import ManualClock
from tutor.ui.keys import Key
from tutor.ui.learning_path import LearningPath
from tutor.ui.place import Place
from tutor.ui.pressing import press_key
from tutor.ui.screens.lessons import lessons_screen
from tutor.ui.state import AppState, Screen
from tutor.ui.theme import Look

from .drawing import drawn


def told(folder: Path, story: Callable[[AppState, LearningPath], Awaitable[None]], look: Look) -> None:
    async def run() -> None:
        with open_tutor(folder / "data", mini_course(folder / "courses"), ManualClock(START)) as tutor:
            state = AppState(lambda: tutor, look)
            await state.turns.take(None, state.open)
            await state.turns.take(None, state.go, Place.LESSONS)
            assert isinstance(state.content, LearningPath)
            await story(state, state.content)

    asyncio.run(run())


@pytest.mark.parametrize("look", [Look(390, 844), Look(1280, 800), Look(360, 640, text=1.6)])
def test_the_path_leads_into_any_lesson_its_session_and_back(tmp_path: Path, look: Look) -> None:
    async def story(state: AppState, path: LearningPath) -> None:
        said = drawn(lambda: lessons_screen(state, path))
        assert {one.title_pl for one in path.path} <= set(said)
        last = path.path[-1]
        await state.turns.take(None, path.open, last.id)
        said = drawn(lambda: lessons_screen(state, path))
        assert {"Meet the new words", last.can_do, "A1 · Not yet checked by a native speaker"} <= set(said)
        assert path.page
        assert {row.text for row in path.page.words} <= set(said)
        await state.turns.take(None, press_key, state, Key("Enter"))
        assert state.screen is Screen.SESSION
        await state.turns.take(None, press_key, state, Key("Escape"))
        assert (state.screen, state.place) == (Screen.PLACE, Place.LESSONS)

    told(tmp_path, story, look)


def test_escape_goes_from_a_lesson_to_the_path_and_then_to_today(tmp_path: Path) -> None:
    async def story(state: AppState, path: LearningPath) -> None:
        for begin in (lambda: path.open(path.path[0].id), path.look_up):
            await state.turns.take(None, begin)
            assert not path.at_rest
            await state.turns.take(None, press_key, state, Key("Escape"))
            assert path.at_rest
        await state.turns.take(None, press_key, state, Key("Escape"))
        assert state.place is Place.TODAY

    told(tmp_path, story, Look(390, 844))


def test_the_reference_says_every_note_on_grammar(tmp_path: Path) -> None:
    async def story(state: AppState, path: LearningPath) -> None:
        await state.turns.take(None, path.look_up)
        said = " ".join(drawn(lambda: lessons_screen(state, path)))
        notes = [note for _lesson, own in path.grammar for note in own]
        assert notes
        for note in notes:
            assert note.title.replace("*", "") in said

    told(tmp_path, story, Look(390, 844))
