"""Which parameters a learner's track is folded with. `parameter_set` is immutable; a pointer chooses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache

from sqlalchemy import Connection

from tutor.memory.parameters import DEFAULT, Parameters
from tutor.memory.tracks import Track
from tutor.store.database import driver

_SET = "weights, learning_steps, relearning_steps, desired_retention"


def current(connection: Connection, learner: str, track: str) -> Parameters:
    """What a track is folded with; DEFAULT where nothing was chosen.

    Asked within the transaction that folds, because another process may have chosen since.
    """
    row = (
        driver(connection)
        .execute(
            f"SELECT {_SET} FROM parameter_pointer AS p JOIN parameter_set AS s ON s.id = p.parameter_set"
            " WHERE p.learner = ? AND p.track = ? AND p.deleted IS NULL",
            (learner, track),
        )
        .fetchone()
    )
    return _parameters(*row) if row else DEFAULT


@lru_cache(maxsize=64)
def _parameters(weights: str, learning: str, relearning: str, desired_retention: float) -> Parameters:
    return Parameters(
        weights=tuple(json.loads(weights)),
        learning_steps=_steps(json.loads(learning)),
        relearning_steps=_steps(json.loads(relearning)),
        desired_retention=desired_retention,
    )


def _steps(seconds: Sequence[float]) -> tuple[timedelta, ...]:
    return tuple(timedelta(seconds=step) for step in seconds)


def previous(connection: Connection, learner: str, track: Track) -> Parameters | None:
    """What the track was folded with before its weights last changed; None where they never did."""
    key = _before(connection, learner, track)
    if key is None:
        return None
    row = connection.exec_driver_sql(f"SELECT {_SET} FROM parameter_set WHERE id = ?", (key,)).first()
    before = _parameters(*row) if row else DEFAULT
    return None if before.weights == current(connection, learner, track).weights else before


def _before(connection: Connection, learner: str, track: Track) -> str | None:
    found: str | None = connection.exec_driver_sql(
        "SELECT before FROM parameter_pointer WHERE learner = ? AND track = ? AND deleted IS NULL",
        (learner, track.value),
    ).scalar()
    return found


def choose(connection: Connection, learner: str, track: Track, new: Parameters, stamp: str) -> None:
    """Fold the track with `new` from now on. What it was folded with is kept as the one before.

    Where the weights stay, so does the one before: how much is wanted can be wanted anew, weights cannot.
    """
    old = current(connection, learner, track)
    before = old.key
    if old.weights == new.weights:
        before = _before(connection, learner, track) or before
    for one in (old, new):
        connection.exec_driver_sql(
            f"INSERT OR IGNORE INTO parameter_set (id, {_SET}) VALUES (?, ?, ?, ?, ?)",
            (
                one.key, json.dumps(one.weights), _seconds(one.learning_steps),
                _seconds(one.relearning_steps), one.desired_retention,
            ),
        )  # fmt: skip
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO parameter_pointer (learner, track, parameter_set, before, clocks)"
        " VALUES (?, ?, ?, ?, ?)",
        (learner, track.value, new.key, before, json.dumps({"parameter_set": stamp, "before": stamp})),
    )


def _seconds(steps: Sequence[timedelta]) -> str:
    return json.dumps([step.total_seconds() for step in steps])
