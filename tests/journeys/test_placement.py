"""Someone who knows some Polish is asked a dozen questions, and is taken to know what they know."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from helpers import START, assert_projections_are_folds, mini_course, open_tutor, rows

from tutor.clock import ManualClock
from tutor.errors import UsageError
from tutor.ids import new_id
from tutor.memory.placement import QUESTIONS
from tutor.memory.tracks import Track
from tutor.placement import SPREAD_DAYS, Placement
from tutor.practice import Tutor
from tutor.resources import COURSES
from tutor.store import reviews
from tutor.store.rebuild import rebuild


def knowing(tutor: Tutor, share: float) -> Placement:
    """A placement answered by someone who knows this share of the course, from its beginning on."""
    placement = Placement(tutor)
    while drill := placement.next():
        assert drill.item
        place = placement._items.index(drill.item.id) / len(placement._items)
        placement.answer(drill, drill.answer if place <= share else None)
    return placement


@pytest.fixture
def starter(tmp_path: Path) -> Tutor:
    return open_tutor(tmp_path / "data", COURSES, ManualClock(START))


def test_a_placement_seeds_read_alone_and_spreads_its_checks_over_two_weeks(starter: Tutor) -> None:
    with starter as tutor:
        placement = knowing(tutor, 0.6)
        assert placement.done == QUESTIONS
        placed = placement.settle()
        assert 0.3 * placed.of < placed.known < 0.7 * placed.of
        raw = tutor.database.raw
        seeds = raw.execute("SELECT DISTINCT kind, track, source, rating FROM review").fetchall()
        assert seeds == [("seed", "visual", "placement", None)]
        due = raw.execute("SELECT due FROM user_progress WHERE track = 'visual'").fetchall()
        day = tutor.calendar.day(tutor.clock.now())
        per_day = Counter(date for (date,) in due)
        wanted = {str(day + timedelta(days=n)) for n in range(1, SPREAD_DAYS + 1)}
        assert {date[:10] for date in per_day} == wanted
        assert max(per_day.values()) < 2 * placed.known / SPREAD_DAYS
        assert_projections_are_folds(tutor)
        assert tutor.today().new > 0, "what is placed is not new, and leaves today's new words alone"
        assert tutor.today().xp == 0


def test_what_was_answered_wrong_is_not_taken_for_known(starter: Tutor) -> None:
    with starter as tutor:
        placement = Placement(tutor)
        slip = placement.next()
        assert slip and slip.item
        placement.answer(slip, None)
        while drill := placement.next():
            placement.answer(drill, drill.answer)
        assert placement.settle().known > 0
        assert tutor.database.raw.execute(
            "SELECT count(*) FROM review WHERE item = ?", (slip.item.id,)
        ).fetchone() == (0,)


def test_who_knows_nothing_begins_at_the_beginning(starter: Tutor) -> None:
    with starter as tutor:
        assert knowing(tutor, -1).settle().known <= 0.1 * len(Placement(tutor)._items)
        session = tutor.start(limit=4, seed=1)
        drill = session.next()
        assert drill and drill.meeting


def test_a_placement_goes_on_where_it_was_left(starter: Tutor) -> None:
    with starter as tutor:
        placement = Placement(tutor)
        for _ in range(5):
            drill = placement.next()
            assert drill
            placement.answer(drill, drill.answer)
        again = Placement(tutor, placement.given)
        assert (again.done, again.next()) == (5, placement.next())
        assert rows(tutor.database.raw, "review") == [], "a question is no review"


def test_only_the_current_question_can_be_answered(starter: Tutor) -> None:
    with starter as tutor:
        placement = Placement(tutor)
        drill = placement.next()
        assert drill
        placement.answer(drill, drill.answer)
        with pytest.raises(UsageError, match="not the current one"):
            placement.answer(drill, drill.answer)


def test_one_undo_takes_a_whole_placement_back(starter: Tutor) -> None:
    with starter as tutor:
        knowing(tutor, 0.6).settle()
        [(answer,)] = tutor.database.raw.execute("SELECT DISTINCT answer_id FROM review").fetchall()
        with tutor.database.write() as connection:
            stamp = tutor.stamps.tick()
            reviews.undo(
                connection, new_id(stamp.ms), tutor.learner.id, tutor.device, str(stamp), answer, stamp.at
            )
            rebuild(connection)
        assert rows(tutor.database.raw, "user_progress") == []


def test_a_course_of_few_words_is_placed_too(tmp_path: Path) -> None:
    with open_tutor(
        tmp_path / "data", mini_course(tmp_path / "courses", made=0), ManualClock(START)
    ) as tutor:
        placement = knowing(tutor, 1.0)
        assert placement.done == placement.expected <= QUESTIONS
        assert placement.settle().known > 0
        assert tutor.due()[Track.AUDIO] == 0
