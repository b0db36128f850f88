"""`tutor lesson`: talk a lesson's dialogue over in the terminal."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tutor.cli.shared import Data, Json, prepared
from tutor.i18n import _

lesson_app = typer.Typer()


@lesson_app.command()
def lesson(
    key: Annotated[str, typer.Argument(help=_("The lesson's key or its number."))],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Talk a lesson's dialogue over in the terminal, from where it was left."""
    folder, config = prepared(data, create=True)
    from tutor.dialogue import talk
    from tutor.lessons import by_key
    from tutor.practice import Tutor
    from tutor.terminal_talk import TerminalTalk

    with Tutor.open(folder, timezone=config.timezone) as opened:
        found = talk(opened, by_key(opened, key).id)
        TerminalTalk(found, iter(sys.stdin.readline, ""), sys.stdout, as_json).run()
