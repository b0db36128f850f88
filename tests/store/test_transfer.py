"""What is exported here is the same when it is loaded there, to the byte; what is no export is refused."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers import (
    START,
    assert_projections_are_folds,
    contents,
    database,
    finish,
    logs,
    open_tutor,
    projections,
    reading,
    rows,
    snapshot,
)

from store.old_files import old_rows, write_old
from tutor import resources, upkeep
from tutor.clock import ManualClock
from tutor.errors import UsageError
from tutor.store import startup
from tutor.store.tables import EDITABLE, LOGS

CLOCK = ManualClock(START)


@pytest.fixture(autouse=True)
def _our_course(monkeypatch: pytest.MonkeyPatch, courses: Path) -> None:
    """`upkeep.load` reads the shipped courses; here the shipped course is the small one."""
    monkeypatch.setattr(resources, "COURSES", courses)


@pytest.fixture
def exported(used: Path, tmp_path: Path) -> Path:
    path = tmp_path / "export.json"
    with path.open("w", encoding="utf-8") as file:
        upkeep.export(used, file, CLOCK)
    return path


def changed(path: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """The document with a change made to it."""
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_an_export_is_json_that_names_its_format_and_holds_every_row(used: Path, exported: Path) -> None:
    document = json.loads(exported.read_text(encoding="utf-8"))
    assert (document["format"], document["version"], document["revision"]) == (
        "patient-tutor-export", 1, startup.HEAD,
    )  # fmt: skip
    with reading(database(used)) as connection:
        for table in (*LOGS, *EDITABLE):
            name = str(table.__tablename__)
            stored = [tuple(row.values()) for row in document["tables"][name]]
            assert sorted(stored, key=repr) == rows(connection, name)


def test_an_export_counts_its_rows(used: Path) -> None:
    file = io.StringIO()
    count = upkeep.export(used, file, CLOCK)
    assert count == sum(map(len, json.loads(file.getvalue())["tables"].values())) > 100


def test_loaded_into_an_empty_folder_logs_and_projections_are_the_same_to_the_byte(
    used: Path, exported: Path, tmp_path: Path, courses: Path
) -> None:
    there = tmp_path / "there"
    document = json.loads(exported.read_text(encoding="utf-8"))
    assert upkeep.load(there, exported, CLOCK) == sum(map(len, document["tables"].values()))
    with reading(database(used)) as here, reading(database(there)) as loaded:
        assert logs(loaded) == logs(here)
        assert projections(loaded) == projections(here)
        for table in EDITABLE:
            assert rows(loaded, str(table.__tablename__)) == rows(here, str(table.__tablename__))


def test_a_loaded_folder_is_the_same_learner_who_goes_on_from_there(
    used: Path, exported: Path, tmp_path: Path, courses: Path
) -> None:
    there = tmp_path / "there"
    upkeep.load(there, exported, CLOCK)
    with open_tutor(used, courses) as here, open_tutor(there, courses) as loaded:
        assert loaded.learner == here.learner
        assert loaded.device != here.device
        assert loaded.due() == here.due()
        assert loaded.stats() == here.stats()
        # Which sentences were shown here lately does not travel: only on this device others come first.
        with here.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM shown_sentence")
        shown = [drill.prompt for drill in finish(loaded.start("mix", 10, seed=3))]
        assert shown == [drill.prompt for drill in finish(here.start("mix", 10, seed=3))]
        assert_projections_are_folds(loaded)


def test_an_export_of_an_export_is_the_same_document(used: Path, exported: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    upkeep.load(there, exported, CLOCK)
    again = io.StringIO()
    upkeep.export(there, again, CLOCK)
    assert again.getvalue() == exported.read_text(encoding="utf-8")


def test_what_an_older_tutor_left_travels_too(tmp_path: Path, courses: Path) -> None:
    old = write_old(tmp_path / "old" / "tutor.db", old_rows(7))
    file = tmp_path / "export.json"
    with file.open("w", encoding="utf-8") as target:
        upkeep.export(old.parent, target, CLOCK)
    there = tmp_path / "there"
    upkeep.load(there, file, CLOCK)
    with open_tutor(old.parent, courses) as here, reading(database(there)) as loaded:
        assert logs(loaded) == logs(here.database.raw)
        assert projections(loaded) == projections(here.database.raw)


@pytest.mark.parametrize("kind", ["used", "old", "started"])
def test_a_folder_in_use_is_refused_with_nothing_changed(
    used: Path, exported: Path, tmp_path: Path, courses: Path, kind: str
) -> None:
    folder = used
    if kind == "old":
        folder = write_old(tmp_path / "old" / "tutor.db", old_rows(7)).parent
    elif kind == "started":
        folder = tmp_path / "started"
        open_tutor(folder, courses).close()
    before = contents(database(folder))
    with pytest.raises(UsageError, match="empty data folder"):
        upkeep.load(folder, exported, CLOCK)
    if kind == "old" and startup.revision(database(folder)) == startup.HEAD:
        # If it was upgraded on the way, then with all that an upgrade does.
        with open_tutor(folder, courses) as tutor:
            assert_projections_are_folds(tutor)
    else:
        assert contents(database(folder)) == before


def _broken(change: str) -> Callable[[dict[str, Any]], object]:
    def at_review(key: str, value: object) -> Callable[[dict[str, Any]], object]:
        return lambda d: d["tables"]["review"][3].__setitem__(key, value)

    return {
        "another format": lambda d: d.__setitem__("format", "anki"),
        "no format": lambda d: d.pop("format"),
        "a newer version": lambda d: d.__setitem__("version", 2),
        "a newer revision": lambda d: d.__setitem__("revision", "0008"),
        "a revision that is a number": lambda d: d.__setitem__("revision", 4),
        "no tables": lambda d: d.pop("tables"),
        "tables as a list": lambda d: d.__setitem__("tables", []),
        "an unknown table": lambda d: d["tables"].__setitem__("sqlite_master", []),
        "a projection": lambda d: d["tables"].__setitem__("user_progress", []),
        "a table that is null": lambda d: d["tables"].__setitem__("review", None),
        "a table that is text": lambda d: d["tables"].__setitem__("review", "rows"),
        "a row that is a number": lambda d: d["tables"]["review"].insert(3, 5),
        "a row that is text": lambda d: d["tables"]["review"].insert(3, "row"),
        "a row that is empty": lambda d: d["tables"]["review"].insert(3, {}),
        "a column too many": at_review("colour", "red"),
        "a column that is no name": at_review('id") VALUES (1); --', 1),
        "a column missing": lambda d: d["tables"]["review"][3].pop("item"),
        "the same row twice": lambda d: d["tables"]["review"].append(d["tables"]["review"][3]),
        "a value that is a list": at_review("item", []),
        "a number too great": at_review("rating", 2**70),
        "a rating that is none": at_review("rating", 9),
        "a rating in words": at_review("rating", "good"),
        "a kind that is none": at_review("kind", "guess"),
        "a track that is none": at_review("track", "smell"),
        "a time that is none": at_review("at", "yesterday"),
        "a stamp that is none": at_review("hlc", "ffff"),
        "a day that is none": at_review("local_day", "yesterday"),
        "settings that are none": lambda d: d["tables"]["learner"][0].__setitem__("settings", "{{{"),
        "a timezone that is none": lambda d: d["tables"]["learner"][0].__setitem__("timezone", "Bogus/Zone"),
        "a start of the day that is none": lambda d: d["tables"]["learner"][0].__setitem__(
            "day_start", "dawn"
        ),
    }[change]


CHANGES = [
    "another format", "no format", "a newer version", "a newer revision", "a revision that is a number",
    "no tables", "tables as a list", "an unknown table", "a projection", "a table that is null",
    "a table that is text", "a row that is a number", "a row that is text", "a row that is empty",
    "a column too many", "a column that is no name", "a column missing", "the same row twice",
    "a value that is a list", "a number too great", "a rating that is none", "a rating in words",
    "a kind that is none", "a track that is none", "a time that is none", "a day that is none",
    "a stamp that is none",
    "settings that are none", "a timezone that is none", "a start of the day that is none",
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_document_that_is_wrong_is_refused_with_nothing_written(
    exported: Path, tmp_path: Path, change: str
) -> None:
    there = tmp_path / "there"
    changed(exported, _broken(change))
    with pytest.raises(UsageError) as caught:
        upkeep.load(there, exported, CLOCK)
    assert "\n" not in caught.value.message
    assert_nothing_was_loaded(there)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "3", '"text"', "not json", "[" * 100_000, '{"format": "patient-tutor-export"}'],
)
def test_a_file_that_is_no_document_is_refused_with_nothing_written(tmp_path: Path, text: str) -> None:
    path = tmp_path / "export.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        upkeep.load(tmp_path / "there", path, CLOCK)
    assert_nothing_was_loaded(tmp_path / "there")


def test_half_an_export_is_refused(exported: Path, tmp_path: Path) -> None:
    text = exported.read_bytes()
    for share in (0.2, 0.5, 0.9, 0.9999):
        exported.write_bytes(text[: int(len(text) * share)])
        with pytest.raises(UsageError):
            upkeep.load(tmp_path / "there", exported, CLOCK)
    exported.write_bytes(b"\xff\xfe" + text)
    with pytest.raises(UsageError):
        upkeep.load(tmp_path / "there", exported, CLOCK)
    assert_nothing_was_loaded(tmp_path / "there")


def test_a_missing_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        upkeep.load(tmp_path / "there", tmp_path / "none.json", CLOCK)
    assert not (tmp_path / "there").exists()


def test_after_a_refusal_the_right_document_can_be_loaded(exported: Path, used: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    good = exported.read_bytes()
    changed(exported, _broken("the same row twice"))
    with pytest.raises(UsageError):
        upkeep.load(there, exported, CLOCK)
    exported.write_bytes(good)
    upkeep.load(there, exported, CLOCK)
    with reading(database(used)) as here, reading(database(there)) as loaded:
        assert logs(loaded) == logs(here)


def assert_nothing_was_loaded(folder: Path) -> None:
    if not database(folder).exists():
        return
    with reading(database(folder)) as connection:
        for table in (*LOGS, *EDITABLE):
            assert rows(connection, str(table.__tablename__)) == []
        assert all(content == [] for name, content in projections(connection).items())
    assert snapshot(folder)
