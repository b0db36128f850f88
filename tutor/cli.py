"""The command line. Exit 0 fine, 1 the user's error, 2 a broken database."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import asdict
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Annotated

import typer

from tutor import __version__
from tutor.config import DATABASE, Config, data_folder
from tutor.config import load as load_config
from tutor.errors import CorruptDatabase, DatabaseError, TutorError, UsageError
from tutor.folder import make_folder
from tutor.i18n import _, plural
from tutor.memory.tracks import MIX

app = typer.Typer(help=_("A patient language tutor that works with no network."), no_args_is_help=True,
                  add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)  # fmt: skip
db = typer.Typer(help=_("Look after the file with your words."), no_args_is_help=True)
course = typer.Typer(help=_("Look after courses."), no_args_is_help=True)
app.add_typer(db, name="db")
app.add_typer(course, name="course")

Data = Annotated[
    Path | None, typer.Option("--data", help=_("The folder with your words."), show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help=_("Print JSON."))]

_LOG_BYTES, _LOG_FILES = 512 * 1024, 3


def main() -> None:
    """Run a command; an error is one sentence on stderr and an exit code, never a trace."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(_exit_code())


def _exit_code() -> int:
    # What goes wrong before there is a log file, or in writing it, is told once: by the command itself.
    logging.raiseExceptions = False
    logging.getLogger("tutor").addHandler(logging.NullHandler())
    logging.getLogger("tutor").propagate = False
    try:
        app()
        sys.stdout.flush()
    except SystemExit as left:
        # Typer says 2 for a command that it does not understand; here 2 is a broken database.
        return 1 if left.code else 0
    except DatabaseError as error:
        return _failed(error, 2)
    except TutorError as error:
        return _failed(error, 1)
    except OSError as error:
        # Such as an output that is full, or a pipe that nobody reads any more.
        return _failed(UsageError(_("That could not be written ({why}).").format(why=error.strerror)), 1)
    return 0


def _failed(error: TutorError, code: int) -> int:
    logging.getLogger("tutor").error("%s: %s", type(error).__name__, error.doing or error.message)
    print(error.message, file=sys.stderr)  # noqa: T201
    return code


def _prepared(data: Path | None, *, create: bool = False) -> tuple[Path, Config]:
    """The data folder and the settings in force, with logging begun where there is a folder."""
    folder = data_folder(data)
    config = load_config(folder)
    if create:
        make_folder(folder)
    root = logging.getLogger("tutor")
    root.setLevel(config.log_level)
    if folder.is_dir() and len(root.handlers) == 1:
        try:
            (folder / "logs").mkdir(exist_ok=True)
            handler = RotatingFileHandler(
                folder / "logs" / "tutor.log", maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
            )
        except OSError as error:
            # A folder that cannot be written is told by whoever needs to write the words themselves.
            root.info("no log file: %s", error)
        else:
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
            root.addHandler(handler)
    return folder, config


def _with_words(data: Path | None) -> tuple[Path, Config]:
    """As `_prepared`, for a command that only looks: a folder that was named must hold words."""
    folder, config = _prepared(data)
    if data is not None:
        from tutor import upkeep

        upkeep.existing(folder)
    return folder, config


def _tell(record: object, text: str, as_json: bool) -> None:
    print(json.dumps(record, ensure_ascii=False, default=str) if as_json else text)  # noqa: T201


@app.callback(invoke_without_command=True)
def tutor(version: Annotated[bool, typer.Option("--version", help=_("Print the version."))] = False) -> None:
    if version:
        _tell({}, __version__, False)
        raise typer.Exit


@app.command()
def run(
    data: Data = None,
    as_json: Json = False,
    host: Annotated[str, typer.Option(help=_("Where to listen; the loopback unless told otherwise."))] = "",
    port: Annotated[int | None, typer.Option(help=_("The port in the browser."), min=0, max=65535)] = None,
    web: Annotated[
        bool, typer.Option("--web", help=_("In the browser, even where a window could be had."))
    ] = False,
) -> None:
    """Open the app: a window where one can be had, else a page in the browser."""
    folder, config = _prepared(data, create=True)
    from tutor.ui.app import run as run_app

    run_app(folder, host=host or config.host, port=config.port if port is None else port, web=web or None)


@app.command()
def practice(
    data: Data = None,
    as_json: Json = False,
    mode: Annotated[str, typer.Option(help=_("mix, a track or a mode; mix where left out."))] = "",
    limit: Annotated[int | None, typer.Option(help=_("Cards in the session."), min=1, max=1000)] = None,
    seed: Annotated[int | None, typer.Option(help=_("The same seed gives the same session."))] = None,
    fresh: Annotated[bool, typer.Option("--new", help=_("Start anew instead of resuming."))] = False,
) -> None:
    """Practise in the terminal."""
    folder, config = _prepared(data, create=True)
    from tutor.practice import Tutor
    from tutor.terminal import Terminal

    def play(text: str) -> str:
        clip = opened.speak(text)
        return clip.path if clip else ""

    with Tutor.open(folder, timezone=config.timezone) as opened:
        session = None if fresh else opened.resume()
        if session is None:
            session = opened.start(mode or MIX, limit or config.session_limit, seed)
        elif mode not in ("", session.plan.mode):
            raise UsageError(
                _(
                    "A session of {mode} was left in the middle: go on without --mode, or begin with --new."
                ).format(mode=session.plan.mode)
            )
        Terminal(session, iter(sys.stdin.readline, ""), sys.stdout, play, as_json).run()


@app.command()
def due(data: Data = None, as_json: Json = False) -> None:
    """How many cards are due, by track."""
    folder, config = _with_words(data)
    from tutor.practice import Tutor

    with Tutor.open(folder, timezone=config.timezone) as opened:
        counts = {str(track): count for track, count in opened.due().items()}
    _tell(counts, "\n".join(f"{track:8} {count}" for track, count in counts.items()), as_json)


@app.command()
def stats(data: Data = None, as_json: Json = False) -> None:
    """Your numbers: days, answers, points."""
    folder, config = _with_words(data)
    from tutor.practice import Tutor

    with Tutor.open(folder, timezone=config.timezone) as opened:
        numbers = asdict(opened.stats())
    _tell(
        numbers, "\n".join(f"{name.replace('_', ' '):16} {value}" for name, value in numbers.items()), as_json
    )


@app.command()
def search(
    query: Annotated[str, typer.Argument(help=_("Beginnings of words, Polish or English."))],
    data: Data = None,
    as_json: Json = False,
    limit: Annotated[int, typer.Option(min=1)] = 50,
) -> None:
    """Find words and phrases; diacritics do not matter."""
    folder, config = _with_words(data)
    from tutor.practice import Tutor

    with Tutor.open(folder, timezone=config.timezone) as opened:
        found = opened.search(query, limit)
    records = [{"id": item.id, "text": item.text, "means": item.means, "level": item.level} for item in found]
    lines = [f"{item.text}: {', '.join(item.means)}" for item in found]
    _tell(records, "\n".join(lines) or _("Nothing found."), as_json)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help=_("Where to write; - for the standard output."))],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Write everything you have here as one JSON document."""
    folder, _config = _prepared(data)
    from tutor import upkeep

    if str(file) == "-":
        upkeep.export(folder, sys.stdout)
        return
    if file.resolve().name == DATABASE or file.is_dir() or not file.name:
        # A document in the place of the words themselves would be the end of them.
        raise UsageError(_("Name a file of its own for the export, not {file}.").format(file=file))
    try:
        rows = _exported(folder, file)
    except OSError as error:
        raise UsageError(
            _("{file} cannot be written ({why}).").format(file=file, why=error.strerror)
        ) from error
    _tell(
        {"file": file, "rows": rows}, plural("{count} row written.", "{count} rows written.", rows), as_json
    )


def _exported(folder: Path, file: Path) -> int:
    """Write the document. What stood there before stays until the new one is whole."""
    from tutor import upkeep

    if file.exists() and not file.is_file():
        # A device or a pipe is written to, never replaced.
        with file.open("w", encoding="utf-8") as target:
            return upkeep.export(folder, target)
    partial = file.with_name(f"{file.name}.partial")
    try:
        with partial.open("w", encoding="utf-8") as target:
            rows = upkeep.export(folder, target)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    return rows


@app.command()
def doctor(data: Data = None, as_json: Json = False) -> None:
    """What is installed, what each missing engine would add, and how to get it."""
    folder, _config = _prepared(data)
    from tutor import upkeep

    findings = upkeep.doctor()
    place = upkeep.place(folder)
    lines = [f"{name:16} {value}" for name, value in place.items()]
    for finding in findings:
        state = finding.version if finding.installed else _("missing: {get}").format(get=finding.get)
        lines.append(f"{finding.name:16} {state}  ({finding.adds})")
    _tell({**place, "engines": [asdict(finding) for finding in findings]}, "\n".join(lines), as_json)


@db.command("check")
def db_check(data: Data = None, as_json: Json = False) -> None:
    """Check the file: pages, indexes, references, and the logs' digests."""
    folder, _config = _prepared(data)
    from tutor import upkeep

    health = upkeep.check(folder)
    record = {
        "ok": not health.problems,
        "problems": health.problems,
        "rows": health.counts,
        "logs": {name: asdict(found) for name, found in health.logs.items()},
    }
    lines = [f"{name:16} {found.rows:8} rows  {found.checksum}" for name, found in health.logs.items()]
    lines += health.problems or [_("All is well.")]
    _tell(record, "\n".join(lines), as_json)
    if health.problems:
        raise CorruptDatabase(
            _("The file is damaged; `tutor db list` shows your backups, `tutor db restore` brings one back."),
            doing="checking your words",
        )


@db.command("upgrade")
def db_upgrade(data: Data = None, as_json: Json = False) -> None:
    """Bring the file up to date. Opening the app does it, too."""
    folder, _config = _prepared(data)
    from tutor import upkeep

    before, after = upkeep.upgrade(folder)
    _tell({"before": before, "after": after}, f"{before or _('new')} -> {after}", as_json)


@db.command("backup")
def db_backup(data: Data = None, as_json: Json = False) -> None:
    """Make a verified copy of the file, in use or not."""
    folder, _config = _prepared(data)
    from tutor import upkeep

    made = upkeep.back_up(folder)
    _tell({"file": made.path, "bytes": made.bytes}, str(made.path), as_json)


@db.command("list")
def db_list(data: Data = None, as_json: Json = False) -> None:
    """The backups there are, newest first."""
    folder, _config = _prepared(data)
    from tutor import upkeep

    found = upkeep.backups(folder)
    records = [{"name": b.path.name, "made_at": b.made_at, "bytes": b.bytes} for b in found]
    lines = [f"{b.path.name}  {b.bytes / 1e6:.1f} MB" for b in found]
    _tell(records, "\n".join(lines) or _("There is no backup yet."), as_json)


@db.command("restore")
def db_restore(
    name: Annotated[
        str, typer.Argument(help=_("A name from `tutor db list`; the newest where left out."))
    ] = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Bring a backup back; what stands there now is kept as a backup, too."""
    folder, _config = _prepared(data)
    from tutor import upkeep

    restored = upkeep.restore(folder, name)
    _tell({"restored": restored.path.name}, _("Restored {name}.").format(name=restored.path.name), as_json)


@db.command("rebuild")
def db_rebuild(data: Data = None, as_json: Json = False) -> None:
    """Fold everything that is shown anew from the logs."""
    folder, _config = _prepared(data)
    from tutor import upkeep

    done = upkeep.rebuild(folder)
    text = _("{count} reviews folded in {seconds:.1f} s.").format(count=done.reviews, seconds=done.seconds)
    _tell(asdict(done), text, as_json)


@db.command("load")
def db_load(
    file: Annotated[Path, typer.Argument(help=_("A document that `tutor export` wrote."))],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Load an exported document into an empty data folder."""
    folder, _config = _prepared(data)
    from tutor import upkeep

    rows = upkeep.load(folder, file)
    _tell({"rows": rows}, plural("{count} row loaded.", "{count} rows loaded.", rows), as_json)


@course.command("check")
def course_check(
    folder: Annotated[
        Path | None, typer.Argument(help=_("A course's folder; all that are shipped if left out."))
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Check course files; says file, line and what was expected."""
    from tutor.course.check import check_course
    from tutor.resources import COURSES

    folders = [folder] if folder else sorted(path.parent for path in COURSES.glob("*/course.yaml"))
    problems = [problem for place in folders for problem in check_course(place)]
    records = [{"file": p.file, "line": p.line, "expected": p.expected} for p in problems]
    _tell(records, "\n".join(p.message for p in problems) or _("All is well."), as_json)
    if problems:
        raise typer.Exit(1)


if __name__ == "__main__":
    main()
