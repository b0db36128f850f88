"""Every command, as a process: what it prints, how it ends, and that an error is one sentence."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from helpers import (
    ROOT,
    assert_projections_are_folds,
    child_environment,
    contents,
    database,
    open_tutor,
    reading,
    snapshot,
)
from store.old_files import assert_carried, old_rows, write_old

# `tutor` with the small course in the place of the shipped ones.
RUN = (
    "import sys\n"
    "from pathlib import Path\n"
    "from tutor import resources\n"
    "resources.COURSES = Path(sys.argv.pop(1))\n"
    "sys.argv[0] = 'tutor'\n"
    "from tutor.cli import main\n"
    "main()\n"
)

Ended = subprocess.CompletedProcess[str]


class Zygote:
    """A warm process that forks for each command: see `zygote`."""

    def __init__(self, courses: Path) -> None:
        program = Path(__file__).with_name("zygote.py")
        self.process = subprocess.Popen(
            [sys.executable, str(program), str(courses)], env=child_environment(), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def run(self, words: list[str], stdin: str, environment: dict[str, str]) -> Ended:
        assert self.process.stdin
        assert self.process.stdout
        request = {"words": words, "stdin": stdin, "environment": environment}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        return subprocess.CompletedProcess(words, answer["code"], answer["stdout"], answer["stderr"])

    def close(self) -> None:
        self.process.communicate(timeout=30)


class Commands:
    """Runs `tutor` on a folder."""

    def __init__(self, zygote: Zygote, courses: Path, folder: Path, environment: dict[str, str]) -> None:
        self.zygote, self.courses, self.folder, self.environment = zygote, courses, folder, environment

    def bare(self, *words: object, stdin: str = "") -> Ended:
        return self.zygote.run([str(word) for word in words], stdin, self.environment)

    def __call__(self, *words: object, stdin: str = "") -> Ended:
        return self.bare(*words, "--data", self.folder, stdin=stdin)

    def json(self, *words: object, stdin: str = "") -> object:
        done = self(*words, "--json", stdin=stdin)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return json.loads(done.stdout)


@pytest.fixture(scope="session")
def zygote(courses: Path) -> Iterator[Zygote]:
    one = Zygote(courses)
    yield one
    one.close()


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return child_environment() | {"HOME": str(tmp_path / "home"), "XDG_DATA_HOME": str(tmp_path / "home")}


@pytest.fixture
def tutor(zygote: Zygote, courses: Path, used: Path, environment: dict[str, str]) -> Commands:
    """The command on a folder with practice in it."""
    return Commands(zygote, courses, used, environment)


@pytest.fixture
def fresh(zygote: Zygote, courses: Path, tmp_path: Path, environment: dict[str, str]) -> Commands:
    """The command on a folder that is not there yet."""
    return Commands(zygote, courses, tmp_path / "fresh", environment)


def assert_one_sentence(done: Ended, *codes: int) -> None:
    assert done.returncode in codes, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert done.stderr.strip().endswith((".", ")", "?"))


# Fine.


def test_due_tells_each_track(tutor: Commands) -> None:
    found = tutor.json("due")
    assert isinstance(found, dict)
    assert list(found) == ["visual", "audio", "context", "speech"]
    assert all(isinstance(count, int) for count in found.values())
    assert "visual" in tutor("due").stdout


def test_stats_tell_the_numbers(tutor: Commands) -> None:
    found = tutor.json("stats")
    assert isinstance(found, dict)
    with reading(database(tutor.folder)) as connection:
        xp, attempts = connection.execute("SELECT xp, total_attempts FROM user_stats").fetchone()
    assert (found["xp"], found["total_attempts"]) == (xp, attempts)
    assert str(xp) in tutor("stats").stdout


def test_learners_are_added_named_and_practise_apart(tutor: Commands) -> None:
    assert tutor("learners", "rename", "", "Anna").stdout == "Anna is the name now.\n"
    assert tutor("learners", "add", "Tomek").returncode == 0
    assert tutor("learners", "list").stdout == "* Anna\n  Tomek\n"
    assert_one_sentence(tutor("learners", "add", "tomek"), 1)
    before = tutor.json("stats")
    assert tutor.json("stats", "--learner", "Tomek")["total_attempts"] == 0  # type: ignore[index]
    assert set(tutor.json("due", "--learner", "tomek").values()) == {0}  # type: ignore[attr-defined]
    assert tutor("practice", "--learner", "Tomek", "--limit", "1", stdin="\n\n\n\n").returncode == 0
    assert tutor.json("stats") == before
    with reading(database(tutor.folder)) as connection:
        begun = connection.execute("SELECT name FROM session_state JOIN learner ON learner.id = learner")
        assert ("Tomek",) in begun.fetchall()
    assert_one_sentence(tutor("due", "--learner", "Ewa"), 1)
    assert tutor("learners", "forget-pin", "Tomek").returncode == 0


def test_card_tells_its_answers_and_why_it_is_due(tutor: Commands) -> None:
    found = tutor.json("card", "kawa")
    assert isinstance(found, list)
    visual = next(story for story in found if story["track"] == "visual")
    assert visual["item"] == "kawa"
    assert visual["told"][0]["memory"]["stability"] > 0
    assert visual["why"].endswith(".")
    text = tutor("card", "kawa").stdout
    assert f"kawa, visual: {visual['why']}" in text
    assert text.count(" -> stability ") == sum(len(story["told"]) for story in found)
    assert_one_sentence(tutor("card", "xyzzy"), 1)


def test_optimize_tells_of_every_track_what_is_missing_and_of_one_refuses(tutor: Commands) -> None:
    found = tutor.json("optimize")
    assert isinstance(found, dict)
    assert list(found) == ["visual", "audio", "context", "speech"]
    assert "400 are needed" in found["visual"]["error"]
    assert_one_sentence(tutor("optimize", "--track", "visual"), 1)
    assert_one_sentence(tutor("optimize", "--track", "visual", "--back"), 1)


def test_settings_are_shown_and_set_together_or_not_at_all(tutor: Commands) -> None:
    assert tutor.json("settings")["new_per_day"] == 10  # type: ignore[index]
    tutor("settings", "--set", "new_per_day=5", "--set", "autoplay=off", "--set", "day_start=02:30")
    found = tutor.json("settings")
    assert isinstance(found, dict)
    assert (found["new_per_day"], found["autoplay"], found["day_start"]) == (5, False, "02:30")
    assert "autoplay = off" in tutor("settings").stdout
    for wrong in ("new_per_day=many", "colour=red", "new_per_day"):
        assert_one_sentence(tutor("settings", "--set", "name=Anna", "--set", wrong), 1)
    assert tutor.json("settings")["name"] == ""  # type: ignore[index]


def test_faults_are_listed_and_written_to_a_file_of_their_own(tutor: Commands, tmp_path: Path) -> None:
    assert tutor("faults").stdout == "Nothing was noted.\n"
    from tutor import faults
    from tutor.practice import Tutor

    with Tutor.open(tutor.folder) as opened:
        session = opened.start("mix", 5, seed=1)
        drill = session.next()
        assert drill
        faults.note(opened, drill, "", "a slip")
    assert "(a slip)" in tutor("faults").stdout
    found = tutor.json("faults")
    assert isinstance(found, list)
    assert found[0]["prompt"] == drill.prompt
    file = tmp_path / "faults.json"
    assert tutor("faults", "--export", file).stdout == "1 fault written.\n"
    assert json.loads(file.read_text(encoding="utf-8"))["faults"][0]["note"] == "a slip"
    assert_one_sentence(tutor("faults", "--export", tutor.folder / "tutor.db"), 1)


def test_retention_is_shown_with_its_cost_and_set(tutor: Commands) -> None:
    found = tutor.json("retention")
    assert isinstance(found, dict)
    assert found["now"] == 0.9
    assert found["cards"] > 0
    assert found["reviews_a_day"]["0.97"] > found["reviews_a_day"]["0.7"]
    assert "* 0.90" in tutor("retention").stdout
    assert "0.80 from now on" in tutor("retention", "--set", 0.8).stdout
    assert tutor.json("retention")["now"] == 0.8  # type: ignore[index]
    assert tutor.json("retention", "--track", "audio")["now"] == 0.9  # type: ignore[index]
    assert_one_sentence(tutor("optimize", "--track", "visual", "--back"), 1)
    assert_one_sentence(tutor("retention", "--set", 0.1), 1)


def test_days_are_shown_and_set(tutor: Commands) -> None:
    assert tutor.json("days") == {"shares": dict.fromkeys(
        ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 1.0), "even": False}  # fmt: skip
    said = tutor("days", "--set", "sun=0", "--set", "Sat=0.5", "--even").stdout
    assert "sat  50 %\nsun  0 %\nThe load is evened out.\n" in said
    assert tutor.json("days", "--uneven")["even"] is False  # type: ignore[index]
    assert tutor.json("days")["shares"]["sun"] == 0  # type: ignore[index]
    for wrong in ("sun", "sun=much", "funday=1", "sun=2"):
        assert_one_sentence(tutor("days", "--set", wrong), 1)


def test_hard_lists_words_that_rest_and_brings_one_back(tutor: Commands) -> None:
    assert tutor("hard").stdout == "No word rests.\n"
    with closing(sqlite3.connect(database(tutor.folder))) as raw:
        (identity,) = raw.execute("SELECT id FROM item WHERE text = 'kawa'").fetchone()
        raw.execute("UPDATE user_progress SET lapses = 9 WHERE item = ? AND track = 'visual'", (identity,))
        raw.execute(
            "INSERT OR REPLACE INTO item_state (learner, item, suspended, known, note, translation, sentence,"
            " clocks) SELECT learner, ?, 1, 0, '', '', '', '{}' FROM device",
            (identity,),
        )
        raw.commit()
    (found,) = tutor.json("hard")  # type: ignore[misc]
    assert (found["text"], found["lapses"]) == ("kawa", 9)
    assert_one_sentence(tutor("hard", "kawa"), 1)
    assert_one_sentence(tutor("hard", "herbata", "--again"), 1)
    assert_one_sentence(tutor("hard", "kawa", "--sentence", 99), 1)
    assert tutor("hard", "kawa", "--hook", "a cow in a cafe").stdout == "kawa comes back.\n"
    assert tutor.json("hard") == []


def test_search_finds_without_diacritics(tutor: Commands) -> None:
    found = tutor.json("search", "kawe")
    assert isinstance(found, list)
    assert found[0]["text"] == "kawa"
    assert "coffee" in found[0]["means"]
    assert tutor.json("search", "zzzz") == []
    assert len(tutor.json("search", "k", "--limit", 1)) == 1  # type: ignore[arg-type]
    assert tutor("search", "kawe").stdout == "kawa: coffee\n"


def test_export_and_load_carry_everything_over(tutor: Commands, fresh: Commands, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    written = tutor.json("export", file)
    assert isinstance(written, dict)
    assert written["rows"] > 100
    printed = tutor("export", "-")
    assert printed.returncode == 0
    assert json.loads(printed.stdout)["tables"] == json.loads(file.read_text(encoding="utf-8"))["tables"]
    loaded = fresh.json("db", "load", file)
    assert loaded == {"rows": written["rows"]}
    with reading(database(tutor.folder)) as here, reading(database(fresh.folder)) as there:
        for table in ("review", "user_progress", "user_stats", "study_day", "opening", "lesson_progress"):
            query = f"SELECT * FROM {table} ORDER BY 1, 2, 3"
            assert here.execute(query).fetchall() == there.execute(query).fetchall()


def test_doctor_tells_what_is_here(tutor: Commands, fresh: Commands) -> None:
    found = tutor.json("doctor")
    assert isinstance(found, dict)
    assert found["revision"] == "0007"
    assert found["data"] == str(tutor.folder)
    assert {engine["name"] for engine in found["engines"]} >= {"espeakng-loader", "flet-web"}
    assert found["encoder"] == "static-pl-en-1"
    fresh.environment = {**fresh.environment, "TUTOR_ENCODER": "/nowhere/minilm"}
    without = fresh.json("doctor")
    assert isinstance(without, dict)
    assert "There is no folder /nowhere/minilm" in without["encoder"]
    assert not fresh.folder.exists(), "looking made a folder"


def test_check_backup_list_restore_rebuild_and_upgrade(tutor: Commands) -> None:
    checked = tutor.json("db", "check")
    assert isinstance(checked, dict)
    assert checked["ok"] is True
    before = contents(database(tutor.folder))
    made = tutor.json("db", "backup")
    assert isinstance(made, dict)
    name = Path(made["file"]).name
    listed = tutor.json("db", "list")
    assert isinstance(listed, list)
    assert [one["name"] for one in listed] == [name]
    rebuilt = tutor.json("db", "rebuild")
    assert isinstance(rebuilt, dict)
    assert rebuilt["reviews"] > 0
    assert tutor.json("db", "upgrade") == {"before": "0007", "after": "0007"}
    assert tutor.json("db", "restore", name) == {"restored": name}
    assert contents(database(tutor.folder)) == before
    for words in (("db", "check"), ("db", "list"), ("db", "restore"), ("db", "rebuild"), ("db", "backup")):
        done = tutor(*words)
        assert done.returncode == 0
        assert done.stdout.strip()


def test_upgrade_of_an_old_file_tells_from_and_to(fresh: Commands) -> None:
    old = old_rows(3)
    write_old(database(fresh.folder), old, named=False)
    assert fresh.json("db", "upgrade") == {"before": "0001", "after": "0007"}
    assert_carried(database(fresh.folder), old)


def test_course_check_tells_file_and_line(fresh: Commands, tmp_path: Path, courses: Path) -> None:
    broken = Path(shutil.copytree(courses / "mini", tmp_path / "mini"))
    file = broken / "lessons" / "cafe.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    wrong = lines.index("cefr: A1")
    lines[wrong] = "cefr: Z9"
    file.write_text("\n".join(lines), encoding="utf-8")
    done = fresh.bare("course", "check", broken, "--json")
    assert done.returncode == 1
    problems = json.loads(done.stdout)
    assert problems[0]["file"] == "lessons/cafe.yaml"
    assert problems[0]["line"] == wrong + 1
    assert "cefr" in problems[0]["expected"]
    assert "Traceback" not in done.stderr
    assert fresh.bare("course", "check", broken).stdout.startswith(f"lessons/cafe.yaml:{wrong + 1}: ")


def test_version_and_help(fresh: Commands) -> None:
    from tutor import __version__

    assert fresh.bare("--version").stdout.strip() == __version__
    for words in (["--help"], ["practice", "--help"], ["db", "--help"], ["db", "restore", "--help"]):
        done = fresh.bare(*words)
        assert done.returncode == 0
        assert "Usage:" in done.stdout
        assert done.stderr == ""


@pytest.mark.parametrize("words", [[], ["db"], ["course"]])
def test_without_a_command_it_tells_which_there_are(fresh: Commands, words: list[str]) -> None:
    done = fresh.bare(*words)
    assert done.returncode in (0, 1)
    assert "Usage:" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not fresh.folder.exists()


def test_every_command_has_json_and_data(fresh: Commands) -> None:
    commands = ["practice", "lesson", "due", "stats", "search", "export", "doctor", "run"]
    commands += [
        f"db {name}" for name in ("check", "upgrade", "backup", "list", "restore", "rebuild", "load")
    ]
    listed = fresh.bare("--help").stdout + fresh.bare("db", "--help").stdout
    listed += fresh.bare("learners", "--help").stdout
    people = [f"learners {name}" for name in ("list", "add", "rename", "forget-pin")]
    for command in [*commands, *people, "course check"]:
        assert command.split()[-1] in listed or command.startswith("course")
        text = fresh.bare(*command.split(), "--help").stdout
        assert "--json" in text
        assert "--data" in text


def test_data_may_stand_in_the_environment(tutor: Commands) -> None:
    tutor.environment = {**tutor.environment, "TUTOR_DATA": str(tutor.folder)}
    found = json.loads(tutor.bare("stats", "--json").stdout)
    assert found["total_attempts"] > 0


# The user's errors.


@pytest.mark.parametrize(
    "words",
    [
        ["db", "check"], ["db", "backup"], ["db", "rebuild"], ["db", "upgrade"], ["db", "restore"],
        ["export", "-"], ["practice", "--mode", "sleep"], ["db", "restore", "nothing.db"],
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_one_sentence(fresh: Commands, words: list[str]) -> None:
    assert_one_sentence(fresh(*words), 1)


def test_a_failed_export_leaves_the_file_that_stood_there(
    fresh: Commands, tutor: Commands, tmp_path: Path
) -> None:
    file = tmp_path / "mine.json"
    assert tutor("export", file).returncode == 0
    before = file.read_bytes()
    assert_one_sentence(fresh("export", file), 1)
    assert file.read_bytes() == before
    missing = tmp_path / "other.json"
    assert_one_sentence(fresh("export", missing), 1)
    assert not missing.exists()


@pytest.mark.parametrize("where", ["no/such/folder/mine.json", "."])
def test_an_export_that_cannot_be_written_is_told(tutor: Commands, tmp_path: Path, where: str) -> None:
    assert_one_sentence(tutor("export", tmp_path / where), 1)


def test_an_export_never_replaces_the_words_or_a_device(tutor: Commands, tmp_path: Path) -> None:
    before = database(tutor.folder).read_bytes()
    assert_one_sentence(tutor("export", tutor.folder / "tutor.db"), 1)
    assert_one_sentence(tutor("export", ""), 1)
    assert database(tutor.folder).read_bytes() == before
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    # Read into a file: a second pipe that nobody empties would hold up a long document.
    copy = tmp_path / "copy.json"
    with copy.open("wb") as file:
        reader = subprocess.Popen(["cat", str(pipe)], stdout=file)
        assert tutor("export", pipe).returncode == 0
        assert reader.wait(30) == 0
    assert json.loads(copy.read_text(encoding="utf-8"))["format"] == "patient-tutor-export"
    assert pipe.is_fifo()


def test_a_command_that_only_looks_fills_no_mistyped_folder(tutor: Commands, tmp_path: Path) -> None:
    tutor.folder = tmp_path / "mistyped"
    for words in (["due"], ["stats"], ["search", "kawa"]):
        assert_one_sentence(tutor(*words), 1)
    assert not tutor.folder.exists()


def test_a_file_that_became_empty_is_told(tutor: Commands) -> None:
    assert tutor("db", "backup").returncode == 0
    for name in ("tutor.db", "tutor.db-wal", "tutor.db-shm"):
        (tutor.folder / name).unlink(missing_ok=True)
    (tutor.folder / "tutor.db").touch()
    assert tutor("db", "check").returncode == 2
    assert_one_sentence(tutor("due"), 2)
    assert_one_sentence(tutor("practice"), 2)
    assert tutor("db", "restore").returncode == 0
    assert tutor("due").returncode == 0


@pytest.mark.parametrize("port", ["70000", "-5"])
def test_a_port_that_there_is_not_is_told(tutor: Commands, port: str) -> None:
    done = tutor("run", "--web", "--port", port)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_output_that_cannot_be_written_is_told(tutor: Commands) -> None:
    full = Path("/dev/full")
    if not full.is_char_device():
        pytest.skip("there is no /dev/full here")
    with full.open("w") as nowhere:
        done = subprocess.run(
            [sys.executable, "-m", "tutor", "stats", "--data", str(tutor.folder)], stdout=nowhere,
            stderr=subprocess.PIPE, text=True, timeout=60, check=False, cwd=ROOT,
        )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["", "nonsense", "[]", '{"format": "patient-tutor-export", "version": 99}'])
def test_what_is_no_export_is_told(fresh: Commands, tmp_path: Path, text: str) -> None:
    file = tmp_path / "mine.json"
    file.write_text(text)
    assert_one_sentence(fresh("db", "load", file), 1)
    assert_one_sentence(fresh("db", "load", tmp_path / "none.json"), 1)


@pytest.mark.parametrize(
    "words",
    [["dance"], ["due", "--loud"], ["search"], ["practice", "--limit", "many"], ["practice", "--limit", "0"]],
)
def test_what_is_no_command_ends_with_one_and_no_trace(fresh: Commands, words: list[str]) -> None:
    done = fresh.bare(*words)
    assert done.returncode == 1
    assert "Error" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TUTOR_PORT", "many"),
        ("TUTOR_PORT", "--5"),
        ("TUTOR_HOST", ""),
        ("TUTOR_SESSION_LIMIT", "0"),
        ("TUTOR_LOG_LEVEL", "LOUD"),
        ("TUTOR_TIMEZONE", "Mars"),
    ],
)
def test_a_wrong_setting_is_told(fresh: Commands, name: str, value: str) -> None:
    usual = fresh.environment
    fresh.environment = {**usual, name: value}
    assert_one_sentence(fresh("practice"), 1)
    fresh.environment = usual
    assert fresh("practice").returncode == 0, "nothing of it was kept"


def test_a_wrong_settings_file_is_told(tutor: Commands) -> None:
    for text in ("port = ", "colour = 'red'", "port = 99999999", "\x00"):
        (tutor.folder / "config.toml").write_text(text)
        assert_one_sentence(tutor("due"), 1)


# A broken database.


@pytest.mark.parametrize(
    "command", ["due", "practice", "db check", "db backup", "db rebuild", "stats", "export -"]
)
def test_a_damaged_file_ends_with_two_and_one_sentence(tutor: Commands, command: str) -> None:
    path = database(tutor.folder)
    content = bytearray(path.read_bytes())
    for start in range(8192, len(content) - 4096, 4096):
        content[start : start + 200] = b"\xa5" * 200
    path.write_bytes(content)
    done = tutor(*command.split())
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "damaged" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_damaged_file_is_brought_back_from_its_backup(tutor: Commands) -> None:
    assert tutor("db", "backup").returncode == 0
    before = contents(database(tutor.folder))
    database(tutor.folder).write_bytes(b"\xa5" * 100_000)
    assert_one_sentence(tutor("due"), 2)
    assert tutor("db", "restore").returncode == 0
    assert contents(database(tutor.folder)) == before
    assert tutor("due").returncode == 0


def test_a_newer_file_ends_with_two_and_is_left_alone(tutor: Commands) -> None:
    with closing(sqlite3.connect(database(tutor.folder))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0009'")
        connection.commit()
    before = {
        name: content for name, content in snapshot(tutor.folder).items() if not name.startswith("logs")
    }
    for words in (["due"], ["practice"], ["db", "check"], ["db", "upgrade"], ["db", "backup"]):
        done = tutor(*words)
        assert_one_sentence(done, 2)
        assert "newer" in done.stderr
    after = {name: content for name, content in snapshot(tutor.folder).items() if not name.startswith("logs")}
    assert after == before


def test_a_place_that_is_no_folder_is_told(tutor: Commands, tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.write_text("")
    tutor.folder = file
    assert_one_sentence(tutor("practice"), 1)
    assert_one_sentence(tutor("due"), 1)


NOBODY = 65534
AS_NOBODY = """
import io, os, sys, tempfile
from contextlib import redirect_stdout
from pathlib import Path
from tutor import resources
resources.COURSES = Path(sys.argv.pop(1))
from tutor import cli
# Whoever it becomes may be unable to read where Python is: everything is loaded before.
with tempfile.TemporaryDirectory() as warm, redirect_stdout(io.StringIO()):
    sys.argv, words = ["tutor", "practice", "--data", warm], sys.argv[1:]
    cli._exit_code()
    import logging
    for handler in list(logging.getLogger("tutor").handlers):
        handler.close()
        logging.getLogger("tutor").removeHandler(handler)
os.setgid(65534)
os.setuid(65534)
sys.argv = ["tutor", *words]
cli.main()
"""


@pytest.fixture
def public(tmp_path: Path) -> Iterator[Path]:
    """A folder that others may enter: pytest's own are closed to them."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("kind", ["read-only", "closed", "not to be made"])
@pytest.mark.parametrize("words", [["due"], ["practice"], ["db", "backup"]])
def test_a_folder_without_permission_is_told_in_one_sentence(
    public: Path, used: Path, courses: Path, environment: dict[str, str], kind: str, words: list[str]
) -> None:
    course = Path(shutil.copytree(courses, public / "courses"))
    folder = public / "outer" / "data"
    folder.parent.mkdir()
    if kind != "not to be made":
        shutil.copytree(used, folder)
        folder.chmod(0o555)
    if kind == "closed":
        folder.parent.chmod(0o700)
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(course), *words, "--data", str(folder)], env=environment,
        capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    # Where nothing can be made there is nothing to back up, and where nothing can be looked into it may be
    # the settings that cannot be read.
    user_error = kind == "closed" or (kind == "not to be made" and words[0] != "practice")
    # From Python 3.14 on a folder in a closed one is not there rather than not to be looked at.
    closed = kind == "closed" and words[0] == "practice"
    assert_one_sentence(done, *((1, 2) if closed else (1,) if user_error else (2,)))


def test_on_a_full_disk_it_is_told_in_one_sentence(tutor: Commands, tmp_path: Path) -> None:
    disk = tmp_path / "small"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        tutor.folder = Path(shutil.copytree(tutor.folder, disk / "data"))
        assert tutor("due").returncode == 0
        with (disk / "ballast").open("ab", buffering=0) as file:
            for size in (4096, 1):
                with pytest.raises(OSError, match="No space"):
                    while True:
                        file.write(b"x" * size)
        for words in (["db", "backup"], ["practice", "--new"]):
            assert_one_sentence(tutor(*words), 2)
        # Either the document has no room, or reading the file has none.
        done = tutor("export", disk / "mine.json")
        assert_one_sentence(done, 1 if done.returncode == 1 else 2)
        assert not (disk / "mine.json").exists()
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


# Streams.


def test_a_reader_that_goes_away_is_no_crash(tutor: Commands) -> None:
    for words in ("export -", "search a", "practice"):
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(tutor.courses), *words.split(), "--data", str(tutor.folder)],
            env=tutor.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout
        process.stdout.close()
        assert process.stdin
        try:
            process.stdin.write(b"\n" * 1000)
            process.stdin.close()
        except BrokenPipeError:
            pass
        assert process.stderr
        complaint = process.stderr.read().decode()
        process.stderr.close()
        assert process.wait(timeout=60) in (0, 1)
        assert "Traceback" not in complaint
        assert "Exception ignored" not in complaint


def test_the_log_tells_what_failed_and_no_answer(tutor: Commands) -> None:
    secret = "mojsekretnytekst"
    tutor("practice", "--mode", "context", stdin=f"{secret}\n" * 30)
    tutor("search", secret)
    path = database(tutor.folder)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE mistake RENAME TO elsewhere")
        connection.execute("ALTER TABLE review RENAME TO nowhere")
        connection.commit()
    failed = tutor("practice", "--mode", "context", stdin=f"{secret}\n" * 30)
    assert failed.returncode == 2
    log = (tutor.folder / "logs" / "tutor.log").read_text(encoding="utf-8")
    assert "ERROR" in log
    assert secret not in log
    assert secret not in failed.stderr


def test_the_module_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tutor", "--version"], cwd=ROOT, capture_output=True, text=True, check=False,
        env=child_environment(),
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.strip()


def test_after_all_this_the_folder_is_sound(tutor: Commands, courses: Path) -> None:
    for words in (["due"], ["stats"], ["db", "rebuild"], ["db", "backup"], ["search", "kawa"]):
        assert tutor(*words).returncode == 0
    with open_tutor(tutor.folder, courses) as opened:
        assert_projections_are_folds(opened)
