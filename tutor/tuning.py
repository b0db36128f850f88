"""Fitting the memory model to the learner: weights of their own, and how much they want to remember."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from tutor.errors import FittingError, UsageError
from tutor.i18n import _
from tutor.long_work import Doing, Progress, Told, part, untold
from tutor.memory.fitting import Fitted, fit
from tutor.memory.parameters import Parameters
from tutor.memory.tracks import Track
from tutor.store import cards, learners, parameters, reviews
from tutor.store.bulk import without_collector
from tutor.store.rebuild import refold

if TYPE_CHECKING:
    from tutor.practice import Tutor

FORECAST_DAYS = 30

LOWEST_RETENTION, HIGHEST_RETENTION = 0.70, 0.97
RETENTIONS = (0.70, 0.75, 0.80, 0.85, 0.90, 0.92, 0.95, 0.97)
"""Those for which a cost is shown."""

_FEWEST_SIMULATED = 2000
"""Costs are simulated with so many cards at least, lest they tell of chance."""

_SIMULATED_DAYS, _SETTLED_DAYS = 365, 90
"""A year is simulated, and its last days are counted, when everything has been learned."""


_READ, _FITTED = 0.4, 0.5
"""Of all the work the shares after which the answers are read and weights are found, measured on 300,000."""


@dataclass(frozen=True, slots=True)
class Change:
    """Other parameters for a track: cards due on each of the next days, before and after."""

    track: Track
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tuned:
    """How fitting a track went."""

    fitted: Fitted
    change: Change | None
    """None where the weights foretell no better, so that those in use stay."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What each retention would cost, for so many cards."""

    cards: int
    reviews_a_day: dict[float, float]
    """By retention, when all the cards have been learned."""


@dataclass(frozen=True, slots=True)
class Overview:
    """How a track stands."""

    answers: int
    """How many it has: fitting needs `FEWEST_ANSWERS`."""
    retention: float
    """How likely a card should be remembered when it comes back."""
    changed: bool
    """Whether there is something before it to be put back."""


def overview(tutor: Tutor, track: Track) -> Overview:
    """How a track stands."""
    learner = tutor.learner.id
    with tutor.database.read() as connection:
        return Overview(
            reviews.count_answers(connection, learner, track.value),
            parameters.current(connection, learner, track.value).desired_retention,
            parameters.previous(connection, learner, track) is not None,
        )


def optimize(tutor: Tutor, track: Track, told: Told = untold) -> Tuned:
    """Fit a track's weights to its answers; they are kept only if they foretell later ones better.

    Raises FittingError where that cannot be done, Cancelled where it was stopped; nothing is changed then.
    """
    found = fitted(tutor, track, part(told, 0, _FITTED))
    if not found.better:
        return Tuned(found, None)
    folding = part(told, _FITTED, 1)
    return Tuned(found, _choose(tutor, track, lambda now: replace(now, weights=found.weights), folding))


@without_collector()
def fitted(tutor: Tutor, track: Track, told: Told = untold) -> Fitted:
    """Weights fitted to a track's answers, and how they compare with those in use. Raises FittingError."""
    learner, reading = tutor.learner.id, part(told, 0, _READ / _FITTED)
    with tutor.database.read() as connection:
        histories = reviews.histories(connection, learner, track.value, reading)
        current = parameters.current(connection, tutor.learner.id, track.value)
    told(Progress(_READ, _FITTED, Doing.FITTING))
    return fit(histories, current)


def put_back(tutor: Tutor, track: Track, told: Told = untold) -> Change:
    """Take up again the weights that were in use before; what share is wanted stays.

    Put back once more, it is as it was. Raises UsageError where nothing was fitted yet, and Cancelled where
    it was stopped; nothing is changed then.
    """
    with tutor.database.read() as connection:
        before = parameters.previous(connection, tutor.learner.id, track)
    if before is None:
        raise UsageError(_("Nothing was fitted here yet, so there is nothing to put back."))
    return _choose(tutor, track, lambda now: replace(now, weights=before.weights), told)


def retain(tutor: Tutor, track: Track, retention: float, told: Told = untold) -> Change:
    """Set how likely a card should be remembered when it comes back.

    Raises UsageError out of bounds, and Cancelled where it was stopped; nothing is changed then.
    """
    if not LOWEST_RETENTION <= retention <= HIGHEST_RETENTION:
        raise UsageError(
            _("Choose a retention from {low:.2f} to {high:.2f}.").format(
                low=LOWEST_RETENTION, high=HIGHEST_RETENTION
            )
        )
    return _choose(tutor, track, lambda now: replace(now, desired_retention=retention), told)


def costs(tutor: Tutor, track: Track) -> Costs:
    """What each retention would cost with this learner's weights and cards, simulated by fsrs-rs.

    Raises FittingError where it is not installed.
    """
    try:
        from fsrs_rs_python import default_simulator_config, simulate
    except ImportError as error:
        raise FittingError(
            _("The package fsrs-rs-python is not installed; `tutor doctor` says how to get it."),
            doing="simulating",
        ) from error
    with tutor.database.read() as connection:
        weights = parameters.current(connection, tutor.learner.id, track.value).weights
        count = cards.count_open(connection, tutor.learner.id, track)
    config = default_simulator_config()
    config.deck_size = max(count, _FEWEST_SIMULATED)
    config.learn_span = _SIMULATED_DAYS
    config.learn_limit = max(tutor.settings.new_per_day, config.deck_size // (_SIMULATED_DAYS // 2))
    config.max_cost_perday = float(24 * 60 * 60)
    found = {}
    for one in RETENTIONS:
        days = simulate(list(weights), one, config, 1).review_cnt_per_day[-_SETTLED_DAYS:]
        found[one] = sum(days) / len(days) * count / config.deck_size
    return Costs(count, found)


def _choose(
    tutor: Tutor, track: Track, change: Callable[[Parameters], Parameters], told: Told = untold
) -> Change:
    """Fold the track with other parameters from now on: all of it, or nothing of it."""
    learner = tutor.learner.id
    stamp = tutor.stamps.tick()
    with tutor.database.write() as connection:
        before = _forecast(tutor, connection, track)
        new = change(parameters.current(connection, learner, track.value))
        learners.keep_stamp(connection, stamp)
        parameters.choose(connection, learner, track, new, str(stamp))
        refold(connection, learner, track, told)
        return Change(track, before, _forecast(tutor, connection, track))


def _forecast(tutor: Tutor, connection: Connection, track: Track) -> tuple[int, ...]:
    today = tutor.calendar.day(tutor.clock.now())
    return cards.forecast(connection, tutor.learner.id, track, today, FORECAST_DAYS)
