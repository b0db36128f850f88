"""A backup is whole whatever goes on meanwhile; bringing one back never loses what stood there."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from helpers import (
    START,
    assert_projections_are_folds,
    contents,
    database,
    finish,
    logs,
    open_tutor,
    practising,
    projections,
    reading,
    rows,
    snapshot,
)

from tutor import upkeep
from tutor.clock import ManualClock
from tutor.errors import CorruptDatabase, DatabaseBusy, UsageError
from tutor.practice import Tutor
from tutor.store import backup, startup


def later(minutes: int) -> ManualClock:
    return ManualClock(START + timedelta(minutes=minutes))


def damage(path: Path) -> None:
    """Overwrite bytes in the middle of a file."""
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4 * 4096] = b"\xa5" * (4 * 4096)
    path.write_bytes(content)


def review_ids(path: Path) -> set[str]:
    with reading(path) as connection:
        return {identity for (identity,) in connection.execute("SELECT id FROM review")}


def test_a_backup_holds_every_row(used: Path) -> None:
    made = upkeep.back_up(used, later(0))
    assert contents(made.path) == contents(database(used))
    assert made.bytes == made.path.stat().st_size


def test_a_backup_is_one_file_that_opens_by_itself(used: Path, courses: Path, tmp_path: Path) -> None:
    with open_tutor(used, courses) as tutor:
        session = tutor.start("visual", 5, seed=1)
        drill = session.next()
        assert drill
        # The answer is in the write-ahead log only: a copy of the file alone would lose it.
        finish(session)
        made = upkeep.back_up(used, later(0))
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(made.path, database(alone))
    with open_tutor(alone, courses) as copy:
        assert logs(copy.database.raw) == logs_of(database(used))
        assert_projections_are_folds(copy)


def logs_of(path: Path) -> dict[str, backup.Digest]:
    with reading(path) as connection:
        return logs(connection)


@pytest.mark.parametrize("seed", range(2))
def test_a_backup_made_while_another_process_writes_is_whole(
    tmp_path: Path, courses: Path, seed: int
) -> None:
    folder = tmp_path / "data"
    other = practising(folder, courses, seed, 600)
    assert other.stdout
    made = []
    for number, _ in enumerate(other.stdout):
        if number % 60 == 30:
            made.append(upkeep.back_up(folder, later(number)))
    _, complaint = other.communicate(timeout=60)
    assert other.returncode == 0, complaint
    assert len(made) == 10
    final = review_ids(database(folder))
    for saved in made:
        with reading(saved.path) as connection:
            assert backup.health(connection).problems == ()
        assert review_ids(saved.path) <= final
    assert review_ids(made[0].path) < review_ids(made[-1].path)
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(made[4].path, database(alone))
    with open_tutor(alone, courses) as copy:
        assert_projections_are_folds(copy)


def test_backups_are_listed_newest_first(used: Path) -> None:
    made = [upkeep.back_up(used, later(minutes)) for minutes in (5, 1, 9)]
    assert [b.path for b in upkeep.backups(used)] == [made[2].path, made[0].path, made[1].path]
    assert upkeep.backups(used)[0].made_at == START + timedelta(minutes=9)


def test_a_folder_without_backups_lists_none(used: Path) -> None:
    assert upkeep.backups(used) == []
    with pytest.raises(UsageError, match="no backup yet"):
        upkeep.restore(used, "", later(0))


def test_other_files_in_the_backup_folder_are_passed_over(used: Path) -> None:
    made = upkeep.back_up(used, later(0))
    shutil.copy(made.path, made.path.with_name("tutor-before-the-holidays.db"))
    made.path.with_name("tutor-.db").touch()
    assert made.path in [b.path for b in upkeep.backups(used)]
    assert upkeep.restore(used, made.path.name, later(1)).path == made.path


def test_a_backup_that_fails_leaves_no_half_file(used: Path) -> None:
    damage(database(used))
    with pytest.raises(CorruptDatabase):
        upkeep.back_up(used, later(0))
    assert [path for path in (used / "backups").rglob("*") if path.is_file()] == []


def test_restore_brings_back_what_was_and_keeps_what_stood_there(used: Path, courses: Path) -> None:
    before = contents(database(used))
    saved = upkeep.back_up(used, later(0))
    with open_tutor(used, courses) as tutor:
        finish(tutor.start("mix", 8, seed=4))
    after = contents(database(used))
    assert after["review"] != before["review"]
    restored = upkeep.restore(used, saved.path.name, later(1))
    assert restored.path == saved.path
    assert contents(database(used)) == before
    kept = [b for b in upkeep.backups(used) if "before-restore" in b.path.name]
    assert len(kept) == 1
    assert contents(kept[0].path) == after
    with open_tutor(used, courses) as tutor:
        assert_projections_are_folds(tutor)


def test_restore_without_a_name_takes_the_newest(used: Path, courses: Path) -> None:
    upkeep.back_up(used, later(0))
    with open_tutor(used, courses) as tutor:
        finish(tutor.start("mix", 5, seed=4))
    newest = upkeep.back_up(used, later(5))
    assert upkeep.restore(used, "", later(9)).path == newest.path
    assert len(review_ids(database(used))) == len(review_ids(newest.path))


def test_an_unknown_name_is_refused(used: Path) -> None:
    upkeep.back_up(used, later(0))
    before = snapshot(used)
    with pytest.raises(UsageError, match="no backup called"):
        upkeep.restore(used, "tutor-none.db", later(1))
    assert snapshot(used) == before


@pytest.mark.parametrize("how", ["in the middle", "not a database", "cut short"])
def test_a_damaged_current_file_is_set_aside(used: Path, courses: Path, how: str) -> None:
    before = contents(database(used))
    saved = upkeep.back_up(used, later(0))
    path = database(used)
    if how == "in the middle":
        damage(path)
    elif how == "not a database":
        path.write_bytes(b"garbage" * 10_000)
    else:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    spoilt = path.read_bytes()
    upkeep.restore(used, saved.path.name, later(1))
    assert contents(path) == before
    aside = [p for p in used.iterdir() if ".damaged-" in p.name and not p.name.startswith("tutor.db-")]
    assert len(aside) == 1
    # Opening it may have noted the write-ahead log in its header.
    assert aside[0].read_bytes()[100:] == spoilt[100:]
    with open_tutor(used, courses) as tutor:
        assert_projections_are_folds(tutor)


@pytest.mark.parametrize("how", ["in the middle", "not a database", "cut short"])
@pytest.mark.parametrize("current", ["sound", "damaged", "missing"])
def test_a_damaged_backup_is_refused_with_nothing_changed(used: Path, how: str, current: str) -> None:
    saved = upkeep.back_up(used, later(0))
    path = database(used)
    if how == "in the middle":
        damage(saved.path)
    elif how == "not a database":
        saved.path.write_bytes(b"garbage" * 10_000)
    else:
        saved.path.write_bytes(saved.path.read_bytes()[: saved.bytes // 3])
    if current == "damaged":
        damage(path)
    elif current == "missing":
        path.unlink()
    before = path.read_bytes()[100:] if path.exists() else b""
    with pytest.raises(CorruptDatabase) as caught:
        upkeep.restore(used, saved.path.name, later(1))
    assert "nothing was restored" in caught.value.message or "damaged" in caught.value.message
    assert (path.read_bytes()[100:] if path.exists() else b"") == before
    assert [p.name for p in used.iterdir() if ".damaged-" in p.name] == []


def test_an_old_backup_is_upgraded_when_it_is_opened(used: Path, courses: Path) -> None:
    from store.old_files import old_rows, write_old

    old = old_rows(5)
    name = "tutor-20240101T000000.000000Z-before-0004.db"
    write_old(used / "backups" / name, old)
    upkeep.restore(used, name, later(0))
    assert startup.revision(database(used)) == "0001"
    with open_tutor(used, courses) as tutor:
        assert len(rows(tutor.database.raw, "phrase_attempt")) == len(old["phrase_attempts"])


def test_restore_while_another_process_has_the_file_is_refused(
    used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(startup, "BUSY_TIMEOUT_MS", 50)
    saved = upkeep.back_up(used, later(0))
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tutor.store.database import Database\n"
        "opened = Database(Path(sys.argv[1]))\n"
        "with opened.read() as connection:\n"
        "    connection.exec_driver_sql('SELECT count(*) FROM review').fetchall()\n"
        "print('ready', flush=True)\n"
        "sys.stdin.read()\n"
        "opened.close()\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(database(used))], stdin=subprocess.PIPE, text=True,
        stdout=subprocess.PIPE, cwd=Path(startup.__file__).parents[2],
    )  # fmt: skip
    assert other.stdin
    assert other.stdout
    with other:
        assert other.stdout.readline() == "ready\n"
        before = contents(database(used))
        with pytest.raises(DatabaseBusy):
            upkeep.restore(used, saved.path.name, later(1))
        with pytest.raises(DatabaseBusy):
            upkeep.rebuild(used)
        assert contents(database(used)) == before
        assert len(upkeep.backups(used)) == 1
        other.stdin.close()
    upkeep.restore(used, saved.path.name, later(2))


def test_check_tells_of_damage_and_of_health(used: Path) -> None:
    found = upkeep.check(used)
    assert found.problems == ()
    assert found.logs == logs_of(database(used))
    assert found.counts["review"] == len(review_ids(database(used)))
    damage(database(used))
    with pytest.raises(CorruptDatabase):
        if upkeep.check(used).problems:
            raise CorruptDatabase("told")


def mismatch(path: Path) -> None:
    """Make an index tell another order than its table: every page can be read, and yet it is wrong."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, '(learner, hlc, mode', '(learner, item, mode')"
            " WHERE name = 'review_newest'"
        )
        connection.commit()


def test_check_finds_an_index_that_does_not_match_its_table(used: Path) -> None:
    mismatch(database(used))
    assert upkeep.check(used).problems


def test_a_copy_that_is_not_sound_is_no_backup(used: Path) -> None:
    mismatch(database(used))
    with pytest.raises(CorruptDatabase, match="did not come out whole"):
        upkeep.back_up(used, later(0))
    assert upkeep.backups(used) == []


def test_a_rebuild_by_hand_changes_no_projection_and_no_log(used: Path) -> None:
    with reading(database(used)) as connection:
        before = logs(connection), projections(connection)
        reviews = connection.execute("SELECT count(*) FROM review").fetchone()[0]
        undone = connection.execute("SELECT count(DISTINCT answer_id) FROM undo").fetchone()[0]
    done = upkeep.rebuild(used)
    with reading(database(used)) as connection:
        assert (logs(connection), projections(connection)) == before
    assert reviews - undone <= done.reviews <= reviews


def test_a_rebuild_mends_projections_that_went_wrong(used: Path) -> None:
    with reading(database(used)) as connection:
        before = projections(connection)
    with closing(sqlite3.connect(database(used))) as connection:
        connection.execute("UPDATE user_progress SET stability = 1, due = '2030-01-01 00:00:00.000000'")
        connection.execute("DELETE FROM opening")
        connection.execute("UPDATE user_stats SET xp = 0, streak = 0")
        connection.execute("DELETE FROM study_day")
        connection.execute("DELETE FROM lesson_progress")
        connection.commit()
    upkeep.rebuild(used)
    with reading(database(used)) as connection:
        assert projections(connection) == before


def test_without_a_file_there_is_nothing_to_look_after(tmp_path: Path) -> None:
    for use in (upkeep.check, upkeep.upgrade, upkeep.back_up, upkeep.rebuild):
        with pytest.raises(UsageError, match="no words"):
            use(tmp_path)  # type: ignore[operator]
    assert list(tmp_path.iterdir()) == []


def test_a_tutor_that_is_open_goes_on_after_a_backup(tutor: Tutor) -> None:
    session = tutor.start("mix", 6, seed=1)
    folder = tutor.database.path.parent
    for number in range(4):
        drill = session.next()
        assert drill
        session.answer(drill)
        upkeep.back_up(folder, later(number))
    assert len(upkeep.backups(folder)) == 4
