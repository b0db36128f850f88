"""Drills that were made ahead: the seed of each, by which it is the same when it is shown.

What costs time is its sound, which lies in the audio cache; the drill itself is made again in no time.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection

from tutor.course.item import Item
from tutor.memory.tracks import Mode
from tutor.store.database import driver

MOST = 50
"""Drills that are kept ready in each mode, at most."""


def fingerprint(item: Item, voice: str) -> str:
    """Changes with anything about an item, and with the voice."""
    return hashlib.blake2b(f"{item!r}{voice}".encode(), digest_size=16).hexdigest()


def ready(connection: Connection, learner: str) -> dict[tuple[str, str, int], tuple[str, str]]:
    """Seed and fingerprint of every drill that is ready, by item, mode and band."""
    rows = driver(connection).execute(
        "SELECT item, mode, band, seed, fingerprint FROM drill_inventory WHERE learner = ?", (learner,)
    )
    return {(item, mode, band): (seed, mark) for item, mode, band, seed, mark in rows}


def put(connection: Connection, learner: str, item: str, mode: Mode, band: int, seed: str, mark: str) -> None:
    """Keep a drill ready, in the place of an older one."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO drill_inventory (learner, item, mode, band, seed, fingerprint)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (learner, item, mode.value, band, seed, mark),
    )


def drop(connection: Connection, learner: str, item: str, mode: str, band: int) -> None:
    """Take a drill out: it is shown now, or is not what its item is any more."""
    driver(connection).execute(
        "DELETE FROM drill_inventory WHERE learner = ? AND item = ? AND mode = ? AND band = ?",
        (learner, item, mode, band),
    )
