"""Clips that nobody hears any more are deleted, rows and files together, and never one that is in use."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import pytest
from helpers import START, ZONE, reading

from tests.speech.voices import QuietVoice
from tutor.clock import ManualClock
from tutor.practice import Tutor
from tutor.speech.cache import AudioCache, ClipUse, clip_hash, evict, evict_daily
from tutor.store.audio import CachedAudioRows

_CLIP = 8044
"""Bytes of a clip of the quiet voice."""


class Kept:
    """The cache of a learner's folder."""

    def __init__(self, tutor: Tutor, clock: ManualClock) -> None:
        self.clock, self.database = clock, tutor.database
        self.folder = tutor.folder / "audio"
        self.rows = CachedAudioRows(tutor.database, clock)
        self.voice = QuietVoice()
        self.cache = AudioCache(self.folder, self.rows, self.voice)

    def hear(self, *words: str) -> None:
        """Hear words now; their files are as old as that."""
        for word in words:
            path, _clip = self.cache.clip(word)
            os.utime(path, (self.clock.now().timestamp(),) * 2)

    def evict(self, clips: float = 1000) -> None:
        """Evict, with room for so many clips."""
        evict(self.folder, self.rows, self.clock.now(), round(clips * _CLIP))

    @property
    def files(self) -> set[str]:
        found = {path.relative_to(self.folder).as_posix() for path in self.folder.glob("*/*")}
        return {ref for ref in found if ref.endswith(".wav")}

    @property
    def refs(self) -> set[str]:
        """What the rows say that there is."""
        with reading(self.database.path) as connection:
            return {ref for (ref,) in connection.execute("SELECT audio_ref FROM cached_audio")}

    def has(self, *words: str) -> None:
        """These words have a row and a file, and nothing else has either. Looking is no use of them."""
        voice = self.voice
        keys = [clip_hash(word, voice.voice, voice.engine, 1.0) for word in words]
        assert self.files == self.refs == {f"{key[:2]}/{key}.wav" for key in keys}


@pytest.fixture
def kept(tmp_path: Path, courses: Path) -> Iterator[Kept]:
    clock = ManualClock(START)
    with Tutor.open(tmp_path, clock, timezone=ZONE, courses=courses, voices=()) as tutor:
        yield Kept(tutor, clock)


def test_a_clip_that_was_not_used_for_90_days_goes(kept: Kept) -> None:
    kept.hear("kawa", "herbata")
    kept.clock.advance(timedelta(days=30))
    kept.hear("herbata")
    kept.clock.advance(timedelta(days=60))
    kept.evict()
    kept.has("kawa", "herbata")
    kept.clock.advance(timedelta(days=90))
    kept.hear("herbata")
    kept.evict()
    kept.has("herbata")


def test_where_all_take_too_much_those_go_that_were_not_used_for_longest(kept: Kept) -> None:
    words = [f"word {number}" for number in range(20)]
    for word in words:
        kept.hear(word)
        kept.clock.advance(timedelta(days=1))
    kept.hear(words[0])
    kept.clock.advance(timedelta(days=3))
    kept.evict(20)
    kept.has(*words)
    kept.clock.advance(timedelta(days=3))
    kept.evict(19)
    # Nine tenths of 19 are 17.1.
    kept.has(words[0], *words[4:])


def test_what_is_not_too_much_without_the_unused_stays(kept: Kept) -> None:
    kept.hear("kawa")
    kept.clock.advance(timedelta(days=60))
    kept.hear("herbata", "woda")
    kept.clock.advance(timedelta(days=40))
    kept.evict(2.5)
    kept.has("herbata", "woda")


def test_nothing_goes_that_was_used_today(kept: Kept) -> None:
    kept.hear("kawa", "herbata")
    kept.clock.advance(timedelta(hours=23))
    # So soon after the use before, this one is not noted.
    kept.hear("kawa", "herbata")
    kept.clock.advance(timedelta(hours=23))
    kept.evict(1)
    kept.has("kawa", "herbata")


def test_files_without_a_row_go_after_a_day_and_nothing_else_does(kept: Kept) -> None:
    kept.hear("kawa", "herbata")
    own = [kept.folder / name for name in ("notes.txt", "ab/song.wav", f"mine/{'a' * 40}.wav")]
    partial = kept.folder / "ab" / "tmpx.partial"
    for path in (*own, partial):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
        os.utime(path, (START.timestamp(),) * 2)
    herbata, clip = kept.cache.clip("herbata")
    kept.rows.remove(clip.hash)
    kept.clock.advance(timedelta(hours=23))
    kept.evict()
    assert herbata.is_file()
    assert partial.is_file()
    kept.clock.advance(timedelta(hours=2))
    kept.evict()
    assert not herbata.exists()
    assert not partial.exists()
    assert all(path.is_file() for path in own)
    assert kept.refs == {kept.cache.clip("kawa")[1].audio_ref}


def test_what_is_interrupted_leaves_files_at_worst_which_go_later(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.hear("kawa", "herbata")
    kept.clock.advance(timedelta(days=91))

    def pulled(_path: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", pulled)
        with pytest.raises(KeyboardInterrupt):
            kept.evict()
    assert (kept.refs, len(kept.files)) == (set(), 2)
    kept.evict()
    assert kept.files == set()


def test_rows_of_an_older_tutor_go_and_files_elsewhere_stay(kept: Kept) -> None:
    elsewhere = kept.folder.parent / "kawa.mp3"
    elsewhere.write_bytes(b"x")
    with kept.database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO cached_audio (id, hash, audio_ref, format) VALUES ('1', 'h', '../kawa.mp3', '')"
        )
    kept.hear("herbata")
    kept.evict()
    kept.has("herbata")
    assert elsewhere.is_file()


def test_a_clip_that_went_is_made_again_when_it_is_asked_for(kept: Kept) -> None:
    kept.hear("kawa")
    kept.clock.advance(timedelta(days=91))
    kept.evict()
    assert kept.refs == set()
    kept.hear("kawa")
    assert kept.voice.asked == [("kawa", 1.0)] * 2
    kept.has("kawa")


class Counted:
    """Rows that count how often they are asked."""

    def __init__(self, rows: CachedAudioRows) -> None:
        self.rows, self.asked = rows, 0

    def uses(self) -> list[ClipUse]:
        self.asked += 1
        return self.rows.uses()

    def forget(self, hashes: Sequence[str]) -> None:
        self.rows.forget(hashes)


def test_it_is_done_once_a_day(kept: Kept) -> None:
    rows = Counted(kept.rows)

    def daily() -> int:
        evict_daily(kept.folder, rows, kept.clock)
        return rows.asked

    assert daily() == 0
    assert not kept.folder.exists()
    kept.hear("kawa")
    assert [daily(), daily()] == [1, 1]
    kept.clock.advance(timedelta(hours=23))
    assert daily() == 1
    kept.clock.advance(timedelta(hours=1))
    assert daily() == 2
    # A clock that went wrong and was set right again does not put it off.
    kept.clock.advance(-timedelta(days=300))
    assert daily() == 3
    kept.has("kawa")


def test_20000_clips_are_gone_through_in_a_second(kept: Kept) -> None:
    clips = [f"{number % 256:02x}/{number:040x}.wav" for number in range(20_000)]
    for shelf in {ref[:2] for ref in clips}:
        (kept.folder / shelf).mkdir(parents=True)
    for ref in clips:
        (kept.folder / ref).write_bytes(b"x")
    with kept.database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO cached_audio (id, hash, audio_ref, format, bytes, duration_ms, last_used)"
            " VALUES (?, ?, ?, 'wav', 1, 1, ?)",
            [(ref[3:43], ref[3:43], ref, START.strftime("%Y-%m-%d %H:%M:%S.%f")) for ref in clips],
        )
    kept.clock.advance(timedelta(days=60))
    before = perf_counter()
    evict(kept.folder, kept.rows, kept.clock.now())
    took = perf_counter() - before
    assert len(kept.files) == 20_000
    assert took < 1
