"""The command line. Exit 0 fine, 1 the user's error, 2 a broken database."""

from __future__ import annotations

import logging
import sys
from typing import Annotated

import typer

from tutor import __version__
from tutor.cli.card import card_app
from tutor.cli.course import course
from tutor.cli.days import days_app
from tutor.cli.db import db
from tutor.cli.faults import faults_app
from tutor.cli.learners import learners
from tutor.cli.learning import learning
from tutor.cli.lesson import lesson_app
from tutor.cli.memory import memory
from tutor.cli.models import models
from tutor.cli.settings import settings_app
from tutor.cli.speech import speaking, speech
from tutor.errors import DatabaseError, TutorError, UsageError
from tutor.i18n import _

app = typer.Typer(help=_("A patient language tutor that works with no network."), no_args_is_help=True,
                  add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)  # fmt: skip
app.add_typer(learning)
app.add_typer(lesson_app)
app.add_typer(memory)
app.add_typer(card_app)
app.add_typer(days_app)
app.add_typer(settings_app)
app.add_typer(faults_app)
app.add_typer(speaking)
app.add_typer(db, name="db")
app.add_typer(learners, name="learners")
app.add_typer(course, name="course")
app.add_typer(models, name="models")
app.add_typer(speech, name="speech")


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


@app.callback(invoke_without_command=True)
def tutor(version: Annotated[bool, typer.Option("--version", help=_("Print the version."))] = False) -> None:
    if version:
        print(__version__)  # noqa: T201
        raise typer.Exit


if __name__ == "__main__":
    main()
