"""CONTEXT drills are made for the learner: around what they know, and not the same again and again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from helpers import Actor, right

from tutor import gloss
from tutor.clock import ManualClock
from tutor.config import VECTORS
from tutor.course.valency import pairings_by_item
from tutor.drills.context import PASSAGE_FROM_DAYS
from tutor.drills.drill import Ask, Drill
from tutor.drills.reading import paragraphs_of
from tutor.drills.surroundings import is_vouched_for
from tutor.drills.templates import template_sentences
from tutor.errors import EncoderBroken, UsageError
from tutor.meaning.encoder import Encoder
from tutor.meaning.encoder_in_use import EncoderInUse
from tutor.meanings import Meanings
from tutor.memory.tracks import Mode, Track
from tutor.practice import Tutor
from tutor.session import Session
from tutor.store import cards, items, shown_sentences
from tutor.text import normal

BEGAN = datetime(2026, 1, 5, 9, tzinfo=UTC)
DAYS = 14


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two weeks of the course that comes with the app."""
    folder = tmp_path_factory.mktemp("studied") / "data"
    clock = ManualClock(BEGAN)
    with Tutor.open(folder, clock, voices=(), timezone="Europe/Warsaw") as tutor:
        for day in range(DAYS):
            actor = Actor(Random(day), 0.95)
            for _ in range(3):
                try:
                    session = tutor.start("mix", 30, seed=day)
                except UsageError:
                    break
                while drill := session.next():
                    actor.act(session, drill)
                    clock.advance(timedelta(seconds=8))
            clock.at = BEGAN + timedelta(days=day + 1)
    return folder


@pytest.fixture
def folder(studied: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(studied, tmp_path / "data"))


@pytest.fixture
def tutor(folder: Path) -> Iterator[Tutor]:
    # Long after: everything is due.
    clock = ManualClock(BEGAN + timedelta(days=DAYS + 60))
    with Tutor.open(folder, clock, voices=(), timezone="Europe/Warsaw") as opened:
        yield opened


def strengthen(tutor: Tutor, stability: float, lapses: int = 0) -> None:
    with tutor.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE user_progress SET stability = ?, lapses = ? WHERE track = 'context'", (stability, lapses)
        )


def all_of(session: Session) -> Iterator[Drill]:
    while drill := session.next():
        yield drill
        right(session, drill)


def in_context(session: Session) -> list[Drill]:
    return [drill for drill in all_of(session) if drill.mode is Mode.CONTEXT]


def test_a_drill_has_its_word_and_one_to_three_that_go_with_it_and_tests_only_its_word(tutor: Tutor) -> None:
    session = tutor.start("context", 30, seed=1)
    with tutor.database.read() as connection:
        met = cards.open_items(connection, tutor.learner.id, Track.VISUAL)
        around = {item.text for item in tutor.items.load(connection, [*met, *session.plan.pool])}
    accompanied = 0
    while drill := session.next():
        if drill.mode is Mode.CONTEXT:
            assert drill.item and len(drill.company) <= 3
            accompanied += bool(drill.company)
            known = {normal(one) for one in (*drill.accepted, drill.item.text)}
            assert not known & {*map(normal, drill.company)}
            assert {*drill.company} <= around
        before = tutor.database.raw.execute("SELECT count(*) FROM review").fetchone()[0]
        right(session, drill)
        new = tutor.database.raw.execute("SELECT item, track FROM review").fetchall()[before:]
        assert drill.item and new == [(drill.item.id, "context")]
    assert accompanied >= 8


def test_what_is_shown_is_vouched_for_and_has_at_most_one_unknown_word_where_it_can(tutor: Tutor) -> None:
    drills = in_context(tutor.start("context", 30, seed=2))
    assert len(drills) >= 10
    hard = 0
    with tutor.database.read() as connection:
        for drill in drills:
            assert drill.item and drill.sentence
            assert is_vouched_for(drill.item, drill.sentence)
            said = {*normal(drill.sentence.text).split()} - {*map(normal, drill.sentence.names)}
            hard += len(said - items.met_forms(connection, tutor.learner.id, said)) > 1
    assert hard * 3 <= len(drills)


def test_no_sentence_comes_again_within_twenty_while_another_suits(tutor: Tutor) -> None:
    shown: list[str] = []
    again = 0
    for seed in range(4):
        for drill in in_context(tutor.start("context", 20, seed=seed)):
            assert drill.item and drill.sentence
            others = {one.id for one in drill.item.sentences} - {*shown[-20:]}
            again += drill.sentence.id in shown[-20:] and bool(others)
            shown += [one.id for one in drill.shown]
        with tutor.database.write() as connection:
            connection.exec_driver_sql("UPDATE user_progress SET due = '2026-01-05 00:00:00.000000'")
    assert len(shown) > 30
    assert again == 0


def test_what_was_taken_back_was_not_shown_and_comes_again_as_it_was(tutor: Tutor) -> None:
    session = tutor.start("context", 30, seed=3)
    drill = next(drill for drill in all_of(session) if drill.mode is Mode.CONTEXT)
    place = session.progress.done
    assert drill.sentence
    right(session, drill)
    learner, sentence = tutor.learner.id, drill.sentence.id
    with tutor.database.read() as connection:
        assert sentence in shown_sentences.shown_lately(connection, learner, session.id, place + 1)
        assert sentence not in shown_sentences.shown_lately(connection, learner, session.id, place)
    assert session.undo() == drill


def test_a_drill_is_the_same_when_the_session_is_taken_up_again(folder: Path) -> None:
    clock = ManualClock(BEGAN + timedelta(days=DAYS + 60))
    with Tutor.open(folder, clock, voices=(), timezone="Europe/Warsaw") as tutor:
        session = tutor.start("context", 12, seed=4)
        for _ in range(3):
            drill = session.next()
            assert drill
            right(session, drill)
        wanted = session.next()
    with Tutor.open(folder, clock, voices=(), timezone="Europe/Warsaw") as tutor:
        resumed = tutor.resume()
        assert resumed and wanted
        assert resumed.next() == wanted


def test_what_holds_for_45_days_is_read_in_a_passage_about_the_same(tutor: Tutor) -> None:
    strengthen(tutor, PASSAGE_FROM_DAYS + 1)
    drills = in_context(tutor.start("context", 30, seed=5))
    assert len(drills) >= 5
    passages = [drill for drill in drills if drill.beside]
    assert len(passages) * 10 >= len(drills) * 9
    for drill in passages:
        assert drill.gap and drill.sentence and 1 <= len(drill.beside) <= 2
        assert drill.prompt.count(drill.sentence.text.rstrip(".")) == 1
        assert all(one.text.rstrip(".") in drill.prompt for one in drill.beside)
        assert drill.gap.before + drill.accepted[0] + drill.gap.after == drill.prompt


def test_what_lapsed_three_times_is_a_choice_of_two(tutor: Tutor) -> None:
    strengthen(tutor, 5, lapses=3)
    drills = list(all_of(tutor.start("context", 30, seed=6)))
    two = [drill for drill in drills if drill.mode is Mode.NUANCE]
    assert len(two) * 2 > len(drills)
    for drill in two:
        assert drill.ask is Ask.CHOOSE and len(drill.options) == 2 and drill.asks


def no_encoder() -> Encoder:
    raise EncoderBroken("There is none.")


@pytest.mark.parametrize("missing", ["encoder", "vectors"])
def test_without_an_encoder_words_go_together_by_topic_and_practice_goes_on(
    tutor: Tutor, missing: str
) -> None:
    strengthen(tutor, PASSAGE_FROM_DAYS + 1)
    if missing == "encoder":
        tutor.meanings = Meanings(tutor.database, tutor.folder, EncoderInUse(no_encoder))
    else:
        (tutor.folder / VECTORS).write_bytes(b"half")
        with tutor.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM embedding")
    drills = in_context(tutor.start("context", 30, seed=7))
    assert len(drills) >= 5
    if missing == "encoder":
        with tutor.database.read() as connection:
            topics = dict(connection.exec_driver_sql("SELECT text, topic FROM item").fetchall())
        assert all(
            topics[word] == drill.item.topic for drill in drills if drill.item for word in drill.company
        )
        assert tutor.meanings.problem == "There is none."
    assert any(drill.company for drill in drills)
    assert sum(bool(drill.beside) for drill in drills) * 2 > len(drills)


def test_a_session_that_an_older_program_began_goes_on(folder: Path) -> None:
    clock = ManualClock(BEGAN + timedelta(days=DAYS + 60))
    with Tutor.open(folder, clock, voices=(), timezone="Europe/Warsaw") as tutor:
        session = tutor.start("context", 5, seed=4)
        wanted = session.next()
        assert wanted
        with tutor.database.write() as connection:
            connection.exec_driver_sql("UPDATE session_state SET plan = json_remove(plan, '$.passage')")
    with Tutor.open(folder, clock, voices=(), timezone="Europe/Warsaw") as tutor:
        resumed = tutor.resume()
        assert resumed and resumed.next() == wanted


# Reading.


def read_text(tutor: Tutor, seed: int = 1) -> tuple[Session, Drill]:
    session = tutor.start("reading", seed=seed)
    drill = session.next()
    assert drill and drill.passage
    return session, drill


@pytest.mark.parametrize("seed", range(3))
def test_a_passage_is_read_around_due_words_and_three_of_them_are_asked(tutor: Tutor, seed: int) -> None:
    session, drill = read_text(tutor, seed)
    length = len(drill.say.split())
    assert len(drill.passage) >= 8 and 40 <= length <= 120
    # More than ten words only where ten are too short a text.
    assert len(drill.passage) <= 10 or length - max(len(one.text.split()) for one in drill.passage) < 40
    assert len({one.text for one in drill.passage}) == len(drill.passage)
    right(session, drill)
    before = tutor.database.raw.execute("SELECT count(*) FROM review").fetchone()[0]
    asked = list(all_of(session))
    assert [one.mode for one in asked] == [Mode.READING] * 3
    texts = {one.text for one in drill.passage}
    assert all(one.sentence and one.sentence.text in texts for one in asked)
    assert len({one.item.id for one in asked if one.item}) == 3
    made = tutor.database.raw.execute("SELECT item, track, mode FROM review").fetchall()[before:]
    assert made == [(one.item.id, "context", "reading") for one in asked if one.item]


def test_the_text_can_be_looked_at_again_but_not_where_it_would_be_copied(tutor: Tutor) -> None:
    session, drill = read_text(tutor)
    right(session, drill)
    for one in all_of(session):
        assert one.passage == (() if one.gap else drill.passage)


def test_every_word_of_the_text_is_explained_at_a_tap(tutor: Tutor) -> None:
    _session, drill = read_text(tutor)
    told = 0
    for paragraph in paragraphs_of(drill.passage):
        for start, _end in gloss.words_of(paragraph):
            found = gloss.look_up(tutor, drill, paragraph, start, answered=True)
            assert not found.withheld
            told += bool(found.meaning or found.name)
    assert told >= 0.9 * len(drill.say.split())


def test_reading_goes_on_where_it_was_left(folder: Path) -> None:
    clock = ManualClock(BEGAN + timedelta(days=DAYS + 60))
    with Tutor.open(folder, clock, voices=(), timezone="Europe/Warsaw") as tutor:
        session, drill = read_text(tutor)
        right(session, drill)
        wanted = session.next()
    with Tutor.open(folder, clock, voices=(), timezone="Europe/Warsaw") as tutor:
        resumed = tutor.resume()
        assert resumed and wanted
        assert resumed.next() == wanted
        assert resumed.undo() == drill


def test_where_too_little_is_due_it_is_said_what_reading_waits_for(tmp_path: Path) -> None:
    with (
        Tutor.open(tmp_path / "new", ManualClock(BEGAN), voices=()) as fresh,
        pytest.raises(UsageError, match="it takes 3 that are due on Use"),
    ):
        fresh.start("reading")


def test_reading_goes_on_without_an_encoder_and_without_what_was_taken_out(tutor: Tutor) -> None:
    tutor.meanings = Meanings(tutor.database, tutor.folder, EncoderInUse(no_encoder))
    session, drill = read_text(tutor)
    assert 8 <= len(drill.passage) <= 10
    right(session, drill)
    with tutor.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM item_sentence")
    for item, _sentence in session.plan.passage:
        tutor.items.forget(item)
    assert [one.mode for one in all_of(session)] == [Mode.PRODUCE] * 3


def test_some_sentences_are_made_of_a_verb_and_an_object_that_the_learner_has_met(tutor: Tutor) -> None:
    with tutor.database.read() as connection:
        met = cards.open_items(connection, tutor.learner.id, Track.VISUAL)
        known = {item.id: item for item in tutor.items.load(connection, sorted(met))}
    listed = pairings_by_item(tutor.courses)
    allowed = {
        sentence.text
        for item in known.values()
        for sentence, _other in template_sentences(item, listed.get(item.id, ()), known)
    }
    assert allowed
    made = []
    for seed in range(4):
        drills = in_context(tutor.start("context", 30, seed=seed))
        written = {one.id for drill in drills if drill.item for one in drill.item.sentences}
        made += [one.sentence.text for one in drills if one.sentence and one.sentence.id not in written]
        with tutor.database.write() as connection:
            connection.exec_driver_sql("UPDATE user_progress SET due = '2026-01-05 00:00:00.000000'")
    assert made and {*made} <= allowed
