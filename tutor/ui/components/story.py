"""A card's story: why it came, what was answered when, and how recall fades from here."""

from __future__ import annotations

import flet as ft

from tutor.card_story import CardStory, Told
from tutor.drills.feedback import Verdict
from tutor.i18n import _, plural
from tutor.memory.review import Kind, Rating
from tutor.memory.tracks import Mode, Track
from tutor.ui.components.buttons import named
from tutor.ui.components.chips import mode_word, track_word
from tutor.ui.components.text import day_text, words
from tutor.ui.components.verdict import sign
from tutor.ui.theme import BODY, CAPTION, HEADING, SPACE_4, SPACE_8, SPACE_12, Look

SHOWN = 8
"""The latest answers that are listed."""

_CURVE_HEIGHT = 64
_BELOW = 0.05
"""How far below the lowest recall the bars begin: from nought they would all look the same."""
STORY_HEIGHT = 660
"""About how high a story of as many answers is."""

_VERDICTS = {
    Rating.AGAIN: Verdict.AGAIN,
    Rating.HARD: Verdict.NEARLY,
    Rating.GOOD: Verdict.GOOD,
    Rating.EASY: Verdict.GOOD,
}


def story_panel(look: Look, story: CardStory) -> list[ft.Control]:
    """The story as parts of a card."""
    quiet = look.colours.on_surface_variant
    heading = words(look, _("The story of this card"), HEADING)
    title = named("card-story", ft.Semantics(header=True, content=heading))
    rows = [answer_row(look, told) for told in reversed(story.told[-SHOWN:])]
    earlier = len(story.told) - SHOWN
    if earlier > 0:
        said = plural("and {count} answer before", "and {count} answers before", earlier)
        rows.append(words(look, said, CAPTION, colour=quiet))
    return [
        title,
        words(look, story.why, BODY),
        curve(look, story),
        ft.Column(rows, spacing=SPACE_8),
    ]


def answer_row(look: Look, told: Told, track: Track | None = None) -> ft.Control:
    """One answer: its sign, its day, how sure it was, and how long the memory lasts since.

    `track` is named where answers of several stand together.
    """
    quiet = look.colours.on_surface_variant
    verdict = _VERDICTS.get(Rating(told.rating)) if told.rating else None
    mark = (
        sign(look, verdict, 24, filled_circle=False) if verdict else ft.Icon(ft.Icons.FLAG_ROUNDED, size=20)
    )
    said = [day_text(told.day)] if track is None else [track_word(track), day_text(told.day)]
    if told.recall is not None and told.days:
        said.append(_("recall was {percent} %").format(percent=round(100 * told.recall)))
    if told.memory:
        said.append(_("now lasts {days}").format(days=days_text(told.memory.stability)))
    return ft.Row(
        [
            ft.Container(mark, width=28),
            ft.Column(
                [words(look, _asked(told), BODY), words(look, ", ".join(said), CAPTION, colour=quiet)],
                spacing=0,
                expand=True,
            ),
        ],
        spacing=SPACE_8,
    )


def _asked(told: Told) -> str:
    """What was done: the question, or what the learner said of the word."""
    if told.kind is Kind.SEED:
        return _("Known before")
    if told.kind is Kind.FORGET:
        return _("Begun anew")
    return mode_word(Mode(told.mode)) if told.mode else _("Answered")


def days_text(stability: float) -> str:
    """A stability (days) in short words."""
    if stability < 1:
        return _("less than a day")
    return plural("{count} day", "{count} days", round(stability))


def curve(look: Look, story: CardStory) -> ft.Control:
    """Recall from the last answer on, a bar a day or so; the same as a sentence for who does not see it."""
    colours = look.colours
    hue = colours.track(story.track)
    low = min(recall for _day, recall in story.curve)
    floor = max(0.0, min(low, story.wanted) - _BELOW)
    last = round(story.curve[-1][0])
    said = _("Recall fades from 100 % to {low} % in {days}; pale where it is less than you want.").format(
        low=round(100 * low), days=plural("{count} day", "{count} days", last)
    )
    bars: list[ft.Control] = [
        ft.Container(
            bgcolor=hue.ink if recall >= story.wanted else hue.soft,
            height=_CURVE_HEIGHT * (recall - floor) / (1 - floor),
            border_radius=2,
            expand=True,
        )
        for _day, recall in story.curve
    ]
    chart = ft.Row(bars, spacing=2, vertical_alignment=ft.CrossAxisAlignment.END, height=_CURVE_HEIGHT)
    caption = words(look, said, CAPTION, colour=colours.on_surface_variant)
    return ft.Container(
        ft.Column([chart, caption], spacing=SPACE_4), padding=ft.Padding.symmetric(vertical=SPACE_12)
    )
