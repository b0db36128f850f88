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
    from tutor.hard_words import HardWord
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
        now = tuning.overview(opened, track).retention
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


@memory.command()
def hard(
    word: Annotated[str, typer.Argument(help=_("One of them; all are listed if left out."))] = "",
    data: Data = None,
    as_json: Json = False,
    hook: Annotated[str | None, typer.Option(help=_("A memory hook of your own."))] = None,
    meaning: Annotated[str | None, typer.Option(help=_("What it means in your own words."))] = None,
    sentence: Annotated[int | None, typer.Option(help=_("Ask for it in this sentence alone."), min=1)] = None,
    again: Annotated[bool, typer.Option("--again", help=_("Meet it once more, like a new word."))] = False,
) -> None:
    """Words that rest because they kept slipping away, and ways to bring one back."""
    folder, config = with_words(data)
    from tutor import hard_words
    from tutor.practice import Tutor

    with Tutor.open(folder, timezone=config.timezone) as opened:
        resting = hard_words.hard_words(opened)
        if not word:
            records = [{"text": one.item.text, "means": one.item.means, "lapses": one.lapses,
                        "sentences": [s.text for s in one.item.sentences]} for one in resting]  # fmt: skip
            lines = [_hard(one) for one in resting]
            tell(records, "\n".join(lines) or _("No word rests."), as_json)
            return
        item = next((one.item for one in resting if one.item.text.casefold() == word.casefold()), None)
        if item is None:
            raise UsageError(_("{word} is none of the words that rest; `tutor hard` lists them.").format(
                word=word))  # fmt: skip
        if sentence is not None and sentence > len(item.sentences):
            raise UsageError(_("Choose 1 to {count}.").format(count=len(item.sentences)))
        chosen = item.sentences[sentence - 1].id if sentence is not None else None
        changed = not (hook is None and meaning is None and chosen is None)
        if not changed and not again:
            raise UsageError(_("Say what should change: --hook, --meaning, --sentence or --again."))
        if changed:
            hard_words.bring_back(opened, item.id, hook=hook, meaning=meaning, sentence=chosen)
        if again:
            hard_words.meet_again(opened, item.id)
    tell({"text": item.text, "rests": False}, _("{word} comes back.").format(word=item.text), as_json)


def _hard(one: HardWord) -> str:
    lines = [f"{one.item.text}: {', '.join(one.item.means)}  ({one.lapses})"]
    lines += [f"  {number}. {sentence.text}" for number, sentence in enumerate(one.item.sentences, 1)]
    return "\n".join(lines)
