"""Course files change under a learner: what was learned stays, what can be read loads."""

from __future__ import annotations

import copy
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from helpers import (
    CAFE,
    COURSE,
    START,
    assert_projections_are_folds,
    described,
    finish,
    generated,
    item,
    logs,
    open_tutor,
    projections,
    right,
    rows,
    word,
    write_course,
    write_lesson,
)

from tutor.clock import ManualClock
from tutor.errors import UsageError
from tutor.practice import Tutor

CONTENT = ("item", "sentence", "item_sentence", "lesson", "note", "item_form")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course that the test may change."""
    return write_course(tmp_path / "course", [CAFE, generated(1, 6)])


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    """Six days of practice on it."""
    place = tmp_path / "data"
    clock = ManualClock(START - timedelta(days=6))
    with open_tutor(place, root, clock) as tutor:
        for day in range(6):
            with suppress(UsageError):
                finish(tutor.start("mix", 12, seed=day), clock)
            clock.advance(timedelta(days=1))
    return place


def cafe() -> dict[str, Any]:
    return copy.deepcopy(CAFE)


def memories(tutor: Tutor) -> list[tuple[Any, ...]]:
    return rows(tutor.database.raw, "user_progress")


def content(tutor: Tutor) -> dict[str, list[tuple[Any, ...]]]:
    return {table: rows(tutor.database.raw, table) for table in CONTENT}


def test_a_file_that_did_not_change_is_not_read_again(folder: Path, root: Path) -> None:
    with open_tutor(folder, root) as tutor:
        before = content(tutor)
        written = tutor.database.raw.total_changes
    assert written == 0, "opening it again wrote something"
    with open_tutor(folder, root) as tutor:
        assert content(tutor) == before


def test_a_changed_text_is_shown_and_progress_is_kept(folder: Path, root: Path) -> None:
    with open_tutor(folder, root) as tutor:
        kept, log = memories(tutor), logs(tutor.database.raw)
    changed = cafe()
    changed["words"][0]["text"] = "kawka"
    changed["words"][0]["means"] = ["little coffee", "jackdaw"]
    changed["words"][5]["means"] = ["cinema"]
    write_lesson(root, changed)
    with open_tutor(folder, root) as tutor:
        assert tutor.course_problems == []
        assert memories(tutor) == kept
        assert logs(tutor.database.raw) == log
        assert [found.text for found in tutor.search("jackdaw")] == ["kawka"]
        assert tutor.search("kawka")[0].id == item("kawa")
        assert tutor.search("cinema")
        assert tutor.search("pictures") == []
        assert tutor.search("coffee")[0].means[0] == "little coffee"
        assert_projections_are_folds(tutor)


def test_a_changed_order_moves_what_comes_next_and_nothing_that_was_learned(
    tmp_path: Path, root: Path
) -> None:
    place = tmp_path / "data"
    with open_tutor(place, root) as tutor:
        assert tutor.start("visual", 3, seed=1).plan.entries[0].item == item("kawa")
    changed = cafe()
    changed["words"].reverse()
    write_lesson(root, changed)
    with open_tutor(place, root) as tutor:
        assert tutor.start("visual", 3, seed=1).plan.entries[0].item == item("gazeta")
        assert_projections_are_folds(tutor)


def test_a_new_order_of_lessons_renumbers_them_and_keeps_progress(folder: Path, root: Path) -> None:
    with open_tutor(folder, root) as tutor:
        kept = memories(tutor)
    write_course(root, [generated(1, 6), CAFE])
    with open_tutor(folder, root) as tutor:
        assert memories(tutor) == kept
        assert tutor.search("kawa")[0].level == 2
        assert_projections_are_folds(tutor)


def test_an_item_that_moves_to_another_lesson_takes_its_progress_along(folder: Path, root: Path) -> None:
    with open_tutor(folder, root) as tutor:
        kept = memories(tutor)
        assert any(item("kawa") in row for row in kept)
    without, other = cafe(), generated(1, 6)
    other["words"].append(without["words"].pop(0))
    write_course(root, [without, other])
    with open_tutor(folder, root) as tutor:
        assert memories(tutor) == kept
        assert tutor.search("kawa")[0].level == 2
        assert_projections_are_folds(tutor)


def test_a_new_item_is_offered(folder: Path, root: Path) -> None:
    with open_tutor(folder, root) as tutor:
        kept = memories(tutor)
    changed = cafe()
    changed["words"].append(word("sok", "sok", "juice", topic="drinks"))
    write_lesson(root, changed)
    with open_tutor(folder, root) as tutor:
        assert memories(tutor) == kept
        assert item("sok") in {
            i for _, i, track, *_ in rows(tutor.database.raw, "opening") if track == "visual"
        }
        assert tutor.search("juice")
        assert_projections_are_folds(tutor)


def test_a_new_lesson_is_offered(folder: Path, root: Path) -> None:
    write_course(root, [CAFE, generated(1, 6), generated(2, 4)])
    with open_tutor(folder, root) as tutor:
        assert tutor.course_problems == []
        assert len([1 for row in rows(tutor.database.raw, "item") if row[6] == 3]) == 4
        assert_projections_are_folds(tutor)


def test_a_retired_item_is_offered_no_more_and_its_reviews_stay(folder: Path, root: Path) -> None:
    with open_tutor(folder, root) as tutor:
        log = logs(tutor.database.raw)
        cards = [row for row in memories(tutor) if row[1] == item("kawa")]
        assert cards
    changed = cafe()
    changed["words"] = [one for one in changed["words"] if one["key"] != "kawa"]
    write_course(root, [changed, generated(1, 6)], retired=["kawa"])
    clock = ManualClock(START + timedelta(days=30))
    with open_tutor(folder, root, clock) as tutor:
        assert logs(tutor.database.raw) == log
        assert [row[:-1] for row in memories(tutor) if row[1] == item("kawa")] == [row[:-1] for row in cards]
        assert "coffee" not in {i.meaning for i in tutor.search("coffee")}
        shown = finish(tutor.start("mix", 60, seed=1), clock)
        assert item("kawa") not in {drill.item.id for drill in shown if drill.item}
        assert_projections_are_folds(tutor)
    # An item that was retired by mistake comes back with everything that was known of it.
    write_course(root, [CAFE, generated(1, 6)])
    with open_tutor(folder, root) as tutor:
        assert [row for row in memories(tutor) if row[1] == item("kawa")] == cards
        assert_projections_are_folds(tutor)


@pytest.mark.parametrize(
    "broken",
    ["words: [", "key: cafe\ntitle: 3\n", "", "\x00", "key: cafe\nwords: 7", "- a\n- b"],
)
def test_a_broken_file_keeps_what_was_loaded_before_and_the_others_load(
    folder: Path, root: Path, broken: str
) -> None:
    with open_tutor(folder, root) as tutor:
        kept = memories(tutor)
    path = root / COURSE / "lessons" / "cafe.yaml"
    good = path.read_bytes()
    path.write_text(broken, encoding="utf-8")
    changed = generated(1, 7)
    write_lesson(root, changed)
    for _ in range(2):
        with open_tutor(folder, root) as tutor:
            (problem,) = tutor.course_problems
            assert problem.file == "lessons/cafe.yaml"
            assert "\n" not in problem.message
            assert memories(tutor) == kept
            assert tutor.search("coffee")
            assert len([1 for row in rows(tutor.database.raw, "item") if row[6] == 2]) == 7
            assert_projections_are_folds(tutor)
    path.write_bytes(good)
    with open_tutor(folder, root) as tutor:
        assert tutor.course_problems == []
        assert memories(tutor) == kept


def test_a_lesson_file_that_is_missing_is_told_and_the_others_load(folder: Path, root: Path) -> None:
    (root / COURSE / "lessons" / "made-1.yaml").unlink()
    for _ in range(2):
        with open_tutor(folder, root) as tutor:
            assert [problem.file for problem in tutor.course_problems] == ["lessons/made-1.yaml"]
            assert tutor.search("coffee")
            assert_projections_are_folds(tutor)


def test_a_broken_course_file_is_told_and_practice_goes_on(folder: Path, root: Path) -> None:
    (root / COURSE / "course.yaml").write_text("key: [", encoding="utf-8")
    with open_tutor(folder, root) as tutor:
        assert [problem.file for problem in tutor.course_problems] == ["course.yaml"]
        assert tutor.search("coffee")
        assert finish(tutor.start("mix", 5, seed=1))


def test_another_course_beside_a_broken_one_loads(folder: Path, root: Path) -> None:
    broken = root / "another"
    broken.mkdir()
    (broken / "course.yaml").write_text("key: another\nlessons: 5\n", encoding="utf-8")
    with open_tutor(folder, root) as tutor:
        assert len(tutor.course_problems) == 1
        assert tutor.search("coffee")


def test_without_any_course_there_is_nothing_to_do_and_it_says_so(tmp_path: Path) -> None:
    with open_tutor(tmp_path / "data", tmp_path / "nowhere") as tutor, pytest.raises(UsageError):
        tutor.start()


def _take_out(root: Path, *keys: str) -> None:
    changed = cafe()
    changed["words"] = [one for one in changed["words"] if one["key"] not in keys]
    changed["phrases"] = [one for one in changed["phrases"] if one["key"] not in keys]
    write_course(root, [changed, generated(1, 6)], retired=list(keys))


def test_an_item_that_vanished_in_mid_session_is_skipped(tmp_path: Path, root: Path) -> None:
    place = tmp_path / "data"
    with open_tutor(place, root) as tutor:
        session = tutor.start("visual", 5, seed=1)
        planned = [entry.item for entry in session.plan.entries]
        first = session.next()
        assert first
        right(session, first)
    gone = {"kawa": item("kawa"), "herbata": item("herbata")}
    assert set(gone.values()) <= set(planned)
    _take_out(root, *gone)
    with open_tutor(place, root) as tutor:
        resumed = tutor.resume()
        assert resumed
        shown = finish(resumed)
        assert resumed.over
        assert {d.item.id for d in shown if d.item} == set(planned) - set(gone.values())
        assert_projections_are_folds(tutor)
        assert tutor.resume() is None


@pytest.mark.parametrize("how", ["known", "answered"])
def test_what_was_done_before_an_item_vanished_can_still_be_undone(
    tmp_path: Path, root: Path, how: str
) -> None:
    place = tmp_path / "data"
    with open_tutor(place, root) as tutor:
        before = projections(tutor.database.raw)
        session = tutor.start("visual", 5, seed=1)
        drill = session.next()
        assert drill
        if how == "known":
            session.know(drill)
        else:
            while drill and drill.meeting:
                right(session, drill)
                drill = session.next()
            assert drill
            right(session, drill)
        assert drill
        assert drill.item
        gone = drill.item.id
        left = described(session.next())
    _take_out(
        root, next(one["key"] for one in (*CAFE["words"], *CAFE["phrases"]) if item(one["key"]) == gone)
    )
    with open_tutor(place, root) as tutor:
        resumed = tutor.resume()
        assert resumed
        assert described(resumed.next()) == left
        assert [row for row in memories(tutor) if row[1] == gone]
        # What was undone cannot be shown again: its item has gone.
        assert described(resumed.undo()) == left
        now = projections(tutor.database.raw)
        assert now["study_day"] == before["study_day"] == []
        assert now["user_stats"] == before["user_stats"]
        assert now["user_progress"] == []
        assert_projections_are_folds(tutor)
        finish(resumed)
        assert resumed.over
