"""Two learners in one folder share nothing but the course; a PIN keeps one out of the other's profile."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from helpers import START, assert_projections_are_folds, finish, open_tutor, reading, right, wrong

from tutor import days, hard_words, learners, library, progress, settings, tuning, upkeep
from tutor.clock import ManualClock
from tutor.config import DATABASE
from tutor.errors import UsageError
from tutor.library import Wanted
from tutor.memory.tracks import Track
from tutor.practice import Tutor
from tutor.store.own_items import OwnItem


@pytest.fixture
def pair(used: Path, courses: Path) -> Iterator[tuple[Tutor, Tutor]]:
    """Somebody with twelve days behind them and somebody new, each open as in a browser of their own."""
    clock = ManualClock(START)
    with open_tutor(used, courses, clock) as one:
        settings.change(one, name="Anna")
        made = learners.add(one, "Tomek")
        with open_tutor(used, courses, clock).serving(made.id) as other:
            yield one, other


def seen(tutor: Tutor) -> dict[str, object]:
    """Everything that a learner can tell the app by."""
    with tutor.database.read() as connection:
        query = "SELECT * FROM {} WHERE learner = ? ORDER BY 1, 2, 3"
        rows = {
            table: connection.exec_driver_sql(query.format(table), (tutor.learner.id,)).fetchall()
            for table in ("user_progress", "opening", "study_day", "user_stats", "review", "undo",
                          "mistake", "lesson_event", "lesson_progress", "item_state", "own_item", "item_tag",
                          "parameter_pointer", "session_state", "day_plan", "daily_review")
        }  # fmt: skip
    resumed = tutor.resume()
    return rows | {
        "today": tutor.today(),
        "due": tutor.due(),
        "stats": tutor.stats(),
        "settings": tutor.settings,
        "session": resumed and (resumed.id, resumed.progress),
        "progress": progress.look(tutor),
        "library": library.find(tutor, Wanted(), 500),
        "facets": library.facets(tutor),
        "hard": hard_words.hard_words(tutor),
        "tuned": tuning.overview(tutor, Track.VISUAL),
    }


def test_a_new_learner_begins_with_nothing_learned(pair: tuple[Tutor, Tutor]) -> None:
    one, other = pair
    assert sum(one.due().values())
    assert not sum(other.due().values())
    assert other.stats().total_attempts == other.stats().xp == 0
    assert other.today().new > 0
    assert [profile.name for profile in learners.everyone(other)] == ["Anna", "Tomek"]
    assert_projections_are_folds(one)


def test_whatever_one_does_the_other_sees_nothing_of_it(pair: tuple[Tutor, Tutor]) -> None:
    one, other = pair
    for acting, watching in ((one, other), (other, one)):
        before = seen(watching)
        session = acting.start("mix", 8, seed=3)
        for answered in range(4):
            drill = session.next()
            assert drill
            (wrong if answered % 2 else right)(session, drill)
        session.undo()
        settings.change(acting, goal_minutes=20, new_per_day=3, text_size=1.3)
        days.want(acting, {"sun": 0.0}, even=True)
        tuning.retain(acting, Track.VISUAL, 0.8)
        item = library.find(acting, Wanted(), 1).rows[0].id
        library.tag(acting, [item], "mine")
        library.suspend(acting, [item], rests=True)
        own = library.add(acting, OwnItem("miód", ("honey",), pos="adverb"))
        assert acting.start("mix", 8, seed=4)
        assert seen(watching) == before
        assert not watching.search("miod")
        assert acting.search("miod")
        for refused in (
            lambda own=own, tutor=watching: library.page(tutor, own),
            lambda own=own, tutor=watching: library.edit(tutor, own, OwnItem("mniód", ("honey",))),
            lambda own=own, tutor=watching: library.delete(tutor, [own]),
        ):
            with pytest.raises(UsageError):
                refused()
        library.delete(acting, [own])
        assert seen(watching) == before
    assert_projections_are_folds(one)


def test_two_sessions_go_on_beside_each_other_and_each_is_resumed_by_its_own(
    pair: tuple[Tutor, Tutor], used: Path, courses: Path
) -> None:
    one, other = pair
    mine, theirs = one.start("mix", 6, seed=1), other.start("mix", 6, seed=1)
    for session in (mine, theirs, mine, theirs):
        drill = session.next()
        assert drill
        right(session, drill)
    for tutor, session in ((one, mine), (other, theirs)):
        with open_tutor(used, courses).serving(tutor.learner.id) as again:
            resumed = again.resume()
            assert resumed
            assert (resumed.id, resumed.progress) == (session.id, session.progress)
    finish(mine)
    assert other.resume()
    with reading(used / DATABASE) as connection:
        answered = dict(connection.execute("SELECT learner, count(*) FROM review WHERE at >= ? GROUP BY 1",
                                           (str(START)[:19],)).fetchall())  # fmt: skip
    assert answered.keys() <= {one.learner.id, other.learner.id}
    assert answered[one.learner.id] >= 5


def test_a_learners_export_holds_nothing_of_the_others(pair: tuple[Tutor, Tutor], tmp_path: Path) -> None:
    one, other = pair
    library.add(one, OwnItem("miód", ("honey",)))
    finish(other.start("mix", 4, seed=1))
    tuning.retain(other, Track.VISUAL, 0.8)
    document: dict[str, Any] = {}
    for tutor in pair:
        text = io.StringIO()
        rows = upkeep.export(tutor.folder, text, learner=tutor.learner.id)
        document[tutor.learner.name] = json.loads(text.getvalue())["tables"]
        assert rows == sum(map(len, document[tutor.learner.name].values()))
        assert one.learner.id not in text.getvalue() or tutor is one
        assert other.learner.id not in text.getvalue() or tutor is other
    assert len(document["Anna"]["own_item"]) == 1
    assert document["Tomek"]["own_item"] == []
    assert document["Tomek"]["review"]
    file = tmp_path / "tomek.json"
    file.write_text(text.getvalue(), encoding="utf-8")
    assert upkeep.load(tmp_path / "new", file) == rows


def test_names_are_unlike_each_other_and_there_is_always_one(pair: tuple[Tutor, Tutor]) -> None:
    one, _other = pair
    for taken in ("tomek", " ANNA ", "  "):
        with pytest.raises(UsageError):
            learners.add(one, taken)
    who = learners.named(one, "TOMEK")
    assert learners.rename(one, who, "tomek").name == "tomek"
    with pytest.raises(UsageError, match="already"):
        learners.rename(one, who, "Anna")
    with pytest.raises(UsageError, match="Anna, tomek"):
        learners.named(one, "Ewa")
    assert [profile.initials for profile in learners.everyone(one)] == ["A", "T"]
    with pytest.raises(UsageError):
        one.serving("0" * 32)
    assert one.stats(), "it is still open"


def test_a_wrong_pin_lets_nobody_in_and_each_more_waits_longer(pair: tuple[Tutor, Tutor]) -> None:
    one, other = pair
    clock = one.clock
    assert isinstance(clock, ManualClock)
    learners.set_pin(one, "2468")
    me = one.learner.id
    assert [profile.locked for profile in learners.everyone(other)] == [True, False]
    assert "2468" not in str(one.database.raw.execute("SELECT settings, clocks FROM learner").fetchall())

    def refused(digits: str, match: str) -> None:
        with pytest.raises(UsageError, match=match):
            learners.admit(other, me, digits)

    refused("1111", "Try again")
    refused("", "Try again")
    refused("2222", "not the PIN. Wait 5 seconds")
    refused("2468", "^Wait 5 seconds")  # Even the right one, and without another wait for it.
    clock.advance(timedelta(seconds=3))
    refused("2468", "^Wait 2 seconds")
    clock.advance(timedelta(seconds=2))
    refused("3333", "not the PIN. Wait 10 seconds")
    clock.advance(timedelta(days=-1))
    refused("2468", "^Wait 10 seconds")
    clock.advance(timedelta(days=1, seconds=10))
    learners.admit(other, me, "2468")
    refused("1111", "Try again")
    learners.forget_pin(other, me)
    learners.admit(other, me, "")
    assert not any(profile.locked for profile in learners.everyone(one))
    for impossible in ("123", "abcd", "123456789"):
        with pytest.raises(UsageError, match="4 to 8"):
            learners.set_pin(one, impossible)
