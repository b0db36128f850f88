"""A learner's file of any size, made through the store's own functions, and folded by the app itself.

What is in it is what the app would have written: words with forms and sentences, and a review log of
several years in the order in which it happened.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.histories import CARDS_AN_ITEM, NOW, Moment, Placed, placed_histories
from benchmarks.words import made_up_items
from tutor import upkeep
from tutor.clock import ManualClock, milliseconds
from tutor.config import DATABASE
from tutor.hlc import Stamp
from tutor.ids import new_id
from tutor.memory.review import Help, Kind, Review
from tutor.memory.tracks import Mode, Track, mode_for
from tutor.practice import Tutor
from tutor.resources import COURSES
from tutor.store import learners, reviews
from tutor.store.courses import save_items

DUE = 500
_BATCH = 10_000
_DIRECTIONS = {Mode.CONTEXT: "pl-pl", Mode.PRODUCE: "en-pl"}


@dataclass(frozen=True, slots=True)
class Collection:
    """A made-up learner's folder."""

    folder: Path
    cards: int
    reviews: int
    due: int

    @property
    def database(self) -> Path:
        """The file."""
        return self.folder / DATABASE

    def copy(self, to: Path) -> Collection:
        """The same once more, to be answered in."""
        shutil.copytree(self.folder, to)
        return Collection(to, self.cards, self.reviews, self.due)


def open_tutor(folder: Path) -> Tutor:
    """The app over a made-up folder, at the moment for which it was made."""
    return Tutor.open(folder, ManualClock(NOW), timezone="UTC", courses=folder / "courses")


def build(folder: Path, cards: int, due: int = DUE) -> Collection:
    """Make a folder with so many cards, of which `due` are due at NOW."""
    due = min(due, cards // 2)
    folder.mkdir(parents=True)
    # Its own courses, so that nobody's editing of the app's makes an opening slower.
    shutil.copytree(COURSES, folder / "courses")
    with open_tutor(folder) as tutor:
        ids = _write_items(tutor, round(cards / CARDS_AN_ITEM))
        count = _write_reviews(tutor, ids, placed_histories(cards, due))
    upkeep.rebuild(folder)
    with open_tutor(folder) as tutor:
        found = sum(tutor.due().values())
    if found != due:
        raise RuntimeError(f"{found} cards are due instead of {due}")
    return Collection(folder, cards, count, due)


def _write_items(tutor: Tutor, count: int) -> list[str]:
    ids: list[str] = []
    made = made_up_items(count)
    while batch := list(islice(made, _BATCH)):
        with tutor.database.write() as connection:
            save_items(connection, batch)
        ids += [item.id for item in batch]
    return ids


def _write_reviews(tutor: Tutor, ids: list[str], cards: Iterable[Placed]) -> int:
    """Write the log in the order in which it happened; returns how many rows."""
    moments = sorted(
        (
            (_time(card, moment), card.item, card.track, moment)
            for card in cards
            for moment in card.history.moments
        ),
        key=lambda entry: entry[:3],
    )
    log = _rows(tutor, ids, moments)
    while batch := list(islice(log, _BATCH)):
        with tutor.database.write() as connection:
            reviews.append(connection, batch)
            learners.keep_stamp(connection, Stamp.parse(batch[-1].hlc))
    return len(moments)


def _time(card: Placed, moment: Moment) -> datetime:
    return datetime.combine(card.starts + timedelta(days=moment.day), time(), UTC) + moment.at


def _rows(
    tutor: Tutor, ids: list[str], moments: Iterable[tuple[datetime, int, Track, Moment]]
) -> Iterator[Review]:
    rng, learner, device = Random(2), tutor.learner.id, tutor.device
    ms = counter = 0
    for at, item, track, moment in moments:
        now = milliseconds(at)
        ms, counter = (now, 0) if now > ms else (ms, counter + 1)
        identity = new_id(ms)
        mode = mode_for(track, moment.stability)
        stamp = Stamp(ms, counter, device[-8:])
        yield Review(
            id=identity, learner=learner, device=device, hlc=str(stamp), answer_id=identity, kind=Kind.ANSWER,
            item=ids[item], track=track, mode=mode, direction=_DIRECTIONS.get(mode, "pl-en"),
            rating=moment.rating, at=stamp.at, local_day=at.date(),
            response_ms=round(rng.lognormvariate(8, 0.5)), help=Help.NONE, import_run=None, stability=None,
            difficulty=None, source=None,
        )  # fmt: skip
