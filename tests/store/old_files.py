"""Files as the tutors before this one left them, and what must be found of each row afterwards."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.pool import NullPool

from tutor.hlc import Stamp
from tutor.resources import MIGRATIONS

EPOCH = datetime.fromisoformat("1970-01-01")

DDL = """
CREATE TABLE phrase_attempts (
    id CHAR(32) NOT NULL, user_id CHAR(32) NOT NULL, phrase_id CHAR(32) NOT NULL, transcript VARCHAR NOT NULL,
    score FLOAT, phonetic_distance FLOAT, semantic_accuracy FLOAT, response_time_ms INTEGER,
    audio_ref VARCHAR, created_at DATETIME NOT NULL, PRIMARY KEY (id));
CREATE TABLE user_progress (
    id CHAR(32) NOT NULL, user_id CHAR(32) NOT NULL, lesson_id CHAR(32) NOT NULL,
    current_index INTEGER NOT NULL, total INTEGER NOT NULL, cefr_level VARCHAR, PRIMARY KEY (id));
CREATE TABLE user_stats (
    id CHAR(32) NOT NULL, user_id CHAR(32) NOT NULL, xp INTEGER NOT NULL, streak INTEGER NOT NULL,
    total_attempts INTEGER NOT NULL, total_passed INTEGER NOT NULL, PRIMARY KEY (id));
CREATE TABLE daily_reviews (
    id CHAR(32) NOT NULL, user_id CHAR(32) NOT NULL, phrase_id CHAR(32) NOT NULL,
    next_review DATETIME NOT NULL, interval_days INTEGER NOT NULL, easiness FLOAT NOT NULL, PRIMARY KEY (id));
CREATE TABLE cached_audio (
    id CHAR(32) NOT NULL, audio_ref VARCHAR NOT NULL, hash VARCHAR NOT NULL, PRIMARY KEY (id));
"""
OLD_TABLES = ("phrase_attempts", "user_progress", "user_stats", "daily_reviews", "cached_audio")

Rows = dict[str, list[tuple[Any, ...]]]


def old_rows(seed: int = 1, size: int = 12) -> Rows:
    """Several learners and every odd value that the old columns allow."""
    rng = Random(seed)

    def key() -> str:
        return f"{rng.getrandbits(128):032x}"

    def moment(days: float) -> str:
        at = _as_time("2024-05-01 08:30:15.123456") + timedelta(days=days)
        return at.isoformat(" ", "microseconds")

    users = [key() for _ in range(3)]
    phrases = [key() for _ in range(size)]
    lessons = [key() for _ in range(4)]
    odd_texts = ["", "zażółć gęślą jaźń", "日本 🙂", "a'b\"c;--", "line\nbreak", "שלום", "x" * 5000]
    attempts: list[tuple[Any, ...]] = [
        (key(), rng.choice(users), rng.choice(phrases), rng.choice(odd_texts),
         rng.choice([None, 0.0, 87.123456789012345, -1.0]), rng.choice([None, 0.1 + 0.2]),
         rng.choice([None, 1.0]), rng.choice([None, 0, -5, 2**40]), rng.choice([None, "", "a/b.wav"]),
         moment(rng.uniform(-400, 400)))
        for _ in range(size * 2)
    ]  # fmt: skip
    progress: list[tuple[Any, ...]] = [
        (key(), user, lesson, rng.choice([0, -1, 7, 99]), rng.choice([0, 12]),
         rng.choice([None, "", "A1", "B2"]))
        for user in users for lesson in lessons
    ]  # fmt: skip
    # The same lesson twice, the same learner's numbers twice, the same phrase twice, a hash twice.
    progress.append((key(), users[0], lessons[0], 3, 12, "A2"))
    stats: list[tuple[Any, ...]] = [
        (key(), users[0], 1200, 5, 130, 100),
        (key(), users[0], -7, 2, 3, 1),
        (key(), users[1], 0, 0, 0, 0),
    ]
    reviews: list[tuple[Any, ...]] = [
        (key(), user, phrase, moment(rng.uniform(-300, 300)), rng.choice([-5, 0, 1, 6, 400, 36500]),
         rng.choice([1.3, 2.5, 2.3600000000000003, 0.9, 4.0, 2.0999999999999996]))
        for user in users[:2] for phrase in phrases
    ]  # fmt: skip
    reviews.append((key(), users[0], phrases[0], moment(3), 6, 1.96))
    audio: list[tuple[Any, ...]] = [(key(), f"clips/{n}.mp3", f"hash-{n // 2}") for n in range(size)]
    return {
        "phrase_attempts": attempts, "user_progress": progress, "user_stats": stats,
        "daily_reviews": reviews, "cached_audio": audio,
    }  # fmt: skip


def write_old(path: Path, rows: Rows, *, named: bool = True, journal: str = "DELETE") -> Path:
    """A file at 0001, with or without Alembic's own table, which some predecessors lacked."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.executescript(DDL)
        for table, content in rows.items():
            marks = ", ".join("?" * len(content[0])) if content else ""
            if content:
                connection.executemany(f"INSERT INTO {table} VALUES ({marks})", content)
        if named:
            connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
            connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.commit()
    return path


def migrate(path: Path, revision: str) -> None:
    """Take a file to a revision by Alembic alone, as any version of the app once did."""
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def _as_time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def assert_carried(path: Path, old: Rows) -> None:
    """Every value of every old row stands where it belongs now, and nothing was made up beside it."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:

        def found(query: str) -> list[tuple[Any, ...]]:
            return sorted(connection.execute(query).fetchall(), key=repr)

        def wanted(content: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
            return sorted(content, key=repr)

        users = {row[1] for table in OLD_TABLES[:4] for row in old[table]}
        assert {user for (user,) in found("SELECT id FROM learner")} == users
        assert found(
            "SELECT id, learner, item, transcript, accuracy, phonetic_distance, semantic_score, response_ms,"
            " audio_ref, at FROM phrase_attempt"
        ) == wanted(old["phrase_attempts"])
        assert found(
            "SELECT id, learner, lesson, step, total, cefr FROM lesson_event WHERE event = 'carried'"
        ) == wanted(old["user_progress"])
        assert found(
            "SELECT id, learner, xp, streak, total_attempts, total_passed FROM carried_stats"
        ) == wanted(old["user_stats"])
        assert found("SELECT id, audio_ref, hash FROM cached_audio") == wanted(old["cached_audio"])
        seeds = found(
            "SELECT id, learner, item, kind, track, source, at, stability, difficulty, rating, local_day, hlc"
            " FROM review"
        )
        _assert_seeds(seeds, old["daily_reviews"])
        _assert_folded(connection, old)


def _assert_seeds(seeds: list[tuple[Any, ...]], old: list[tuple[Any, ...]]) -> None:
    assert len(seeds) == len(old)
    by_id = {row[0]: row for row in old}
    for identity, learner, item, kind, track, source, at, stability, difficulty, rating, day, hlc in seeds:
        _, user, phrase, next_review, interval, easiness = by_id[identity]
        assert (learner, item, kind, track, rating) == (user, phrase, "seed", "visual", None)
        figures = re.fullmatch(r"sm2 next_review=(.+) interval_days=(-?\d+) easiness=(\S+)", source)
        assert figures, source
        assert (figures[1], int(figures[2]), float(figures[3])) == (next_review, interval, easiness)
        began = _as_time(next_review) - timedelta(days=max(interval, 0))
        assert abs(_as_time(at) - began) < timedelta(seconds=1)
        assert Stamp.parse(hlc).ms == max(0, round((_as_time(at) - EPOCH).total_seconds() * 1000))
        assert day == at[:10]
        assert stability == max(interval, 1)
        assert 1.0 <= difficulty <= 10.0


def _assert_folded(connection: sqlite3.Connection, old: Rows) -> None:
    """What is shown of it: lessons at their furthest step, totals with what was carried."""
    lessons: dict[tuple[str, str], tuple[int, int]] = {}
    for _, user, lesson, step, total, _ in old["user_progress"]:
        before = lessons.get((user, lesson), (step, total))
        lessons[user, lesson] = (max(before[0], step), max(before[1], total))
    shown = connection.execute("SELECT learner, lesson, current_index, total FROM lesson_progress")
    assert {(user, lesson): (step, total) for user, lesson, step, total in shown} == lessons
    sums: dict[str, list[int]] = {}
    for _, user, xp, _, attempts, passed in old["user_stats"]:
        sums[user] = [a + b for a, b in zip(sums.get(user, [0, 0, 0]), (xp, attempts, passed), strict=True)]
    for user, carried in sums.items():
        row = connection.execute(
            "SELECT xp, total_attempts, total_passed FROM user_stats WHERE learner = ?", (user,)
        ).fetchone()
        assert list(row) == carried
    cards = connection.execute("SELECT learner, item, track FROM user_progress").fetchall()
    assert set(cards) == {(user, phrase, "visual") for _, user, phrase, *_ in old["daily_reviews"]}
