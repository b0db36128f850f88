"""The focus timer in a session: it counts, offers a break, and goes on after a reload."""

from __future__ import annotations

from datetime import timedelta

from tutor import settings
from tutor.clock import ManualClock
from tutor.drills.drill import Ask
from tutor.practice import Tutor
from tutor.ui.screens.session import session_screen
from tutor.ui.state import AppState

from .drawing import drawn
from .test_session_state import press, told, until


def test_nothing_is_counted_unless_it_is_wanted(practising: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "recall")
        drilling = await until(state, Ask.GRADE)
        assert drilling.focusing.focus is None
        assert practising.database.raw.execute("SELECT count(*) FROM focus").fetchone() == (0,)

    told(practising, story)


def test_it_counts_offers_a_break_and_goes_on_with_the_same_drill(
    practising: Tutor, clock: ManualClock
) -> None:
    settings.change(practising, focus=True)

    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "recall")
        drilling = await until(state, Ask.GRADE)
        shown, focusing = drilling.drill, drilling.focusing

        def said() -> list[str]:
            return drawn(lambda: session_screen(state, drilling))

        assert "25" in said()
        clock.advance(timedelta(minutes=20))
        focusing.look()
        assert "5" in said()
        clock.advance(timedelta(minutes=5))
        focusing.look()
        assert state.notice == "25 minutes are done: 5 minutes off?"
        assert {"Break", state.notice} <= set(said())
        await state.turns.take(None, focusing.go_on)
        assert {"Take a break", "5 minutes left"} <= set(said())
        await press(state, "3")
        assert (drilling.drill, drilling.progress.done) == (shown, 0), "in a break no key answers"
        clock.advance(timedelta(minutes=6))
        focusing.look()
        assert "The break is over" in said()
        await press(state, "Enter")
        assert drilling.drill == shown
        assert "25" in said()
        assert focusing.focus
        assert focusing.focus.number == 2

    told(practising, story)


def test_it_goes_on_by_the_clock_after_the_page_was_loaded_again(
    practising: Tutor, clock: ManualClock
) -> None:
    settings.change(practising, focus=True)

    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "recall")
        await state.turns.take(None, state.leave)
        clock.advance(timedelta(minutes=10))
        again = AppState(lambda: practising, state.look)
        await again.turns.take(None, again.open)
        await again.turns.take(None, again.resume)
        assert again.drilling
        assert again.drilling.focusing.minutes == 15
        await again.turns.take(None, again.leave)
        clock.advance(timedelta(hours=3))
        await again.turns.take(None, again.resume)
        assert again.drilling
        assert again.drilling.focusing.minutes == 25, "another sitting begins anew"

    told(practising, story)
