"""Long work on the screen: what it does, its bar, how long it goes on, and an end to it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import START, database, open_tutor
from store.old_files import old_rows, write_old

from tutor import upkeep
from tutor.clock import ManualClock
from tutor.errors import Cancelled
from tutor.long_work import Doing, Progress, Told
from tutor.practice import Tutor
from tutor.store import startup
from tutor.ui.app import _opening
from tutor.ui.components.long_work import doing_now, time_left
from tutor.ui.state import AppState, Screen
from tutor.ui.theme import Look

from .drawing import drawn

PHONE = Look(390, 844)


@pytest.mark.parametrize("what", list(Doing))
def test_all_that_is_done_has_words(what: Doing) -> None:
    assert doing_now(what)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "A few seconds left"), (9, "A few seconds left"), (41, "About 50 seconds left"),
     (60, "About 1 minute left"), (61, "About 2 minutes left")],
)  # fmt: skip
def test_what_is_left_is_said_no_more_exactly_than_it_is_known(seconds: float, said: str) -> None:
    assert time_left(seconds) == said


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


def test_an_upgrade_at_the_start_is_shown_and_can_be_stopped(tmp_path: Path, courses: Path) -> None:
    folder, clock = tmp_path / "data", ManualClock(START)
    folder.mkdir()
    write_old(database(folder), old_rows(1, 40))
    looked = threading.Event()

    def opening() -> Tutor:
        return open_tutor(folder, courses, clock)

    def prepare(told: Told) -> None:
        def seen(progress: Progress) -> None:
            told(progress)
            if progress.what is Doing.FOLDING:
                assert looked.wait(30)

        upkeep.upgrade(folder, clock, seen)

    async def story() -> None:
        state = AppState(opening, PHONE, prepare=prepare)
        starting = asyncio.create_task(state.turns.take(None, state.open))
        await until(lambda: state.work and state.work.progress)
        await until(lambda: state.work and state.work.progress and state.work.progress.what is Doing.FOLDING)
        shown = drawn(lambda: _opening(state))
        assert shown[:2] == ["Opening your words", "Going through your answers"]
        assert shown[-1] == "Cancel"
        assert state.work
        state.work.stop()
        assert "Stopping" in drawn(lambda: _opening(state))
        looked.set()
        await starting
        assert state.screen is Screen.REFUSED
        assert isinstance(state.failure, Cancelled)
        assert startup.revision(database(folder)) == "0001"
        await state.turns.take(None, state.open)
        assert state.screen is Screen.PICKING, "several learned in that folder"
        assert startup.revision(database(folder)) == startup.HEAD
        await state.turns.take(None, state.shut)

    asyncio.run(story())
