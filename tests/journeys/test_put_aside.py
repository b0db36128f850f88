"""A word that is known, or should rest, is put aside in the middle of a session, and can be taken back."""

from __future__ import annotations

import pytest
from helpers import assert_projections_are_folds, described, finish, projections, right, wrong

from tutor import library
from tutor.errors import UsageError
from tutor.practice import Tutor
from tutor.store import item_states


def left_alone(tutor: Tutor, item: str) -> tuple[bool, bool]:
    with tutor.database.read() as connection:
        return item_states.is_left_alone(connection, tutor.learner.id, item)


@pytest.mark.parametrize("known", [False, True])
def test_it_comes_no_more_here_or_later(practising: Tutor, known: bool) -> None:
    session = practising.start("mix", 12, seed=4)
    drill = session.next()
    assert drill
    assert drill.item
    session.put_aside(drill, known=known)
    assert left_alone(practising, drill.item.id) == (not known, known)
    assert all(shown.item != drill.item for shown in finish(session))
    assert_projections_are_folds(practising)
    for mode in ("mix", "audio", "context"):
        try:
            planned = practising.start(mode, 100, seed=1).plan.entries
        except UsageError:
            continue
        assert drill.item.id not in {entry.item for entry in planned}


def test_it_is_taken_back_exactly_before_and_after_the_answer(practising: Tutor) -> None:
    session = practising.start("mix", 10, seed=3)
    before = []
    for number in range(8):
        before.append((described(session.next()), projections(practising.database.raw)))
        drill = session.next()
        assert drill
        if drill.meeting:
            right(session, drill)
        elif number % 2:
            session.put_aside(drill)
        else:
            wrong(session, drill)
            before.append((described(session.next()), projections(practising.database.raw)))
            session.put_aside(drill, known=True)
    assert len(before) > 10
    for shown, state in reversed(before):
        assert described(session.undo()) == shown
        assert projections(practising.database.raw) == state
    assert not session.can_undo
    assert_projections_are_folds(practising)


def test_a_resumed_session_knows_what_was_put_aside(practising: Tutor) -> None:
    session = practising.start("mix", 12, seed=4)
    drill = session.next()
    assert drill
    assert drill.item
    session.put_aside(drill)
    following = described(session.next())
    resumed = practising.resume()
    assert resumed
    assert described(resumed.next()) == following
    assert described(resumed.undo()) == described(drill)
    assert left_alone(practising, drill.item.id) == (False, False)


def test_what_rested_already_still_rests_after_it_is_taken_back(practising: Tutor) -> None:
    session = practising.start("mix", 12, seed=4)
    drill = session.next()
    assert drill
    assert drill.item
    library.suspend(practising, [drill.item.id], rests=True)
    session.put_aside(drill)
    session.undo()
    assert left_alone(practising, drill.item.id) == (True, False)


def test_only_what_is_or_was_just_shown_is_put_aside(practising: Tutor) -> None:
    session = practising.start("recall", 6, seed=1)
    first = session.next()
    assert first
    right(session, first)
    second = session.next()
    assert second
    right(session, second)
    with pytest.raises(UsageError, match="not the current one"):
        session.put_aside(first)
    session.put_aside(second, known=True)
    assert second.item
    assert left_alone(practising, second.item.id) == (False, True)
