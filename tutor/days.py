"""How the learner wants their days: easy weekdays, and an even load."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tutor.errors import UsageError
from tutor.i18n import _
from tutor.memory.offered import WEEKDAYS, DaysWanted
from tutor.store import learners

if TYPE_CHECKING:
    from tutor.practice import Tutor

SETTING = "days"


def wanted(settings: Mapping[str, Any]) -> DaysWanted:
    """What a learner's settings say of their days."""
    said = settings.get(SETTING, {})
    return DaysWanted(dict(said.get("shares", {})), bool(said.get("even", False)))


def want(tutor: Tutor, shares: Mapping[str, float], *, even: bool) -> None:
    """Set the share of a usual day that each weekday should hold, and whether the load is evened out.

    Raises UsageError for a weekday that there is not, a share out of 0 to 1, or a week without any day.
    """
    unknown = set(shares) - set(WEEKDAYS)
    if unknown:
        raise UsageError(
            _("There is no weekday {day!r}; they are {known}.").format(
                day=min(unknown), known=", ".join(WEEKDAYS)
            )
        )
    if not all(0 <= share <= 1 for share in shares.values()):
        raise UsageError(_("A day's share is from 0, nothing, to 1, as usual."))
    if len(shares) == len(WEEKDAYS) and not any(shares.values()):
        raise UsageError(_("Leave at least one day of the week on which cards may come."))
    kept = {day: float(share) for day, share in shares.items() if share < 1}
    stamp = tutor.stamps.tick()
    with tutor.database.write() as connection:
        learners.keep_stamp(connection, stamp)
        learners.set_setting(
            connection, tutor.learner.id, SETTING, {"shares": kept, "even": even}, str(stamp)
        )
        tutor.learner = learners.load(connection, tutor.learner.id)
