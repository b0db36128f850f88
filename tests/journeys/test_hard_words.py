"""Words that keep slipping away rest, and come back once something about them has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from helpers import (
    START,
    assert_projections_are_folds,
    item,
    mini_course,
    open_tutor,
    right,
    wrong,
)

from tutor import hard_words, upkeep
from tutor.clock import ManualClock
from tutor.drills.drill import Drill
from tutor.errors import UsageError
from tutor.ids import new_id
from tutor.memory.leech import LEECH_LAPSES, became_leech
from tutor.memory.review import Help, Kind, Review
from tutor.memory.tracks import Mode, Track
from tutor.practice import Tutor
from tutor.session import Session
from tutor.store import cards, reviews
from tutor.store.rebuild import rebuild

KAWA = item("kawa")


@pytest.mark.parametrize(
    ("before", "after", "leech"),
    [
        (6, 7, False),
        (7, 8, True),
        (8, 8, False),
        (8, 9, False),
        (11, 12, True),
        (12, 12, False),
        (15, 16, True),
    ],
)
def test_a_card_is_a_leech_at_eight_lapses_and_at_every_fourth_from_there(
    before: int, after: int, leech: bool
) -> None:
    assert became_leech(before, after) is leech


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def slipping(tmp_path: Path, clock: ManualClock) -> Tutor:
    """A tutor in which one word lapsed seven times and is due."""
    tutor = open_tutor(tmp_path / "data", mini_course(tmp_path / "courses"), clock)
    day = START - timedelta(days=200)
    rows = []
    for rating in (4, *(LEECH_LAPSES - 1) * (1, 3, 3)):
        at = day
        own = new_id(round(at.timestamp() * 1000))
        stamp = f"{round(at.timestamp() * 1000):012x}.0000.{tutor.device[-8:]}"
        rows.append(
            Review(
                id=own, learner=tutor.learner.id, device=tutor.device, hlc=stamp, answer_id=own,
                kind=Kind.ANSWER, item=KAWA, track=Track.VISUAL, mode=Mode.RECALL, direction="pl-en",
                rating=rating, at=at, local_day=at.date(), response_ms=3000, help=Help.NONE,
                import_run=None, stability=None, difficulty=None, source=None,
            )
        )  # fmt: skip
        day += timedelta(days=4)
    with tutor.database.write() as connection:
        reviews.append(connection, rows)
        rebuild(connection)
        assert cards.strength(connection, tutor.learner.id, KAWA, Track.VISUAL)[1] == LEECH_LAPSES - 1
    return tutor


def to_kawa(session: Session) -> Drill:
    for _drill in range(100):
        drill = session.next()
        assert drill
        if drill.item and drill.item.id == KAWA and not drill.meeting:
            return drill
        right(session, drill)
    raise AssertionError("the word did not come")


def lapsed(tutor: Tutor) -> Session:
    """A session in which the word has just slipped away for the eighth time."""
    session = tutor.start("recall", limit=6, seed=1)
    outcome = wrong(session, to_kawa(session))
    assert outcome.leech
    return session


def offered(tutor: Tutor) -> bool:
    """Whether any card of the word may come."""
    with tutor.database.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT count(*) FROM (SELECT 1 FROM user_progress WHERE item = :item AND active"
            " UNION ALL SELECT 1 FROM opening WHERE item = :item)",
            {"item": KAWA},
        ).scalar_one()
    return bool(found)


def test_the_eighth_lapse_lets_a_word_rest_at_once(slipping: Tutor) -> None:
    session = lapsed(slipping)
    assert not offered(slipping)
    assert [word.item.text for word in hard_words.hard_words(slipping)] == ["kawa"]
    assert slipping.today().resting == 1
    seen = []
    while drill := session.next():
        seen.append(drill.item.id if drill.item else "")
        right(session, drill)
    assert KAWA not in seen, "it does not come back as other wrong answers do"
    assert_projections_are_folds(slipping)


def test_undo_and_i_was_right_bring_it_back(slipping: Tutor) -> None:
    session = lapsed(slipping)
    drill = session.undo()
    assert drill
    assert drill.item
    assert drill.item.id == KAWA
    assert offered(slipping)
    assert slipping.today().resting == 0
    assert wrong(session, drill).leech
    assert not session.was_right().leech
    assert offered(slipping)
    assert_projections_are_folds(slipping)


def test_a_resumed_session_knows_that_it_rests(slipping: Tutor) -> None:
    lapsed(slipping)
    session = slipping.resume()
    assert session
    while drill := session.next():
        assert not drill.item or drill.item.id != KAWA
        right(session, drill)


WAYS: dict[str, Callable[[Tutor], None]] = {
    "hook": lambda tutor: hard_words.bring_back(tutor, KAWA, hook="  a cow\nin a cafe "),
    "reword": lambda tutor: hard_words.bring_back(tutor, KAWA, meaning="black gold"),
    "illustrate": lambda tutor: hard_words.bring_back(
        tutor, KAWA, sentence=hard_words.hard_words(tutor)[0].item.sentences[1].id
    ),
    "meet again": lambda tutor: hard_words.meet_again(tutor, KAWA),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_helping_brings_the_word_back(slipping: Tutor, way: str) -> None:
    lapsed(slipping)
    WAYS[way](slipping)
    assert offered(slipping)
    assert hard_words.hard_words(slipping) == []
    assert_projections_are_folds(slipping)


def test_a_hook_and_a_meaning_of_ones_own_are_shown_and_the_others_stay_right(
    slipping: Tutor, clock: ManualClock
) -> None:
    lapsed(slipping)
    plain = hard_words.hard_words(slipping)[0].item
    WAYS["hook"](slipping)
    WAYS["reword"](slipping)
    clock.advance(timedelta(days=1))
    drill = to_kawa(slipping.start("recall", limit=6, seed=2))
    assert drill.why.startswith("a cow in a cafe")
    assert drill.answer.startswith("black gold")
    assert {"black gold", *plain.means} <= set(drill.accepted)


def test_a_chosen_sentence_is_the_only_one(slipping: Tutor) -> None:
    lapsed(slipping)
    chosen = hard_words.hard_words(slipping)[0].item.sentences[1]
    WAYS["illustrate"](slipping)
    with slipping.database.read() as connection:
        (found,) = slipping.items.load(connection, [KAWA])
    assert found.sentences == (chosen,)


def test_met_again_it_is_as_new_and_its_log_is_kept(slipping: Tutor, clock: ManualClock) -> None:
    session = lapsed(slipping)
    count = len(slipping.database.raw.execute("SELECT 1 FROM review").fetchall())
    WAYS["meet again"](slipping)
    rows = slipping.database.raw.execute("SELECT kind, track FROM review ORDER BY hlc").fetchall()
    assert len(rows) == count + 1
    assert rows[-1] == ("forget", "visual")
    session.close()
    clock.advance(timedelta(days=1))
    session = slipping.start("recall", limit=20, seed=3)
    met = [entry.item for entry in session.plan.entries if entry.kind == "meeting"]
    assert KAWA in met


@pytest.mark.parametrize(
    "refused",
    [
        lambda tutor: hard_words.bring_back(tutor, KAWA, hook=" \n "),
        lambda tutor: hard_words.bring_back(tutor, "0" * 32, meaning="nothing"),
        lambda tutor: hard_words.bring_back(tutor, KAWA, sentence="0" * 32),
        lambda tutor: hard_words.bring_back(tutor, KAWA, meaning="(!)"),
        lambda tutor: hard_words.bring_back(tutor, KAWA, hook="a cow", meaning=" "),
        lambda tutor: hard_words.bring_back(tutor, KAWA, hook="a cow", sentence="0" * 32),
        lambda tutor: hard_words.meet_again(tutor, "0" * 32),
    ],
)
def test_what_makes_no_sense_is_refused_with_nothing_changed(
    slipping: Tutor, refused: Callable[[Tutor], None]
) -> None:
    lapsed(slipping)
    before = slipping.database.raw.execute("SELECT * FROM item_state").fetchall()
    with pytest.raises(UsageError):
        refused(slipping)
    assert slipping.database.raw.execute("SELECT * FROM item_state").fetchall() == before
    assert [word.item.text for word in hard_words.hard_words(slipping)] == ["kawa"]
    assert not offered(slipping)


def test_that_a_word_rests_and_what_helps_it_travel_in_an_export(slipping: Tutor, tmp_path: Path) -> None:
    lapsed(slipping)
    WAYS["hook"](slipping)
    slipping.close()
    with (tmp_path / "all.json").open("w", encoding="utf-8") as file:
        upkeep.export(tmp_path / "data", file)
    upkeep.load(tmp_path / "there", tmp_path / "all.json")
    with open_tutor(tmp_path / "there", tmp_path / "courses") as there, there.database.read() as connection:
        (found,) = there.items.load(connection, [KAWA])
    assert found.note.startswith("a cow in a cafe")
