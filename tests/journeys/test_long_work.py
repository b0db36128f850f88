"""Long work tells how far it is; stopped anywhere, everything is as it was before it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from helpers import START, contents, database, finish, open_tutor
from store.old_files import old_rows, write_old

from tutor import upkeep
from tutor.clock import ManualClock
from tutor.errors import Cancelled
from tutor.long_work import Doing, Progress, Told
from tutor.store import backup, startup, transfer

Work = Callable[[Told], object]


@pytest.fixture(autouse=True)
def told_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small files are told of as often as large ones."""
    monkeypatch.setattr(backup, "_PAGES", 5)
    monkeypatch.setattr(transfer, "_TOLD_EVERY", 20)


def told_of(work: Work) -> list[Progress]:
    told: list[Progress] = []
    work(told.append)
    return told


def stopped(work: Work, after: int) -> bool:
    """Do the work and stop it when it has told so often; False where it was over before."""
    count = itertools.count()

    def told(_progress: Progress) -> None:
        if next(count) >= after:
            raise Cancelled("Stopped.")

    try:
        work(told)
    except Cancelled:
        return True
    return False


def assert_stops_anywhere(folder: Path, work: Work, at_least: int) -> None:
    before = contents(database(folder))
    for after in itertools.count():
        if not stopped(work, after):
            break
        assert contents(database(folder)) == before
    assert after >= at_least


def assert_grows(told: list[Progress]) -> None:
    shares = [one.share for one in told]
    assert shares == sorted(shares)
    assert shares[-1] > 0.8


def restoring(folder: Path, courses: Path) -> Work:
    """Bringing back a backup since which something was answered."""
    clock = ManualClock(START)
    made = upkeep.back_up(folder, clock)
    with open_tutor(folder, courses, clock) as tutor:
        finish(tutor.start(limit=4, seed=1))

    def work(told: Told) -> object:
        # Each try makes a backup of its own.
        clock.advance(timedelta(seconds=1))
        return upkeep.restore(folder, made.path.name, clock, told)

    return work


def test_a_restore_tells_how_far_it_is(used: Path, courses: Path) -> None:
    told = told_of(restoring(used, courses))
    assert_grows(told)
    assert {one.what for one in told} == {Doing.CHECKING, Doing.SAVING, Doing.RESTORING}


def test_a_restore_can_be_stopped_until_it_is_done(used: Path, courses: Path) -> None:
    assert_stops_anywhere(used, restoring(used, courses), at_least=20)


def test_a_deletion_can_be_stopped_until_it_is_done(used: Path) -> None:
    clock = ManualClock(START)

    def work(told: Told) -> object:
        clock.advance(timedelta(seconds=1))
        return upkeep.delete_everything(used, clock, told)

    assert_stops_anywhere(used, work, at_least=5)
    assert contents(database(used))["review"] == []


def test_an_export_that_is_stopped_leaves_no_file(used: Path) -> None:
    clock = ManualClock(START)

    def work(told: Told) -> object:
        clock.advance(timedelta(seconds=1))
        return upkeep.export_to_folder(used, clock, told=told)

    assert_grows(told_of(work))
    (whole,) = (used / upkeep.EXPORTS).iterdir()
    whole.unlink()
    assert stopped(work, 3)
    assert list((used / upkeep.EXPORTS).iterdir()) == []


def test_an_upgrade_tells_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    folder, clock = tmp_path / "data", ManualClock(START)
    folder.mkdir()
    write_old(database(folder), old_rows(1, 40))

    def work(told: Told) -> object:
        clock.advance(timedelta(seconds=1))
        return upkeep.upgrade(folder, clock, told)

    assert_stops_anywhere(folder, work, at_least=8)
    assert startup.revision(database(folder)) == startup.HEAD


def test_a_rebuild_that_is_stopped_changes_nothing(used: Path) -> None:
    told = told_of(lambda told: upkeep.rebuild(used, told))
    assert {one.what for one in told} == {Doing.FOLDING}
    before = contents(database(used))
    assert stopped(lambda told: upkeep.rebuild(used, told), 0)
    assert contents(database(used)) == before
