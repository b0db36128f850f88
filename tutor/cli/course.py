"""`tutor course`: look after course files."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.shared import Data, Json, tell
from tutor.i18n import _

if TYPE_CHECKING:
    from tutor.course.build import Builder

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
    from tutor.speech.synthesizer import installed_voices

    builder = _builder()
    if builder is None:
        typer.echo(_("The Polish itself is not checked: that takes the extra `course`."), err=True)
    voice = next(iter(installed_voices()), None)
    sounds = voice.sounds if voice else None

    problems = [problem for place in _folders(folder) for problem in check_course(place, builder, sounds)]
    records = [{"file": p.file, "line": p.line, "expected": p.expected} for p in problems]
    tell(records, "\n".join(p.message for p in problems) or _("All is well."), as_json)
    if problems:
        raise typer.Exit(1)


@course.command("build")
def course_build(
    folder: Annotated[
        Path | None, typer.Argument(help=_("A course's folder; all that are shipped if left out."))
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Make forms, ranks and sounds of a course's words, as the app reads them."""
    from tutor.course.build import build_course
    from tutor.errors import UsageError

    builder = _builder()
    if builder is None:
        raise UsageError(_("Making a course takes the extra `course`: `pip install patient-tutor[course]`."))
    changed = [name for place in _folders(folder) for name in build_course(place, builder)]
    tell(changed, "\n".join(changed) or _("Nothing to make: all is up to date."), as_json)


def _builder() -> Builder | None:
    """What makes a course; nothing where the extra `course` is not installed."""
    if find_spec("morfeusz2") is None or find_spec("wordfreq") is None:
        return None
    from tutor.course.build import Builder
    from tutor.course.morphology import Morphology

    return Builder(Morphology())


def _folders(folder: Path | None) -> list[Path]:
    from tutor.resources import COURSES

    return [folder] if folder else sorted(path.parent for path in COURSES.glob("*/course.yaml"))
