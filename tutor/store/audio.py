"""Rows of the audio cache."""

from __future__ import annotations

from datetime import timedelta

from tutor.clock import Clock, milliseconds
from tutor.ids import new_id
from tutor.speech.cache import CachedClip
from tutor.store.database import Database
from tutor.store.reviews import loaded_time, stored_time


class CachedAudioRows:
    """`speech.cache.ClipRows` over the table `cached_audio`."""

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
