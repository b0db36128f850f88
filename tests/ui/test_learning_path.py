"""The lessons as they are shown: the path, a lesson, the reference; and the way into a session and back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random

import pytest
from helpers import START, mini_course, open_tutor, reading

from tutor import contrasts
from tutor.clock import ManualClock
from tutor.course.item import Note
from tutor.resources import COURSES
from tutor.speech.synthesizer import installed_voices
from tutor.ui.keys import Key
from tutor.ui.learning_path import LearningPath
from tutor.ui.place import Place
from tutor.ui.pressing import press_key
from tutor.ui.screens.lessons import lessons_screen
from tutor.ui.state import AppState, Screen
from tutor.ui.theme import Look

from .drawing import drawn


def told(
    folder: Path,
    story: Callable[[AppState, LearningPath], Awaitable[None]],
    look: Look,
    *,
    course: Path | None = None,
    lesson: str = "",
) -> None:
    """Tell a story of a small course, or of another one; with `lesson`, on the page of that lesson."""

    async def run() -> None:
        courses = course or mini_course(folder / "courses")
        with open_tutor(folder / "data", courses, ManualClock(START)) as tutor:
            state = AppState(lambda: tutor, look)
            await state.turns.take(None, state.open)
            await state.turns.take(None, state.go, Place.LESSONS)
            assert isinstance(state.content, LearningPath)
            if lesson:
                of = next(one.id for one in state.content.path if one.key == lesson)
                await state.turns.take(None, state.content.open, of)
            await story(state, state.content)

    asyncio.run(run())


@pytest.mark.parametrize("look", [Look(390, 844), Look(1280, 800), Look(360, 640, text=1.6)])
def test_the_path_leads_into_any_lesson_its_session_and_back(tmp_path: Path, look: Look) -> None:
    async def story(state: AppState, path: LearningPath) -> None:
        said = drawn(lambda: lessons_screen(state, path))
        assert {one.title_pl for one in path.path} <= set(said)
        last = path.path[-1]
        await state.turns.take(None, path.open, last.id)
        said = drawn(lambda: lessons_screen(state, path))
        assert {"Meet the new words", last.can_do, "A1 · Not yet checked by a native speaker"} <= set(said)
        assert path.page
        assert {row.text for row in path.page.words} <= set(said)
        await state.turns.take(None, press_key, state, Key("Enter"))
        assert state.screen is Screen.SESSION
        await state.turns.take(None, press_key, state, Key("Escape"))
        assert (state.screen, state.place) == (Screen.PLACE, Place.LESSONS)

    told(tmp_path, story, look)


def test_escape_goes_from_a_lesson_to_the_path_and_then_to_today(tmp_path: Path) -> None:
    async def story(state: AppState, path: LearningPath) -> None:
        for begin in (lambda: path.open(path.path[0].id), path.look_up):
            await state.turns.take(None, begin)
            assert not path.at_rest
            await state.turns.take(None, press_key, state, Key("Escape"))
            assert path.at_rest
        await state.turns.take(None, press_key, state, Key("Escape"))
        assert state.place is Place.TODAY

    told(tmp_path, story, Look(390, 844))


def test_the_reference_says_every_note_on_grammar(tmp_path: Path) -> None:
    async def story(state: AppState, path: LearningPath) -> None:
        await state.turns.take(None, path.look_up)
        said = " ".join(drawn(lambda: lessons_screen(state, path)))
        notes = [note for _lesson, own in path.grammar for note in own]
        assert notes
        for note in notes:
            assert note.title.replace("*", "") in said

    told(tmp_path, story, Look(390, 844))


@pytest.mark.skipif(not installed_voices(), reason="no voice is installed")
@pytest.mark.parametrize("look", [Look(390, 844), Look(1280, 800), Look(360, 640, text=1.6)])
def test_words_that_differ_by_a_sound_are_told_apart_by_ear(tmp_path: Path, look: Look) -> None:
    async def story(state: AppState, path: LearningPath) -> None:
        note = next(note for note in path.page.notes if note.contrasts) if path.page else None
        assert note
        said = drawn(lambda: lessons_screen(state, path))
        assert {word for pair in note.contrasts for word in pair} <= set(said)
        await state.turns.take(None, path.hear, note)
        for sitting in (1, 2):
            assert path.hearing
            options, word = path.hearing.heard.options, path.hearing.heard.said
            assert {"Listen: which word is it?", *options} <= set(drawn(lambda: lessons_screen(state, path)))
            wrong = next(place for place, option in enumerate(options, 1) if option != word)
            await state.turns.take(None, press_key, state, Key(str(wrong)))
            await state.turns.take(None, press_key, state, Key(str(wrong)))
            assert f"0 of {sitting}" in drawn(lambda: lessons_screen(state, path))
            await state.turns.take(None, press_key, state, Key("Enter"))
            assert path.hearing
            assert path.hearing.heard.options != options
        place = path.hearing.heard.options.index(path.hearing.heard.said)
        await state.turns.take(None, press_key, state, Key(str(place + 1)))
        assert "1 of 3" in drawn(lambda: lessons_screen(state, path))
        await state.turns.take(None, press_key, state, Key("Escape"))
        assert path.hearing is None
        assert path.page

    told(tmp_path, story, look, course=COURSES, lesson="things")
    with reading(tmp_path / "data" / "tutor.db") as rows:
        kept = rows.execute("SELECT detail, said FROM lesson_event WHERE event = 'contrast'").fetchall()
    assert [detail.split()[0] for detail, _said in kept] == ["sz-cz"] * 3
    assert [detail.split()[1] == said for detail, said in kept] == [False, False, True]


@pytest.mark.parametrize("checked", [True, False])
def test_a_lesson_that_no_native_speaker_has_checked_says_so(tmp_path: Path, checked: bool) -> None:
    courses = mini_course(tmp_path / "courses")
    file = next(courses.glob("*/course.yaml"))
    file.write_text(
        f"checked_by_native: {str(checked).lower()}\n{file.read_text(encoding='utf-8')}", encoding="utf-8"
    )

    async def story(state: AppState, path: LearningPath) -> None:
        said = " ".join(drawn(lambda: lessons_screen(state, path)))
        assert ("Not yet checked by a native speaker" in said) is not checked

    told(tmp_path, story, Look(390, 844), course=courses, lesson="cafe")


def test_who_is_far_along_need_not_scroll_to_the_lesson_to_go_on_with(tmp_path: Path) -> None:
    async def story(state: AppState, path: LearningPath) -> None:
        assert path.following
        title = path.following.title_pl
        assert drawn(lambda: lessons_screen(state, path)).count(title) == 1
        path.following = path.path[2]
        title = path.following.title_pl
        assert drawn(lambda: lessons_screen(state, path)).count(title) == 2

    told(tmp_path, story, Look(390, 844))


def test_nothing_is_to_be_told_apart_that_the_voice_says_alike(tmp_path: Path) -> None:
    with open_tutor(tmp_path / "data", COURSES, ManualClock(START)) as tutor:
        same = Note("alike", "Alike", "They are.", contrasts=(("morze", "może"),))
        assert contrasts.ask(tutor, same, Random(1)) is None
