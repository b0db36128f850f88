"""Every screen in each of its states (empty, loading, one, many, error), in both languages of the app.

A screen that cannot be drawn raises here; in the app that would be told in its place.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from helpers import START, database, finish, mini_course, open_tutor

from tutor import settings
from tutor.clock import ManualClock
from tutor.errors import DatabaseBusy
from tutor.i18n import use
from tutor.long_work import Doing, Progress
from tutor.practice import Tutor
from tutor.settings import Language
from tutor.ui.adjusting import Adjusting
from tutor.ui.app import screen_of
from tutor.ui.browsing import Browsing
from tutor.ui.charting import Charting
from tutor.ui.learning_path import LearningPath
from tutor.ui.looking_back import LookingBack
from tutor.ui.place import Place
from tutor.ui.recorder import Stage
from tutor.ui.state import AppState, Screen
from tutor.ui.theme import Look
from tutor.ui.watched import Watched
from tutor.welcome import Step, reach

from .drawing import drawn

Steps = Callable[[AppState], Awaitable[None]]


# The folders.


def nothing(folder: Path, courses: Path) -> Path:
    """There is no course at all."""
    empty = courses / "none"
    empty.mkdir(parents=True)
    with open_tutor(folder, empty) as tutor:
        reach(tutor, Step.DONE)
    return empty


def nothing_met(folder: Path, courses: Path) -> Path:
    """A course, of which nothing was met."""
    mini_course(courses)
    with open_tutor(folder, courses) as tutor:
        reach(tutor, Step.DONE)
    return courses


def one_met(folder: Path, courses: Path) -> Path:
    """One word was met, and answered once."""
    nothing_met(folder, courses)
    with open_tutor(folder, courses, ManualClock(START)) as tutor:
        finish(tutor.start(limit=1, seed=1))
    return courses


def new(folder: Path, courses: Path) -> Path:
    """Somebody is here for the first time."""
    return mini_course(courses)


def many_met(folder: Path, courses: Path) -> Path:
    """Several sessions of practice, a name, a backup."""
    nothing_met(folder, courses)
    clock = ManualClock(START - timedelta(days=4))
    with open_tutor(folder, courses, clock) as tutor:
        settings.change(tutor, name="Wawrzyniec Brzęczyszczykiewicz")
        for seed in range(3):
            finish(tutor.start(limit=10, seed=seed), clock)
            clock.advance(timedelta(days=1))
    return courses


def resting(count: int) -> Callable[[Path, Path], Path]:
    """So many words rest."""

    def made(folder: Path, courses: Path) -> Path:
        many_met(folder, courses)
        with closing(sqlite3.connect(database(folder))) as raw, raw:
            raw.execute(
                "INSERT INTO item_state (learner, item, suspended, known, note, translation, sentence,"
                " clocks) SELECT learner, item, 1, 0, '', '', '', '{}' FROM user_progress"
                " WHERE track = 'visual' LIMIT ?",
                (count,),
            )
            raw.execute("UPDATE user_progress SET lapses = 8 WHERE item IN (SELECT item FROM item_state)")
        return courses

    return made


def to_be_said(folder: Path, courses: Path) -> Path:
    """Two phrases are to be said, and no model is there to judge them."""
    from spoken import ready, write_spoken_course

    write_spoken_course(courses)
    with open_tutor(folder, courses) as tutor:
        reach(tutor, Step.DONE)
        ready(tutor, speech=5.0)
    return courses


# The ways to a state.


def place(where: Place, *, faulty: bool = False) -> Steps:
    """Go to a place; `faulty`: where something just went wrong."""

    async def go(state: AppState) -> None:
        await state.turns.take(None, state.go, where)
        if isinstance(state.content, LookingBack):
            await state.content.count()
        if faulty:
            await went_wrong(state)

    return go


async def went_wrong(state: AppState) -> None:
    async def fail() -> None:
        raise DatabaseBusy("Zajęte. Nothing is lost: try again.")

    await state.turns.take(None, fail)
    assert state.fault


async def here(_state: AppState) -> None:
    """Where it opens."""


async def not_counted(state: AppState) -> None:
    await state.turns.take(None, state.go, Place.PROGRESS)


async def not_open(state: AppState) -> None:
    state.screen, state.slow = Screen.OPENING, True


async def upgrading(state: AppState) -> None:
    state.screen, state.work = Screen.OPENING, Watched("Opening your words", lambda: None)
    state.work.progress, state.work.left = Progress(1, 4, Doing.UPGRADING), 70.0


async def refused(state: AppState) -> None:
    state.screen, state.failure = Screen.REFUSED, DatabaseBusy("Zajęte. Nothing is lost: try again.")


async def first_lesson(state: AppState) -> None:
    assert state.following
    await state.turns.take(None, state.see_lesson, state.following.id)


async def grammar(state: AppState) -> None:
    await state.turns.take(None, state.go, Place.LESSONS)
    assert isinstance(state.content, LearningPath)
    await state.turns.take(None, state.content.look_up)


async def found_nothing(state: AppState) -> None:
    await state.turns.take(None, state.go, Place.LIBRARY)
    assert isinstance(state.content, Browsing)
    await state.content.seek("zzzz")


async def found_one(state: AppState) -> None:
    await state.turns.take(None, state.go, Place.LIBRARY)
    assert isinstance(state.content, Browsing)
    await state.content.seek("kawa")


async def opened_one(state: AppState) -> None:
    await found_one(state)
    assert isinstance(state.content, Browsing)
    await state.turns.take(None, state.content.open, state.content.found.rows[0].id)


async def exporting(state: AppState) -> None:
    await state.turns.take(None, state.go, Place.SETTINGS)
    assert isinstance(state.content, Adjusting)
    work = Watched("Writing the file", lambda: None)
    work.progress = Progress(2, 3, Doing.WRITING)
    state.content.working = {"export": work, "voice-all": work, "back-up": work}


async def backups_listed(state: AppState) -> None:
    await state.turns.take(None, state.go, Place.SETTINGS)
    assert isinstance(state.content, Adjusting)
    await state.turns.take(None, state.content.unfold, "backups")


async def resting_words(state: AppState) -> None:
    await state.turns.take(None, state.see_resting)


async def remembering(state: AppState) -> None:
    await state.turns.take(None, state.see_remembering)


async def simulated(state: AppState) -> None:
    await remembering(state)
    assert state.remembering
    await state.remembering.simulate()


async def fitted_in_vain(state: AppState) -> None:
    await remembering(state)
    assert state.remembering
    track = next(iter(state.remembering.tracks))
    await state.remembering.fit(track)
    async with asyncio.timeout(30):
        while state.remembering.tracks[track].work:
            await asyncio.sleep(0.01)


async def the_map(state: AppState) -> None:
    await state.turns.take(None, state.go, Place.LIBRARY)
    await state.turns.take(None, state.see_map)
    assert isinstance(state.content, Charting)
    charting = state.content
    async with asyncio.timeout(30):
        while charting.map is None:
            await asyncio.sleep(0.01)


async def a_word_on_the_map(state: AppState) -> None:
    await the_map(state)
    assert isinstance(state.content, Charting) and state.content.map
    state.content.chosen = state.content.map.spots[0]


async def the_map_as_a_list(state: AppState) -> None:
    await the_map(state)
    assert isinstance(state.content, Charting) and state.content.map
    await state.content.list(True)
    await state.content.unfold(state.content.map.spots[0].topic or "-")


async def the_map_stopped(state: AppState) -> None:
    await the_map(state)
    assert isinstance(state.content, Charting)
    state.content.map, state.content.stopped = None, True


async def laying_out(state: AppState) -> None:
    await the_map_stopped(state)
    assert isinstance(state.content, Charting)
    work = Watched("Laying out the map", lambda: None)
    work.progress = Progress(1, 4, Doing.MAPPING)
    state.content.stopped, state.content.work = False, work


async def map_failed(state: AppState) -> None:
    await the_map_stopped(state)
    await went_wrong(state)


async def in_session(state: AppState) -> None:
    await state.turns.take(None, state.start)


async def speaking(state: AppState) -> None:
    await state.turns.take(None, state.start, "speech")


async def listening(state: AppState) -> None:
    await speaking(state)
    assert state.drilling
    state.drilling.aloud.recorder.stage = Stage.LISTENING


async def unheard(state: AppState) -> None:
    await speaking(state)
    assert state.drilling
    await state.drilling.aloud.recorder.record()


async def comparing(state: AppState) -> None:
    await speaking(state)
    assert state.drilling
    await state.turns.take(None, state.drilling.judge_oneself)


async def session_unsaved(state: AppState) -> None:
    await in_session(state)
    await went_wrong(state)


async def session_over(state: AppState) -> None:
    await in_session(state)
    assert state.drilling
    await state.turns.take(None, state.drilling.stop)


async def picking(state: AppState) -> None:
    await state.turns.take(None, state.switch)


async def picking_failed(state: AppState) -> None:
    await picking(state)
    await went_wrong(state)


@dataclass(frozen=True)
class Case:
    """A screen in a state, and something that it says then."""

    folder: Callable[[Path, Path], Path]
    steps: Steps
    says: str


CASES = {
    "opening, loading": Case(nothing_met, not_open, "Opening your words"),
    "opening, an upgrade": Case(nothing_met, upgrading, "About 2 minutes left"),
    "opening, error": Case(nothing_met, refused, "Nothing is lost"),
    "welcome": Case(new, here, "patient tutor"),
    "today, empty": Case(nothing, here, "There are no words here yet"),
    "today, first day": Case(nothing_met, here, "Your first words"),
    "today, one": Case(one_met, here, "Start"),
    "today, many": Case(many_met, here, "Wawrzyniec"),
    "today, error": Case(many_met, place(Place.TODAY, faulty=True), "Zajęte"),
    "lessons, empty": Case(nothing, place(Place.LESSONS), "There is no course here"),
    "lessons, many": Case(many_met, place(Place.LESSONS), "Lessons"),
    "lessons, one page": Case(nothing_met, first_lesson, "words"),
    "lessons, grammar": Case(nothing_met, grammar, "Grammar"),
    "lessons, error": Case(many_met, place(Place.LESSONS, faulty=True), "Zajęte"),
    "library, empty": Case(nothing, place(Place.LIBRARY), "There are no words here yet"),
    "library, nothing found": Case(many_met, found_nothing, "No words found"),
    "library, one": Case(many_met, found_one, "kawa"),
    "library, one open": Case(many_met, opened_one, "coffee"),
    "library, many": Case(many_met, place(Place.LIBRARY), "kawa"),
    "library, error": Case(many_met, place(Place.LIBRARY, faulty=True), "Zajęte"),
    "map, loading": Case(nothing_met, laying_out, "Laying out the map"),
    "map, empty": Case(nothing, the_map, "There are no words here yet"),
    "map, nothing met": Case(nothing_met, the_map, "Nothing is lit yet"),
    "map, one chosen": Case(many_met, a_word_on_the_map, "Open its page"),
    "map, many": Case(many_met, the_map, "45 days or more"),
    "map, as a list": Case(many_met, the_map_as_a_list, "Holds for"),
    "map, stopped": Case(many_met, the_map_stopped, "Lay out the map"),
    "map, error": Case(many_met, map_failed, "Zajęte"),
    "progress, loading": Case(many_met, not_counted, "Counting your answers"),
    "progress, empty": Case(nothing_met, place(Place.PROGRESS), "Nothing to tell yet"),
    "progress, one": Case(one_met, place(Place.PROGRESS), "Not enough answers yet"),
    "progress, many": Case(many_met, place(Place.PROGRESS), "Four tracks"),
    "progress, error": Case(many_met, place(Place.PROGRESS, faulty=True), "Zajęte"),
    "settings, nothing met": Case(nothing, place(Place.SETTINGS), "Nothing was met yet"),
    "settings, many met": Case(many_met, place(Place.SETTINGS), "words you met"),
    "settings, no backups": Case(nothing_met, backups_listed, "There is no backup yet"),
    "settings, long work": Case(many_met, exporting, "Writing the file"),
    "settings, error": Case(many_met, place(Place.SETTINGS, faulty=True), "Zajęte"),
    "resting, empty": Case(many_met, resting_words, "rest"),
    "resting, one": Case(resting(1), resting_words, "hook"),
    "resting, many": Case(resting(5), resting_words, "hook"),
    "remembering, loading": Case(many_met, remembering, "answers"),
    "remembering, many": Case(many_met, simulated, "reviews a day"),
    "remembering, error": Case(many_met, fitted_in_vain, "are needed"),
    "session, first": Case(nothing_met, in_session, "New word"),
    "session, error": Case(many_met, session_unsaved, "Zajęte"),
    "speaking, asked": Case(to_be_said, speaking, "No speech model is here"),
    "speaking, listening": Case(to_be_said, listening, "Listening. It stops when you are silent."),
    "speaking, no microphone": Case(to_be_said, unheard, "gives no microphone to the app"),
    "speaking, judged by oneself": Case(to_be_said, comparing, "How well did you say it?"),
    "session, over": Case(one_met, session_over, "answers"),
    "picking, one": Case(many_met, picking, "Wawrzyniec"),
    "picking, error": Case(many_met, picking_failed, "Zajęte"),
}
LOOKS = (Look(390, 844), Look(1280, 800, device_dark=True))


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Case], tuple[Path, Path]]:
    """The data and the courses of a case, made once for all cases that have the same."""
    made: dict[object, tuple[Path, Path]] = {}

    def of(case: Case) -> tuple[Path, Path]:
        if case.folder not in made:
            folder = tmp_path_factory.mktemp("state")
            courses = case.folder(folder / "data", folder / "courses")
            made[case.folder] = folder / "data", courses
        return made[case.folder]

    return of


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use(Language.ENGLISH)


async def _said(tutor: Tutor, case: Case, look: Look) -> list[str]:
    state = AppState(lambda: tutor, look)
    await state.turns.take(None, state.open)
    await case.steps(state)
    use(state.turns.language)
    return drawn(lambda: screen_of(state))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_every_state_of_a_screen_is_drawn_and_says_what_it_is(
    case: Case, folders: Callable[[Case], tuple[Path, Path]], tmp_path: Path
) -> None:
    data, courses = folders(case)
    said = {}
    for look, language in product(LOOKS, (Language.ENGLISH, Language.POLISH)):
        folder = tmp_path / f"{look.width}-{language}"
        if data.exists():
            shutil.copytree(data, folder)
        with open_tutor(folder, courses, ManualClock(START)) as tutor:
            settings.change(tutor, language=language)
            said[look, language] = asyncio.run(_said(tutor, case, look))
    for look in LOOKS:
        assert case.says in " | ".join(said[look, Language.ENGLISH])
        assert len(said[look, Language.POLISH]) == len(said[look, Language.ENGLISH])
        assert said[look, Language.POLISH] != said[look, Language.ENGLISH]
