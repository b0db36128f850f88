"""`tutor learners`: who learns here."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from tutor.cli.shared import Data, Json, open_for, tell, with_words
from tutor.i18n import _

learners = typer.Typer(help=_("Who learns here."), no_args_is_help=True)

Name = Annotated[str, typer.Argument(help=_("A name; capitals do not matter."))]


@learners.command("list")
def learners_list(data: Data = None, as_json: Json = False) -> None:
    """Everybody who learns here; * marks who usually does."""
    folder, config = with_words(data)
    from tutor import learners as front

    with open_for(folder, config, "") as opened:
        found = front.everyone(opened)
        usual = opened.learner.id
    records = [asdict(one) | {"usual": one.id == usual} for one in found]
    lines = [
        ("* " if one.id == usual else "  ") + one.called + ("  " + _("(PIN)") if one.locked else "")
        for one in found
    ]
    tell(records, "\n".join(lines), as_json)


@learners.command("add")
def learners_add(name: Name, data: Data = None, as_json: Json = False) -> None:
    """Add a learner, who begins with nothing learned."""
    folder, config = with_words(data)
    from tutor import learners as front

    with open_for(folder, config, "") as opened:
        made = front.add(opened, name)
    tell(asdict(made), _("{name} learns here now.").format(name=made.name), as_json)


@learners.command("rename")
def learners_rename(
    name: Name,
    to: Annotated[str, typer.Argument(help=_("The new name."))],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Give a learner another name; "" is whoever said none yet."""
    folder, config = with_words(data)
    from tutor import learners as front

    with open_for(folder, config, "") as opened:
        renamed = front.rename(opened, front.named(opened, name), to)
    tell(asdict(renamed), _("{name} is the name now.").format(name=renamed.name), as_json)


@learners.command("forget-pin")
def learners_forget_pin(name: Name, data: Data = None, as_json: Json = False) -> None:
    """Ask a learner for no PIN any more: for when it was forgotten."""
    folder, config = with_words(data)
    from tutor import learners as front

    with open_for(folder, config, "") as opened:
        who = front.named(opened, name)
        front.forget_pin(opened, who.id)
    tell({"id": who.id}, _("{name} is asked for no PIN any more.").format(name=who.called), as_json)
