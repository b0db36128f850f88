"""`tutor days`: easy weekdays, and an even load."""

from __future__ import annotations

from typing import Annotated

import typer

from tutor.cli.shared import Data, Json, tell, with_words
from tutor.errors import UsageError
from tutor.i18n import _

days_app = typer.Typer()


@days_app.command()
def days(
    data: Data = None,
    as_json: Json = False,
    easy: Annotated[
        list[str] | None,
        typer.Option("--set", help=_("A weekday and its share of a usual day, such as sun=0 or sat=0.5.")),
    ] = None,
    even: Annotated[
        bool | None, typer.Option("--even/--uneven", help=_("Even out the load between days."))
    ] = None,
) -> None:
    """Easy weekdays and an even load: on which day a card is offered, never when it is due."""
    folder, config = with_words(data)
    from tutor import days as front
    from tutor.memory.offered import WEEKDAYS
    from tutor.practice import Tutor

    with Tutor.open(folder, timezone=config.timezone) as opened:
        now = front.wanted(opened.learner.settings)
        if easy or even is not None:
            shares = {**now.shares, **dict(_share(one) for one in easy or ())}
            front.want(opened, shares, even=now.even if even is None else even)
            now = front.wanted(opened.learner.settings)
    shown = {day: now.shares.get(day, 1.0) for day in WEEKDAYS}
    lines = [f"{day}  {round(100 * share)} %" for day, share in shown.items()]
    lines.append(_("The load is evened out.") if now.even else _("The load is not evened out."))
    tell({"shares": shown, "even": now.even}, "\n".join(lines), as_json)


def _share(said: str) -> tuple[str, float]:
    day, _equals, share = said.partition("=")
    try:
        return day.strip().casefold(), float(share)
    except ValueError as error:
        raise UsageError(_("Say a weekday and its share, such as sun=0 or sat=0.5.")) from error
