"""`tutor course`: look after course files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tutor.cli.shared import Data, Json, tell
from tutor.i18n import _

course = typer.Typer(help=_("Look after courses."), no_args_is_help=True)


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
    from tutor.speech.synthesizer import installed_voices

    try:
        from tutor.course.morphology import Morphology
    except ModuleNotFoundError:
        morphology = None
        typer.echo(_("The Polish itself is not checked: that takes the extra `course`."), err=True)
    else:
        morphology = Morphology()
    voice = next(iter(installed_voices()), None)
    sounds = voice.sounds if voice else None

    folders = [folder] if folder else sorted(path.parent for path in COURSES.glob("*/course.yaml"))
    problems = [problem for place in folders for problem in check_course(place, morphology, sounds)]
    records = [{"file": p.file, "line": p.line, "expected": p.expected} for p in problems]
    tell(records, "\n".join(p.message for p in problems) or _("All is well."), as_json)
    if problems:
        raise typer.Exit(1)
