"""Today as it is shown: the first day, a day with work, and a day that is done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from helpers import START, finish, mini_course, open_tutor

from tutor import holidays, settings
from tutor.clock import ManualClock
from tutor.errors import UsageError
from tutor.outcome import SHORT_SESSION
from tutor.practice import Tutor
from tutor.ui.keys import Key
from tutor.ui.learning_path import LearningPath
from tutor.ui.place import Place
from tutor.ui.pressing import press_key
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
            following = state.following
            share = f"{int(100 * following.share)} %"
            assert {"Continue", following.title_pl, following.can_do, share} <= text

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


def test_after_days_away_a_short_one_is_offered_and_the_usual_one_too(tmp_path: Path) -> None:
    async def story(state: AppState) -> None:
        text = said(state)
        assert {"Good to see you again", "A short one is enough for today", "A short one"} <= text
        assert any(line.startswith("The usual: ") for line in text)
        assert "Start" not in text
        await state.turns.take(None, press_key, state, Key("Enter"))
        assert state.drilling
        assert state.drilling.progress.total <= SHORT_SESSION + 4

    clock = ManualClock(START)
    with open_tutor(tmp_path / "data", mini_course(tmp_path / "courses"), clock) as tutor:
        for day in range(5):
            finish(tutor.start(limit=14, seed=day), clock)
            clock.advance(timedelta(days=1))
        clock.advance(timedelta(days=9))
        told(tutor, story)


def test_on_days_off_nothing_is_asked_for_and_one_can_be_back(practising: Tutor) -> None:
    async def story(state: AppState) -> None:
        text = said(state)
        assert any(line.startswith("Days off until ") for line in text)
        assert "Practise all the same" in text
        await state.turns.take(None, state.back_again)
        assert "Start" in said(state)

    holidays.begin(practising, 7)
    told(practising, story)


def test_a_day_that_is_done_ends_quietly_with_what_tomorrow_brings(tmp_path: Path) -> None:
    async def story(state: AppState) -> None:
        text = said(state)
        assert "Na dziś to wszystko!" in text
        assert state.today
        assert state.today.tomorrow
        assert any(line.startswith(f"Tomorrow brings {state.today.tomorrow} card") for line in text)
        assert "Start" not in text

    clock = ManualClock(START)
    with open_tutor(tmp_path / "data", mini_course(tmp_path / "courses"), clock) as tutor:
        settings.change(tutor, new_per_day=2)
        while not (tutor.today().tomorrow and not tutor.today().waiting):
            clock.advance(timedelta(days=1))
            with suppress(UsageError):
                for seed in range(9):
                    finish(tutor.start(limit=14, seed=seed), clock)
                    clock.advance(timedelta(minutes=30))
        told(tutor, story)
