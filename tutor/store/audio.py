"""Rows of the audio cache."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tutor.clock import Clock, milliseconds
from tutor.ids import new_id
from tutor.speech.cache import CachedClip, ClipUse
from tutor.store.database import Database, driver
from tutor.store.reviews import loaded_time, stored_time

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class CachedAudioRows:
    """`speech.cache.ClipRows` and `ClipUses` over the table `cached_audio`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def find(self, hash: str) -> CachedClip | None:
        """The row of a clip, noted as used today; None also where an older tutor kept too little of it."""
        now = self._clock.now()
        with self._database.read() as connection:
            row = connection.exec_driver_sql(
                "SELECT hash, audio_ref, format, bytes, duration_ms, last_used FROM cached_audio"
                " WHERE hash = ? AND bytes IS NOT NULL AND duration_ms IS NOT NULL",
                (hash,),
            ).fetchone()
        if row is None:
            return None
        # Once a day is enough to know which clips are in use, and spares a write at every playback.
        if not row.last_used or now - loaded_time(row.last_used) > timedelta(days=1):
            with self._database.write() as connection:
                connection.exec_driver_sql(
                    "UPDATE cached_audio SET last_used = ? WHERE hash = ?", (stored_time(now), hash)
                )
        return CachedClip(*row[:5])

    def add(self, clip: CachedClip) -> None:
        """Keep a row."""
        now = self._clock.now()
        with self._database.write() as connection:
            connection.exec_driver_sql(
                "INSERT INTO cached_audio (id, hash, audio_ref, format, bytes, duration_ms, last_used)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (new_id(milliseconds(now)), clip.hash, clip.audio_ref, clip.format, clip.bytes,
                 clip.duration_ms, stored_time(now)),
            )  # fmt: skip

    def remove(self, hash: str) -> None:
        """Forget a row whose file has gone."""
        with self._database.write() as connection:
            connection.exec_driver_sql("DELETE FROM cached_audio WHERE hash = ?", (hash,))

    def uses(self) -> list[ClipUse]:
        """Every clip, those that were not used for longest first; an older tutor noted no use of any."""
        with self._database.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT hash, audio_ref, max(last_used) FROM cached_audio GROUP BY hash ORDER BY 3, 1"
            ).fetchall()
        return [ClipUse(key, ref, loaded_time(used) if used else _NEVER) for key, ref, used in rows]

    def forget(self, hashes: Sequence[str]) -> None:
        """Forget rows: all of them, or none."""
        with self._database.write() as connection:
            driver(connection).executemany(
                "DELETE FROM cached_audio WHERE hash = ?", [(key,) for key in hashes]
            )
