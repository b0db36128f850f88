"""Drills made ahead: taken once, remade when anything about them changed, and never missed."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

from helpers import described, open_tutor

from tutor import ahead, hard_words
from tutor.clock import ManualClock
from tutor.memory.tracks import Mode, stability_band
from tutor.practice import Tutor
from tutor.store import inventory

Ready = dict[tuple[str, str, int], tuple[str, str]]


def ready(tutor: Tutor) -> Ready:
    with tutor.database.read() as connection:
        return inventory.ready(connection, tutor.learner.id)


def test_drills_are_made_for_open_listening_cards_and_their_sound_lies_ready(practising: Tutor) -> None:
    made = ahead.make_ahead(practising)
    assert made == len(ready(practising)) > 0
    open_cards = practising.database.raw.execute(
        "SELECT item, stability FROM user_progress WHERE track = 'audio' AND active"
    ).fetchall()
    bands = {item: stability_band(stability) for item, stability in open_cards}
    for item, mode, band in ready(practising):
        assert bands[item] == band
        assert Mode(mode) in ahead.COSTLY
    clips = {path.name for path in (practising.database.path.parent / "audio").iterdir()}
    assert len(clips) >= 1
    assert ahead.make_ahead(practising) == 0, "what is ready is not made again"


def test_no_mode_has_more_than_it_may_and_little_is_made_at_once(practising: Tutor) -> None:
    assert ahead.make_ahead(practising, most=3, at_once=2) == 2
    while ahead.make_ahead(practising, most=3, at_once=2):
        pass
    counts = Counter(mode for _, mode, _ in ready(practising))
    assert counts
    assert max(counts.values()) == 3


def test_a_session_takes_what_is_ready_and_shows_it_once(practising: Tutor, clock: ManualClock) -> None:
    clock.advance(timedelta(days=5))
    ahead.make_ahead(practising)
    before = ready(practising)
    session = practising.start("audio", limit=5, seed=1)
    taken = session.plan.made_ahead
    assert taken
    left = ready(practising)
    assert len(left) == len(before) - len(taken)
    seeds = {seed for seed, _mark in before.values()} - {seed for seed, _mark in left.values()}
    assert set(taken.values()) == seeds
    assert practising.start("audio", limit=5, seed=1).plan.made_ahead == {}


def test_a_resumed_session_shows_the_drill_that_was_made_ahead(
    used: Path, courses: Path, clock: ManualClock
) -> None:
    clock.advance(timedelta(days=5))
    with open_tutor(used, courses, clock) as tutor:
        ahead.make_ahead(tutor)
        session = tutor.start("audio", limit=5, seed=1)
        assert session.plan.made_ahead
        first = described(session.next())
    with open_tutor(used, courses, clock) as tutor:
        again = tutor.resume()
        assert again
        assert described(again.next()) == first


def test_with_nothing_ready_the_same_seed_gives_the_same_session_at_once(
    practising: Tutor, clock: ManualClock
) -> None:
    clock.advance(timedelta(days=5))
    first = practising.start("audio", limit=5, seed=7)
    assert first.plan.made_ahead == {}
    drill = described(first.next())
    assert described(practising.start("audio", limit=5, seed=7).next()) == drill


def test_what_was_made_of_a_changed_item_is_not_shown_and_made_anew(
    practising: Tutor, clock: ManualClock
) -> None:
    clock.advance(timedelta(days=5))
    ahead.make_ahead(practising)
    marks = ready(practising)
    item = next(item for item, _mode, _band in marks)
    hard_words.bring_back(practising, item, hook="a picture")
    session = practising.start("audio", limit=200, seed=1)
    assert not any(key.startswith(item) for key in session.plan.made_ahead)
    ahead.make_ahead(practising)
    changed = [key for key in marks if key[0] == item]
    assert all(ready(practising)[key][1] != marks[key][1] for key in changed)


def test_what_is_not_offered_any_more_is_thrown_out(practising: Tutor) -> None:
    ahead.make_ahead(practising)
    item = next(item for item, _mode, _band in ready(practising))
    with practising.database.write() as connection:
        connection.exec_driver_sql("UPDATE user_progress SET active = 0 WHERE item = ?", (item,))
    ahead.make_ahead(practising)
    assert item not in {identity for identity, _mode, _band in ready(practising)}


def test_it_is_done_in_the_background_and_closing_does_not_wait_for_all_of_it(
    used: Path, courses: Path, clock: ManualClock
) -> None:
    with open_tutor(used, courses, clock) as tutor:
        wanted = ahead.make_ahead(tutor)
        with tutor.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM drill_inventory")
        tutor.make_ahead()
        thread = tutor.voice._thread
        assert thread
        for _turn in range(200):
            thread.submit(lambda: None).result(30)
            if len(ready(tutor)) == wanted:
                break
        assert len(ready(tutor)) == wanted
        with tutor.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM drill_inventory")
        tutor.make_ahead()
    with open_tutor(used, courses, clock) as tutor:
        assert len(ready(tutor)) < wanted


def test_without_a_voice_nothing_is_made(used: Path, courses: Path, clock: ManualClock) -> None:
    with Tutor.open(used, clock, courses=courses, voices=()) as mute:
        assert ahead.make_ahead(mute) == 0
