"""What is opened beside a drill: it tells, changes what it should, and leaves the drill as it was."""

from __future__ import annotations

from tutor.drills.drill import Ask
from tutor.practice import Tutor
from tutor.ui.aside import Open
from tutor.ui.screens.session import session_screen
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
