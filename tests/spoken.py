"""What tests of speaking share: phrases that the model of the tests knows, and a learner who is to say them.

Importing this skips a test module where the packages that listen are not installed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers import ZONE, learned_long_ago, phrase, word, write_course
from helpers import lesson as a_lesson

from tutor.clock import Clock
from tutor.drills.drill import Ask, Drill
from tutor.memory.review import Help
from tutor.memory.tracks import Track
from tutor.practice import Tutor
from tutor.resources import COURSES
from tutor.session import Session
from tutor.speech.ear import Take, can_listen
from tutor.speech.recording import Recording, read_recording

if not can_listen():
    pytest.skip(
        "the packages that listen are not installed: pip install '.[desktop]'", allow_module_level=True
    )

from tutor.speech.espeak import Espeak

MODEL = Path(__file__).parent / "fixtures" / "whisper-pl"
"""It understands what espeak-ng says of its phrases, and nobody else."""

COFFEE, WHERE = "Poproszę kawę z mlekiem.", "Gdzie jest toaleta?"
SLIP = "Poproszę kabę z mlekiem"
"""The coffee with one sound that differs."""

DIALOGUE = {
    "who": "Pan Jan",
    "scene": "A café.",
    "turns": [
        {
            "key": "ask", "says": "Co dla pani?", "means": "What would you like?",
            "task": "Ask for a coffee with milk.", "accept": [COFFEE], "hint": "Poproszę",
            "exact": {"says": "Proszę.", "means": "Here you are."},
            "near": {"says": "Proszę.", "means": "Here you are."},
            "default": {"says": "Proszę.", "means": "Here you are."},
        },
        {"key": "end", "says": "Do widzenia", "means": "Goodbye"},
    ],
}  # fmt: skip


def write_spoken_course(root: Path) -> Path:
    """A lesson whose phrases the model of the tests knows, and the sounds of Polish."""
    phrases = [
        phrase("coffee", COFFEE, "Coffee with milk, please.", "Poproszę {kawę} z mlekiem."),
        phrase("where", WHERE, "Where is the toilet?", "Gdzie jest {toaleta}?"),
    ]
    one = a_lesson("cafe", [word("kawa", "kawa", "coffee", "kawę", "cafe-grammar")], phrases=phrases)
    write_course(root, [{**one, "dialogue": DIALOGUE}])
    sounds = COURSES / "pl-en" / "spoken-sounds.yaml"
    (root / "mini" / sounds.name).write_bytes(sounds.read_bytes())
    return root


def opened(folder: Path, courses: Path, clock: Clock) -> Tutor:
    """A tutor with the voice of this device."""
    return Tutor.open(folder, clock, timezone=ZONE, courses=courses)


def hearing(tutor: Tutor) -> None:
    """Install the model of the tests."""
    tutor.speaking.packs.import_from(MODEL, "test-model")
    tutor.speaking.ear.look_again()


def ready(tutor: Tutor, speech: float = 0.0, *, only: tuple[str, ...] = ()) -> None:
    """What the course teaches, or `only` that of it, was read and heard well; with `speech` also spoken, so
    many days strong, and it is due."""
    with tutor.database.read() as connection:
        found = connection.exec_driver_sql("SELECT id, text FROM item ORDER BY position").all()
    items = [item for item, text in found if not only or text in only]
    strengths = {Track.VISUAL: 30.0, Track.AUDIO: 30.0, **({Track.SPEECH: speech} if speech else {})}
    learned_long_ago(tutor, items, strengths)


def said(text: str) -> Recording:
    """A recording of it."""
    return read_recording(Espeak().synthesize(text))


def heard(tutor: Tutor, drill: Drill, text: str, waited_ms: int | None = 500) -> Take:
    """It was said, and listened to."""
    return tutor.speaking.listen(drill, said(text), waited_ms)


def speaking(
    tutor: Tutor, mode: str = "speech", wanted: Callable[[Drill], bool] = lambda _drill: True
) -> tuple[Session, Drill]:
    """A session at its first speaking drill that is `wanted`."""
    session = tutor.start(mode, 20, seed=1)
    drill = session.next()
    while drill and not (drill.ask is Ask.SPEAK and wanted(drill)):
        if drill.meeting:
            session.answer(drill)
        elif drill.ask in (Ask.GRADE, Ask.SPEAK):
            session.answer(drill, rating=3)
        else:
            session.answer(drill, None, help=Help.SHOWN)
        drill = session.next()
    assert drill
    return session, drill


def coffee(tutor: Tutor) -> tuple[Session, Drill]:
    """A session at the drill that asks for the coffee."""
    return speaking(tutor, wanted=lambda drill: drill.answer == COFFEE)


def rows(tutor: Tutor, table: str) -> list[dict[str, Any]]:
    """Every row of a log, in its order."""
    with tutor.database.read() as connection:
        found = connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY hlc, id").mappings()
        return [dict(row) for row in found]


def spoken_reviews(tutor: Tutor) -> list[dict[str, Any]]:
    """The answers that were said."""
    return [row for row in rows(tutor, "review") if row["track"] == "speech" and row["kind"] == "answer"]
