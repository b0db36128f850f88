"""A dialogue on the screen, by keys alone; the way into it and out; the checkpoint in the path."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from helpers import START, course_with_units, finish, open_tutor, right, right_words, wrong_words

from tutor import checkpoint, lessons
from tutor.clock import ManualClock
from tutor.drills.drill import Ask
from tutor.practice import Tutor
from tutor.ui.drilling import Drilling, Phase
from tutor.ui.keys import Key
from tutor.ui.learning_path import LearningPath, Part, next_part
from tutor.ui.place import Place
from tutor.ui.pressing import press_key
from tutor.ui.screens.dialogue import dialogue_screen
from tutor.ui.screens.lessons import lessons_screen
from tutor.ui.screens.session import session_screen
from tutor.ui.state import AppState, Screen
from tutor.ui.talking import Talking
from tutor.ui.theme import Look

from .drawing import drawn

LOOKS = [Look(390, 844), Look(1280, 800), Look(360, 640, text=1.6)]


def told(
    folder: Path,
    story: Callable[[AppState, Tutor], Awaitable[None]],
    look: Look = LOOKS[0],
    *,
    met: bool = False,
) -> None:
    async def run() -> None:
        courses, clock = course_with_units(folder / "courses", words=8), ManualClock(START)
        with open_tutor(folder / "data", courses, clock) as tutor:
            for one in lessons.path(tutor)[:2] if met else ():
                for _session in range(2):
                    finish(tutor.start_lesson(one.id, seed=1), clock)
            state = AppState(lambda: tutor, look)
            await state.turns.take(None, state.open)
            await state.turns.take(None, state.go, Place.LESSONS)
            await story(state, tutor)

    asyncio.run(run())


async def press(state: AppState, name: str) -> None:
    await state.turns.take(None, press_key, state, Key(name))


async def into_talk(state: AppState) -> Talking:
    """From the path into the dialogue of the first lesson, by Enter."""
    path = state.content
    assert isinstance(path, LearningPath)
    await state.turns.take(None, path.open, path.path[0].id)
    await press(state, "Enter")
    assert state.talking
    return state.talking


async def send(state: AppState, text: str) -> None:
    assert state.talking
    state.talking.wrote(text)
    await state.turns.take(state.turns.step, state.talking.send)


@pytest.mark.parametrize("look", LOOKS)
def test_a_dialogue_is_talked_from_the_lesson_to_its_new_words(tmp_path: Path, look: Look) -> None:
    async def story(state: AppState, _tutor: Tutor) -> None:
        talking = await into_talk(state)
        assert (state.screen, state.turns.typing) == (Screen.TALK, True)

        def said() -> list[str]:
            return drawn(lambda: dialogue_screen(state, talking))

        assert {"Pani Ewa", "A café.", "Mówię order", "Ask for a coffee.", "1 of 2"} <= set(said())
        await send(state, "widze kawe")
        assert {"widze kawe", "Nearly: Widzę kawę.", "near order", "Mówię tea", "2 of 2"} <= set(said())
        assert talking.typed == ""
        await send(state, "herbata")
        assert {"Good", "Do widzenia", "Meet the new words"} <= set(said())
        assert "Your turn" not in said()
        assert not state.turns.typing
        await press(state, "Enter")
        assert state.screen is Screen.SESSION

    told(tmp_path, story, look)


def test_a_hint_comes_first_and_then_what_could_be_said(tmp_path: Path) -> None:
    async def story(state: AppState, _tutor: Tutor) -> None:
        talking = await into_talk(state)
        said = drawn(lambda: dialogue_screen(state, talking))
        assert "Hint" in said and "Hint order" not in said and "Not sure" not in said
        await state.turns.take(None, talking.hint)
        said = drawn(lambda: dialogue_screen(state, talking))
        assert {"Hint order", "Not sure"} <= set(said)
        await state.turns.take(None, talking.not_sure)
        said = drawn(lambda: dialogue_screen(state, talking))
        assert {"You could say: Widzę kawę.", "default order", "Mówię water"} <= set(said)
        assert "Hint water" not in said

    told(tmp_path, story)


def test_a_line_tells_its_meaning_when_it_is_turned_over(tmp_path: Path) -> None:
    async def story(state: AppState, _tutor: Tutor) -> None:
        talking = await into_talk(state)
        talking.wrote("Widz")
        assert "Tap a line for its meaning" in drawn(lambda: dialogue_screen(state, talking))
        await state.turns.take(None, talking.turn_over, "line-0")
        said = drawn(lambda: dialogue_screen(state, talking))
        assert "I say order" in said and "Tap a line for its meaning" not in said
        assert talking.typed == "Widz", "what was being written stays"
        await state.turns.take(None, talking.turn_over, "line-0")
        assert "I say order" not in drawn(lambda: dialogue_screen(state, talking))

    told(tmp_path, story)


def test_nothing_typed_is_no_answer_and_a_tap_of_a_step_before_does_nothing(tmp_path: Path) -> None:
    async def story(state: AppState, _tutor: Tutor) -> None:
        talking = await into_talk(state)
        await send(state, "  ")
        assert talking.progress.done == 0
        step = state.turns.step
        await send(state, "kawa")
        talking.wrote("herbata")
        await state.turns.take(step, talking.send)
        assert (talking.progress.done, talking.over) == (1, False)

    told(tmp_path, story)


def test_escape_leads_back_to_the_lesson_and_it_goes_on_from_there(tmp_path: Path) -> None:
    async def story(state: AppState, _tutor: Tutor) -> None:
        await into_talk(state)
        await send(state, "kawa")
        await press(state, "Escape")
        path = state.content
        assert isinstance(path, LearningPath) and path.page and state.place is Place.LESSONS
        assert "1 of 2 answers" in drawn(lambda: lessons_screen(state, path))
        await press(state, "Enter")
        assert state.talking
        assert [one.said for one in state.talking.exchanges] == ["kawa"]

    told(tmp_path, story)


def test_once_talked_it_can_be_had_again_and_the_words_come_next(tmp_path: Path) -> None:
    async def story(state: AppState, tutor: Tutor) -> None:
        talking = await into_talk(state)
        await send(state, "kawa")
        await send(state, "herbata")
        await state.turns.take(None, talking.again)
        assert (talking.exchanges, talking.over, state.turns.typing) == ((), False, True)
        assert next_part(lessons.path(tutor)[0]) is Part.WORDS
        await press(state, "Escape")
        path = state.content
        assert isinstance(path, LearningPath)
        said = drawn(lambda: lessons_screen(state, path))
        assert "You talked it all the way through; it can be had again" in said
        await press(state, "Enter")
        assert state.screen is Screen.SESSION

    told(tmp_path, story)


def test_once_all_was_met_a_small_session_comes_next(tmp_path: Path) -> None:
    async def story(state: AppState, _tutor: Tutor) -> None:
        await into_talk(state)
        await send(state, "kawa")
        await send(state, "herbata")
        assert state.talking and not state.talking.words_left
        await press(state, "Enter")
        path = state.content
        assert isinstance(path, LearningPath) and path.page
        assert next_part(path.page.standing) is Part.PRACTICE
        await press(state, "Enter")
        assert state.drilling and state.drilling.drill and not state.drilling.drill.meeting

    told(tmp_path, story, met=True)


def test_the_path_has_its_units_and_their_checkpoints(tmp_path: Path) -> None:
    async def story(state: AppState, _tutor: Tutor) -> None:
        path = state.content
        assert isinstance(path, LearningPath)
        said = drawn(lambda: lessons_screen(state, path))
        order = [said.index(text) for text in ("Unit 1", "Jeden", "Lekcja cafe", "Lekcja made-1", "Unit 2")]
        assert order == sorted(order)
        assert said.count("Checkpoint") == 2
        await state.turns.take(None, state.start_checkpoint, path.units[0].id)
        assert "first meet some more of lesson 1, 2" in state.notice
        assert state.screen is Screen.PLACE

    told(tmp_path, story)


@pytest.mark.parametrize("look", LOOKS)
def test_a_checkpoint_ends_in_what_it_came_to_and_the_lessons_to_look_at(tmp_path: Path, look: Look) -> None:
    async def story(state: AppState, tutor: Tutor) -> None:
        unit = checkpoint.path(tutor)[0]
        await state.turns.take(None, state.start_checkpoint, unit.id)
        assert state.drilling
        while state.drilling.phase is not Phase.OVER:
            await answer(state, state.drilling, rightly=state.drilling.progress.done % 2 == 0)
        drilling = state.drilling
        said = drawn(lambda: session_screen(state, drilling))
        assert "6 of 12 were right. Take it again whenever you like." in said
        assert {"Lessons worth another look", "2. Lekcja made-1"} <= set(said), "they are asked in turn"
        assert "1. Lekcja cafe" not in said
        await press(state, "Enter")
        path = state.content
        assert isinstance(path, LearningPath)
        assert "Your best: 6 of 12" in drawn(lambda: lessons_screen(state, path))
        session = checkpoint.start(tutor, unit.id, seed=1)
        while drill := session.next():
            right(session, drill)
        await state.turns.take(None, state.go, Place.LESSONS)
        path = state.content
        assert isinstance(path, LearningPath)
        assert {"Your best: 12 of 12", "Passed"} <= set(drawn(lambda: lessons_screen(state, path)))

    told(tmp_path, story, look, met=True)


async def answer(state: AppState, drilling: Drilling, *, rightly: bool) -> None:
    drill = drilling.drill
    assert drill
    said = right_words(drill) if rightly else wrong_words(drill)
    if drill.ask is Ask.CHOOSE:
        await state.turns.take(None, drilling.choose, said)
    else:
        assert drill.ask is Ask.TYPE, "nothing is graded by the learner"
        drilling.wrote(said)
        await state.turns.take(None, drilling.check)
    assert drilling.phase is Phase.ANSWERED
    await press(state, "Enter")
