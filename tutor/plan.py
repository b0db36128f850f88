"""What a session was to hold when it began: kept once, so that it resumes exactly."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tutor.memory.selection import Entry, EntryKind
from tutor.memory.tracks import Mode, Track

CHECKPOINT = "checkpoint"
"""The mode of a session that is the checkpoint of a unit."""


def seed_of(seed: int | None) -> int:
    """The seed that was asked for, or one that nobody knows beforehand."""
    return secrets.randbits(32) if seed is None else seed


@dataclass(frozen=True, slots=True)
class Plan:
    """What a session was to hold when it began."""

    mode: str
    limit: int
    seed: int
    entries: tuple[Entry, ...]
    pool: tuple[str, ...]
    """Items from which wrong options are drawn, so that a resumed drill has the same ones."""
    notice: str = ""
    """Something to be said first; empty where there is nothing."""
    made_ahead: Mapping[str, str] = field(default_factory=dict)
    """Seeds of the drills that were ready when it began, by item and mode."""
    passage: tuple[tuple[str, str], ...] = ()
    """For READING: an item and one of its sentences, in the order in which they are read."""
    unit: str = ""
    """The unit of which it is the checkpoint: nothing is hinted and nothing comes back in it."""

    def to_json(self) -> dict[str, Any]:
        """As `session_state.plan` keeps it."""
        entries = [[e.kind, e.item, e.track, e.mode] for e in self.entries]
        return {
            "mode": self.mode, "limit": self.limit, "seed": self.seed, "entries": entries,
            "pool": self.pool, "notice": self.notice, "made_ahead": dict(self.made_ahead),
            "unit": self.unit, "passage": self.passage,
        }  # fmt: skip

    @classmethod
    def from_json(cls, plan: dict[str, Any]) -> Plan:
        """The plan that `to_json` wrote."""
        entries = tuple(
            Entry(EntryKind(kind), item, Track(track), Mode(mode) if mode else None)
            for kind, item, track, mode in plan["entries"]
        )
        return cls(
            plan["mode"], plan["limit"], plan["seed"], entries, tuple(plan["pool"]), plan["notice"],
            plan["made_ahead"],
            # A session that an older program began has none.
            tuple((item, sentence) for item, sentence in plan.get("passage", ())),
            plan["unit"],
        )  # fmt: skip
