"""Damaged files, full disks, folders that cannot be written, clocks that lie, answers that are none."""

from __future__ import annotations

import json
import logging
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from helpers import (
    ROOT,
    START,
    Actor,
    answers,
    assert_projections_are_folds,
    contents,
    database,
    described,
    finish,
    logs,
    open_tutor,
    right,
    right_words,
    run_python,
    snapshot,
    wrong,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutor.clock import ManualClock
from tutor.drills.drill import Ask
from tutor.errors import CorruptDatabase, DatabaseError, DatabaseUnwritable
from tutor.memory.tracks import Track
from tutor.practice import Tutor
from tutor.session import Session
from tutor.store.database import translate
from tutor.store.reviews import stored_time
from tutor.text import without_diacritics

# A full disk.

FILL = """
import json, resource, signal, sys
from datetime import timedelta
from pathlib import Path
from helpers import START, assert_projections_are_folds, described, open_tutor, right
from tutor.clock import ManualClock
from tutor.errors import DatabaseUnwritable

folder, courses, how = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
clock = ManualClock(START)
ballast = folder.parent / "ballast"


def fill():
    if how == "limit":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = max(p.stat().st_size for p in folder.iterdir() if p.name.startswith("tutor.db"))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        return
    with ballast.open("ab", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                pass


def make_room():
    if how == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    else:
        ballast.unlink()


with open_tutor(folder, courses, clock) as tutor:
    def kept():
        with tutor.database.read() as connection:
            return connection.exec_driver_sql("SELECT count(*) FROM review").scalar_one()
    session = tutor.start("mix", 30, seed=1)
    for _ in range(12):
        right(session, session.next())
    before_filling = kept()
    fill()
    accepted = refused = 0
    message = ""
    for _ in range(300):
        drill = session.next()
        if drill is None:
            session = tutor.start("mix", 30, seed=2)
            continue
        before = kept()
        try:
            right(session, drill)
        except DatabaseUnwritable as error:
            refused += 1
            message = error.message
            assert error.retry
            assert kept() == before, "a refused answer was kept"
            assert session.next() == drill, "it cannot be given again"
            if refused == 2:
                break
        else:
            accepted += not drill.meeting
            clock.advance(timedelta(seconds=5))
    assert refused == 2, "the disk was never full"
    assert kept() == before_filling + accepted
    make_room()
    right(session, drill)
    assert kept() == before_filling + accepted + (not drill.meeting)
    assert_projections_are_folds(tutor)
    left = described(session.next())
with open_tutor(folder, courses, clock) as tutor:
    resumed = tutor.resume()
    assert (described(resumed.next()) if resumed else None) == left
    assert_projections_are_folds(tutor)
print(json.dumps({"accepted": accepted, "message": message}))
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes, where this machine lets a test make one."""
    place = tmp_path / "small"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("no file system can be mounted here; the limit on a file's size is tried instead")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def fill(disk: Path) -> None:
    with (disk / "ballast").open("ab", buffering=0) as file, pytest.raises(OSError, match="No space"):
        while True:
            file.write(b"x" * 4096)


def run_child(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return run_python(code, *arguments, timeout=120)


def test_on_a_full_disk_accepted_answers_are_kept_and_the_refused_one_can_be_given_again(
    small_disk: Path, courses: Path
) -> None:
    (small_disk / "data").mkdir()
    done = run_child(FILL, small_disk / "data", courses, "disk")
    assert done.returncode == 0, done.stderr
    assert "disk is full" in json.loads(done.stdout)["message"]


def test_where_a_file_may_not_grow_accepted_answers_are_kept_and_the_refused_one_can_be_given_again(
    tmp_path: Path, courses: Path
) -> None:
    done = run_child(FILL, tmp_path / "data", courses, "limit")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["message"]


def test_a_folder_on_a_full_disk_cannot_be_begun_and_says_so(small_disk: Path, courses: Path) -> None:
    fill(small_disk)
    with pytest.raises(DatabaseUnwritable, match="disk is full"):
        open_tutor(small_disk / "data", courses)
    (small_disk / "ballast").unlink()
    with open_tutor(small_disk / "data", courses) as tutor:
        assert tutor.start("mix", 4).next()


def test_a_backup_that_finds_no_room_leaves_no_half_file(small_disk: Path, used: Path) -> None:
    from tutor import upkeep

    folder = Path(shutil.copytree(used, small_disk / "data"))
    before = contents(database(folder))
    fill(small_disk)
    with pytest.raises(DatabaseUnwritable):
        upkeep.back_up(folder, ManualClock(START))
    assert [path for path in folder.rglob("*") if "backups" in path.parts and path.is_file()] == []
    (small_disk / "ballast").unlink()
    assert contents(database(folder)) == before


# A folder that cannot be written: by someone who is not root, for whom nothing is forbidden.

OPEN = """
import os, sys, tempfile
from pathlib import Path
from helpers import open_tutor
from tutor.errors import DatabaseUnwritable

courses, nobody = Path(sys.argv[2]), 65534
# Whoever it becomes may be unable to read where Python is: everything is loaded before.
with tempfile.TemporaryDirectory() as warm, open_tutor(Path(warm), courses) as tutor:
    tutor.start("mix", 5).next()
os.setgid(nobody)
os.setuid(nobody)
try:
    with open_tutor(Path(sys.argv[1]), courses) as tutor:
        session = tutor.start("mix", 5)
        session.answer(session.next())
except DatabaseUnwritable as error:
    print(error.message)
    sys.exit(7)
"""
NOBODY = 65534
PAGE = 4096


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that others may enter: pytest's own are closed to them."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        yield place


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("what", ["folder", "file", "both", "new"])
def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_changed(
    open_place: Path, used: Path, courses: Path, what: str
) -> None:
    folder = open_place / "data"
    course = Path(shutil.copytree(courses, open_place / "courses"))
    if what == "new":
        folder.mkdir()
    else:
        shutil.copytree(used, folder)
        os.chown(folder, NOBODY, NOBODY)
        for path in folder.rglob("*"):
            os.chown(path, NOBODY, NOBODY)
    if what in ("folder", "both", "new"):
        os.chown(folder, 0, 0)
        folder.chmod(0o555)
    if what in ("file", "both"):
        database(folder).chmod(0o444)
    before = snapshot(folder)
    done = run_child(OPEN, folder, course)
    assert done.returncode == 7, done.stderr
    assert "cannot be" in done.stdout or "full" in done.stdout
    assert "Choose another" in done.stdout or "choose another" in done.stdout
    assert snapshot(folder) == before


# A damaged file.


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_file_raises_an_error_of_ours_or_works_but_never_another(
    used: Path, courses: Path, seed: int
) -> None:
    """A page overwritten from its beginning: it is noticed, and what is said is said by our own errors."""
    from tutor import upkeep

    rng = Random(seed)
    path = database(used)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")  # Nobody notices damage to a page that is free.
    content = bytearray(path.read_bytes())
    start = rng.randrange(1, len(content) // PAGE) * PAGE
    bad = rng.randbytes(rng.choice([512, PAGE]))
    content[start : start + len(bad)] = bad
    path.write_bytes(content)
    told = 0
    uses: list[Callable[[], object]] = [
        lambda: upkeep.check(used),
        lambda: upkeep.back_up(used, ManualClock(START)),
        lambda: _practise_on(used, courses),
        lambda: upkeep.rebuild(used),
    ]
    for use in uses:
        try:
            found = use()
        except DatabaseError as error:
            told += 1
            assert error.message
            assert "\n" not in error.message
        else:
            told += bool(getattr(found, "problems", ()))
    assert told, "the damage was noticed by nobody"


def _practise_on(folder: Path, courses: Path) -> None:
    with open_tutor(folder, courses) as tutor:
        finish(tutor.start("mix", 6, seed=1))
        tutor.today()
        tutor.search("kawa")


def test_damage_in_the_middle_is_told_with_the_way_back(used: Path, courses: Path) -> None:
    path = database(used)
    content = bytearray(path.read_bytes())
    for start in range(8192, len(content) - 4096, 4096):
        content[start : start + 200] = b"\xa5" * 200
    path.write_bytes(content)
    with pytest.raises(CorruptDatabase, match="tutor db restore"):
        open_tutor(used, courses).close()
    assert path.read_bytes()[100:] == bytes(content)[100:]


_MESSAGES = [
    ("database is locked", "DatabaseBusy"),
    ("database table is locked: review", "DatabaseBusy"),
    ("database or disk is full", "DatabaseUnwritable"),
    ("attempt to write a readonly database", "DatabaseUnwritable"),
    ("unable to open database file", "DatabaseUnwritable"),
    ("disk I/O error", "DatabaseUnwritable"),
    ("database disk image is malformed", "CorruptDatabase"),
    ("file is not a database", "CorruptDatabase"),
    ("malformed database schema (x)", "CorruptDatabase"),
    ("no such table: review", "CorruptDatabase"),
    ("something else entirely", "DatabaseError"),
]


@pytest.mark.parametrize(("text", "expected"), _MESSAGES)
def test_what_sqlite_says_becomes_an_error_of_ours(text: str, expected: str, tmp_path: Path) -> None:
    error = translate(sqlite3.OperationalError(text), "saving", tmp_path / "tutor.db")
    assert type(error).__name__ == expected
    assert "\n" not in error.message


def test_no_error_of_a_library_leaves_the_open_file(tutor: Tutor) -> None:
    for statement in (
        "SELECT nonsense",
        "SELECT * FROM nowhere",
        "syntax error",
        "INSERT INTO review VALUES (1)",
    ):
        with pytest.raises(DatabaseError), tutor.database.read() as connection:
            connection.exec_driver_sql(statement)
        with pytest.raises(DatabaseError), tutor.database.write() as connection:
            connection.exec_driver_sql(statement)
    assert not tutor.database.raw.in_transaction


# Clocks and places.


def test_a_clock_that_runs_backwards_loses_nothing_and_keeps_the_order(
    used: Path, courses: Path, clock: ManualClock
) -> None:
    with open_tutor(used, courses, clock) as tutor:
        session = tutor.start("mix", 14, seed=2)
        before = len(answers(tutor.database.raw))
        told = []
        actor = Actor(Random(4), 0.7, undoes=0.05)
        for jump in (0, -3, 1, -7, 0, 30, -29, -48, 2, 0, 0, -1):
            drill = session.next()
            if drill is None:
                break
            told.append(actor.act(session, drill))
            clock.advance(timedelta(hours=jump, seconds=5))
        assert_projections_are_folds(tutor)
        accepted = [what for what in told if what["op"] in ("answer", "know")]
        assert accepted
        stamps = tutor.database.raw.execute("SELECT hlc, at FROM review ORDER BY hlc").fetchall()[before:]
        assert stamps == sorted(stamps)
        assert len({hlc for hlc, _ in stamps}) == len(stamps)
        left = described(session.next())
        log = logs(tutor.database.raw)
    # A restart on a clock that is still behind gives out no stamp again.
    with open_tutor(used, courses, clock) as tutor:
        assert logs(tutor.database.raw) == log
        resumed = tutor.resume()
        assert (described(resumed.next()) if resumed else None) == left
        again = tutor.start("visual", 5, seed=1)
        finish(again)
        stamps = [hlc for (hlc,) in tutor.database.raw.execute("SELECT hlc FROM review ORDER BY hlc")][
            before:
        ]
        assert stamps == sorted(set(stamps))
        assert_projections_are_folds(tutor)


def test_previews_hold_when_the_clock_has_run_backwards(
    used: Path, courses: Path, clock: ManualClock
) -> None:
    with open_tutor(used, courses, clock) as tutor:
        session = tutor.start("recall", 14, seed=2)
        compared = 0
        while drill := session.next():
            if drill.ask is Ask.GRADE:
                previews = session.previews(drill)
                rating = 1 + compared % 4
                assert session.answer(drill, rating=rating).interval == dict(previews)[rating]  # type: ignore[index]
                compared += 1
            else:
                right(session, drill)
            if compared == 3:
                clock.advance(timedelta(hours=-5))
        assert compared > 5


def test_one_answer_on_a_clock_that_is_a_year_ahead_costs_no_card_and_no_streak(
    used: Path, courses: Path, clock: ManualClock
) -> None:
    with open_tutor(used, courses, clock) as tutor:
        streak = tutor.today().streak
        session = tutor.start("visual", 3, seed=1)
        clock.advance(timedelta(days=365))
        right(session, session.next())
        clock.advance(timedelta(days=-365))
        for _day in range(3):
            session = tutor.start("mix", 20, seed=1)
            while drill := session.next():
                outcome = wrong(session, drill) if drill.track is Track.VISUAL else right(session, drill)
                assert not outcome.due or outcome.due - clock.now() < timedelta(days=200)
            clock.advance(timedelta(days=1))
        clock.advance(timedelta(days=-1))
        assert tutor.today().streak == streak + 3
        far = "SELECT count(*) FROM user_progress WHERE state <> 2 AND due > ?"
        limit = stored_time(clock.now() + timedelta(days=2))
        assert tutor.database.raw.execute(far, (limit,)).fetchone() == (0,)


ZONES = ["Europe/Warsaw", "Pacific/Auckland", "Pacific/Honolulu", "America/St_Johns", "Europe/Warsaw"]


def test_a_journey_round_the_world_keeps_days_stamped_and_projections_folds(
    used: Path, courses: Path, clock: ManualClock
) -> None:
    stamped: list[tuple[str, str]] = []
    for number, zone in enumerate(ZONES):
        with open_tutor(used, courses, clock) as tutor, tutor.database.write() as connection:
            connection.exec_driver_sql("UPDATE learner SET timezone = ?", (zone,))
        with open_tutor(used, courses, clock) as tutor:
            assert tutor.calendar.zone.key == zone
            finish(tutor.start("mix", 8, seed=number), clock)
            assert_projections_are_folds(tutor)
            days = tutor.database.raw.execute("SELECT id, local_day FROM review ORDER BY hlc").fetchall()
            assert days[: len(stamped)] == stamped, "a day that was stamped was computed anew"
            assert days[-1][1] == tutor.calendar.day(clock.now()).isoformat()
            stamped = days
        clock.advance(timedelta(hours=11))


def test_a_day_begins_at_four_in_the_morning(used: Path, courses: Path) -> None:
    # 02:30 and 04:30 in Warsaw.
    night = START.replace(day=12, hour=1, minute=30)
    for at, day in ((night, "2025-03-11"), (night + timedelta(hours=2), "2025-03-12")):
        with open_tutor(used, courses, ManualClock(at)) as tutor:
            finish(tutor.start("visual", 2, seed=1))
            assert tutor.database.raw.execute(
                "SELECT local_day FROM review ORDER BY hlc DESC LIMIT 1"
            ).fetchone() == (day,)


# Answers that are none.

STRANGE = {
    "ten thousand characters": "kawę " * 2000,
    "one long word": "ę" * 10_000,
    "emoji": "☕️👩‍👩‍👧‍👦🇵🇱",
    "right to left": "\u202eשלום قهوة\u202c",
    "NUL": "ka\x00wę",
    "control characters": "\x01\x02\x07\x1b[31mkawę\x7f\x9f",
    "an unpaired surrogate": "kaw\ud83d",
    "line breaks": "ka\nwę\r\n\u2028",
    "combining marks": "kawe" + "\u0328" * 500,
    "only spaces": " \t\u00a0\u3000 ",
    "only punctuation": "?!…—",
    "quotes": "'; DROP TABLE review; --\"",
    "percent and braces": "%s {item} {0} %(x)s",
    "no width": "\u200b\u200d\ufeff",
    "empty": "",
}


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("mode", ["context", "produce", "recall", "audio"])
def test_a_strange_answer_is_marked_kept_and_shown_like_any_other(
    used: Path, courses: Path, name: str, mode: str, clock: ManualClock
) -> None:
    with open_tutor(used, courses, clock) as tutor:
        session = tutor.start(mode, 14, seed=3)
        given = 0
        while drill := session.next():
            if drill.ask in (Ask.TYPE, Ask.GRADE, Ask.CHOOSE) and given < 4:
                before = len(answers(tutor.database.raw))
                outcome = session.answer(drill, STRANGE[name], response_ms=5000)
                assert outcome.feedback
                assert len(outcome.feedback.response) < 1000
                assert len(answers(tutor.database.raw)) == before + 1
                if given % 2:
                    session.was_right()
                given += 1
            else:
                right(session, drill)
        assert given >= 1
        assert session.summary().answers > 0
        assert_projections_are_folds(tutor)
        _exports(used)


@pytest.mark.parametrize("extra", ["\ud83d", "\udcff", "\x00", "\x1b", "\u202e", "\U0010ffff"])
def test_a_slip_is_kept_whatever_stands_beside_it(
    used: Path, courses: Path, clock: ManualClock, extra: str
) -> None:
    with open_tutor(used, courses, clock) as tutor:
        session = tutor.start("context", 14, seed=3)
        before = tutor.database.raw.execute("SELECT count(*) FROM mistake").fetchone()[0]
        while drill := session.next():
            if drill.ask is Ask.TYPE:
                session.answer(drill, without_diacritics(right_words(drill)) + extra)
            else:
                right(session, drill)
        assert tutor.database.raw.execute("SELECT count(*) FROM mistake").fetchone()[0] > before
        assert_projections_are_folds(tutor)
    _exports(used)


def _exports(folder: Path) -> None:
    import io

    from tutor import upkeep

    file = io.StringIO()
    upkeep.export(folder, file, ManualClock(START))
    json.loads(file.getvalue())
    file.getvalue().encode("utf-8")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.text(st.characters(exclude_categories=()), max_size=40), near=st.booleans())
def test_any_text_at_all_may_be_answered(text: str, near: bool, open_session: tuple[Tutor, Session]) -> None:
    _, session = open_session
    drill = session.next()
    assert drill
    if drill.ask is not Ask.TYPE:
        right(session, drill)
        return
    # Near enough to be a slip, which is kept among the mistakes word by word.
    response = without_diacritics(right_words(drill)) + text[:3] if near else text
    outcome = session.answer(drill, response, response_ms=5000)
    assert outcome.feedback
    assert described(session.undo()) == described(drill)


@pytest.fixture
def open_session(used: Path, courses: Path, clock: ManualClock) -> Iterator[tuple[Tutor, Session]]:
    with open_tutor(used, courses, clock) as tutor:
        session = tutor.start("context", 14, seed=3)
        while (drill := session.next()) and drill.ask is not Ask.TYPE:
            right(session, drill)
        yield tutor, session


@pytest.mark.parametrize(
    "query",
    ["", "\x00", '"', "*", "a OR b", "kawa AND", "NEAR(", "ę" * 5000, "\ud800", "-", "(", "^x", "☕", "%"],
)
def test_any_text_at_all_may_be_searched(tutor: Tutor, query: str) -> None:
    assert isinstance(tutor.search(query), list)


@pytest.mark.parametrize("ms", [0, -5, 10**15, None])
def test_any_time_may_be_told(used: Path, courses: Path, ms: int | None) -> None:
    with open_tutor(used, courses) as tutor:
        session = tutor.start("mix", 8, seed=1)
        while drill := session.next():
            right(session, drill, ms=ms)
        assert session.summary().minutes >= 0
        assert_projections_are_folds(tutor)


# What is logged.


def test_logs_hold_no_answer(used: Path, courses: Path, caplog: pytest.LogCaptureFixture) -> None:
    secret = "mójsekretnytekst"
    caplog.set_level(logging.INFO)
    logging.getLogger("tutor").propagate = True
    with open_tutor(used, courses) as tutor:
        session = tutor.start("context", 10, seed=1)
        drill = session.next()
        while drill and drill.ask is not Ask.TYPE:
            right(session, drill)
            drill = session.next()
        assert drill
        # A table has gone, so that marking or saving the answer, or searching, fails with it in hand.
        for table, use in (
            ("item_form", lambda: session.answer(drill, secret)),
            ("review", lambda: session.answer(drill, secret)),
            ("session_step", lambda: session.answer(drill, secret)),
            ("item_search", lambda: tutor.search(secret)),
        ):
            tutor.database.raw.execute(f"ALTER TABLE {table} RENAME TO elsewhere")
            with pytest.raises(DatabaseError) as caught:
                use()
            tutor.database.raw.execute(f"ALTER TABLE elsewhere RENAME TO {table}")
            chain: BaseException | None = caught.value
            while chain:
                assert secret not in str(chain)
                assert secret not in repr(chain)
                chain = chain.__cause__ or chain.__context__
        session.answer(drill, secret)
        tutor.search(secret)
        session.was_right()
    assert secret not in caplog.text


def test_what_runs_in_a_process_of_its_own_is_the_code_of_this_checkout() -> None:
    done = run_child("import tutor; print(tutor.__file__)")
    assert Path(done.stdout.strip()).is_relative_to(ROOT)
