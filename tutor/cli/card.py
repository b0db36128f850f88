"""`tutor card`: why a card is due when it is."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.shared import Data, Json, tell, with_words
from tutor.i18n import _

if TYPE_CHECKING:
    from tutor.card_story import CardStory, Told

card_app = typer.Typer()

_BARS = "▁▂▃▄▅▆▇█"
_RATINGS = {1: _("again"), 2: _("hard"), 3: _("good"), 4: _("easy")}


@card_app.command()
def card(
    text: Annotated[str, typer.Argument(help=_("The word or phrase."))],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Why a card is due: its answers, its memory after each, and how recall fades."""
    folder, config = with_words(data)
    from tutor.card_story import stories
    from tutor.practice import Tutor

    with Tutor.open(folder, timezone=config.timezone) as opened:
        found = stories(opened, text)
    records = [_record(story) for story in found]
    tell(records, "\n\n".join(_story(story) for story in found), as_json)


def _record(story: CardStory) -> dict[str, object]:
    memories = [told.memory._asdict() if told.memory else None for told in story.told]
    told = [asdict(one) | {"memory": memory} for one, memory in zip(story.told, memories, strict=True)]
    return asdict(story) | {"item": story.item.text, "told": told}


def _story(story: CardStory) -> str:
    lines = [f"{story.item.text}, {story.track}: {story.why}"]
    lines += [_line(told) for told in story.told]
    low = min(recall for _day, recall in story.curve)
    heights = [round((recall - low) / ((1 - low) or 1) * (len(_BARS) - 1)) for _day, recall in story.curve]
    bars = "".join(_BARS[height] for height in heights)
    last = round(story.curve[-1][0])
    lines.append(_("  recall {bars} from 100 % to {low} % in {days} d").format(
        bars=bars, low=round(100 * low), days=last))  # fmt: skip
    return "\n".join(lines)


def _line(told: Told) -> str:
    what = _RATINGS[told.rating] if told.rating else str(told.kind)
    mode = f" {told.mode}" if told.mode else ""
    recall = f", {round(100 * told.recall)} %" if told.recall is not None and told.days else ""
    line = f"  {told.day}  {what}{mode}{recall}"
    if told.memory:
        line += _("  -> stability {days:.1f} d, difficulty {difficulty:.1f}, due {due:%Y-%m-%d}").format(
            days=told.memory.stability, difficulty=told.memory.difficulty, due=told.memory.due
        )
    return line
