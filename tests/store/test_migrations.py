"""A file of an older tutor comes forward whole, or stays exactly as it was."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from helpers import (
    START,
    assert_projections_are_folds,
    child_environment,
    contents,
    database,
    open_tutor,
    reading,
    snapshot,
)
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel

from store.old_files import Rows, assert_carried, migrate, old_rows, write_old
from tutor import upkeep
from tutor.clock import ManualClock
from tutor.errors import CorruptDatabase, DatabaseBusy, DatabaseError, MigrationFailed, NewerDatabase
from tutor.resources import MIGRATIONS
from tutor.store import backup, startup
from tutor.store.database import Database

HERE = Path(__file__).parent


def head(path: Path) -> Database:
    """Open a file, upgraded as needed, with the real fold."""
    from tutor.store.rebuild import rebuild

    return startup.open_database(path, START, rebuild)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "tutor.db"


@pytest.fixture
def old() -> Rows:
    return old_rows()


# Forwards.


@pytest.mark.parametrize("named", [True, False], ids=["with a version", "without a version"])
@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_every_value_of_an_old_file_is_found_again(path: Path, old: Rows, named: bool, journal: str) -> None:
    write_old(path, old, named=named, journal=journal)
    head(path).close()
    assert startup.revision(path) == startup.HEAD
    assert_carried(path, old)


@pytest.mark.parametrize("seed", range(4))
def test_step_by_step_comes_to_the_same_as_at_once(tmp_path: Path, seed: int) -> None:
    old = old_rows(seed, 25)
    at_once = write_old(tmp_path / "once" / "tutor.db", old)
    stepwise = write_old(tmp_path / "steps" / "tutor.db", old)
    head(at_once).close()
    migrate(stepwise, "0002")
    assert startup.revision(stepwise) == "0002"
    head(stepwise).close()
    assert_carried(stepwise, old)
    # These alone hold the moment of the upgrade itself.
    moment = {"learner", "lesson_event", "carried_stats", "user_stats"}
    one, other = contents(at_once), contents(stepwise)
    assert {t: r for t, r in one.items() if t not in moment} == {
        t: r for t, r in other.items() if t not in moment
    }


def test_at_0002_nothing_is_lost_yet(path: Path, old: Rows) -> None:
    write_old(path, old)
    migrate(path, "0002")
    now = contents(path)
    for table in ("phrase_attempts", "user_stats", "cached_audio"):
        assert now[table] == sorted(old[table], key=repr)
    assert now["lesson_progress"] == sorted(old["user_progress"], key=repr)
    assert len(now["review"]) == len(old["daily_reviews"])


@pytest.mark.parametrize("empty", ["phrase_attempts", "user_progress", "user_stats", "daily_reviews", "all"])
def test_an_old_file_with_empty_tables_comes_forward(path: Path, old: Rows, empty: str) -> None:
    kept: Rows = {name: [] if empty in (name, "all") else content for name, content in old.items()}
    write_old(path, kept)
    head(path).close()
    assert_carried(path, kept)


def test_an_upgraded_file_can_be_practised_and_its_projections_are_folds(
    path: Path, old: Rows, courses: Path
) -> None:
    write_old(path, old)
    with open_tutor(path.parent, courses) as tutor:
        most = max(
            {row[1] for row in old["daily_reviews"]},
            key=lambda user: (sum(row[1] == user for row in old["daily_reviews"]), user),
        )
        counts = {row[1]: sum(r[1] == row[1] for r in old["daily_reviews"]) for row in old["daily_reviews"]}
        assert counts[tutor.learner.id] == counts[most]
        assert_projections_are_folds(tutor)
        session = tutor.start("visual", 6, seed=1)
        for _ in range(4):
            drill = session.next()
            assert drill
            session.answer(drill)
        assert_projections_are_folds(tutor)


def test_the_schema_at_head_is_that_of_the_tables(path: Path) -> None:
    opened = head(path)
    try:
        with opened.read() as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "include_object": _ours}
            )
            assert compare_metadata(context, SQLModel.metadata) == []
    finally:
        opened.close()
    made = path.with_name("made.db")
    engine = sa.create_engine(f"sqlite:///{made}")
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    with reading(path) as migrated, reading(made) as declared:
        assert _schema(migrated) == _schema(declared)


def _ours(thing: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
    return not (kind == "table" and name and name.startswith(("item_search", "alembic_version")))


def _schema(connection: sqlite3.Connection) -> dict[str, Any]:
    """Columns with type, NOT NULL and place in the key; indexes with their columns and condition."""
    names = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not name.startswith(("item_search", "alembic_version", "sqlite_"))
    ]
    found: dict[str, Any] = {}
    for name in sorted(names):
        columns = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
        found[name] = [(column, kind, needed, key) for _, column, kind, needed, _, key in columns]
    for name, sql in connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''"
    ):
        found[name] = " ".join(sql.replace('"', "").split())
    return found


def test_the_newest_revision_is_the_last_of_the_folder(path: Path) -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(startup.MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [startup.HEAD]


# Failures.


@contextmanager
def failing_at(number: int | None, counted: list[str]) -> Iterator[None]:
    """Every statement of SQLAlchemy is counted; the one with this number fails as a broken disk would."""

    def before(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        counted.append(statement)
        if number is not None and len(counted) == number + 1:
            raise sqlite3.OperationalError("disk I/O error")

    event.listen(Engine, "before_cursor_execute", before)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", before)


def _statements(template: Path, copy: Path) -> list[str]:
    """What an upgrade executes, on a copy."""
    found: list[str] = []
    with failing_at(None, found):
        head(Path(shutil.copytree(template.parent, copy)) / "tutor.db").close()
    assert len(found) > 60, "the migration itself was not seen"
    return found


# Every statement of the longest way, a sample of the others; in parts, so that workers share them.
_PARTS = [("0001", part, 4) for part in range(4)] + [("0001 unnamed", 2, 5), ("0002", 3, 5)]


@pytest.mark.parametrize(("version", "first", "every"), _PARTS)
def test_a_fault_at_any_statement_leaves_the_old_file_and_a_later_start_succeeds(
    tmp_path: Path, version: str, first: int, every: int
) -> None:
    old = old_rows(2, 4)
    template = write_old(tmp_path / "template" / "tutor.db", old, named="unnamed" not in version)
    if version == "0002":
        migrate(template, "0002")
    before = contents(template)
    statements = _statements(template, tmp_path / "count")
    for number in range(first, len(statements), every):
        path = Path(shutil.copytree(template.parent, tmp_path / f"{number}")) / "tutor.db"
        failed = ""
        try:
            with failing_at(number, []):
                head(path).close()
        except DatabaseError as error:
            failed = error.message
        place = f"{number} of {len(statements)}, {statements[number]!r}"
        if startup.revision(path) == startup.HEAD:
            # Only looking for the version may fail without harm, and what comes after the last COMMIT.
            harmless = "SELECT version_num" in statements[number] or number >= len(statements) - 2
            assert harmless, f"upgraded in spite of a fault at {place}"
            assert_carried(path, old)
        else:
            assert failed, f"neither upgraded nor told after a fault at {place}"
            assert contents(path) == before, f"not as it was after a fault at {place}"
        head(path).close()
        assert_carried(path, old)
        shutil.rmtree(path.parent)


@pytest.mark.parametrize("share", [0.08, 0.15, 0.2, 0.3, 0.5, 0.7, 0.76, 0.79, 0.9, 0.98])
def test_a_kill_during_the_upgrade_loses_nothing(tmp_path: Path, share: float) -> None:
    old = old_rows(3, 6)
    path = write_old(tmp_path / "data" / "tutor.db", old)
    place = round(share * len(_statements(path, tmp_path / "count")))
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from sqlalchemy import event\n"
        "from sqlalchemy.engine import Engine\n"
        "from store.test_migrations import head\n"
        "seen = []\n"
        "def before(*rest):\n"
        "    seen.append(1)\n"
        "    if len(seen) == int(sys.argv[2]):\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "event.listen(Engine, 'before_cursor_execute', before)\n"
        "head(Path(sys.argv[1]))\n"
    )
    environment = child_environment()
    killed = subprocess.run([sys.executable, "-c", code, path, str(place)], env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert startup.revision(path) in ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
    head(path).close()
    assert_carried(path, old)


def test_an_upgrade_backs_up_first_and_the_backup_holds_everything(path: Path, old: Rows) -> None:
    write_old(path, old)
    before = contents(path)
    seen: list[int] = []

    def look(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.lstrip().upper().startswith(("CREATE", "ALTER", "DROP", "INSERT", "UPDATE", "DELETE")):
            seen.append(len(list((path.parent / "backups").glob("*.db"))))

    event.listen(Engine, "before_cursor_execute", look)
    try:
        head(path).close()
    finally:
        event.remove(Engine, "before_cursor_execute", look)
    assert seen, "nothing was seen of the upgrade"
    assert seen[0] == 1, "something was written before the backup stood"
    (saved,) = backup.listed(path)
    assert saved.path.name.endswith(f"before-{startup.HEAD}.db")
    assert contents(saved.path) == before
    with reading(saved.path) as connection:
        assert backup.health(connection).problems == ()


def test_a_failed_fold_puts_the_old_file_back(path: Path, old: Rows) -> None:
    write_old(path, old)
    before = contents(path)

    def fails(*_: object) -> None:
        raise ZeroDivisionError("a bug in the fold")

    with pytest.raises(MigrationFailed, match=r"nothing is lost.*before-0007"):
        startup.open_database(path, START, fails)
    assert contents(path) == before


def test_an_upgrade_that_would_lose_log_rows_is_taken_back(path: Path, old: Rows) -> None:
    write_old(path, old)
    before = contents(path)
    for log in ("review", "phrase_attempt", "lesson_event", "carried_stats"):

        def loses(connection: sa.Connection, _told: object, log: str = log) -> None:
            connection.exec_driver_sql(f"DELETE FROM {log} WHERE id = (SELECT min(id) FROM {log})")

        with pytest.raises(MigrationFailed):
            startup.open_database(path, START, loses)
        assert contents(path) == before


def test_an_upgrade_of_a_damaged_file_is_refused(path: Path) -> None:
    write_old(path, old_rows(1, 400))
    content = bytearray(path.read_bytes())
    for start in range(len(content) // 3, len(content) // 3 + 3 * 4096, 7):
        content[start] ^= 0xA5
    path.write_bytes(content)
    with pytest.raises(DatabaseError):
        head(path).close()
    # The header alone may tell of the write-ahead log.
    assert path.read_bytes()[100:] == bytes(content)[100:]
    assert startup.revision(path) == "0001"


# Files that are not to be touched.


def _uses(folder: Path, courses: Path) -> dict[str, Any]:
    clock = ManualClock(START)
    return {
        "open": lambda: open_tutor(folder, courses).close(),
        "check": lambda: upkeep.check(folder),
        "upgrade": lambda: upkeep.upgrade(folder, clock),
        "back up": lambda: upkeep.back_up(folder, clock),
        "rebuild": lambda: upkeep.rebuild(folder),
        "export": lambda: upkeep.export(folder, sys.stderr, clock),
    }


def test_a_file_of_every_revision_is_opened(tmp_path: Path) -> None:
    names = sorted(file.name.partition("_")[0] for file in MIGRATIONS.glob("versions/[0-9]*.py"))
    assert names[-1] == startup.HEAD
    for name in names:
        path = tmp_path / f"{name}.db"
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            connection.execute("INSERT INTO alembic_version VALUES (?)", (name,))
        assert startup.revision(path) == name


@pytest.mark.parametrize("use", ["open", "check", "upgrade", "back up", "rebuild", "export"])
@pytest.mark.parametrize("revision", ["0008", "f00dfeed"])
def test_a_newer_file_is_refused_and_not_one_byte_is_touched(
    used: Path, courses: Path, use: str, revision: str
) -> None:
    path = database(used)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.execute("CREATE TABLE of_the_future (id TEXT)")
        connection.commit()
    before = snapshot(used)
    with pytest.raises(NewerDatabase) as caught:
        _uses(used, courses)[use]()
    assert "update" in caught.value.message
    assert caught.value.found == revision
    assert snapshot(used) == before


@pytest.mark.parametrize("use", ["open", "check", "upgrade", "back up", "rebuild", "export"])
@pytest.mark.parametrize("kind", ["another database", "text", "half a header"])
def test_a_file_that_is_not_ours_is_refused_and_not_touched(
    tmp_path: Path, courses: Path, use: str, kind: str
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    path = database(folder)
    if kind == "another database":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, fields TEXT)")
            connection.execute("INSERT INTO notes VALUES (1, 'mine')")
            connection.commit()
    elif kind == "text":
        path.write_text("My shopping list: bread, milk. " * 200)
    else:
        path.write_bytes(b"SQLite format 3\x00" + b"\x10\x00\x01\x01")
    before = snapshot(folder)
    with pytest.raises(CorruptDatabase):
        _uses(folder, courses)[use]()
    assert snapshot(folder) == before


def test_an_empty_file_is_taken_for_a_new_one(tmp_path: Path, courses: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    database(folder).touch()
    with open_tutor(folder, courses) as tutor:
        assert tutor.start("mix", 5).next()
    assert backup.listed(database(folder)) == []


@pytest.mark.parametrize(
    ("journal", "hold"), [("WAL", "SELECT 1 FROM user_stats"), ("DELETE", "BEGIN EXCLUSIVE")]
)
def test_an_upgrade_waits_for_nobody_and_changes_nothing_while_another_has_the_file(
    path: Path, old: Rows, journal: str, hold: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(startup, "BUSY_TIMEOUT_MS", 50)
    write_old(path, old, journal=journal)
    code = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute(sys.argv[2]).fetchall()\n"
        "print('ready', flush=True)\n"
        "sys.stdin.read()\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(path), hold],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdin
    assert other.stdout
    with other:
        assert other.stdout.readline() == "ready\n"
        before = path.read_bytes()
        with pytest.raises(DatabaseBusy) as caught:
            head(path).close()
        assert "close the other" in caught.value.message
        assert path.read_bytes() == before
        assert backup.listed(path) == []
        other.stdin.close()
    head(path).close()
    assert_carried(path, old)


def test_two_processes_that_start_at_once_on_an_old_file_upgrade_it_once(path: Path, old: Rows) -> None:
    write_old(path, old)
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from store.test_migrations import head\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
        "try:\n"
        "    head(Path(sys.argv[1])).close()\n"
        "except Exception as error:\n"
        "    print(type(error).__name__)\n"
        "else:\n"
        "    print('opened')\n"
    )
    environment = child_environment()
    both = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], env=environment, text=True,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(2)
    ]  # fmt: skip
    for process in both:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = sorted(process.communicate(timeout=60)[0].strip() for process in both)
    assert said in (["opened", "opened"], ["DatabaseBusy", "opened"])
    head(path).close()
    assert_carried(path, old)
    assert len(backup.listed(path)) == 1
