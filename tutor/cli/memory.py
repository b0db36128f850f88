"""The commands of the memory model: fit it to the learner, and say how much should be remembered."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.shared import Data, Json, tell, with_words
from tutor.errors import FittingError, UsageError
from tutor.i18n import _, plural
from tutor.memory.tracks import Track

if TYPE_CHECKING:
    from tutor.tuning import Change, Tuned

memory = typer.Typer()

OfTrack = Annotated[Track, typer.Option("--track", help=_("Which of the four memories."))]


@memory.command()
def optimize(
    data: Data = None,
    as_json: Json = False,
    track: Annotated[
        Track | None, typer.Option("--track", help=_("One of the four memories; all of them if left out."))
    ] = None,
    back: Annotated[bool, typer.Option("--back", help=_("Take up again what was in use before."))] = False,
) -> None:
    """Fit the memory model to your own answers; it is kept only where it foretells better."""
    folder, config = with_words(data)
    from tutor import tuning
    from tutor.practice import Tutor

    records: dict[str, object] = {}
    lines: list[str] = []
    with Tutor.open(folder, timezone=config.timezone) as opened:
        for one in [track] if track else list(Track):
            try:
                if back:
                    change = tuning.put_back(opened, one)
                    records[one] = asdict(change)
                    told = _("{track}: as it was before.{forecast}")
                    lines.append(told.format(track=one, forecast=_forecast(change)))
                    continue
                tuned = tuning.optimize(opened, one)
            except (FittingError, UsageError) as error:
                if track:
                    raise
                records[one] = {"error": error.message}
                lines.append(f"{one}: {error.message}")
            else:
                records[one] = asdict(tuned) | {"kept": tuned.change is not None}
                lines.append(_fitted(one, tuned))
    tell(records, "\n".join(lines), as_json)


def _fitted(track: Track, tuned: Tuned) -> str:
    fitted = tuned.fitted
    losses = _("log loss {before:.4f} before, {after:.4f} after, on {scored} later answers").format(
        before=fitted.loss_before, after=fitted.loss_after, scored=fitted.scored
    )
    if tuned.change is None:
        return _("{track}: nothing better was found ({losses}); all stays as it is.").format(
            track=track, losses=losses
        )
    return _("{track}: fitted to {answers} answers ({losses}).{forecast}").format(
        track=track, answers=fitted.answers, losses=losses, forecast=_forecast(tuned.change)
    )


def _forecast(change: Change) -> str:
    """Cards of the next days before and after."""
    return _(" The next {days} days hold {after} cards instead of {before}.").format(
        days=len(change.after), after=sum(change.after), before=sum(change.before)
    )


@memory.command()
def retention(
    data: Data = None,
    as_json: Json = False,
    track: OfTrack = Track.VISUAL,
    to: Annotated[float | None, typer.Option("--set", help=_("From 0.70 to 0.97."))] = None,
) -> None:
    """How likely you should remember a card when it comes back, and what that costs."""
    folder, config = with_words(data)
    from tutor import tuning
    from tutor.practice import Tutor

    with Tutor.open(folder, timezone=config.timezone) as opened:
        if to is not None:
            change = tuning.retain(opened, track, to)
            tell(asdict(change), _("{track}: {to:.2f} from now on.{forecast}").format(
                track=track, to=to, forecast=_forecast(change)), as_json)  # fmt: skip
            return
        now = tuning.retention(opened, track)
        costs = tuning.costs(opened, track)
    lines = [
        f"{'*' if one == now else ' '} {one:.2f}  "
        + plural("{count} review a day", "{count} reviews a day", round(reviews))
        for one, reviews in costs.reviews_a_day.items()
    ]
    head = _("{track}, for {cards} cards once they are learned (simulated):").format(
        track=track, cards=costs.cards
    )
    tell({"track": track, "now": now} | asdict(costs), "\n".join([head, *lines]), as_json)
