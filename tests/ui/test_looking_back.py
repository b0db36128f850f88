"""Progress as it is shown: nothing yet, a little, much; and what it says of how it goes."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from helpers import START, finish, mini_course, open_tutor

from tutor.clock import ManualClock
from tutor.practice import Tutor
from tutor.progress import ENOUGH, Remembered
from tutor.ui.looking_back import LookingBack
from tutor.ui.place import Place
from tutor.ui.screens.progress import how_it_goes, progress_screen
from tutor.ui.state import AppState
from tutor.ui.theme import Look

from .drawing import drawn


def shown(tutor: Tutor, look: Look, *, counted: bool = True, years: bool = False) -> str:
    """What the screen says."""

    async def run() -> str:
        state = AppState(lambda: tutor, look)
        await state.turns.take(None, state.open)
        await state.turns.take(None, state.go, Place.PROGRESS)
        looking = state.content
        assert isinstance(looking, LookingBack)
        if counted:
            await looking.count()
        await looking.widen(years)
        return " | ".join(drawn(lambda: progress_screen(state, looking)))

    return asyncio.run(run())


@pytest.mark.parametrize("look", [Look(390, 844), Look(1280, 800), Look(360, 640, text=1.6)])
def test_it_is_there_at_once_and_its_figures_when_they_are_counted(practising: Tutor, look: Look) -> None:
    assert "Counting your answers" in shown(practising, look, counted=False)
    text = shown(practising, look)
    for title in ("Days you practised", "What is coming", "Four tracks", "Remembered against planned",
                  "How long memories last", "A1 words"):  # fmt: skip
        assert title in text
    assert "answers" in shown(practising, look, years=True)


def test_on_the_first_day_it_says_what_will_be_here(tmp_path: Path) -> None:
    with open_tutor(tmp_path / "data", mini_course(tmp_path / "courses"), ManualClock(START)) as tutor:
        assert "Nothing to tell yet" in shown(tutor, Look(390, 844))


def test_after_a_day_it_says_how_many_answers_it_takes(tmp_path: Path) -> None:
    clock = ManualClock(START)
    with open_tutor(tmp_path / "data", mini_course(tmp_path / "courses"), clock) as tutor:
        finish(tutor.start(limit=6, seed=1))
        clock.advance(timedelta(days=1))
        assert f"Not enough answers yet to say; {ENOUGH} more." in shown(tutor, Look(390, 844))


@pytest.mark.parametrize(
    ("right", "said"),
    [(95, "more than planned"), (90, "as planned"), (88, "as planned"), (80, "less than planned")],
)
def test_one_sentence_says_how_it_goes(right: int, said: str) -> None:
    sentence, behind = how_it_goes(Remembered(100, right, 0.91), 0.9)
    assert sentence.startswith(f"You remember {right} % of what comes up")
    assert said in sentence
    assert behind == "From 100 answers in the last 30 days; planned 90 %, foretold 91 %."
