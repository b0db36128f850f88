"""What every test may ask for: how hard hypothesis looks, and the material beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tutor.course.format import CourseFile, LessonContent, lesson_file, read_course, read_lesson
from tutor.course.item import Item
from tutor.resources import COURSES

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
