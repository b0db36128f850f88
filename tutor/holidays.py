"""Days off that the learner says beforehand: nothing is asked for, and the streak waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from tutor.errors import UsageError
from tutor.i18n import _
from tutor.motivation.pause import Pause
from tutor.store import learners, stats

if TYPE_CHECKING:
    from tutor.practice import Tutor

LONGEST = 366
"""Days that one pause may have."""


def current(tutor: Tutor) -> Pause | None:
    """The pause that today belongs to."""
    today = tutor.calendar.day(tutor.clock.now())
    return next((pause for pause in tutor.learner.pauses if pause.holds(today)), None)


def begin(tutor: Tutor, days: int) -> Pause:
    """Take this many days off, today the first. Raises UsageError for none or more than a year."""
    if not 1 <= days <= LONGEST:
        raise UsageError(_("A pause has 1 to {count} days.").format(count=LONGEST))
    today = tutor.calendar.day(tutor.clock.now())
    pause = Pause(today, today + timedelta(days=days - 1))
    _keep(tutor, [*_until_today(tutor), pause])
    return pause


def end(tutor: Tutor) -> None:
    """Be back today; the days before it stay off."""
    _keep(tutor, _until_today(tutor))


def _until_today(tutor: Tutor) -> list[Pause]:
    """The pauses as they are if today is no day off."""
    today = tutor.calendar.day(tutor.clock.now())
    yesterday = today - timedelta(days=1)
    return [
        Pause(pause.first, min(pause.last, yesterday))
        for pause in tutor.learner.pauses
        if pause.first < today
    ]


def _keep(tutor: Tutor, pauses: Sequence[Pause]) -> None:
    stamp = tutor.stamps.tick()
    kept = [[pause.first.isoformat(), pause.last.isoformat()] for pause in pauses]
    with tutor.database.write() as connection:
        learners.keep_stamp(connection, stamp)
        learners.set_setting(connection, tutor.learner.id, learners.PAUSES, kept, str(stamp))
        tutor.learner = learners.load(connection, tutor.learner.id)
        stats.refresh_totals(connection, tutor.learner.id)
