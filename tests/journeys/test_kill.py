"""kill -9 in the middle of practice: no answer that was accepted is lost, and one goes on exactly there."""

from __future__ import annotations

import json
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from helpers import (
    START,
    answers,
    assert_projections_are_folds,
    database,
    described,
    open_tutor,
    practising,
    right,
)

from journeys.practising import practise
from tutor.clock import ManualClock
from tutor.errors import UsageError
from tutor.practice import Tutor
from tutor.store import backup
from tutor.store.reviews import loaded_time

LONGEST = 90
"""Things done before which the process is killed."""

State = tuple[int, ...]


@dataclass
class Scene:
    """One drill of a story: what was shown, what was done with it, and the file before and after."""

    session: str
    shown: dict[str, Any] | None
    before: State
    done: dict[str, Any]
    after: State


def state(tutor: Tutor) -> State:
    """How much has been written, and how far the session is."""
    counts = ", ".join(
        f"(SELECT count(*) FROM {name})"
        for name in ("review", "undo", "mistake", "lesson_event", "session_state", "session_step")
    )
    return tuple(tutor.database.raw.execute(f"SELECT {counts}").fetchone())


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, courses: Path) -> Callable[[int], list[Scene]]:
    """What a process that is not killed shows and does, by its seed."""

    @cache
    def of(seed: int) -> list[Scene]:
        clock, story = ManualClock(START), []
        with open_tutor(tmp_path_factory.mktemp("undisturbed"), courses, clock) as tutor:
            shown: dict[str, Any] | None = None
            before: State = ()
            for kind, session, what in practise(tutor, clock, seed, LONGEST + 60):
                if kind == "shown":
                    shown, before = what, state(tutor)
                else:
                    assert what
                    story.append(Scene(session, shown, before, what, state(tutor)))
        return story

    return of


def kill_and_look(folder: Path, courses: Path, story: list[Scene], seed: int, moment: Random) -> None:
    """Kill a practising process at a random moment, then check everything that was promised."""
    process = practising(folder, courses, seed, LONGEST + 60)
    assert process.stdout
    assert process.stderr
    with process:
        reported = []
        for _ in range(moment.randrange(1, LONGEST)):
            line = process.stdout.readline()
            assert line, process.stderr.read()
            reported.append(line)
        # Not at the same place of the loop each time.
        until = time.perf_counter() + moment.uniform(0, 0.012)
        while time.perf_counter() < until:
            pass
        process.send_signal(signal.SIGKILL)
        # A line that was cut off was not reported.
        reported += process.stdout.read().splitlines(keepends=True)
    assert process.returncode == -signal.SIGKILL
    done = [json.loads(line) for line in reported if line.endswith("\n")]
    assert done == [scene.done for scene in story[: len(done)]]
    with open_tutor(folder, courses, a_minute_later(folder)) as tutor:
        assert backup.health(tutor.database.raw).problems == ()
        place = where_it_stands(tutor, story, len(done))
        assert answers(tutor.database.raw) == log_of(story[:place])
        assert_projections_are_folds(tutor)
        goes_on(tutor, story, place)


def a_minute_later(folder: Path) -> ManualClock:
    with closing(sqlite3.connect(database(folder))) as connection:
        (at,) = connection.execute(
            "SELECT max(at) FROM session_step UNION SELECT max(started_at) FROM session_state ORDER BY 1 DESC"
        ).fetchone()
    return ManualClock(loaded_time(at) + timedelta(minutes=1))


def where_it_stands(tutor: Tutor, story: list[Scene], reported: int) -> int:
    """How much of the story is in the file: all that was reported, and at most one thing more."""
    found = state(tutor)
    for place in (reported, reported + 1):
        if found in (story[place - 1].after, story[place].before):
            return place
    raise AssertionError(f"{found} is in the file, {story[reported - 1].after} was reported")


def log_of(story: list[Scene]) -> list[tuple[str, str, str, int | None]]:
    kinds = {"answer": "answer", "was right": "answer", "know": "seed"}
    return [
        (kinds[what["op"]], what["item"], what["track"], what.get("rating"))
        for what in (scene.done for scene in story)
        if what["op"] in kinds
    ]


def goes_on(tutor: Tutor, story: list[Scene], place: int) -> None:
    """The session stands at the drill at which it would have stood, options and all, and can be finished."""
    resumed = tutor.resume()
    if resumed is None:
        assert story[place].session != story[place - 1].session, "a session that was not over is gone"
        try:
            resumed = tutor.start("mix", 5)
        except UsageError:
            # Killed between two days' sessions, with nothing more to do on the first.
            assert sum(tutor.due().values()) == 0
            return
    else:
        assert described(resumed.next()) == story[place].shown
    ended = 0
    while current := resumed.next():
        right(resumed, current)
        ended += 1
        assert ended < 200
    assert resumed.over
    assert_projections_are_folds(tutor)


@pytest.mark.parametrize("run", range(20))
def test_a_kill_in_the_middle_of_practice_loses_no_accepted_answer(
    tmp_path: Path, courses: Path, undisturbed: Callable[[int], list[Scene]], run: int
) -> None:
    kill_and_look(tmp_path / "data", courses, undisturbed(run % 3), run % 3, Random(run))


@pytest.mark.soak
@pytest.mark.parametrize("run", range(200))
def test_two_hundred_kills_lose_no_accepted_answer(
    tmp_path: Path, courses: Path, undisturbed: Callable[[int], list[Scene]], run: int
) -> None:
    seed = 100 + run % 20
    kill_and_look(tmp_path / "data", courses, undisturbed(seed), seed, Random(f"soak {run}"))
