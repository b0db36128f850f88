"""The introduction: every step can be skipped, is remembered, and sets what it says."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from helpers import START, open_tutor, rows

from tutor import welcome
from tutor.clock import ManualClock
from tutor.drills.speaker import Speaker
from tutor.memory.placement import QUESTIONS
from tutor.practice import Tutor
from tutor.resources import COURSES
from tutor.settings import Theme
from tutor.ui.keys import Key
from tutor.ui.learning_path import LearningPath
from tutor.ui.place import Place
from tutor.ui.pressing import press_key
from tutor.ui.screens.lessons import lessons_screen
from tutor.ui.screens.welcome import welcome_screen
from tutor.ui.state import AppState, Screen
from tutor.ui.theme import Look
from tutor.ui.welcoming import Welcoming
from tutor.welcome import Step

from .drawing import drawn


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Tutor]:
    with open_tutor(tmp_path / "data", COURSES, ManualClock(START)) as tutor:
        yield tutor


def told(tutor: Tutor, story: Callable[[AppState], Awaitable[None]]) -> None:
    async def run() -> None:
        state = AppState(lambda: tutor, Look(390, 844))
        await state.turns.take(None, state.open)
        await story(state)

    asyncio.run(run())


def here(state: AppState) -> Welcoming:
    assert state.screen is Screen.WELCOME
    assert isinstance(state.content, Welcoming)
    return state.content


def said(state: AppState) -> str:
    return " | ".join(drawn(lambda: welcome_screen(state, here(state))))


async def press(state: AppState, name: str) -> None:
    await state.turns.take(None, press_key, state, Key(name))


def test_a_newcomer_is_asked_everything_and_begins_with_a_first_session(newcomer: Tutor) -> None:
    async def story(state: AppState) -> None:
        here(state).wrote("  Ania ")
        await press(state, "Enter")
        assert "You, in Polish" in said(state)
        await press(state, "1")
        await press(state, "Enter")
        await press(state, "3")
        await press(state, "Enter")
        await here(state).choose("text_size", 1.3)
        await here(state).choose("theme", Theme.DARK)
        assert (state.look.text, state.look.dark) == (1.3, True), "seen at once"
        await press(state, "Enter")
        assert "Do you know some Polish?" in said(state)
        await press(state, "1")
        assert "The letters and their sounds" in said(state)
        await press(state, "Enter")
        pages = 0
        while state.screen is Screen.WELCOME:
            pages += 1
            assert here(state).alphabet
            await press(state, "Enter")
        assert pages == 7
        assert state.screen is Screen.SESSION

    told(newcomer, story)
    settings = newcomer.settings
    assert (settings.name, settings.speaker, settings.goal_minutes) == ("Ania", Speaker.FEMININE, 15)
    assert welcome.reached(newcomer) is Step.DONE


def test_each_step_can_be_skipped_and_gone_back_to(newcomer: Tutor) -> None:
    async def story(state: AppState) -> None:
        walked = []
        while state.screen is Screen.WELCOME:
            walked.append(here(state).step)
            await here(state).skip()
        assert walked == [step for step in Step if step is not Step.DONE]
        assert state.screen is Screen.SESSION

    told(newcomer, story)


def test_all_of_it_can_be_skipped_and_it_does_not_come_again(newcomer: Tutor) -> None:
    async def story(state: AppState) -> None:
        await here(state).stop()
        assert state.screen is Screen.PLACE
        again = AppState(lambda: newcomer, Look(390, 844))
        await again.turns.take(None, again.open)
        assert again.screen is Screen.PLACE

    told(newcomer, story)


def test_it_goes_on_where_it_was_left_the_placement_too(newcomer: Tutor) -> None:
    async def story(state: AppState) -> None:
        while here(state).step is not Step.LEVEL:
            await here(state).skip()
        await press(state, "2")
        for _ in range(4):
            await press(state, "1")
        question = here(state).question
        again = AppState(lambda: newcomer, Look(390, 844))
        await again.turns.take(None, again.open)
        assert (here(again).step, here(again).asked) == (Step.LEVEL, (4, QUESTIONS))
        assert here(again).question == question
        while (drill := here(again).question) is not None:
            await here(again).answer(drill.answer)
        assert "You know about" in said(again)
        assert len(rows(newcomer.database.raw, "review")) > 10
        await press(again, "Enter")
        assert here(again).step is Step.SOUNDS
        await press(again, "Escape")
        assert here(again).step is Step.LEVEL

    told(newcomer, story)


def test_who_practised_already_is_not_introduced(practising: Tutor) -> None:
    async def story(state: AppState) -> None:
        assert state.screen is Screen.PLACE

    told(practising, story)


def test_choosing_what_is_chosen_leaves_every_button_alive(newcomer: Tutor) -> None:
    async def story(state: AppState) -> None:
        step = state.turns.step
        await here(state).choose("goal_minutes", newcomer.settings.goal_minutes)
        assert state.turns.step == step

    told(newcomer, story)


def test_the_tour_of_the_letters_is_kept_in_lessons(newcomer: Tutor) -> None:
    async def story(state: AppState) -> None:
        await here(state).stop()
        await state.turns.take(None, state.go, Place.LESSONS)
        path = state.content
        assert isinstance(path, LearningPath)
        await path.tour()
        shown = drawn(lambda: lessons_screen(state, path))
        assert {"1 of 7", "The vowels", "góra"} <= set(shown)
        await press(state, "Enter")
        assert "2 of 7" in drawn(lambda: lessons_screen(state, path))
        await press(state, "Escape")
        assert path.at_rest

    told(newcomer, story)
