"""What each key does is told on every screen, and told truly."""

from __future__ import annotations

from tutor.drills.drill import Ask
from tutor.practice import Tutor
from tutor.ui.components.shortcuts import shortcuts, shortcuts_overlay
from tutor.ui.drilling import Phase
from tutor.ui.place import Place
from tutor.ui.state import AppState, Screen

from .drawing import drawn
from .test_session_state import press, told, until


def keys_for(state: AppState, does: str) -> tuple[str, ...]:
    return next(keys for keys, what in shortcuts(state) if what == does)


def told_of(state: AppState) -> set[str]:
    return {what for _keys, what in shortcuts(state)}


def test_a_question_mark_lays_the_keys_over_the_screen_and_escape_takes_them_away(practising: Tutor) -> None:
    async def story(state: AppState) -> None:
        assert shortcuts_overlay(state) == []
        await press(state, "?")
        said = drawn(lambda: shortcuts_overlay(state)[0])
        assert {"Keys", "Start", "?", "Show or hide this"} <= set(said)
        await press(state, "Enter")
        assert (state.keys_shown, state.screen) == (False, Screen.PLACE), "and no session began behind them"
        await press(state, "?")
        await press(state, "?")
        assert not state.keys_shown
        await state.turns.take(None, state.go, Place.LIBRARY)
        await press(state, "?")
        await press(state, "Escape")
        assert (state.keys_shown, state.place) == (False, Place.LIBRARY)

    told(practising, story)


def test_while_the_keys_are_shown_none_of_them_answers(practising: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "phrase")
        drilling = await until(state, Ask.CHOOSE)
        await press(state, "?")
        await press(state, "1")
        assert drilling.phase is Phase.ASK
        await press(state, "?")
        await press(state, "1")
        assert drilling.phase is Phase.ANSWERED

    told(practising, story)


def test_what_is_told_does_what_it_says(practising: Tutor) -> None:
    async def story(state: AppState) -> None:
        await press(state, keys_for(state, "Start")[0])
        assert state.screen is Screen.SESSION
        await state.turns.take(None, state.leave)
        assert "Carry on" in told_of(state)
        await state.turns.take(None, state.start, "phrase")
        await state.turns.take(None, state.leave)
        practising.start("recall", 5, seed=1)
        await state.turns.take(None, state.go, Place.TODAY)
        await press(state, keys_for(state, "Carry on")[1].replace("Space", " "))
        drilling = await until(state, Ask.GRADE)
        assert not {"Good", "Undo the last answer"} & told_of(state)
        await press(state, keys_for(state, "Show")[0])
        await press(state, keys_for(state, "Good")[0])
        assert drilling.progress.done == 1
        await press(state, keys_for(state, "More about this drill")[0])
        assert drilling.aside.open
        await press(state, "Escape")
        await press(state, keys_for(state, "Undo the last answer")[0])
        assert drilling.progress.done == 0
        await press(state, {"Esc": "Escape"}[keys_for(state, "Leave; it can be taken up again")[0]])
        assert state.screen is Screen.PLACE

    told(practising, story)
