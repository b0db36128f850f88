"""The moment when the day's goal is reached."""

from __future__ import annotations

from helpers import right, wrong

from tutor import settings
from tutor.drills.drill import Ask, Drill
from tutor.outcome import Outcome
from tutor.practice import Tutor
from tutor.session import Session


def reach(tutor: Tutor, session: Session) -> tuple[list[Outcome], Drill]:
    """Answer until the goal is reached: what each answer led to, and the drill that reached it."""
    outcomes = []
    while drill := session.next():
        outcomes.append(right(session, drill, ms=20_000))
        if outcomes[-1].goal:
            return outcomes, drill
    raise AssertionError("the goal was not reached")


def test_the_goal_is_reached_by_one_answer_of_a_day_and_the_summary_knows_it(practising: Tutor) -> None:
    settings.change(practising, goal_minutes=2)
    session = practising.start("mix", 20, seed=1)
    assert not session.summary().goal
    outcomes, _drill = reach(practising, session)
    assert [outcome.goal for outcome in outcomes].count(True) == 1
    assert practising.today().minutes_done == 2
    assert session.summary().goal
    while drill := session.next():
        assert not right(session, drill, ms=20_000).goal
    following = practising.start("mix", 5, seed=2)
    drill = following.next()
    assert drill
    right(following, drill)
    assert not following.summary().goal


def test_an_answer_that_is_taken_back_did_not_reach_the_goal(practising: Tutor) -> None:
    settings.change(practising, goal_minutes=1)
    session = practising.start("mix", 20, seed=1)
    _outcomes, drill = reach(practising, session)
    assert session.undo() == drill
    assert not session.summary().goal
    assert right(session, drill, ms=20_000).goal
    assert session.summary().goal


def test_i_was_right_keeps_that_the_goal_was_reached(practising: Tutor) -> None:
    settings.change(practising, goal_minutes=1)
    session = practising.start("context", 20, seed=1)
    for _drill in range(60):
        drill = session.next()
        assert drill
        graded = not drill.meeting and drill.ask is not Ask.GRADE
        outcome = (wrong if graded else right)(session, drill, ms=15_000)
        if outcome.goal:
            break
    assert graded
    assert session.was_right().goal
    assert session.summary().goal
