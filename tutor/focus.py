"""The focus timer of a learner who wants one: it goes on where it was, whatever happened to the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.motivation.focus import Focus
from tutor.store import focus as store

if TYPE_CHECKING:
    from tutor.practice import Tutor

__all__ = ["Focus"]


def begin(tutor: Tutor) -> Focus | None:
    """The stretch that is being counted, or the first one of a new sitting; None where it is not wanted."""
    if not tutor.settings.focus:
        return None
    now, learner = tutor.clock.now(), tutor.learner.id
    with tutor.database.read() as connection:
        found = store.load(connection, learner)
    return found if found and not found.stale(now) else _keep(tutor, Focus(now))


def go_on(tutor: Tutor, focus: Focus) -> Focus:
    """From work into the break, or from the break into the next round."""
    return _keep(tutor, focus.following(tutor.clock.now()))


def _keep(tutor: Tutor, focus: Focus) -> Focus:
    with tutor.database.write() as connection:
        store.save(connection, tutor.learner.id, focus)
    return focus
