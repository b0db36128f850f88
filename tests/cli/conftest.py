"""A learner's folder for each test: fresh, or with two weeks of practice in it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from helpers import START, Actor, mini_course, open_tutor

from tutor.clock import ManualClock
from tutor.errors import UsageError
from tutor.practice import Tutor


@pytest.fixture(scope="session")
def courses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course that no test changes."""
    return mini_course(tmp_path_factory.mktemp("courses"))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def tutor(tmp_path: Path, courses: Path, clock: ManualClock) -> Iterator[Tutor]:
    with open_tutor(tmp_path / "data", courses, clock) as opened:
        yield opened


@pytest.fixture(scope="session")
def practised(tmp_path_factory: pytest.TempPathFactory, courses: Path) -> Path:
    """A folder with twelve days of practice of every kind; copy it, do not change it."""
    folder = tmp_path_factory.mktemp("practised") / "data"
    clock = ManualClock(START - timedelta(days=12))
    with open_tutor(folder, courses, clock) as tutor:
        for day in range(12):
            actor = Actor(Random(day), 0.8, undoes=0.05, knows=0.1, insists=0.3, hints=0.1, deaf=0.01)
            try:
                session = tutor.start("mix", 15, seed=day)
            except UsageError:
                continue
            while drill := session.next():
                actor.act(session, drill)
                clock.advance(timedelta(seconds=8))
            clock.at = START - timedelta(days=11 - day)
    return folder


@pytest.fixture
def used(practised: Path, tmp_path: Path) -> Path:
    """A copy of the practised folder."""
    return Path(shutil.copytree(practised, tmp_path / "data"))
