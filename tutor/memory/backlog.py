"""A backlog, offered as a plan over days and not as a number."""

from __future__ import annotations

BACKLOG = 40
"""Due cards from which there is a plan: two sessions a day work through so many."""

_GAINED = 30
"""Of those forty, the cards by which the backlog shrinks: the others come back before it is gone.

By simulation, for someone who is right five times of six (`tests/journeys/test_opening_rules.py`).
"""


def days_to_clear(due: int) -> int:
    """In how many days a backlog is gone, with two sessions on each; 0 where there is none."""
    return -(-due // _GAINED) if due > BACKLOG else 0
