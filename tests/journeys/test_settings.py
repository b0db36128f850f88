"""Settings take effect at once, are refused where they make no sense, and survive a restart."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from helpers import START, answers, finish, mini_course, open_tutor, right

from tutor import settings
from tutor.clock import ManualClock
from tutor.drills.drill import Ask
from tutor.errors import UsageError
from tutor.memory.review import Rating
from tutor.practice import Tutor
from tutor.settings import Grading, Settings, Theme
from tutor.store import learners

SOME: dict[str, Any] = {
    "name": "Anna", "goal_minutes": 20, "new_per_day": 5,
    "day_start": time(2, 30),
    "grading": Grading.TWO, "autoplay": False, "speed": 0.9, "theme": Theme.DARK, "text_size": 1.3,
    "less_motion": True, "spacing": True,
}  # fmt: skip


def test_what_is_set_survives_a_restart(tmp_path: Path) -> None:
    folder, courses = tmp_path / "data", mini_course(tmp_path / "courses")
    with open_tutor(folder, courses) as tutor:
        assert tutor.settings == Settings(name=tutor.learner.name)
        assert settings.change(tutor, **SOME) == Settings(**SOME)
    with open_tutor(folder, courses) as tutor:
        assert tutor.settings == Settings(**SOME)
        clocks = tutor.database.raw.execute("SELECT clocks FROM learner").fetchone()[0]
        assert all(name in clocks for name in SOME), "each is stamped, for a merge"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("goal_minutes", 0), ("goal_minutes", "many"), ("new_per_day", -1), ("new_per_day", 201),
        ("text_size", 1.7), ("text_size", float("nan")), ("speed", 0.1), ("grading", "three"),
        ("theme", "blue"), ("autoplay", "yes"), ("day_start", "25:00"), ("colour", "red"),
    ],
)  # fmt: skip
def test_what_cannot_be_set_changes_nothing(practising: Tutor, name: str, value: Any) -> None:
    before = practising.settings
    with pytest.raises(UsageError):
        settings.change(practising, **{"name": "Anna", name: value})
    assert practising.settings == before


def test_what_this_version_cannot_read_has_its_default(practising: Tutor) -> None:
    with practising.database.write() as connection:
        learners.set_setting(connection, practising.learner.id, "grading", "by mood", "0")
        learners.set_setting(connection, practising.learner.id, "text_size", 1.2, "0")
        practising.learner = learners.load(connection, practising.learner.id)
    assert practising.settings == Settings(name=practising.learner.name, text_size=1.2)


@pytest.mark.parametrize("wanted", [0, 3, 30])
def test_new_words_a_day_are_those_that_a_day_brings(tmp_path: Path, wanted: int) -> None:
    with open_tutor(tmp_path / "data", mini_course(tmp_path / "courses"), ManualClock(START)) as tutor:
        settings.change(tutor, new_per_day=wanted)
        offered = tutor.today(limit=200).new
        assert offered == min(wanted, offered if wanted == 30 else wanted)
        if not wanted:
            with pytest.raises(UsageError):
                tutor.start()
            return
        finish(tutor.start(limit=200, seed=1))
        assert tutor.today(limit=200).new == 0


def test_with_two_buttons_there_are_two_and_time_counts_nowhere(practising: Tutor) -> None:
    settings.change(practising, grading=Grading.TWO)
    before = len(answers(practising.database.raw))
    session = practising.start("mix", 20, seed=1)
    graded = 0
    while drill := session.next():
        if drill.ask is Ask.GRADE:
            assert set(session.previews(drill)) == {Rating.AGAIN, Rating.GOOD}
            graded += 1
        right(session, drill, ms=1)
    assert graded
    assert {row[3] for row in answers(practising.database.raw)[before:]} == {Rating.GOOD}


def test_the_day_begins_when_it_is_set_to(tmp_path: Path) -> None:
    clock = ManualClock(START.replace(hour=2))  # Three in the morning in Warsaw.
    with open_tutor(tmp_path / "data", mini_course(tmp_path / "courses"), clock) as tutor:
        yesterday = tutor.today().day
        settings.change(tutor, day_start=time(2))
        assert tutor.today().day == yesterday + timedelta(days=1)
