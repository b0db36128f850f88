"""What the tests of the learner's file share: a small course, a learner, and ways to look into the file."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tutor.clock import ManualClock
from tutor.config import DATABASE
from tutor.course.files import item_id
from tutor.drills.drill import Ask, Drill
from tutor.ids import new_id
from tutor.memory.review import Help, Kind, Rating, Review
from tutor.memory.tracks import Track
from tutor.outcome import Outcome
from tutor.practice import Tutor
from tutor.session import Session
from tutor.store import cards, reviews
from tutor.store.log_digest import Digest, digest
from tutor.store.rebuild import rebuild
from tutor.store.tables import LOGS, PROJECTIONS

HERE = Path(__file__).parent
ROOT = HERE.parent
START = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
"""A Monday, 10:00 in Warsaw."""

ZONE = "Europe/Warsaw"
COURSE = "mini"

# The course.


def word(
    key: str, text: str, meaning: str | list[str], accusative: str = "", rule: str = "", **more: Any
) -> dict[str, Any]:
    """A noun with two forms and three sentences; without an accusative one that does not inflect."""
    target = accusative or text
    form = {"form": "acc.sg", "because": "What you see takes the accusative.", "rule": rule}
    return {
        "key": key,
        "text": text,
        "means": meaning if isinstance(meaning, list) else [meaning],
        "pos": "noun",
        "gender": "feminine",
        "ipa": text,
        "topic": "things",
        "forms": {"nom.sg": text, "acc.sg": target} if accusative else {},
        "sentences": [
            {"pl": f"{start} {{{target}}}.", "en": f"{english} {key}.", **(form if accusative else {})}
            for start, english in (("Widzę", "I see"), ("Mam", "I have"), ("Znam", "I know"))
        ],
        **more,
    }


def phrase(key: str, text: str, meaning: str, gap: str) -> dict[str, Any]:
    return {
        "key": key, "text": text, "means": [meaning], "prompt": f"Say: {meaning}", "topic": "talk",
        "gap": gap, "gap_en": meaning,
    }  # fmt: skip


def lesson(key: str, words: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "key": key, "title": f"Lesson {key}", "title_pl": f"Lekcja {key}", "can_do": "Say it", "cefr": "A1",
        "grammar": [{"key": f"{key}-grammar", "title": f"Grammar of {key}", "note": "How it works."}],
        "words": words, **more,
    }  # fmt: skip


CAFE = lesson(
    "cafe",
    [
        word("kawa", "kawa", "coffee", "kawę", "cafe-grammar", topic="drinks"),
        word("herbata", "herbata", "tea", "herbatę", "cafe-grammar", topic="drinks"),
        word("woda", "woda", "water", "wodę", "cafe-grammar", topic="drinks"),
        word("ryba", "ryba", "fish", "rybę", "cafe-grammar"),
        word("mapa", "mapa", "map", "mapę", "cafe-grammar"),
        word("kino", "kino", ["cinema", "the pictures"], topic="town"),
        word("radio", "radio", "radio", topic="town"),
        word("lampa", "lampa", "lamp", "lampę", "cafe-grammar"),
        word("zupa", "zupa", "soup", "zupę", "cafe-grammar"),
        word("gazeta", "gazeta", "newspaper", "gazetę", "cafe-grammar"),
    ],
    phrases=[
        phrase("dzien-dobry", "Dzień dobry", "good morning", "Dzień {dobry}"),
        phrase("na-razie", "Na razie", "see you", "Na {razie}"),
    ],
    sounds=[{"key": "cafe-sound", "title": "The letter ę", "note": "It is nasal."}],
)


def turn(key: str, task: str, *accept: str, **then: str) -> dict[str, Any]:
    """A turn of a dialogue; `then` names where exact, near and default lead, if not to the next."""
    replies = {
        kind: {"says": f"{kind} {key}", "means": f"Said to {kind}", "then": then.get(kind)}
        for kind in ("exact", "near", "default")
    }
    said = {"key": key, "says": f"Mówię {key}", "means": f"I say {key}"}
    return {**said, "task": task, "accept": list(accept), "hint": f"Hint {key}", **replies}


DIALOGUE: dict[str, Any] = {
    "who": "Pani Ewa",
    "scene": "A café.",
    "turns": [
        turn("order", "Ask for a coffee.", "Widzę kawę.", "Kawa.", default="water"),
        turn("tea", "Say tea.", "Herbata.", exact="end", near="end", default="end"),
        turn("water", "Say no water.", "Nie widzę wody.", "Woda."),
        {"key": "end", "says": "Do widzenia", "means": "Goodbye"},
    ],
}
"""Two answers long: after a coffee comes tea, and after anything else water."""


def course_with_units(root: Path, words: int = 6) -> Path:
    """The café with its dialogue and two lessons of made-up words: a unit of two lessons, and one of one."""
    made = [generated(number, words) for number in (1, 2)]
    units = [
        {"key": "one", "title": "One", "title_pl": "Jeden", "lessons": ["cafe", "made-1"]},
        {"key": "two", "title": "Two", "title_pl": "Dwa", "lessons": ["made-2"]},
    ]
    return write_course(root, [{**CAFE, "dialogue": DIALOGUE}, *made], units=units)


_SYLLABLES = [
    c + v for c in ("b", "d", "g", "k", "l", "m", "n", "p", "r", "s", "t", "w", "z") for v in "aeiou"
]


def generated(number: int, words: int) -> dict[str, Any]:
    """A lesson of made-up nouns, each unlike every other."""
    entries = []
    for index in range(words):
        chosen = Random(f"word {number} {index}")
        stem = "".join(chosen.choice(_SYLLABLES) for _ in range(3)) + chosen.choice("bdgklmnprstwz")
        meaning = "".join(chosen.choice(_SYLLABLES) for _ in range(4)) + f" {number}-{index}"
        key = f"word-{number}-{index}"
        entries.append(word(key, f"{stem}a", meaning, f"{stem}ę", f"made-{number}-grammar"))
    return lesson(f"made-{number}", entries)


def write_course(root: Path, lessons: list[dict[str, Any]], **more: Any) -> Path:
    """Write a course under `root`; returns `root`, which is what `Tutor.open(courses=...)` takes."""
    folder = root / COURSE
    (folder / "lessons").mkdir(parents=True, exist_ok=True)
    names = [one["key"] for one in lessons]
    course = {"key": COURSE, "title": "Mini", "teaches": "pl", "speaks": "en", "lessons": names, **more}
    (folder / "course.yaml").write_text(yaml.safe_dump(course, allow_unicode=True), encoding="utf-8")
    for one in lessons:
        write_lesson(root, one)
    return root


def write_lesson(root: Path, one: dict[str, Any]) -> Path:
    path = root / COURSE / "lessons" / f"{one['key']}.yaml"
    path.write_text(yaml.safe_dump(one, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def mini_course(root: Path, made: int = 3, words: int = 12) -> Path:
    """The café and some lessons of made-up words."""
    return write_course(root, [CAFE, *(generated(number, words) for number in range(1, made + 1))])


def item(key: str) -> str:
    """The id of an item of the mini course."""
    return item_id(COURSE, key)


# The learner.


def open_tutor(folder: Path, courses: Path, clock: ManualClock | None = None, zone: str = ZONE) -> Tutor:
    """A tutor without a voice, on a clock that stands still."""
    return Tutor.open(folder, clock=clock or ManualClock(START), timezone=zone, courses=courses)


def learned_long_ago(
    tutor: Tutor, items: Sequence[str], stabilities: Mapping[Track, float], days: int = 60
) -> None:
    """So many days ago each item was known for so long on each track; the rest of it is due by now."""
    at = tutor.clock.now() - timedelta(days=days)
    seeds = []
    for one, (track, stability) in product(items, stabilities.items()):
        stamp = tutor.stamps.tick()
        identity = new_id(stamp.ms)
        seeds.append(Review(
            id=identity, learner=tutor.learner.id, device=tutor.device, hlc=str(stamp), answer_id=identity,
            kind=Kind.SEED, item=one, track=track, mode=None, direction=None, rating=None, at=at,
            local_day=at.date(), response_ms=None, help=Help.NONE, import_run=None, stability=stability,
            difficulty=5.0, source="test",
        ))  # fmt: skip
    with tutor.database.write() as connection:
        reviews.append(connection, seeds)
        for seed in seeds:
            cards.refresh(connection, *seed.card)


def right(session: Session, drill: Drill, *, ms: int | None = 4000, help: Help = Help.NONE) -> Outcome:
    """Answer rightly, at a pace that is neither fast nor slow."""
    if drill.meeting:
        return session.answer(drill)
    if drill.ask is Ask.GRADE:
        return session.answer(drill, rating=3, response_ms=ms, help=help)
    return session.answer(drill, right_words(drill), response_ms=ms, help=help)


def right_words(drill: Drill) -> str:
    return drill.answer if drill.ask is Ask.CHOOSE else drill.accepted[0]


def wrong(session: Session, drill: Drill, *, ms: int | None = 4000) -> Outcome:
    """Answer wrongly; a meeting is just acknowledged."""
    if drill.meeting:
        return session.answer(drill)
    if drill.ask is Ask.GRADE:
        return session.answer(drill, rating=1, response_ms=ms)
    return session.answer(drill, wrong_words(drill), response_ms=ms)


def wrong_words(drill: Drill) -> str:
    return next((o for o in drill.options if o != drill.answer), "qqqqqq xxxxxx vvvvvv qqqqqq")


def finish(session: Session, clock: ManualClock | None = None, limit: int = 400) -> list[Drill]:
    """Answer everything rightly to the end; the drills that were shown."""
    shown = []
    while drill := session.next():
        shown.append(drill)
        assert len(shown) < limit, "the session does not end"
        right(session, drill)
        if clock:
            clock.advance(timedelta(seconds=7))
    return shown


@dataclass
class Actor:
    """A learner who does all there is to do, by a seed: the same seed does the same."""

    rng: Random
    skill: float = 0.8
    undoes: float = 0.0
    knows: float = 0.0
    insists: float = 0.0
    """How often "I was right" is said of a wrong answer."""
    hints: float = 0.0
    deaf: float = 0.0
    done: list[dict[str, Any]] = field(default_factory=list)

    def act(self, session: Session, drill: Drill) -> dict[str, Any]:
        """Do one thing and tell what was done."""
        rng = self.rng
        ms = rng.choice([None, 300, 1200, 5000, 90_000])
        said: dict[str, Any] = {"item": drill.item.id if drill.item else "", "track": str(drill.track)}
        last = self.done[-1] if self.done else {}
        if rng.random() < self.undoes and session.can_undo:
            session.undo()
            said = {"op": "undo"}
        # What was wrong at the end of one session cannot be insisted on in the next.
        elif last.get("rating") == 1 and session.can_undo and rng.random() < self.insists:
            outcome = session.was_right()
            said = {**last, "op": "was right", "rating": int(_rating(outcome))}
        elif rng.random() < self.deaf:
            session.cannot_listen()
            said = {"op": "cannot listen"}
        elif drill.meeting and drill.item and rng.random() < self.knows:
            session.know(drill)
            said |= {"op": "know"}
        elif drill.meeting:
            session.answer(drill)
            said |= {"op": "seen"}
        else:
            said |= {"op": "answer", "rating": int(_rating(self._answered(session, drill, ms)))}
        self.done.append(said)
        return said

    def _answered(self, session: Session, drill: Drill, ms: int | None) -> Outcome:
        rng = self.rng
        good = rng.random() < self.skill
        help_used = Help.HINT if rng.random() < self.hints else Help.NONE
        if drill.ask is Ask.GRADE:
            return session.answer(drill, None, rng.choice([2, 3, 3, 3, 4]) if good else 1, ms, help_used)
        if not good and rng.random() < 0.3:
            return session.answer(drill, None, None, ms, Help.SHOWN)
        words = right_words(drill) if good else wrong_words(drill)
        return session.answer(drill, words, None, ms, help_used)


def _rating(outcome: Outcome) -> Rating:
    assert outcome.feedback
    return outcome.feedback.rating


def described(drill: Drill | None) -> dict[str, Any] | None:
    """A drill as a value that goes through JSON: what was asked and every option, in order."""
    if drill is None:
        return None
    fields = asdict(drill)
    for gone in ("item", "note", "sentence", "form_names"):
        fields[gone] = str(getattr(getattr(drill, gone), "id", getattr(drill, gone) and True))
    return json.loads(json.dumps(fields, default=str))


# The file.


def database(folder: Path) -> Path:
    return folder / DATABASE


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection that only reads."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        yield connection


def rows(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    """Every row of a table, in an order that the table itself does not decide."""
    return sorted(connection.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)


def projections(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    return {str(table.__tablename__): rows(connection, str(table.__tablename__)) for table in PROJECTIONS}


def logs(connection: sqlite3.Connection) -> dict[str, Digest]:
    return {str(table.__tablename__): digest(connection, str(table.__tablename__)) for table in LOGS}


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with reading(path) as connection:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: rows(connection, name) for name in sorted(names)}


class _Enough(Exception):
    pass


def rebuilt(tutor: Tutor) -> dict[str, list[tuple[Any, ...]]]:
    """What a rebuild would make of the logs; the file stays as it is."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    try:
        with tutor.database.write() as connection:
            rebuild(connection)
            found = projections(tutor.database.raw)
            raise _Enough
    except _Enough:
        return found


def assert_projections_are_folds(tutor: Tutor) -> None:
    """Practice and a rebuild must come to the same rows, to the byte."""
    kept = projections(tutor.database.raw)
    folded = rebuilt(tutor)
    for table, expected in folded.items():
        assert kept[table] == expected, f"{table} is not what a rebuild gives"


def answers(connection: sqlite3.Connection) -> list[tuple[str, str, str, int | None]]:
    """The review log in the order in which it was written: kind, item, track, rating."""
    return connection.execute("SELECT kind, item, track, rating FROM review ORDER BY hlc").fetchall()


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes; SQLite's shared memory, which readers write, is left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith("-shm") and path.stat().st_size
    }


# Processes.


def child_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TUTOR_")}
    return kept | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(HERE)]), "PYTHONDONTWRITEBYTECODE": "1"}


def run_python(
    code: str, *arguments: object, stdin: str | None = None, timeout: float = 60
) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own; its arguments are in `sys.argv[1:]`."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], input=stdin, capture_output=True, text=True,
        encoding="utf-8", timeout=timeout, env=child_environment(), check=False,
    )  # fmt: skip


def practising(folder: Path, courses: Path, seed: int, limit: int) -> subprocess.Popen[str]:
    """A process that practises at full speed and tells each accepted answer on a line."""
    program = HERE / "journeys" / "practising.py"
    arguments = [sys.executable, str(program), str(folder), str(courses), str(seed), str(limit)]
    return subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=child_environment()
    )
