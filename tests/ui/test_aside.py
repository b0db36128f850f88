"""What is opened beside a drill: it tells, changes what it should, and leaves the drill as it was."""

from __future__ import annotations

from typing import Any

import pytest

from tutor import faults, settings
from tutor.drills.drill import Ask
from tutor.practice import Tutor
from tutor.store import item_states
from tutor.ui.aside import Open
from tutor.ui.browsing import Browsing, Writing
from tutor.ui.drilling import Phase
from tutor.ui.place import Place
from tutor.ui.screens.library import library_screen
from tutor.ui.screens.session import session_screen
from tutor.ui.screens.settings import settings_screen
from tutor.ui.state import AppState, Screen

from .drawing import drawn
from .test_session_state import press, told, until


def test_a_tapped_word_is_explained_and_escape_puts_that_away_first(practising: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "context")
        drilling = await until(state, Ask.TYPE)
        drill = drilling.drill
        assert drill
        assert drill.sentence
        asked = drill.sentence.start
        await state.turns.take(None, drilling.aside.explain, drill.prompt, asked)
        assert drilling.aside.gloss
        assert drilling.aside.gloss.withheld
        assert drilling.aside.gloss.told in drawn(lambda: session_screen(state, drilling))
        await press(state, "Escape")
        assert (drilling.aside.open, drilling.drill, state.screen) == (Open.NOTHING, drill, Screen.SESSION)
        drilling.wrote(drill.accepted[0])
        await state.turns.take(None, drilling.check)
        await state.turns.take(None, drilling.aside.explain, drill.prompt, asked)
        assert drill.item
        assert drilling.aside.gloss.base == drill.item.text
        assert drill.item.meaning in drawn(lambda: session_screen(state, drilling))
        await press(state, "Enter")
        assert drilling.aside.open is Open.NOTHING, "the next drill begins with nothing beside it"
        await press(state, "Escape")
        assert state.screen is Screen.PLACE

    told(practising, story)


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("answered", [True, False])
def test_the_menu_puts_a_word_aside_says_so_and_takes_it_back(
    practising: Tutor, known: bool, answered: bool
) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "phrase")
        drilling = await until(state, Ask.CHOOSE)
        drill = drilling.drill
        assert drill
        assert drill.item
        if answered:
            await press(state, "1")
            assert drilling.phase is Phase.ANSWERED
        await press(state, "M")
        said = drawn(lambda: session_screen(state, drilling))
        assert {"I know it, ask no more", "Let it rest", "Edit", "Something is wrong here"} <= set(said)
        await state.turns.take(state.turns.step, drilling.aside.put_aside, known)
        assert drilling.aside.open is Open.NOTHING
        assert drilling.drill
        assert drilling.drill.item != drill.item
        assert state.notice.startswith(drill.item.text)
        assert state.notice in drawn(lambda: session_screen(state, drilling))
        assert state.turns.way
        await state.turns.take(state.turns.step, state.turns.way.action)
        assert state.notice == ""
        with practising.database.read() as connection:
            now = item_states.is_left_alone(connection, practising.learner.id, drill.item.id)
        assert now == (False, False)
        if not answered:
            assert drilling.drill == drill

    told(practising, story)


def test_m_opens_and_closes_the_menu_and_writes_in_a_field(practising: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "context")
        drilling = await until(state, Ask.TYPE)
        await press(state, "M")
        assert drilling.aside.open is Open.NOTHING
        await state.turns.take(None, drilling.not_sure)
        await press(state, "M")
        assert drilling.aside.open is Open.MENU
        await press(state, "M")
        assert drilling.aside.open is Open.NOTHING

    told(practising, story)


def test_a_fault_is_noted_beside_the_drill_and_exported_from_settings(practising: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "context")
        drilling = await until(state, Ask.TYPE)
        drilling.wrote("zle")
        await state.turns.take(None, drilling.check)
        before = drilling.drill, drilling.phase, drilling.progress
        for text in ("it has two answers", "never mind"):
            await state.turns.take(None, drilling.aside.write_fault)
            assert "What is wrong here?" in drawn(lambda: session_screen(state, drilling))
            drilling.aside.wrote(text)
            await state.turns.take(None, drilling.aside.note_fault)
        assert state.turns.way
        await state.turns.take(None, state.turns.way.action)
        assert (drilling.drill, drilling.phase, drilling.progress) == before
        (found,) = faults.listed(practising)
        assert (found.response, found.note) == ("zle", "it has two answers")
        await state.turns.take(None, state.go, Place.SETTINGS)
        adjusting = state.content
        said = drawn(lambda: settings_screen(state, adjusting))  # type: ignore[arg-type]
        assert "1 so far; export it for who makes the course" in said
        await state.turns.take(None, adjusting.export_faults)  # type: ignore[union-attr]
        (file,) = (practising.folder / "exports").glob("faults-*.json")
        assert "it has two answers" in file.read_text(encoding="utf-8")

    told(practising, story)


def test_a_word_is_edited_in_the_library_and_the_session_goes_on(practising: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "recall")
        drilling = await until(state, Ask.GRADE)
        shown = drilling.drill
        assert shown
        assert shown.item
        await state.turns.take(None, state.edit, shown.item.id)
        browsing = state.content
        assert isinstance(browsing, Browsing)
        assert (browsing.writing, state.place) == (Writing.EDIT, Place.LIBRARY)
        assert browsing.page
        assert browsing.page.item.id == shown.item.id
        assert "Back to your session" in drawn(lambda: library_screen(state, browsing))
        browsing.wrote("means", "my own word")
        await state.turns.take(None, browsing.save)
        await state.turns.take(None, state.resume)
        assert state.drilling
        assert state.drilling.drill
        assert state.drilling.drill.item
        assert state.drilling.drill.item.id == shown.item.id
        assert state.drilling.drill.item.meaning == "my own word"
        await state.turns.take(None, state.leave)
        await state.turns.take(None, state.go, Place.LIBRARY)
        assert not state.session_waits

    told(practising, story)


@pytest.mark.parametrize("mode", ["phrase", "recall"])
def test_at_the_goal_one_may_stop_or_go_on_with_the_same_session(practising: Tutor, mode: str) -> None:
    settings.change(practising, goal_minutes=1)

    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, mode)
        said: list[str] = []
        drilling = await until(state, Ask.GRADE if mode == "recall" else Ask.CHOOSE)
        answer = drilling._session.answer

        def slowly(*args: Any, **named: Any) -> Any:
            return answer(*args, **(named | {"response_ms": 25_000}))

        drilling._session.answer = slowly  # type: ignore[method-assign]
        for _drill in range(20):
            assert drilling.phase is not Phase.OVER
            if drilling.phase is Phase.ASK and drilling.drill and drilling.drill.ask is Ask.CHOOSE:
                await press(state, "1")
            elif drilling.phase is Phase.REVEALED:
                await press(state, "3")
            else:
                await press(state, "Enter")
            said = drawn(lambda: session_screen(state, drilling))
            if "Stop here" in said:
                break
        assert "That was your goal for today." in said
        left = drilling.progress
        await state.turns.take(state.turns.step, drilling.stop)
        assert drilling.phase is Phase.OVER
        assert "Your goal of 1 minute is reached." in drawn(lambda: session_screen(state, drilling))
        await state.turns.take(None, state.keep_going)
        assert state.drilling
        assert state.drilling.progress == left
        await press(state, "Enter")
        assert "Stop here" not in drawn(lambda: session_screen(state, state.drilling))  # type: ignore[arg-type]

    told(practising, story)


def test_who_begins_is_told_that_words_can_be_tapped(tutor: Tutor, monkeypatch: pytest.MonkeyPatch) -> None:
    async def meeting(state: AppState) -> list[str]:
        await state.turns.take(None, state.start)
        drilling = state.drilling
        assert drilling
        while not (drilling.drill and drilling.drill.meeting and drilling.drill.sentence):
            await state.turns.take(None, drilling.acknowledge)
        shown = drawn(lambda: session_screen(state, drilling))
        await state.turns.take(None, state.leave)
        return shown

    async def story(state: AppState) -> None:
        assert "Tap a word to see what it is" in await meeting(state)
        monkeypatch.setattr("tutor.ui.drilling.BEGINNER_ANSWERS", 0)
        assert "Tap a word to see what it is" not in await meeting(state)

    told(tutor, story)
