"""A lesson's dialogue: its branches, going on where it was left, and that replaying moves nothing back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from helpers import START, answers, assert_projections_are_folds, course_with_units, finish, open_tutor

from tutor import lessons
from tutor.clock import ManualClock
from tutor.course.dialogue import Answer
from tutor.dialogue import Talk, talk
from tutor.errors import DatabaseBusy, SessionMoved, UsageError
from tutor.outcome import Progress
from tutor.practice import Tutor

LOGGED = "SELECT event, detail, said, step, total FROM lesson_event ORDER BY hlc"


@pytest.fixture
def courses(tmp_path: Path) -> Path:
    return course_with_units(tmp_path / "courses")


def cafe(tutor: Tutor) -> str:
    return lessons.by_key(tutor, "cafe").id


def talked(tutor: Tutor) -> int:
    return lessons.by_key(tutor, "cafe").talked


def told(found: Talk) -> list[str]:
    return [line for one in found.exchanges for line in (one.turn.says, one.said, one.reply.says)]


@pytest.mark.parametrize(
    ("said", "answer", "reply", "following"),
    [
        ("Widzę kawę", Answer.EXACT, "exact order", "tea"),
        ("widze kawe", Answer.NEAR, "near order", "tea"),
        ("Widzę", Answer.NEAR, "near order", "tea"),
        ("Widzę kawa", Answer.NEAR, "near order", "tea"),
        ("No idea", Answer.DEFAULT, "default order", "water"),
        ("", Answer.DEFAULT, "default order", "water"),
    ],
)
def test_the_answer_decides_what_the_tutor_says_next(
    tutor: Tutor, said: str, answer: Answer, reply: str, following: str
) -> None:
    found = talk(tutor, cafe(tutor))
    exchange = found.answer(said)
    assert (exchange.taken.answer, exchange.reply.says, found.turn.key) == (answer, reply, following)


def test_each_step_is_logged_and_none_of_it_is_a_review(tutor: Tutor) -> None:
    found = talk(tutor, cafe(tutor))
    found.answer("Widzę kawę.")
    assert (found.over, found.progress) == (False, Progress(1, 2))
    found.answer("herbaty")
    assert (found.over, found.progress) == (True, Progress(2, 2))
    assert tutor.database.raw.execute(LOGGED).fetchall() == [
        ("begun", "", None, 0, 2),
        ("answered", "order", "Widzę kawę.", 1, 2),
        ("answered", "tea", "herbaty", 2, 2),
        ("completed", "", None, 2, 2),
    ]
    assert answers(tutor.database.raw) == []
    assert tutor.stats().xp == 0
    assert_projections_are_folds(tutor)
    with pytest.raises(UsageError, match="over"):
        found.answer("Herbata")


def test_it_goes_on_where_it_was_left_after_a_restart(tmp_path: Path, courses: Path) -> None:
    with open_tutor(tmp_path / "data", courses) as tutor:
        found = talk(tutor, cafe(tutor))
        found.answer("qqq")
        before = told(found)
    with open_tutor(tmp_path / "data", courses, ManualClock(START.replace(year=2026))) as tutor:
        found = talk(tutor, cafe(tutor))
        assert (told(found), found.turn.key) == (before, "water")
        assert talked(tutor) == 1


def test_replaying_never_moves_its_progress_back(tutor: Tutor) -> None:
    found = talk(tutor, cafe(tutor))
    while not found.over:
        found.answer(found.turn.accept[0])
    assert talked(tutor) == lessons.by_key(tutor, "cafe").steps == 2
    again = talk(tutor, cafe(tutor))
    assert (again.exchanges, again.progress) == ((), Progress(0, 2)), "from the beginning, once it was over"
    assert talked(tutor) == 2
    again.answer("Widzę kawę.")
    assert talked(tutor) == 2
    assert_projections_are_folds(tutor)


def test_it_can_be_begun_anew_in_the_middle(tutor: Tutor) -> None:
    found = talk(tutor, cafe(tutor))
    found.answer("Widzę kawę.")
    found.begin()
    assert (found.exchanges, found.turn.key) == ((), "order")
    assert talk(tutor, cafe(tutor)).turn.key == "order"
    assert talked(tutor) == 1


def test_what_went_on_elsewhere_is_taken_up_here(tmp_path: Path, courses: Path) -> None:
    clock, folder = ManualClock(START), tmp_path / "data"
    with open_tutor(folder, courses, clock) as one, open_tutor(folder, courses, clock) as other:
        here, there = talk(one, cafe(one)), talk(other, cafe(other))
        clock.advance(timedelta(seconds=9))
        there.answer("Widzę kawę.")
        before = one.database.raw.execute(LOGGED).fetchall()
        with pytest.raises(SessionMoved, match="went on elsewhere"):
            here.answer("qqq")
        assert one.database.raw.execute(LOGGED).fetchall() == before
        assert (told(here), here.turn.key) == (told(there), "tea")
        clock.advance(timedelta(seconds=9))
        here.answer("Herbata")
        assert here.over


def test_an_answer_that_could_not_be_saved_changes_nothing(
    tutor: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = talk(tutor, cafe(tutor))
    before = tutor.database.raw.execute(LOGGED).fetchall()

    def busy(*_args: object) -> None:
        raise DatabaseBusy("Busy.")

    with monkeypatch.context() as broken:
        broken.setattr("tutor.dialogue.learners.keep_stamp", busy)
        with pytest.raises(DatabaseBusy):
            found.answer("Widzę kawę.")
    assert tutor.database.raw.execute(LOGGED).fetchall() == before
    assert found.turn.key == "order"
    found.answer("Widzę kawę.")
    assert found.turn.key == "tea"


def test_an_answer_that_leads_nowhere_any_more_is_passed_over(tmp_path: Path, courses: Path) -> None:
    with open_tutor(tmp_path / "data", courses) as tutor:
        talk(tutor, cafe(tutor)).answer("Widzę kawę.")
    path = courses / "mini/lessons/cafe.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("key: order", "key: ask"), encoding="utf-8")
    with open_tutor(tmp_path / "data", courses) as tutor:
        found = talk(tutor, cafe(tutor))
        assert (found.exchanges, found.turn.key) == ((), "ask")
        found.answer("Widzę kawę.")
        assert found.turn.key == "tea"


def test_a_lesson_without_one_says_so(tutor: Tutor) -> None:
    with pytest.raises(UsageError, match="no conversation"):
        talk(tutor, lessons.by_key(tutor, "made-1").id)
    with pytest.raises(UsageError, match="no lesson 'gone'; choose one of cafe, made-1, made-2"):
        lessons.by_key(tutor, "gone")
    assert lessons.by_key(tutor, "2").key == "made-1"


def test_a_lesson_is_practised_once_something_of_it_was_met(tutor: Tutor, clock: ManualClock) -> None:
    with pytest.raises(UsageError, match="First meet"):
        lessons.practise(tutor, cafe(tutor))
    finish(tutor.start_lesson(cafe(tutor), seed=1), clock)
    finish(tutor.start_lesson(lessons.by_key(tutor, "made-1").id, seed=1), clock)
    asked = [drill.item for drill in finish(lessons.practise(tutor, cafe(tutor), seed=1), clock)]
    assert len(asked) == 6
    assert {one.lesson for one in asked if one} == {cafe(tutor)}
