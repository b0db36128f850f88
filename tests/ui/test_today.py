"""Today as it is shown: the first day, a day with work, and a day that is done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from helpers import START, finish, mini_course, open_tutor

from tutor.clock import ManualClock
from tutor.practice import Tutor
from tutor.ui.learning_path import LearningPath
from tutor.ui.place import Place
from tutor.ui.screens.today import today_screen
from tutor.ui.state import AppState, Screen
from tutor.ui.theme import Look

from .drawing import drawn

PHONE = Look(390, 844)
GYM = {"Speed Run", "Audio Gym", "Context Lab", "Phrases", "Daily Blitz"}


def told(tutor: Tutor, story: Callable[[AppState], Awaitable[None]], look: Look = PHONE) -> None:
    async def run() -> None:
        state = AppState(lambda: tutor, look)
        await state.turns.take(None, state.open)
        await story(state)

    asyncio.run(run())


def said(state: AppState) -> set[str]:
    return set(drawn(lambda: today_screen(state)))


@pytest.mark.parametrize("look", [Look(390, 844), Look(1280, 800), Look(360, 640, text=1.6)])
def test_a_day_with_work_offers_tracks_the_next_lesson_and_the_gym(practising: Tutor, look: Look) -> None:
    async def story(state: AppState) -> None:
        text = said(state)
        assert {"Start", "Read", "Listen", "Use", "Skill Gym"} | GYM <= text
        if state.following:
            assert {"Continue", state.following.title_pl, state.following.can_do} <= text

    told(practising, story, look)


def test_on_the_first_day_there_is_one_thing_to_do(tmp_path: Path) -> None:
    async def story(state: AppState) -> None:
        text = said(state)
        assert {"Start", "Your first words"} <= text
        assert not GYM & text

    with open_tutor(tmp_path / "data", mini_course(tmp_path / "courses"), ManualClock(START)) as tutor:
        told(tutor, story)


def test_the_next_lesson_is_one_tap_away(tmp_path: Path) -> None:
    async def story(state: AppState) -> None:
        assert state.following
        await state.turns.take(None, state.see_lesson, state.following.id)
        assert state.place is Place.LESSONS
        assert isinstance(state.content, LearningPath)
        assert state.content.page
        assert state.content.page.standing == state.following

    with open_tutor(tmp_path / "data", mini_course(tmp_path / "courses"), ManualClock(START)) as tutor:
        finish(tutor.start(limit=4, seed=1))
        told(tutor, story)


@pytest.mark.parametrize("mode", ["syntax", "audio", "context", "phrase"])
def test_an_exercise_begins_or_says_why_not(practising: Tutor, mode: str) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, mode)
        assert state.screen is Screen.SESSION or state.notice

    told(practising, story)
