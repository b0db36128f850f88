"""Drills made ahead: those whose sound takes a while are made before they are needed, in the background."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from tutor.course.item import Item
from tutor.drills.make import make
from tutor.memory.tracks import MODES, Mode, Track, mode_for, stability_band
from tutor.store import cards, inventory, items

if TYPE_CHECKING:
    from tutor.practice import Tutor

COSTLY = tuple(mode for mode in Mode if MODES[mode].track is Track.AUDIO)
"""Modes whose drills begin with a sound."""


def make_ahead(tutor: Tutor, most: int = inventory.MOST, at_once: int = 3 * inventory.MOST) -> int:
    """Make drills for the cards that come due next, until each costly mode has `most`; how many were made.

    At most `at_once`, so that closing never waits long. Only cards that are open have any. What no longer
    fits its item is thrown away first.
    """
    if not tutor.voice.name:
        return 0
    learner = tutor.learner.id
    with tutor.database.write() as connection:
        _throw_out(tutor, connection)
        ready = inventory.ready(connection, learner)
        coming = cards.coming(connection, learner, Track.AUDIO, len(COSTLY) * most)
    counts = Counter(mode for _item, mode, _band in ready)
    made = 0
    for identity, stability, lapses in coming:
        band = stability_band(stability)
        for mode in dict.fromkeys(mode_for(Track.AUDIO, stability, turn) for turn in (0, 1)):
            if (identity, mode, band) in ready or counts[mode] >= most:
                continue
            if made == at_once:
                return made
            if _make(tutor, identity, mode, stability, lapses):
                counts[mode] += 1
                made += 1
    return made


def _make(tutor: Tutor, identity: str, mode: Mode, stability: float, lapses: int) -> bool:
    """Make one drill and its sound; False where its item has gone or nothing can say it."""
    learner, band = tutor.learner.id, stability_band(stability)
    with tutor.database.read() as connection:
        found = tutor.items.load(connection, [identity])
        pool = items.pool(connection, learner, found[0].level) if found else []
        neighbours = tutor.items.load(connection, pool, sentences=False)
        notes = tutor.items.notes(connection)
    if not found:
        return False
    seed = f"ahead/{identity}/{mode}/{band}"
    drill = make(
        found[0], mode, neighbours, seed, stability=stability, lapses=lapses, notes=notes,
        apart=tutor.voice.says_apart,
    )  # fmt: skip
    if drill.mode is not mode or tutor.voice.clip(drill.say) is None:
        return False
    with tutor.database.write() as connection:
        mark = inventory.fingerprint(found[0], tutor.voice.name)
        inventory.put(connection, learner, identity, mode, band, seed, mark)
    return True


def _throw_out(tutor: Tutor, connection: Connection) -> None:
    """Drop what was made of an item as it is not any more, or of one that is not to be offered."""
    learner = tutor.learner.id
    ready = inventory.ready(connection, learner)
    now: dict[str, Item] = {
        item.id: item for item in tutor.items.load(connection, [identity for identity, _, _ in ready])
    }
    open_here = cards.open_items(connection, learner, Track.AUDIO)
    for (identity, mode, band), (_seed, mark) in ready.items():
        item = now.get(identity)
        if item is None or identity not in open_here or mark != inventory.fingerprint(item, tutor.voice.name):
            inventory.drop(connection, learner, identity, mode, band)


def take(tutor: Tutor, connection: Connection, wanted: Iterable[tuple[str, Mode, float]]) -> dict[str, str]:
    """Take what is ready for these cards (item, mode, stability): seeds by item and mode.

    In the transaction that begins a session, so that each drill is shown once. What was made of an item as
    it is not any more is left: an instant drill does as well.
    """
    learner = tutor.learner.id
    ready = inventory.ready(connection, learner)
    taken: dict[str, str] = {}
    for identity, mode, stability in wanted if ready else ():
        band = stability_band(stability)
        seed, mark = ready.get((identity, mode, band), ("", ""))
        item = tutor.items.load(connection, [identity]) if seed else []
        if item and mark == inventory.fingerprint(item[0], tutor.voice.name):
            taken[f"{identity}/{mode}"] = seed
            inventory.drop(connection, learner, identity, mode, band)
    return taken
