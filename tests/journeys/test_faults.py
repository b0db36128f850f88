"""Faults that a learner noted: kept with what was shown, told, exported, taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers import logs, projections, right_words

from tutor import __version__, faults
from tutor.drills.drill import Ask, Drill
from tutor.errors import UsageError
from tutor.practice import Tutor


def gap_drill(tutor: Tutor) -> Drill:
    session = tutor.start("context", 10, seed=1)
    for _drill in range(40):
        drill = session.next()
        assert drill
        if drill.gap:
            return drill
        session.answer(drill, None if drill.meeting else right_words(drill))
    raise AssertionError("no gap came")


def test_a_fault_is_kept_with_all_that_was_shown_and_touches_nothing_else(practising: Tutor) -> None:
    drill = gap_drill(practising)
    raw = practising.database.raw
    before = logs(raw), projections(raw)
    faults.note(practising, drill, "zle", "  the gap\n is wrong ")
    assert (logs(raw), projections(raw)) == before
    (found,) = faults.listed(practising)
    assert drill.item
    assert drill.sentence
    assert drill.gap
    assert (found.item, found.sentence, found.mode) == (drill.item.id, drill.sentence.id, "context")
    assert (found.prompt, found.answer, found.response) == (drill.gap.shown, drill.answer, "zle")
    assert (found.note, found.app, found.at) == ("the gap is wrong", __version__, practising.clock.now())
    assert len(found.course) == 12


def test_an_export_holds_every_fault_and_not_whose_they_are(practising: Tutor, tmp_path: Path) -> None:
    drill = gap_drill(practising)
    for text in ("first", ""):
        faults.note(practising, drill, "", text)
    file = tmp_path / "out" / "faults.json"
    assert faults.export(practising, file) == 2
    document = json.loads(file.read_text(encoding="utf-8"))
    assert (document["format"], document["version"]) == ("patient-tutor-faults", 1)
    assert [fault["note"] for fault in document["faults"]] == ["first", ""]
    assert practising.learner.id not in file.read_text(encoding="utf-8")
    assert [path.name for path in file.parent.iterdir()] == ["faults.json"]


def test_an_export_that_cannot_be_written_says_so(practising: Tutor, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    with pytest.raises(UsageError, match="What you noted is safe"):
        faults.export(practising, tmp_path / "file" / "faults.json")


def test_a_fault_is_taken_back(practising: Tutor) -> None:
    drill = gap_drill(practising)
    kept, gone = faults.note(practising, drill, ""), faults.note(practising, drill, "")
    faults.take_back(practising, gone)
    assert faults.listed(practising) == [kept]


def test_of_a_note_on_grammar_its_title_is_kept(practising: Tutor) -> None:
    shown = Drill(
        None, gap_drill(practising).track, None, Ask.ACKNOWLEDGE, "", "The accusative", "It ends in -ę"
    )
    fault = faults.note(practising, shown, "")
    assert (fault.item, fault.prompt) == (None, "The accusative")
