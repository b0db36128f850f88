"""`tutor settings`: what is set, and one way to set it."""

from __future__ import annotations

from typing import Annotated

import typer

from tutor.cli.shared import Data, Json, tell, with_words
from tutor.errors import UsageError
from tutor.i18n import _

settings_app = typer.Typer()

_SWITCHES = {"on": True, "off": False}


@settings_app.command()
def settings(
    data: Data = None,
    as_json: Json = False,
    wanted: Annotated[
        list[str] | None,
        typer.Option(
            "--set", help=_("A setting and what it should be, such as new_per_day=5 or autoplay=off.")
        ),
    ] = None,
) -> None:
    """What is set, and how to set it; all that is given, or nothing of it."""
    folder, config = with_words(data)
    from tutor import settings as front
    from tutor.practice import Tutor

    with Tutor.open(folder, timezone=config.timezone) as opened:
        if wanted:
            front.change(opened, **dict(_wanted(one) for one in wanted))
        shown = front.described(opened.settings)
    tell(dict(shown), "\n".join(f"{name} = {_text(value)}" for name, value in shown.items()), as_json)


def _wanted(said: str) -> tuple[str, object]:
    name, equals, value = said.partition("=")
    if not equals:
        raise UsageError(_("Say a setting and what it should be, such as new_per_day=5."))
    return name.strip(), _SWITCHES.get(value.strip().casefold(), value.strip())


def _text(value: object) -> str:
    return str(value) if not isinstance(value, bool) else "on" if value else "off"
