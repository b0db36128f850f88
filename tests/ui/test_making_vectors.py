"""What is near in meaning is made ready in the background, for as long as the page is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from helpers import START, mini_course, open_tutor

from tutor.clock import ManualClock
from tutor.practice import Tutor
from tutor.store import embeddings
from tutor.ui.adjusting import Adjusting
from tutor.ui.place import Place
from tutor.ui.screens.settings import settings_screen
from tutor.ui.state import AppState
from tutor.ui.theme import Look

from .drawing import drawn

WORDS = 700


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mini_course(tmp_path_factory.mktemp("courses"), made=7, words=WORDS // 7)


@pytest.fixture
def fresh(tmp_path: Path, wordy: Path) -> Iterator[Tutor]:
    with open_tutor(tmp_path / "data", wordy, ManualClock(START)) as tutor:
        yield tutor


def told(tutor: Tutor, story: Callable[[AppState], Awaitable[None]]) -> None:
    async def run() -> None:
        state = AppState(lambda: tutor, Look(390, 844))
        await state.turns.take(None, state.open)
        await story(state)

    asyncio.run(run())


def ready(tutor: Tutor) -> int:
    with tutor.database.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM embedding").scalar_one())


async def until(true: Callable[[], object]) -> None:
    """Let the page work until something is so."""
    async with asyncio.timeout(30):
        while not true():
            await asyncio.sleep(0)


def test_the_vectors_of_all_words_are_made_though_nobody_looks_for_anything(fresh: Tutor) -> None:
    async def story(state: AppState) -> None:
        await until(lambda: ready(fresh) >= WORDS)

    told(fresh, story)


def test_settings_says_how_many_are_left_and_nothing_once_all_are_made(fresh: Tutor) -> None:
    async def story(state: AppState) -> None:
        await until(lambda: ready(fresh))
        await state.turns.take(None, state.go, Place.SETTINGS)
        page = state.content
        assert isinstance(page, Adjusting)
        if page.unready:
            assert f"{page.unready} words are being made ready." in drawn(
                lambda: settings_screen(state, page)
            )
        await until(lambda: ready(fresh) >= WORDS and not page.unready)
        assert not any("being made ready" in said for said in drawn(lambda: settings_screen(state, page)))

    told(fresh, story)


def test_a_page_that_nobody_looks_at_makes_none_until_it_is_back(fresh: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.out_of_sight)
        made = ready(fresh)
        assert made < WORDS
        await state.turns.take(None, state.out_of_sight)
        for _ in range(50):
            await asyncio.sleep(0)
        assert ready(fresh) == made
        await state.turns.take(None, state.back_in_sight)
        await until(lambda: ready(fresh) >= WORDS)

    told(fresh, story)


def test_a_page_that_was_closed_opens_no_file_again(fresh: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.shut)
        for _ in range(50):
            await asyncio.sleep(0)

    told(fresh, story)
    assert fresh.database._open is None
    with fresh.database.read() as connection:
        assert embeddings.count_missing(connection, "static-pl-en-1") > 0
