"""`tutor faults`: what was noted as wrong with the course."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.shared import Data, Json, tell, with_words
from tutor.config import DATABASE
from tutor.errors import UsageError
from tutor.i18n import _, plural

if TYPE_CHECKING:
    from tutor.faults import Fault

faults_app = typer.Typer()


@faults_app.command()
def faults(
    data: Data = None,
    as_json: Json = False,
    export: Annotated[
        Path | None, typer.Option(help=_("Write them as a JSON document, for whoever makes the course."))
    ] = None,
) -> None:
    """What you noted as wrong with a drill or a sentence."""
    folder, config = with_words(data)
    from tutor import faults as front
    from tutor.practice import Tutor

    if export and (export.resolve().name == DATABASE or export.is_dir()):
        raise UsageError(_("Name a file of its own for the export, not {file}.").format(file=export))
    with Tutor.open(folder, timezone=config.timezone) as opened:
        if export:
            count = front.export(opened, export)
            said = plural("{count} fault written.", "{count} faults written.", count)
            tell({"file": export, "faults": count}, said, as_json)
            return
        found = front.listed(opened)
    lines = [f"{fault.at:%Y-%m-%d}  {_about(fault)}" for fault in found]
    tell([asdict(fault) for fault in found], "\n".join(lines) or _("Nothing was noted."), as_json)


def _about(fault: Fault) -> str:
    said = f"{fault.prompt} = {fault.answer}"
    return f"{said}  ({fault.note})" if fault.note else said
