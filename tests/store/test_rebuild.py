"""Projections are folds: practice keeps them as a rebuild would make them, and undo takes back exactly."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from helpers import (
    START,
    Actor,
    assert_projections_are_folds,
    described,
    logs,
    open_tutor,
    projections,
    rebuilt,
    right,
    rows,
    wrong,
)
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tutor.clock import ManualClock
from tutor.errors import UsageError
from tutor.practice import Tutor

MODES = ["mix", "visual", "audio", "context", "recall", "phrase", "syntax", "dictation", "produce"]

day = st.fixed_dictionaries(
    {
        "gap": st.integers(0, 9),
        "hour": st.integers(0, 30),
        "mode": st.sampled_from(MODES),
        "limit": st.integers(1, 14),
        "leave": st.integers(2, 60),
        "seed": st.integers(0, 10_000),
        "skill": st.sampled_from([0.0, 0.5, 0.8, 1.0]),
        "zone": st.sampled_from(["Europe/Warsaw", "Europe/Warsaw", "Pacific/Auckland", "Pacific/Honolulu"]),
    }
)


# A failing example is short enough as it is, and shrinking it takes minutes.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=12, phases=UNSHRUNK, suppress_health_check=[HealthCheck.too_slow])
@given(days=st.lists(day, min_size=1, max_size=6))
def test_practice_and_rebuild_come_to_the_same_bytes(
    days: list[dict[str, int]], tmp_path_factory: pytest.TempPathFactory, courses: Path
) -> None:
    _check_days(days, tmp_path_factory.mktemp("folder"), courses)


def _check_days(days: list[dict[str, int]], folder: Path, courses: Path) -> None:
    clock = ManualClock(START)
    at = START
    for plan in days:
        at += timedelta(days=plan["gap"])
        clock.at = at + timedelta(hours=plan["hour"])
        with open_tutor(folder, courses, clock) as tutor:
            _move_to(tutor, str(plan["zone"]))
        with open_tutor(folder, courses, clock) as tutor:
            _practise(tutor, clock, plan)
            assert_projections_are_folds(tutor)


def _move_to(tutor: Tutor, zone: str) -> None:
    with tutor.database.write() as connection:
        connection.exec_driver_sql("UPDATE learner SET timezone = ?", (zone,))


def _practise(tutor: Tutor, clock: ManualClock, plan: dict[str, int]) -> None:
    actor = Actor(
        Random(plan["seed"]), plan["skill"], undoes=0.15, knows=0.2, insists=0.4, hints=0.2, deaf=0.03
    )
    try:
        session = tutor.start(str(plan["mode"]), plan["limit"], plan["seed"])
    except UsageError:
        return
    for _ in range(plan["leave"]):
        drill = session.next()
        if drill is None:
            break
        actor.act(session, drill)
        clock.advance(timedelta(seconds=plan["seed"] % 700))


@pytest.mark.soak
@settings(max_examples=300, phases=UNSHRUNK, suppress_health_check=[HealthCheck.too_slow])
@given(days=st.lists(day, min_size=1, max_size=14))
def test_practice_and_rebuild_come_to_the_same_bytes_over_many_days(
    days: list[dict[str, int]], tmp_path_factory: pytest.TempPathFactory, courses: Path
) -> None:
    _check_days(days, tmp_path_factory.mktemp("folder"), courses)


def test_a_learner_who_has_only_looked_has_the_projections_of_a_rebuild(tutor: Tutor) -> None:
    assert_projections_are_folds(tutor)
    session = tutor.start("mix", 5, seed=1)
    drill = session.next()
    assert drill
    assert drill.meeting
    session.answer(drill)
    assert_projections_are_folds(tutor)


def test_a_known_word_leaves_the_projections_of_a_rebuild(tutor: Tutor) -> None:
    session = tutor.start("mix", 5, seed=1)
    drill = session.next()
    assert drill
    session.know(drill)
    assert_projections_are_folds(tutor)


def test_the_only_answer_of_a_day_taken_back_leaves_no_day(tutor: Tutor, clock: ManualClock) -> None:
    session = tutor.start("mix", 1, seed=1)
    for _ in range(2):
        drill = session.next()
        assert drill
        before = projections(tutor.database.raw)
        right(session, drill)
    assert len(rows(tutor.database.raw, "study_day")) == 1
    session.undo()
    assert projections(tutor.database.raw) == before
    assert rows(tutor.database.raw, "study_day") == []
    assert_projections_are_folds(tutor)


@pytest.mark.parametrize("seed", range(6))
def test_undo_restores_exactly_the_projections_before(
    used: Path, courses: Path, clock: ManualClock, seed: int
) -> None:
    with open_tutor(used, courses, clock) as tutor:
        clock.advance(timedelta(days=seed))
        session = tutor.start("mix", 14, seed=seed)
        actor = Actor(Random(seed), 0.6, knows=0.3, hints=0.2)
        taken_back = 0
        while drill := session.next():
            before = projections(tutor.database.raw)
            actor.act(session, drill)
            clock.advance(timedelta(seconds=20))
            again = session.undo()
            taken_back += 1
            assert described(again) == described(drill)
            assert projections(tutor.database.raw) == before
            actor.act(session, session.next() or drill)
        assert taken_back > 10
        assert_projections_are_folds(tutor)


def test_undo_back_to_the_start_restores_the_projections_of_the_start(
    used: Path, courses: Path, clock: ManualClock
) -> None:
    with open_tutor(used, courses, clock) as tutor:
        before = projections(tutor.database.raw)
        session = tutor.start("mix", 14, seed=1)
        first = described(session.next())
        actor = Actor(Random(3), 0.5, knows=0.3, insists=0.5, hints=0.2)
        while drill := session.next():
            actor.act(session, drill)
            clock.advance(timedelta(seconds=20))
        while session.can_undo:
            session.undo()
        assert projections(tutor.database.raw) == before
        assert described(session.next()) == first


def test_no_log_row_is_ever_changed_or_deleted(used: Path, courses: Path, clock: ManualClock) -> None:
    from tutor.store.tables import LOGS

    with open_tutor(used, courses, clock) as tutor:
        names = [str(table.__tablename__) for table in LOGS]
        session = tutor.start("mix", 14, seed=5)
        actor = Actor(Random(5), 0.5, undoes=0.2, knows=0.3, insists=0.5)
        before = {name: set(rows(tutor.database.raw, name)) for name in names}
        while drill := session.next():
            actor.act(session, drill)
            after = {name: set(rows(tutor.database.raw, name)) for name in names}
            assert all(before[name] <= after[name] for name in names)
            before = after


def test_a_rebuild_twice_changes_nothing(used: Path, courses: Path) -> None:
    with open_tutor(used, courses) as tutor:
        kept = logs(tutor.database.raw)
        assert rebuilt(tutor) == rebuilt(tutor) == projections(tutor.database.raw)
        assert logs(tutor.database.raw) == kept


def test_suspended_and_known_items_fold_alike(used: Path, courses: Path) -> None:
    """Another device's decisions about items reach the projections by the same two ways."""
    from tutor.store import item_states

    with open_tutor(used, courses) as tutor:
        with tutor.database.write() as connection:
            met = [
                i for (i,) in connection.exec_driver_sql("SELECT DISTINCT item FROM user_progress LIMIT 4")
            ]
            unmet = connection.exec_driver_sql("SELECT item FROM opening WHERE track = 'visual'").scalar()
            for number, item in enumerate((*met, unmet)):
                decided = {"suspended": bool(number % 2), "known": not number % 2}
                item_states.change(connection, tutor.learner.id, str(item), "stamp", decided)
        assert_projections_are_folds(tutor)


def test_a_wrong_answer_after_many_right_ones_folds_alike(tutor: Tutor, clock: ManualClock) -> None:
    for number in range(8):
        try:
            session = tutor.start("mix", 10, seed=number)
        except UsageError:
            clock.advance(timedelta(days=1))
            continue
        while drill := session.next():
            (wrong if number == 6 else right)(session, drill)
            clock.advance(timedelta(seconds=9))
        clock.advance(timedelta(days=number))
    assert_projections_are_folds(tutor)
