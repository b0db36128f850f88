"""The checkpoint of a unit: what it asks, what it comes to, and that the best result stands."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from helpers import answers, assert_projections_are_folds, course_with_units, finish, open_tutor, right, wrong

from tutor import checkpoint, lessons
from tutor.checkpoint import QUESTIONS, UnitStanding, is_passed
from tutor.clock import ManualClock
from tutor.drills.drill import Ask
from tutor.errors import UsageError
from tutor.memory.tracks import Track
from tutor.practice import Tutor
from tutor.session import Session
from tutor.store import item_states


@pytest.fixture
def courses(tmp_path: Path) -> Path:
    return course_with_units(tmp_path / "courses", words=8)


@pytest.fixture
def met(tutor: Tutor, clock: ManualClock) -> Tutor:
    """Everything of the first unit was met."""
    for key in ("cafe", "made-1"):
        while lessons.by_key(tutor, key).met < lessons.by_key(tutor, key).items:
            finish(tutor.start_lesson(lessons.by_key(tutor, key).id, seed=1), clock)
    return tutor


def unit(tutor: Tutor) -> UnitStanding:
    return checkpoint.path(tutor)[0]


def take(tutor: Tutor, rights: int) -> Session:
    """The checkpoint with so many right answers, and then only wrong ones."""
    session = checkpoint.start(tutor, unit(tutor).id, seed=rights)
    given = 0
    while drill := session.next():
        (right if given < rights else wrong)(session, drill)
        given += 1
    assert given == QUESTIONS, "what is wrong does not come back in it"
    return session


def test_it_asks_for_all_lessons_of_the_unit_without_help(met: Tutor) -> None:
    session = checkpoint.start(met, unit(met).id, seed=1)
    asked = []
    while drill := session.next():
        assert drill.item
        assert drill.track in (Track.VISUAL, Track.CONTEXT), "nothing that must be heard"
        asked.append(drill.item)
        right(session, drill)
    assert len({one.id for one in asked}) == QUESTIONS
    by_lesson = [one.lesson for one in asked]
    assert {by_lesson.count(one.id) for one in lessons.path(met)[:2]} == {6}, "evenly"


def test_nothing_is_hinted_where_something_is_written(met: Tutor, clock: ManualClock) -> None:
    for _day in range(3):
        clock.advance(timedelta(days=1))
        for mode in ("visual", "context"):
            with suppress(UsageError):
                finish(met.start(mode, 20, seed=1), clock)
    session = checkpoint.start(met, unit(met).id, seed=1)
    written = [drill for drill in finish(session) if drill.ask is Ask.TYPE]
    assert written
    assert [drill.hint for drill in written] == [""] * len(written)


def test_its_answers_are_reviews_like_any_other(met: Tutor) -> None:
    before = len(answers(met.database.raw))
    take(met, 9)
    made = answers(met.database.raw)[before:]
    assert [kind for kind, *_ in made] == ["answer"] * QUESTIONS
    assert sum(rating == 1 for *_, rating in made) == 3
    assert_projections_are_folds(met)


def test_it_comes_to_a_result_and_the_best_stands(met: Tutor) -> None:
    assert (unit(met).right, unit(met).asked) == (0, 0)
    for rights, best in ((7, 7), (11, 11), (5, 11)):
        session = take(met, rights)
        assert (unit(met).right, unit(met).asked) == (best, QUESTIONS)
        found = checkpoint.result(met, session)
        assert found
        assert (found.right, found.asked, found.unit.right) == (rights, QUESTIONS, best)
        assert found.passed is (rights >= 10)
    rows = met.database.raw.execute(
        "SELECT step, total FROM lesson_event WHERE event = 'checkpoint' ORDER BY hlc"
    )
    assert rows.fetchall() == [(7, 12), (11, 12), (5, 12)]
    assert_projections_are_folds(met)


def test_it_says_which_lessons_are_worth_another_look(met: Tutor) -> None:
    session = checkpoint.start(met, unit(met).id, seed=3)
    cafe = lessons.by_key(met, "cafe")
    while drill := session.next():
        assert drill.item
        (wrong if drill.item.lesson == cafe.id else right)(session, drill)
    found = checkpoint.result(met, session)
    assert found
    assert ([one.id for one in found.worth], found.right) == ([cafe.id], 6)
    none = checkpoint.result(met, take(met, QUESTIONS))
    assert none
    assert none.worth == ()


def test_a_result_is_taken_back_with_its_last_answer(met: Tutor) -> None:
    session = take(met, 11)
    assert unit(met).right == 11
    drill = session.undo()
    assert drill
    assert (unit(met).right, unit(met).asked) == (0, 0)
    assert_projections_are_folds(met)
    right(session, drill)
    assert unit(met).right == QUESTIONS


def test_i_was_right_counts_in_the_result(met: Tutor) -> None:
    session = take(met, 11)
    session.was_right()
    assert unit(met).right == QUESTIONS
    assert_projections_are_folds(met)


def test_it_is_taken_up_again_where_it_was_left(tmp_path: Path, met: Tutor, courses: Path) -> None:
    session = checkpoint.start(met, unit(met).id, seed=1)
    for _number in range(5):
        drill = session.next()
        assert drill
        right(session, drill)
    with open_tutor(met.folder, courses, ManualClock(met.clock.now())) as again:
        resumed = again.resume()
        assert resumed and resumed.progress.done == 5
        shown = finish(resumed)
        assert all(drill.hint == "" for drill in shown)
        found = checkpoint.result(again, resumed)
        assert found
        assert (found.right, found.asked) == (QUESTIONS, QUESTIONS)


def test_too_little_met_is_told_with_the_lessons(tutor: Tutor, clock: ManualClock) -> None:
    with pytest.raises(UsageError, match=r"some more of lesson 1, 2\."):
        checkpoint.start(tutor, unit(tutor).id)
    finish(tutor.start_lesson(lessons.by_key(tutor, "cafe").id, seed=1), clock)
    with pytest.raises(UsageError, match=r"some more of lesson 2\."):
        checkpoint.start(tutor, unit(tutor).id)
    finish(tutor.start_lesson(lessons.by_key(tutor, "made-1").id, seed=1), clock)
    assert len(checkpoint.start(tutor, unit(tutor).id).plan.entries) == QUESTIONS


def test_what_rests_is_not_asked_for(met: Tutor) -> None:
    with met.database.write() as connection:
        rows = connection.exec_driver_sql("SELECT id FROM item WHERE lesson <> ''").fetchall()
        for (item,) in rows:
            item_states.change(connection, met.learner.id, item, str(met.stamps.tick()), {"suspended": True})
    with pytest.raises(UsageError, match="nothing to ask"):
        checkpoint.start(met, unit(met).id)


@pytest.mark.parametrize(
    ("right", "asked", "passed"), [(10, 12, True), (9, 12, False), (0, 0, False), (4, 5, True)]
)
def test_four_of_five_are_enough(right: int, asked: int, passed: bool) -> None:
    assert is_passed(right, asked) is passed


def test_another_session_comes_to_no_result(met: Tutor) -> None:
    session = met.start_lesson(lessons.by_key(met, "made-2").id, seed=1)
    finish(session)
    assert checkpoint.result(met, session) is None
    assert checkpoint.result(met, checkpoint.start(met, unit(met).id)) is None, "nor one that is not over"
