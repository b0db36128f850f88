"""Who learns on a page: known by the browser, picked, let in by a PIN, or new."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from helpers import START, open_tutor

from tutor import learners, settings, upkeep
from tutor.clock import ManualClock
from tutor.practice import Tutor
from tutor.ui.adjusting import Adjusting
from tutor.ui.keys import Key
from tutor.ui.memory import Memory
from tutor.ui.picking import Picking
from tutor.ui.place import Place
from tutor.ui.pressing import press_key
from tutor.ui.screens.picking import picking_screen
from tutor.ui.screens.settings import settings_screen
from tutor.ui.state import AppState, Screen
from tutor.ui.theme import Look

from .drawing import drawn

Story = Callable[[Callable[[Memory], Awaitable[AppState]]], Awaitable[None]]


def told(folder: Path, courses: Path, story: Story, look: Look = Look(390, 844)) -> None:  # noqa: B008
    """Run a story that opens pages, each in the browser of a memory."""
    clock, pages = ManualClock(START), list[AppState]()

    async def page(memory: Memory) -> AppState:
        state = AppState(lambda: open_tutor(folder, courses, clock), look, memory=memory)
        pages.append(state)
        await state.turns.take(None, state.open)
        return state

    async def run() -> None:
        await story(page)
        for state in pages:
            await state.turns.take(None, state.shut)

    asyncio.run(run())


def picking_of(state: AppState) -> Picking:
    assert state.screen is Screen.PICKING
    assert isinstance(state.content, Picking)
    return state.content


def said(state: AppState) -> list[str]:
    return drawn(lambda: picking_screen(state, picking_of(state)))


@pytest.fixture
def family(used: Path, courses: Path) -> Path:
    """A folder in which two learn, one of them behind a PIN."""
    with open_tutor(used, courses) as tutor:
        settings.change(tutor, name="Anna Maria Kowalska")
        learners.set_pin(tutor, "2468")
        learners.add(tutor, "Tomek")
    return used


def test_one_learner_without_a_pin_is_never_asked_who_they_are(used: Path, courses: Path) -> None:
    async def story(page: Callable[[Memory], Awaitable[AppState]]) -> None:
        state = await page(Memory())
        assert (state.screen, state.place) == (Screen.PLACE, Place.TODAY)

    told(used, courses, story)


@pytest.mark.parametrize("look", [Look(390, 844), Look(1280, 800), Look(360, 640, text=1.6)])
def test_a_browser_that_knows_nobody_asks_and_from_then_on_knows(
    family: Path, courses: Path, look: Look
) -> None:
    async def story(page: Callable[[Memory], Awaitable[AppState]]) -> None:
        memory = Memory()
        state = await page(memory)
        assert said(state) == ["Who is learning?", "AK", "Anna Maria Kowalska", "T", "Tomek", "Add a learner"]
        tomek = picking_of(state).everyone[1]
        await state.turns.take(None, picking_of(state).pick, tomek)
        assert state.screen is Screen.WELCOME
        assert state.today
        assert state.today.name == "Tomek"
        assert await memory.recall() == tomek.id
        again = await page(memory)
        assert again.today
        assert again.today.name == "Tomek"

    told(family, courses, story, look)


def test_a_pin_is_asked_for_even_by_a_browser_that_knows_them(family: Path, courses: Path) -> None:
    async def story(page: Callable[[Memory], Awaitable[AppState]]) -> None:
        memory = Memory()
        state = await page(memory)
        anna = picking_of(state).everyone[0]
        await state.turns.take(None, picking_of(state).pick, anna)
        assert "Anna Maria Kowalska" in said(state)
        picking_of(state).wrote("1111")
        await state.turns.take(None, picking_of(state).show_pin)
        assert state.notice == "That is not the PIN. Try again."
        assert state.screen is Screen.PICKING
        assert not await memory.recall()
        await state.turns.take(None, picking_of(state).show_pin)
        assert state.notice == "That is not the PIN. Try again.", "the field was emptied"
        picking_of(state).wrote("2468")
        await state.turns.take(None, picking_of(state).show_pin)
        assert state.today
        assert state.today.name == "Anna Maria Kowalska"
        again = await page(memory)
        assert picking_of(again).asked == anna
        await again.turns.take(None, press_key, again, Key("Escape"))
        assert picking_of(again).asked is None

    told(family, courses, story)


def test_somebody_new_is_added_and_begins_at_once(used: Path, courses: Path) -> None:
    async def story(page: Callable[[Memory], Awaitable[AppState]]) -> None:
        state = await page(Memory())
        await state.turns.take(None, state.go, Place.SETTINGS)
        await state.turns.take(None, state.switch)
        picking = picking_of(state)
        await state.turns.take(None, picking.ask_name)
        await state.turns.take(None, picking.add)
        assert state.notice == "Write a name first."
        picking.wrote(" Ewa ")
        await state.turns.take(None, picking.add)
        assert state.today
        assert state.today.name == "Ewa"
        assert sum(state.today.due.values()) == 0
        assert state.today.xp == 0

    told(used, courses, story)
    with open_tutor(used, courses) as tutor:
        assert [one.name for one in learners.everyone(tutor)][-1] == "Ewa"


def test_a_pin_is_set_and_taken_away_in_the_settings(used: Path, courses: Path) -> None:
    def kept() -> str:
        with open_tutor(used, courses) as tutor:
            return str(tutor.learner.settings.get("pin", ""))

    async def story(page: Callable[[Memory], Awaitable[AppState]]) -> None:
        state = await page(Memory())
        await state.turns.take(None, state.go, Place.SETTINGS)
        adjusting = state.content
        assert isinstance(adjusting, Adjusting)
        await state.turns.take(None, adjusting.unfold, "pin")
        assert any("no encryption" in text for text in drawn(lambda: settings_screen(state, adjusting)))
        adjusting.wrote("12")
        await state.turns.take(None, adjusting.lock)
        assert state.notice == "A PIN is 4 to 8 digits."
        assert not kept()
        adjusting.wrote("1234")
        await state.turns.take(None, adjusting.lock)
        assert kept()
        assert adjusting.me.locked
        asked = await page(Memory())
        assert asked.screen is Screen.PICKING
        await state.turns.take(None, adjusting.unlock)
        assert not kept()

    told(used, courses, story)


def test_who_was_let_in_stays_in_when_a_backup_was_brought_back(family: Path, courses: Path) -> None:
    async def story(page: Callable[[Memory], Awaitable[AppState]]) -> None:
        state = await page(Memory())
        await state.turns.take(None, picking_of(state).pick, picking_of(state).everyone[0])
        picking_of(state).wrote("2468")
        await state.turns.take(None, picking_of(state).show_pin)
        await state.turns.take(None, state.go, Place.SETTINGS)
        assert isinstance(state.content, Adjusting)
        await state.turns.take(None, state.restore, upkeep.back_up(family))
        assert state.screen is Screen.PLACE
        assert state.today
        assert state.today.name == "Anna Maria Kowalska"

    told(family, courses, story)


def test_a_page_of_each_goes_on_beside_the_other(family: Path, courses: Path) -> None:
    async def story(page: Callable[[Memory], Awaitable[AppState]]) -> None:
        anna, tomek = await page(Memory()), await page(Memory())
        await anna.turns.take(None, picking_of(anna).pick, picking_of(anna).everyone[0])
        picking_of(anna).wrote("2468")
        await anna.turns.take(None, picking_of(anna).show_pin)
        await tomek.turns.take(None, picking_of(tomek).pick, picking_of(tomek).everyone[1])
        await anna.turns.take(None, anna.start)
        await tomek.turns.take(None, tomek.start)
        assert anna.drilling
        assert tomek.drilling
        assert anna.drilling.drill != tomek.drilling.drill

    told(family, courses, story)
    with open_tutor(family, courses) as tutor:
        assert begun(tutor) == 2


def begun(tutor: Tutor) -> int:
    return int(tutor.database.raw.execute("SELECT count(DISTINCT learner) FROM session_state").fetchone()[0])
