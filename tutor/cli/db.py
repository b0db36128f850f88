"""`tutor db`: look after the file with the learner's words."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from tutor.cli.shared import Data, Json, prepared, tell
from tutor.errors import CorruptDatabase
from tutor.i18n import _, plural

db = typer.Typer(help=_("Look after the file with your words."), no_args_is_help=True)


@db.command("check")
def db_check(data: Data = None, as_json: Json = False) -> None:
    """Check the file: pages, indexes, references, and the logs' digests."""
    folder, _config = prepared(data)
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
    tell(record, "\n".join(lines), as_json)
    if health.problems:
        raise CorruptDatabase(
            _("The file is damaged; `tutor db list` shows your backups, `tutor db restore` brings one back."),
            doing="checking your words",
        )


@db.command("upgrade")
def db_upgrade(data: Data = None, as_json: Json = False) -> None:
    """Bring the file up to date. Opening the app does it, too."""
    folder, _config = prepared(data)
    from tutor import upkeep

    before, after = upkeep.upgrade(folder)
    tell({"before": before, "after": after}, (before or _("new")) + f" -> {after}", as_json)


@db.command("backup")
def db_backup(data: Data = None, as_json: Json = False) -> None:
    """Make a verified copy of the file, in use or not."""
    folder, _config = prepared(data)
    from tutor import upkeep

    made = upkeep.back_up(folder)
    tell({"file": made.path, "bytes": made.bytes}, str(made.path), as_json)


@db.command("list")
def db_list(data: Data = None, as_json: Json = False) -> None:
    """The backups there are, newest first."""
    folder, _config = prepared(data)
    from tutor import upkeep

    found = upkeep.backups(folder)
    records = [{"name": b.path.name, "made_at": b.made_at, "bytes": b.bytes} for b in found]
    lines = [f"{b.path.name}  {b.bytes / 1e6:.1f} MB" for b in found]
    tell(records, "\n".join(lines) or _("There is no backup yet."), as_json)


@db.command("restore")
def db_restore(
    name: Annotated[
        str, typer.Argument(help=_("A name from `tutor db list`; the newest where left out."))
    ] = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Bring a backup back; what stands there now is kept as a backup, too."""
    folder, _config = prepared(data)
    from tutor import upkeep

    restored = upkeep.restore(folder, name)
    tell({"restored": restored.path.name}, _("Restored {name}.").format(name=restored.path.name), as_json)


@db.command("rebuild")
def db_rebuild(data: Data = None, as_json: Json = False) -> None:
    """Fold everything that is shown anew from the logs."""
    folder, _config = prepared(data)
    from tutor import upkeep

    done = upkeep.rebuild(folder)
    text = _("{count} reviews folded in {seconds:.1f} s.").format(count=done.reviews, seconds=done.seconds)
    tell(asdict(done), text, as_json)


@db.command("load")
def db_load(
    file: Annotated[Path, typer.Argument(help=_("A document that `tutor export` wrote."))],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Load an exported document into an empty data folder."""
    folder, _config = prepared(data)
    from tutor import upkeep

    rows = upkeep.load(folder, file)
    tell({"rows": rows}, plural("{count} row loaded.", "{count} rows loaded.", rows), as_json)
