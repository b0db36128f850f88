"""How it goes is told from what was answered, and from nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from helpers import START, Actor, mini_course, open_tutor

from tutor import progress
from tutor.clock import ManualClock
from tutor.errors import UsageError
from tutor.memory.fold import fold
from tutor.memory.parameters import DEFAULT
from tutor.memory.review import fold_order
from tutor.memory.tracks import Track
from tutor.practice import Tutor
from tutor.store import reviews


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two months of practice by someone who knows most of it, with days off."""
    home, clock, rng = tmp_path_factory.mktemp("months"), ManualClock(START), Random(5)
    with open_tutor(home / "data", mini_course(home / "courses"), clock) as tutor:
        actor = Actor(rng, 0.85)
        for number in range(60):
            clock.at = START + timedelta(days=number)
            if rng.random() < 0.2:
                continue
            try:
                session = tutor.start("mix", 15, seed=number)
            except UsageError:
                continue
            while drill := session.next():
                actor.act(session, drill)
                clock.advance(timedelta(seconds=20))
    return home


def test_it_tells_what_the_log_says(months: Path) -> None:
    clock = ManualClock(START + timedelta(days=60))
    with open_tutor(months / "data", months / "courses", clock) as tutor:
        told = progress.look(tutor)
        by_day: dict[date, int] = {}
        answers = right = 0
        expected = 0.0
        with tutor.database.read() as connection:
            for _card, log in reviews.by_card(connection):
                ordered = sorted(log, key=fold_order)
                for row in ordered:
                    if row.kind == "answer":
                        by_day[row.local_day] = by_day.get(row.local_day, 0) + 1
                for count in range(1, len(ordered)):
                    row, before = ordered[count], fold(ordered[:count], DEFAULT)
                    lately = row.kind == "answer" and row.local_day > told.today - timedelta(days=30)
                    if before and lately and row.local_day > before.last_day:
                        answers += 1
                        right += (row.rating or 0) > 1
                        days = (row.local_day - before.last_day).days
                        expected += DEFAULT.model.retrievability(before.stability, days)
        assert {day.day: day.answers for day in told.days} == by_day
        assert (told.remembered.answers, told.remembered.right) == (answers, right)
        assert told.remembered.expected == pytest.approx(expected / answers)
        assert told.young.answers + told.mature.answers == answers > progress.ENOUGH
        assert told.wanted == 0.9
        off = [(b - a).days - 1 for a, b in pairwise(sorted(by_day))]
        assert told.longest_gap == max([*off, (told.today - max(by_day)).days])


def test_what_is_coming_and_how_long_it_lasts_counts_every_card_once(months: Path) -> None:
    clock = ManualClock(START + timedelta(days=60))
    with open_tutor(months / "data", months / "courses", clock) as tutor:
        told = progress.look(tutor)
        raw = tutor.database.raw
        until = (told.today + timedelta(days=30)).isoformat()
        soon = raw.execute("SELECT count(*) FROM user_progress WHERE active AND due < ?", (until,)).fetchone()
        assert (sum(told.coming),) == soon
        waiting = "SELECT count(*) FROM user_progress WHERE active AND date(due) <= ?"
        assert raw.execute(waiting, (told.today.isoformat(),)).fetchone() == (told.coming[0],)
        cards = raw.execute("SELECT count(*) FROM user_progress").fetchone()
        assert (sum(told.lasting),) == cards
        short = raw.execute("SELECT count(*) FROM user_progress WHERE stability < 1").fetchone()
        assert (told.lasting[0],) == short
        assert [one.track for one in told.tracks] == list(Track)
        assert sum(one.words for one in told.tracks) == cards[0]
        known = raw.execute(
            "SELECT count(*) FROM user_progress JOIN item ON item.id = item WHERE track = 'visual'"
            " AND stability >= 21 AND kind = 'word'"
        ).fetchone()
        words = raw.execute("SELECT count(*) FROM item WHERE kind = 'word'").fetchone()
        assert told.coverage == (("A1", *known, *words),)


def test_on_the_first_day_there_is_nothing_to_tell(tmp_path: Path) -> None:
    with open_tutor(tmp_path / "data", mini_course(tmp_path / "courses"), ManualClock(START)) as tutor:
        told = progress.look(tutor)
        assert told.days == ()
        assert (told.remembered.answers, told.remembered.share, told.usual_minutes, told.longest_gap) == (
            0,
            0,
            0,
            0,
        )
        assert sum(told.coming) == sum(told.lasting) == 0
        assert {one.recall for one in told.tracks} == {None}


def test_what_was_taken_back_is_not_told(practising: Tutor) -> None:
    before = progress.look(practising)
    session = practising.start("recall", 5, seed=1)
    drill = session.next()
    while drill and drill.meeting:
        session.answer(drill)
        drill = session.next()
    assert drill
    session.answer(drill, rating=1)
    assert progress.look(practising).remembered.answers == before.remembered.answers + 1
    session.undo()
    assert progress.look(practising) == before
