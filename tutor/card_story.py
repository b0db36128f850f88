"""Why a card is due when it is: its answers, what each did to its memory, and how recall fades from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from tutor.course.item import Item
from tutor.errors import UsageError
from tutor.i18n import _, plural
from tutor.memory.fold import Memory, State, fold, is_due
from tutor.memory.parameters import Parameters
from tutor.memory.review import Kind, Review, fold_order
from tutor.memory.tracks import Track
from tutor.outcome import interval_text
from tutor.store import cards, item_states, items, parameters, reviews

if TYPE_CHECKING:
    from tutor.practice import Tutor

CURVE_POINTS = 31


@dataclass(frozen=True, slots=True)
class Told:
    """One row of a card's log, and the memory after it."""

    at: datetime
    day: date
    kind: Kind
    mode: str | None
    rating: int | None
    help: str
    days: int | None
    """Days since the row before; None for the first."""
    recall: float | None
    """How likely the answer was to be right; None where there was nothing to forget."""
    memory: Memory | None
    """None after it was forgotten on purpose."""


@dataclass(frozen=True, slots=True)
class CardStory:
    """One card, from its first answer to how it will fade."""

    item: Item
    track: Track
    told: tuple[Told, ...]
    wanted: float
    """The recall at which it comes back."""
    recall: float
    """How likely it is remembered today."""
    due: datetime
    why: str
    """One sentence: why it is due, or not yet."""
    curve: tuple[tuple[float, float], ...]
    """Days after the last answer, and the recall then: to twice the time until it is due."""


def stories(tutor: Tutor, text: str) -> list[CardStory]:
    """The stories of every open card of the item that is called so.

    Raises UsageError where there is no such item, or nothing of it is open yet.
    """
    found = tutor.search(text, limit=50)
    item = next((one for one in found if one.text.casefold() == text.casefold()), found[0] if found else None)
    if item is None:
        raise UsageError(_("There is no word or phrase like {text} here.").format(text=repr(text)))
    with tutor.database.read() as connection:
        tracks = cards.open_tracks(connection, tutor.learner.id, item.id)
    if not tracks:
        raise UsageError(_("{text} was not met yet, so it has no story.").format(text=item.text))
    return [story for track in tracks if (story := story_of(tutor, item.id, track))]


def story_of(tutor: Tutor, item: str, track: Track) -> CardStory | None:
    """A card's story; None where it is not open."""
    learner, now = tutor.learner.id, tutor.clock.now()
    with tutor.database.read() as connection:
        log = sorted(reviews.of_card(connection, learner, item, track), key=fold_order)
        chosen = parameters.current(connection, learner, track)
        found = items.load(connection, [item])
        rests, known = item_states.is_left_alone(connection, learner, item)
        offered = cards.offered_day(connection, learner, item, track)
    memory = fold(log, chosen)
    if memory is None or item not in found:
        return None
    today = tutor.calendar.day(now)
    days = max((today - memory.last_day).days, 0)
    return CardStory(
        item=found[item],
        track=track,
        told=_told(log, chosen),
        wanted=chosen.desired_retention,
        recall=chosen.model.retrievability(memory.stability, days),
        due=memory.due,
        why=_why_not(rests, known) or _why(memory, chosen, now, today, offered),
        curve=_curve(memory, chosen),
    )


def _told(log: list[Review], chosen: Parameters) -> tuple[Told, ...]:
    told: list[Told] = []
    before: Memory | None = None
    for number, review in enumerate(log, 1):
        after = fold(log[:number], chosen)
        days = max((review.local_day - before.last_day).days, 0) if before else None
        recall = chosen.model.retrievability(before.stability, days or 0) if before else None
        told.append(
            Told(
                at=review.at, day=review.local_day, kind=review.kind, mode=review.mode, rating=review.rating,
                help=review.help, days=days, recall=recall, memory=after,
            )
        )  # fmt: skip
        before = after
    return tuple(told)


def _why_not(rests: bool, known: bool) -> str:
    if rests:
        return _("It rests, so it is not asked for until you bring it back.")
    return _("You said that you know it, so it is not asked for.") if known else ""


def _why(memory: Memory, chosen: Parameters, now: datetime, today: date, offered: date | None) -> str:
    """`offered` is the day to which it was moved, for easy days or an even load."""
    days = max((today - memory.last_day).days, 0)
    exact = chosen.model.retrievability(memory.stability, days)
    recall, wanted = round(100 * exact), round(100 * chosen.desired_retention)
    if memory.state is not State.REVIEW:
        if is_due(memory, now, today):
            return _("It is being learned, and its next short step is due.")
        return _("It is being learned: its next short step comes in {interval}.").format(
            interval=interval_text(memory, now, today)
        )
    since = plural("{count} day", "{count} days", days)
    if offered and offered > today:
        said = _(
            "It comes in {interval}, moved there to keep your days as you want them:"
            " recall is about {recall} %."
        )
        return said.format(
            interval=plural("{count} day", "{count} days", (offered - today).days), recall=recall
        )
    if offered and not is_due(memory, now, today):
        said = _(
            "It comes today, a little early, to keep your days as you want them: recall is about {recall} %."
        )
        return said.format(recall=recall)
    if is_due(memory, now, today):
        if recall > wanted:
            said = _(
                "It is due: after {since} recall is about {recall} %. You want {wanted} %, and days are"
                " spread a little so that cards do not come all at once."
            )
        else:
            said = _(
                "It is due: after {since} recall has faded to about {recall} %, and you want {wanted} %."
            )
        return said.format(since=since, recall=recall, wanted=wanted)
    return _("It comes in {interval}: recall is about {recall} % now, and you want {wanted} %.").format(
        interval=interval_text(memory, now, today), recall=recall, wanted=wanted
    )


def _curve(memory: Memory, chosen: Parameters) -> tuple[tuple[float, float], ...]:
    until = max((memory.due.date() - memory.last_day).days, 1) * 2
    days = [until * point / (CURVE_POINTS - 1) for point in range(CURVE_POINTS)]
    return tuple((day, chosen.model.retrievability(memory.stability, day)) for day in days)
