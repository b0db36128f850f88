"""The lessons: the path, what a lesson meets, and that replaying never moves anything back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from helpers import START, finish, mini_course, open_tutor

from tutor import lessons
from tutor.clock import ManualClock
from tutor.errors import UsageError
from tutor.practice import Tutor


def test_a_lesson_explains_its_grammar_and_meets_its_words_to_the_end(tmp_path: Path) -> None:
    clock = ManualClock(START)
    with open_tutor(tmp_path / "data", mini_course(tmp_path / "courses"), clock) as tutor:
        last = lessons.path(tutor)[-1]
        assert last.met == 0 < last.items
        met: list[str] = []
        while lessons.path(tutor)[-1].met < last.items:
            session = tutor.start_lesson(last.id, seed=1)
            kinds = [entry.kind for entry in session.plan.entries]
            if not met:
                assert kinds[0] == "note", "what it explains comes first, once"
            else:
                assert "note" not in kinds
            met += [entry.item for entry in session.plan.entries if entry.kind == "meeting"]
            finish(session, clock)
            clock.advance(timedelta(hours=1))
        assert len(met) == len(set(met)) == last.items, "each once, in order, whatever the level"
        page = lessons.page(tutor, last.id)
        assert [row.id for row in page.words] == met
        with pytest.raises(UsageError, match="met all the words"):
            tutor.start_lesson(last.id)


def test_practice_moves_no_lesson_back(practising: Tutor) -> None:
    before = lessons.path(practising)
    finish(practising.start("mix", 10, seed=1))
    for old, new in zip(before, lessons.path(practising), strict=True):
        assert new.met >= old.met


def test_the_lesson_to_go_on_with_is_the_first_that_is_not_done(practising: Tutor) -> None:
    while following := lessons.following(practising):
        found = lessons.path(practising)
        assert [one.number for one in found] == sorted(one.number for one in found)
        assert following == next(one for one in found if one.met < one.items)
        finish(practising.start_lesson(following.id, seed=1))
    assert all(one.met == one.items for one in lessons.path(practising))


def test_the_reference_gathers_the_grammar_of_every_lesson(practising: Tutor) -> None:
    gathered = [note.key for _lesson, notes in lessons.grammar(practising) for note in notes]
    rows = practising.database.raw.execute("SELECT key FROM note WHERE NOT sound").fetchall()
    assert sorted(gathered) == sorted(key for (key,) in rows)
    with pytest.raises(UsageError, match="no such lesson"):
        lessons.page(practising, "0" * 32)
