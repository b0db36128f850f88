"""How it goes: days practised, what is coming, how well things are remembered, how far it has got."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean, median
from typing import TYPE_CHECKING

from tutor.memory.foretelling import Foretold, foretold
from tutor.memory.tracks import Track
from tutor.store import parameters, progress, reviews

if TYPE_CHECKING:
    from tutor.practice import Tutor

WEEKS = 13
AHEAD = 30
LOOK_BACK = 30
"""Days from whose answers it is told how well things are remembered."""

ENOUGH = 50
"""Answers below which that would tell of chance."""

YOUNG = 21.0
"""Stability (days) below which a memory is called young."""

BOUNDS = (1.0, 7.0, 21.0, 90.0, 365.0)
"""Stabilities (days) between the bars of how long memories last."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of practice."""

    day: date
    answers: int
    minutes: int


@dataclass(frozen=True, slots=True)
class TrackProgress:
    """How a track stands."""

    track: Track
    words: int
    """How many are open."""
    recall: float | None
    """The mean recall of all of them now; None where there are none."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """Of answers that could be foretold: how many came right, and how many should have."""

    answers: int
    right: int
    expected: float
    """The mean recall that was foretold."""

    @property
    def share(self) -> float:
        """Of the answers, those that came right; 0 for none."""
        return self.right / self.answers if self.answers else 0.0


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything that is told of how it goes."""

    today: date
    days: tuple[Day, ...]
    """Every day with an answer, oldest first."""
    coming: tuple[int, ...]
    """Cards that come due on each of the next days, today first."""
    tracks: tuple[TrackProgress, ...]
    remembered: Remembered
    young: Remembered
    mature: Remembered
    wanted: float
    """How much should be remembered: the mean over the answers' tracks."""
    lasting: tuple[int, ...]
    """Cards by how long their memory lasts, between `BOUNDS`."""
    coverage: tuple[tuple[str, int, int], ...]
    """CEFR level, words known, words there are."""

    @property
    def usual_minutes(self) -> int:
        """What a day with an answer takes, usually."""
        return round(median(day.minutes for day in self.days)) if self.days else 0

    @property
    def longest_gap(self) -> int:
        """The most days in a row without an answer, since the first one, of those that are shown."""
        shown = [day.day for day in self.days if day.day > self.today - timedelta(weeks=WEEKS)]
        ends = [*shown, self.today + timedelta(days=1)] if shown else []
        return max(((b - a).days - 1 for a, b in pairwise(ends)), default=0)


def look(tutor: Tutor) -> Progress:
    """How it goes, as of now."""
    learner, today = tutor.learner.id, tutor.calendar.day(tutor.clock.now())
    since = today - timedelta(days=LOOK_BACK - 1)
    with tutor.database.read() as connection:
        first = progress.first_day(connection, learner) or today
        days = progress.days(connection, learner, first, today)
        chosen = {track: parameters.current(connection, learner, track) for track in Track}
        told: list[tuple[Track, Foretold]] = []
        for item, track in progress.answered_since(connection, learner, since):
            log = reviews.of_card(connection, learner, item, track)
            told += [(track, one) for one in foretold(log, chosen[track], since)]
        strengths = {track: progress.strengths(connection, learner, track) for track in Track}
        coming = progress.coming(connection, learner, today, AHEAD)
        coverage = tuple(progress.coverage(connection, learner))
    answers = [one for _track, one in told]
    return Progress(
        today=today,
        days=tuple(Day(day, sums.answers, sums.minutes) for day, sums in days.items()),
        coming=coming,
        tracks=tuple(
            TrackProgress(track, len(cards), _recall(cards, chosen[track].model.retrievability, today))
            for track, cards in strengths.items()
        ),
        remembered=_remembered(answers),
        young=_remembered([one for one in answers if one.stability < YOUNG]),
        mature=_remembered([one for one in answers if one.stability >= YOUNG]),
        wanted=fmean(chosen[track].desired_retention for track, _one in told)
        if told
        else chosen[Track.VISUAL].desired_retention,
        lasting=_lasting([stability for cards in strengths.values() for stability, _day in cards]),
        coverage=coverage,
    )


def _recall(
    cards: list[tuple[float, date]], recall: Callable[[float, int], float], today: date
) -> float | None:
    if not cards:
        return None
    return fmean(recall(stability, max((today - day).days, 0)) for stability, day in cards)


def _remembered(answers: list[Foretold]) -> Remembered:
    right = sum(one.recalled for one in answers)
    return Remembered(len(answers), right, fmean(one.expected for one in answers) if answers else 0.0)


def _lasting(stabilities: list[float]) -> tuple[int, ...]:
    counts = [0] * (len(BOUNDS) + 1)
    for stability in stabilities:
        counts[sum(stability >= bound for bound in BOUNDS)] += 1
    return tuple(counts)
