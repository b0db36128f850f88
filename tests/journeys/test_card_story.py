"""A card's story is what the fold says, answer by answer."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from helpers import answers, wrong

from tutor import days
from tutor.card_story import stories, story_of
from tutor.clock import ManualClock
from tutor.errors import UsageError
from tutor.memory.fold import State, fold
from tutor.memory.offered import WEEKDAYS
from tutor.memory.parameters import DEFAULT
from tutor.memory.tracks import Track
from tutor.practice import Tutor
from tutor.store import item_states, reviews


@pytest.fixture
def card(practising: Tutor) -> tuple[str, Track]:
    """The card that was answered most."""
    with practising.database.read() as connection:
        item, track = connection.exec_driver_sql(
            "SELECT item, track FROM user_progress WHERE state = 2 ORDER BY reps DESC, item LIMIT 1"
        ).one()
    return item, Track(track)


def test_each_row_of_the_log_is_told_with_the_memory_after_it(
    practising: Tutor, card: tuple[str, Track]
) -> None:
    story = story_of(practising, *card)
    assert story
    with practising.database.read() as connection:
        log = sorted(reviews.of_card(connection, practising.learner.id, *card), key=lambda row: row.hlc)
    assert len(story.told) == len(log) > 1
    for number, told in enumerate(story.told, 1):
        assert told.memory == fold(log[:number], DEFAULT)
        assert (told.rating, told.mode, told.day) == (
            log[number - 1].rating, log[number - 1].mode, log[number - 1].local_day)  # fmt: skip
    first, second = story.told[:2]
    assert (first.days, first.recall) == (None, None)
    assert first.memory
    assert second.days == (second.day - first.day).days
    assert second.recall == DEFAULT.model.retrievability(first.memory.stability, second.days)


def test_the_curve_falls_from_certainty_through_what_is_wanted(
    practising: Tutor, card: tuple[str, Track]
) -> None:
    story = story_of(practising, *card)
    assert story
    days, recalls = zip(*story.curve, strict=True)
    assert (days[0], recalls[0]) == (0, 1.0)
    assert list(recalls) == sorted(recalls, reverse=True)
    assert recalls[-1] < story.wanted < recalls[1]


def test_why_says_whether_it_is_due_and_how_far_recall_has_faded(
    practising: Tutor, clock: ManualClock, card: tuple[str, Track]
) -> None:
    memory = story_of(practising, *card)
    assert memory
    days_left = (memory.due.date() - practising.calendar.day(clock.now())).days
    clock.advance(timedelta(days=days_left + 1))
    late = story_of(practising, *card)
    assert late
    assert late.why.startswith("It is due: after ")
    assert f"about {round(100 * late.recall)} %, and you want 90 %" in late.why
    session = practising.start(card[1].value, limit=20, seed=1)
    while drill := session.next():
        outcome = wrong(session, drill) if not drill.meeting else session.answer(drill)
        if drill.item and (drill.item.id, drill.track) == card and outcome.due:
            break
    with practising.database.write() as connection:
        for known, field in ((False, "suspended"), (True, "known")):
            stamp = str(practising.stamps.tick())
            fields = {"suspended": False, "known": False, field: True}
            item_states.change(connection, practising.learner.id, card[0], stamp, fields)
            left_alone = story_of(practising, *card)
            assert left_alone
            assert left_alone.why.startswith("You said that you know it" if known else "It rests")
        item_states.change(
            connection, practising.learner.id, card[0], str(practising.stamps.tick()), {"known": False}
        )
    learning = story_of(practising, *card)
    assert learning
    assert re.fullmatch(r"It is being learned: its next short step comes in 1\d min\.", learning.why)


def test_an_item_is_found_by_its_text_and_each_of_its_open_cards_told(practising: Tutor) -> None:
    _kind, item, _track, _rating = answers(practising.database.raw)[0]
    with practising.database.read() as connection:
        text = connection.exec_driver_sql("SELECT text FROM item WHERE id = ?", (item,)).scalar_one()
        tracks = connection.exec_driver_sql(
            "SELECT track FROM user_progress WHERE item = ?", (item,)
        ).scalars()
        wanted = sorted(tracks)
    assert [story.track for story in stories(practising, text.upper())] == wanted


def test_what_is_not_there_or_was_not_met_is_told(tutor: Tutor) -> None:
    with pytest.raises(UsageError, match="no word or phrase like"):
        stories(tutor, "xyzzy")
    with pytest.raises(UsageError, match="was not met yet"):
        stories(tutor, "kawa")


def test_why_says_that_its_day_was_moved(practising: Tutor, clock: ManualClock) -> None:
    """Every weekday but one is free: what is due on the others is offered on that one where it may."""
    days.want(practising, dict.fromkeys(WEEKDAYS[:-1], 0.0), even=False)
    told = set()
    for _day in range(60):
        due = practising.due()
        today = practising.calendar.day(clock.now())
        with practising.database.read() as connection:
            cards = connection.exec_driver_sql(
                "SELECT item, track, due, state FROM user_progress WHERE active"
            ).fetchall()
        offered = 0
        for item, track, day, state in cards:
            story = story_of(practising, item, Track(track))
            assert story
            if state != State.REVIEW:
                offered += story.why.endswith("step is due.")
                continue
            comes = story.why.startswith(("It is due", "It comes today"))
            offered += comes
            if comes != (day <= f"{today} 00:00:00.000000"):
                told.add(story.why.split(",")[0].split(" in ")[0])
        assert offered == sum(due.values())
        clock.advance(timedelta(days=1))
    assert told == {"It comes today", "It comes"}
