"""What every test may ask for: how hard hypothesis looks, real material, a learner's folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from helpers import START, Actor, mini_course, open_tutor
from hypothesis import HealthCheck, settings

from tutor.clock import ManualClock
from tutor.course.files import lesson_file
from tutor.course.format import CourseFile
from tutor.course.item import Item
from tutor.course.reading import LessonContent, read_course, read_lesson
from tutor.errors import UsageError
from tutor.practice import Tutor
from tutor.resources import COURSES

# Whatever the machine speaks, tests read English, and so do the processes that they start.
os.environ["LANGUAGE"] = "en"

_LOOK = {"quick": 25, "default": 100, "soak": 2000}
for _name, _examples in _LOOK.items():
    settings.register_profile(
        _name,
        max_examples=_examples,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        print_blob=True,
    )
settings.load_profile("default")

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real material beside the checkout; nothing of it is ever copied into the project."""
    folder = CHECKOUT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"the real material of {folder} is not on this machine")
    return folder


@pytest.fixture(scope="session")
def starter_course() -> CourseFile:
    """The head of the course that comes with the program."""
    return read_course(COURSES / "pl-en")


@pytest.fixture(scope="session")
def starter_lessons(starter_course: CourseFile) -> list[LessonContent]:
    """The lessons of that course that are written; there must be some."""
    folder = COURSES / "pl-en"
    written = [name for name in starter_course.lessons if (folder / lesson_file(name)).is_file()]
    assert written, "the starter course has no lessons"
    return [read_lesson(folder, starter_course, name) for name in written]


@pytest.fixture(scope="session")
def starter_items(starter_lessons: list[LessonContent]) -> list[Item]:
    """Everything that course teaches; there must be something."""
    items = [item for content in starter_lessons for item in content.items]
    assert items, "the starter course teaches nothing"
    return items


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


@pytest.fixture
def practising(used: Path, courses: Path, clock: ManualClock) -> Iterator[Tutor]:
    """A tutor in which every kind of drill is due."""
    with open_tutor(used, courses, clock) as opened:
        yield opened
