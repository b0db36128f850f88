"""An answer that nobody listed and that says the same is right, and it is told what was looked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import START

from tutor.clock import ManualClock
from tutor.drills.drill import Drill
from tutor.drills.feedback import Verdict
from tutor.errors import EncoderBroken
from tutor.meaning.encoder import Encoder
from tutor.meaning.encoder_in_use import EncoderInUse
from tutor.meaning.static_encoder import StaticEncoder
from tutor.meanings import Meanings
from tutor.memory.review import Rating
from tutor.memory.selection import Entry, EntryKind
from tutor.memory.tracks import Mode, Track
from tutor.plan import Plan
from tutor.practice import Tutor
from tutor.session import Session

TAUGHT = "Chcę mieć małego psa."
SAME = "Ja chcę małego pieska."


@pytest.fixture
def tutor(tmp_path: Path) -> Iterator[Tutor]:
    with Tutor.open(tmp_path / "data", ManualClock(START), voices=()) as opened:
        yield opened


def asked(tutor: Tutor, mode: Mode = Mode.PRODUCE) -> tuple[Session, Drill]:
    """A session of one drill."""
    with tutor.database.read() as connection:
        (found,) = connection.exec_driver_sql("SELECT id FROM item WHERE text = ?", (TAUGHT,)).one()
    entry = Entry(EntryKind.REVIEW, found, Track.CONTEXT, mode)
    session = tutor.begin(Plan(mode, 1, 1, (entry,), ()), tutor.clock.now())
    drill = session.next()
    assert drill and drill.mode is mode
    return session, drill


def test_the_same_in_other_words_is_right_and_it_is_told_what_was_looked_for(tutor: Tutor) -> None:
    session, drill = asked(tutor)
    assert SAME.rstrip(".") not in {answer.rstrip(".") for answer in drill.accepted}
    said = session.answer(drill, SAME, response_ms=4000).feedback
    assert said
    assert (said.verdict, said.rating) == (Verdict.GOOD, Rating.GOOD)
    assert (said.answer, said.response) == (TAUGHT, SAME)
    assert said.why == f"Right: that says the same. We were looking for *{TAUGHT}*"


@pytest.mark.parametrize(
    "other", ["Ja nie chcę małego pieska.", "Ty chcesz małego pieska.", "Ja chcę małe psy."]
)
def test_what_is_negated_or_of_another_person_or_number_is_not(tutor: Tutor, other: str) -> None:
    session, drill = asked(tutor)
    said = session.answer(drill, other).feedback
    assert said and said.verdict is Verdict.AGAIN


def test_a_form_that_is_asked_for_is_not_to_be_said_in_other_words(tutor: Tutor) -> None:
    session, drill = asked(tutor, Mode.CONTEXT)
    assert drill.gap
    said = session.answer(drill, SAME).feedback
    assert said and said.verdict is Verdict.AGAIN


class Contrary(StaticEncoder):
    """To it nothing is near anything."""

    def __init__(self) -> None:
        pass

    @property
    def name(self) -> str:
        return "contrary"

    @property
    def dim(self) -> int:
        return 2

    def encode(self, texts: list[str], lang: str):  # type: ignore[no-untyped-def]
        import numpy as np

        return np.eye(2, dtype=np.float32)[: len(texts)]


def broken() -> Encoder:
    raise EncoderBroken("There is none.")


@pytest.mark.parametrize("way", [Contrary, broken])
def test_the_encoder_has_to_agree(tutor: Tutor, way: type[Contrary]) -> None:
    session, drill = asked(tutor)
    tutor.meanings = Meanings(tutor.database, tutor.folder, EncoderInUse(way))
    said = session.answer(drill, SAME).feedback
    assert said and said.verdict is Verdict.AGAIN
