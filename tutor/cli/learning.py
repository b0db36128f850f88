"""The commands of every day: open the app, practise, look things up, take everything along."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.shared import Data, Json, Who, open_for, prepared, tell, with_words
from tutor.config import DATABASE
from tutor.errors import UsageError
from tutor.i18n import _, plural
from tutor.memory.tracks import MIX

if TYPE_CHECKING:
    from tutor.weak_sounds import WeakSound

learning = typer.Typer()


@learning.command()
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
    folder, config = prepared(data, create=True)
    from tutor.ui.app import run as run_app

    run_app(folder, host=host or config.host, port=config.port if port is None else port, web=web or None)


@learning.command()
def practice(
    data: Data = None,
    as_json: Json = False,
    learner: Who = "",
    mode: Annotated[str, typer.Option(help=_("mix, a track or a mode; mix where left out."))] = "",
    limit: Annotated[int | None, typer.Option(help=_("Cards in the session."), min=1, max=1000)] = None,
    seed: Annotated[int | None, typer.Option(help=_("The same seed gives the same session."))] = None,
    fresh: Annotated[bool, typer.Option("--new", help=_("Start anew instead of resuming."))] = False,
) -> None:
    """Practise in the terminal."""
    folder, config = prepared(data, create=True)
    from tutor.terminal import Terminal

    def play(text: str) -> str:
        clip = opened.voice.clip(text)
        return clip.path if clip else ""

    with open_for(folder, config, learner) as opened:
        session = None if fresh else opened.resume()
        if session is None:
            session = opened.start(mode or MIX, limit or config.session_limit, seed)
        elif mode not in ("", session.plan.mode):
            raise UsageError(
                _(
                    "A session of {mode} was left in the middle: go on without --mode, or begin with --new."
                ).format(mode=session.plan.mode)
            )
        Terminal(
            session, iter(sys.stdin.readline, ""), sys.stdout, play, opened.speaking.listen_to, as_json
        ).run()


@learning.command()
def due(data: Data = None, as_json: Json = False, learner: Who = "") -> None:
    """How many cards are due, by track."""
    folder, config = with_words(data)

    with open_for(folder, config, learner) as opened:
        counts = {str(track): count for track, count in opened.due().items()}
    tell(counts, "\n".join(f"{track:8} {count}" for track, count in counts.items()), as_json)


@learning.command()
def stats(data: Data = None, as_json: Json = False, learner: Who = "") -> None:
    """Your numbers: days, answers, points, and the sounds to work on."""
    folder, config = with_words(data)
    from tutor.weak_sounds import sounds_to_work_on

    with open_for(folder, config, learner) as opened:
        numbers = asdict(opened.stats())
        sounds = sounds_to_work_on(opened)
    lines = [f"{name.replace('_', ' '):16} {value}" for name, value in numbers.items()]
    if sounds:
        lines += ["", _("Sounds to work on"), *map(_sound_line, sounds)]
    tell(numbers | {"sounds_to_work_on": [asdict(one) for one in sounds]}, "\n".join(lines), as_json)


def _sound_line(one: WeakSound) -> str:
    return _("{letters} [{phone}]  {off} of {said}: {words}. {hint}").format(
        letters=one.sound.name, phone=one.sound.phone, off=one.off, said=one.said,
        words=", ".join(one.words), hint=one.hint,
    )  # fmt: skip


@learning.command()
def search(
    query: Annotated[str, typer.Argument(help=_("Beginnings of words, Polish or English."))],
    data: Data = None,
    as_json: Json = False,
    limit: Annotated[int, typer.Option(min=1)] = 50,
) -> None:
    """Find words and phrases; diacritics do not matter."""
    folder, config = with_words(data)
    from tutor.practice import Tutor

    with Tutor.open(folder, timezone=config.timezone) as opened:
        found = opened.search(query, limit)
    records = [{"id": item.id, "text": item.text, "means": item.means, "level": item.level} for item in found]
    lines = [f"{item.text}: {', '.join(item.means)}" for item in found]
    tell(records, "\n".join(lines) or _("Nothing found."), as_json)


@learning.command()
def export(
    file: Annotated[Path, typer.Argument(help=_("Where to write; - for the standard output."))],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Write everything you have here as one JSON document."""
    folder, _config = prepared(data)
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
    tell({"file": file, "rows": rows}, plural("{count} row written.", "{count} rows written.", rows), as_json)


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


@learning.command()
def doctor(data: Data = None, as_json: Json = False) -> None:
    """What is installed, what each missing engine would add, and how to get it."""
    folder, config = prepared(data)
    from tutor import upkeep

    findings = upkeep.doctor()
    place = upkeep.place(folder, config.encoder)
    lines = [f"{name:16} {value}" for name, value in place.items()]
    for finding in findings:
        state = finding.version if finding.installed else _("missing: {get}").format(get=finding.get)
        lines.append(f"{finding.name:16} {state}  ({finding.adds})")
    tell({**place, "engines": [asdict(finding) for finding in findings]}, "\n".join(lines), as_json)
