"""A session keeps its promises: one drill at a time, each answer kept once, resumed and undone exactly."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from helpers import (
    START,
    answers,
    assert_projections_are_folds,
    described,
    finish,
    item,
    lesson,
    logs,
    mini_course,
    open_tutor,
    projections,
    right,
    right_words,
    rows,
    word,
    write_course,
    wrong,
    wrong_words,
)

from tutor.clock import ManualClock
from tutor.drills.drill import Ask, Drill
from tutor.drills.feedback import Verdict
from tutor.errors import SessionMoved, UsageError
from tutor.memory.parameters import DEFAULT
from tutor.memory.review import Help, Rating
from tutor.memory.selection import EntryKind
from tutor.memory.tracks import Mode, Track
from tutor.practice import Tutor
from tutor.session import Session
from tutor.store import cards, item_states, reviews


def everything(tutor: Tutor) -> tuple[object, ...]:
    """All that a refused call must leave alone."""
    raw = tutor.database.raw
    return logs(raw), projections(raw), rows(raw, "session_step"), rows(raw, "session_state")


def to_first(session: Session, ask: Ask, limit: int = 200) -> Drill:
    """Answer rightly until a drill of a kind is current."""
    for _ in range(limit):
        drill = session.next()
        assert drill, f"no drill of kind {ask} came"
        if drill.ask is ask:
            return drill
        right(session, drill)
    raise AssertionError(f"no drill of kind {ask} came")


# Next and answer.


def test_next_is_the_same_drill_until_it_is_answered(practising: Tutor) -> None:
    session = practising.start("mix", 10, seed=1)
    seen = 0
    while drill := session.next():
        before = everything(practising)
        assert session.next() is drill
        assert session.next() is drill
        assert everything(practising) == before
        right(session, drill)
        seen += 1
    assert seen >= 5
    assert session.over
    assert session.next() is None


def test_the_same_seed_over_the_same_file_gives_the_same_session(
    used: Path, courses: Path, tmp_path: Path
) -> None:
    import shutil

    other = Path(shutil.copytree(used, tmp_path / "other"))
    with open_tutor(used, courses) as one, open_tutor(other, courses) as two:
        shown = [described(d) for d in finish(one.start("mix", 12, seed=9))]
        assert shown == [described(d) for d in finish(two.start("mix", 12, seed=9))]


def test_answering_twice_is_refused_and_nothing_is_written(practising: Tutor) -> None:
    session = practising.start("mix", 10, seed=1)
    for _ in range(12):
        drill = session.next()
        assert drill
        right(session, drill)
        before = everything(practising)
        with pytest.raises(UsageError, match="not the current one"):
            right(session, drill)
        upcoming = session.next()
        if upcoming is None:
            break
        if upcoming != drill:
            with pytest.raises(UsageError, match="not the current one"):
                right(session, drill)
        assert everything(practising) == before


def test_a_drill_of_another_session_is_refused(practising: Tutor) -> None:
    old = practising.start("mix", 6, seed=1)
    stale = old.next()
    assert stale
    right(old, stale)
    fresh = practising.start("mix", 6, seed=2)
    with pytest.raises(UsageError):
        fresh.answer(stale)


@pytest.mark.parametrize("rating", [None, 0, 5, -1])
def test_a_self_graded_drill_needs_a_rating_of_one_to_four(practising: Tutor, rating: int | None) -> None:
    session = practising.start("recall", 10, seed=1)
    drill = to_first(session, Ask.GRADE)
    before = everything(practising)
    with pytest.raises(UsageError):
        session.answer(drill, rating=rating)
    assert everything(practising) == before
    assert session.next() is drill
    session.answer(drill, rating=3)


@pytest.mark.parametrize("ask", [Ask.CHOOSE, Ask.TYPE])
def test_a_drill_that_grades_itself_takes_no_rating_and_needs_a_response(practising: Tutor, ask: Ask) -> None:
    session = practising.start("mix" if ask is Ask.CHOOSE else "context", 14, seed=1)
    drill = to_first(session, ask)
    before = everything(practising)
    with pytest.raises(UsageError):
        session.answer(drill, rating=3)
    with pytest.raises(UsageError):
        session.answer(drill, right_words(drill), rating=3)
    with pytest.raises(UsageError):
        session.answer(drill)
    with pytest.raises(UsageError):
        session.answer(drill, help=Help.HINT)
    assert everything(practising) == before
    assert session.next() is drill
    session.answer(drill, right_words(drill))


def test_a_typed_answer_to_a_self_graded_drill_is_marked(practising: Tutor) -> None:
    session = practising.start("recall", 10, seed=1)
    good = to_first(session, Ask.GRADE)
    assert good.item
    outcome = session.answer(good, good.item.means[0])
    assert outcome.feedback
    assert outcome.feedback.verdict is Verdict.GOOD
    bad = to_first(session, Ask.GRADE)
    outcome = session.answer(bad, "qqqqqq vvvvvv")
    assert outcome.feedback
    assert outcome.feedback.rating is Rating.AGAIN


def test_an_answer_makes_exactly_one_row_that_says_what_happened(
    practising: Tutor, clock: ManualClock
) -> None:
    session = practising.start("mix", 10, seed=1)
    drill = to_first(session, Ask.CHOOSE)
    before = len(answers(practising.database.raw))
    outcome = session.answer(drill, right_words(drill), response_ms=4321)
    kept = practising.database.raw.execute(
        "SELECT item, track, mode, direction, rating, at, local_day, response_ms, help, id = answer_id,"
        " learner, device FROM review ORDER BY hlc DESC LIMIT 1"
    ).fetchone()
    assert drill.item
    assert outcome.feedback
    rating = int(outcome.feedback.rating)
    assert rating > 1
    assert kept[:5] == (drill.item.id, drill.track, drill.mode, drill.direction, rating)
    assert datetime.fromisoformat(kept[5]).replace(tzinfo=UTC) >= clock.now() - timedelta(minutes=1)
    assert kept[6:9] == (practising.calendar.day(clock.now()).isoformat(), 4321, "none")
    assert kept[9:] == (1, practising.learner.id, practising.device)
    assert len(answers(practising.database.raw)) == before + 1


def test_help_shown_is_again_and_a_hint_is_hard(practising: Tutor) -> None:
    session = practising.start("context", 14, seed=1)
    shown = to_first(session, Ask.TYPE)
    outcome = session.answer(shown, help=Help.SHOWN)
    assert outcome.feedback
    assert outcome.feedback.rating is Rating.AGAIN
    hinted = to_first(session, Ask.TYPE)
    outcome = session.answer(hinted, right_words(hinted), help=Help.HINT)
    assert outcome.feedback
    assert outcome.feedback.rating is Rating.HARD


def test_a_wrong_card_comes_back_five_places_later_capped_at_good(practising: Tutor) -> None:
    session = practising.start("visual", 12, seed=1)
    drill = to_first(session, Ask.GRADE)
    wrong(session, drill)
    assert drill.item
    between = 0
    while (after := session.next()) and after.item != drill.item:
        right(session, after)
        between += 1
    assert after, "it never came back"
    assert between == 4
    outcome = session.answer(after, rating=4) if after.ask is Ask.GRADE else right(session, after, ms=1)
    assert outcome.feedback
    assert outcome.feedback.rating is Rating.GOOD


def test_a_session_does_not_end_before_wrong_cards_came_back_three_times(practising: Tutor) -> None:
    session = practising.start("visual", 3, seed=1)
    counts: dict[str, int] = {}
    first: set[str] = set()
    while drill := session.next():
        assert drill.item
        if not drill.meeting:
            counts[drill.item.id] = counts.get(drill.item.id, 0) + 1
        first.add(drill.item.id)
        wrong(session, drill)
    assert counts == dict.fromkeys(first, 4)


# "I was right".


def test_i_was_right_takes_the_answer_back_and_keeps_it_as_right(practising: Tutor) -> None:
    session = practising.start("context", 14, seed=1)
    drill = to_first(session, Ask.TYPE)
    before = projections(practising.database.raw)
    session.answer(drill, "qqqqqq", response_ms=3000)
    outcome = session.was_right()
    assert outcome.feedback
    assert outcome.feedback.rating is Rating.GOOD
    assert outcome.feedback.verdict is Verdict.GOOD
    raw = practising.database.raw
    last_two = raw.execute("SELECT rating, help FROM review ORDER BY hlc DESC LIMIT 2").fetchall()
    assert last_two == [(3, "override"), (1, "none")]
    assert_projections_are_folds(practising)
    assert session.next() != drill
    assert described(session.undo()) == described(drill)
    assert projections(raw) == before


def test_i_was_right_of_a_choice_shows_the_right_option_and_no_other(practising: Tutor) -> None:
    session = practising.start("phrase", 14, seed=1)
    drill = to_first(session, Ask.CHOOSE)
    session.answer(drill, wrong_words(drill), response_ms=3000)
    outcome = session.was_right()
    assert outcome.feedback
    assert (outcome.feedback.answer, outcome.feedback.verdict) == (drill.answer, Verdict.GOOD)


def test_i_was_right_has_nothing_to_do_with_a_right_answer(practising: Tutor) -> None:
    session = practising.start("context", 14, seed=1)
    right(session, to_first(session, Ask.TYPE))
    before = everything(practising)
    with pytest.raises(UsageError):
        session.was_right()
    assert everything(practising) == before


# Trying again in place.


def test_a_try_in_place_is_an_attempt_and_costs_nothing(practising: Tutor) -> None:
    session = practising.start("context", 14, seed=1)
    drill = to_first(session, Ask.TYPE)
    before_all = projections(practising.database.raw)
    wrong(session, drill)
    raw = practising.database.raw
    before, log, mistakes = projections(raw), rows(raw, "review"), rows(raw, "mistake")
    said = session.try_again(drill, "qqqqqq", 1500)
    assert (said.verdict, said.rating) == (Verdict.AGAIN, Rating.AGAIN)
    assert session.try_again(drill, drill.accepted[0]).verdict is Verdict.GOOD
    kept = "SELECT item, expected, transcript, accuracy, response_ms FROM phrase_attempt ORDER BY hlc"
    assert drill.item
    assert raw.execute(kept).fetchall() == [
        (drill.item.id, drill.answer, "qqqqqq", 0.0, 1500),
        (drill.item.id, drill.answer, drill.accepted[0], 1.0, None),
    ]
    assert (projections(raw), rows(raw, "review"), rows(raw, "mistake")) == (before, log, mistakes)
    assert session.next() != drill
    session.undo()
    assert projections(raw) == before_all
    undone = raw.execute("SELECT answer_id FROM undo ORDER BY hlc DESC LIMIT 1").fetchall()
    assert raw.execute("SELECT DISTINCT answer_id FROM phrase_attempt").fetchall() == undone


def test_only_what_was_just_written_or_built_can_be_tried_again(practising: Tutor) -> None:
    session = practising.start("mix", 14, seed=1)
    choice = to_first(session, Ask.CHOOSE)
    wrong(session, choice)
    before = everything(practising)
    for drill in (choice, session.next()):
        assert drill
        with pytest.raises(UsageError, match="no answer to try again"):
            session.try_again(drill, "x")
    assert everything(practising) == before
    written = to_first(session, Ask.TYPE)
    wrong(session, written)
    session.undo()
    with pytest.raises(UsageError, match="no answer to try again"):
        session.try_again(written, "x")


# One session in two places.


@pytest.mark.parametrize("what", ["answer", "undo", "was right", "cannot listen"])
def test_a_session_that_went_on_elsewhere_goes_on_from_there(practising: Tutor, what: str) -> None:
    here = practising.start("recall", 14, seed=1)
    tested = 0
    while tested < 2:
        drill = next_of(here)
        tested += not drill.meeting
        wrong(here, drill)
    there = practising.resume()
    assert there
    for _drill in range(3):
        right(there, next_of(there))
    before = everything(practising)
    shown = next_of(here)
    with pytest.raises(SessionMoved):
        match what:
            case "answer":
                right(here, shown)
            case "undo":
                here.undo()
            case "was right":
                here.was_right()
            case _:
                here.cannot_listen()
    assert everything(practising) == before, "nothing is written from a place that is behind"
    assert described(here.next()) == described(there.next())
    assert here.progress == there.progress
    right(here, next_of(here))
    assert_projections_are_folds(practising)


def next_of(session: Session) -> Drill:
    drill = session.next()
    assert drill
    return drill


def test_i_was_right_leaves_no_return_of_the_card(practising: Tutor) -> None:
    session = practising.start("visual", 6, seed=1)
    drill = to_first(session, Ask.GRADE)
    wrong(session, drill)
    session.was_right()
    assert drill.item
    assert drill.item.id not in {d.item.id for d in finish(session) if d.item}


def test_i_was_right_needs_an_answer_to_be_right_about(tutor: Tutor) -> None:
    session = tutor.start("mix", 5, seed=1)
    with pytest.raises(UsageError):
        session.was_right()
    drill = session.next()
    assert drill
    session.answer(drill)
    before = everything(tutor)
    with pytest.raises(UsageError):
        session.was_right()
    assert everything(tutor) == before
    assert session.next() == session.next()


def test_i_was_right_after_the_last_drill_ends_the_session(practising: Tutor) -> None:
    session = practising.start("recall", 1, seed=1)
    while True:
        drill = session.next()
        assert drill
        if drill.ask is Ask.GRADE:
            break
        right(session, drill)
    wrong(session, drill)
    assert not session.over
    session.was_right()
    assert session.next() is None


# Undo.


def test_undo_of_a_meeting_shows_it_again(tutor: Tutor) -> None:
    session = tutor.start("mix", 5, seed=1)
    first = session.next()
    assert first
    assert first.meeting
    session.answer(first)
    assert session.next() != first
    assert described(session.undo()) == described(first)
    assert session.undo() is None
    assert session.next() == first


def test_undo_of_know_takes_the_seed_back(tutor: Tutor) -> None:
    session = tutor.start("mix", 5, seed=1)
    first = session.next()
    assert first
    before = projections(tutor.database.raw)
    session.know(first)
    assert answers(tutor.database.raw)[-1][0] == "seed"
    assert described(session.undo()) == described(first)
    assert projections(tutor.database.raw) == before
    assert_projections_are_folds(tutor)


def test_undo_of_a_note_shows_it_again(practising: Tutor) -> None:
    session, note = note_in(practising)
    before = projections(practising.database.raw)
    session.answer(note)
    assert projections(practising.database.raw) != before
    assert described(session.undo()) == described(note)
    assert projections(practising.database.raw) == before
    session.answer(note)
    assert_projections_are_folds(practising)


def note_in(tutor: Tutor) -> tuple[Session, Drill]:
    """A session that stands at the note before the first gap of a lesson that was not explained yet."""
    with tutor.database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO undo (id, learner, device, hlc, answer_id, at)"
            " SELECT id, learner, device, hlc, answer_id, at FROM lesson_event"
        )
        from tutor.store import lessons

        lessons.rebuild(connection)
    session = tutor.start("context", 20, seed=1)
    for _ in range(40):
        drill = session.next()
        assert drill, "no note came"
        if drill.item is None:
            return session, drill
        right(session, drill)
    raise AssertionError("no note came")


def test_undo_after_i_was_right_takes_back_both(practising: Tutor) -> None:
    session = practising.start("visual", 8, seed=1)
    drill = to_first(session, Ask.GRADE)
    before = projections(practising.database.raw)
    wrong(session, drill)
    session.was_right()
    assert described(session.undo()) == described(drill)
    assert projections(practising.database.raw) == before
    right(session, drill)
    assert_projections_are_folds(practising)


def test_undo_goes_back_over_every_step_and_forward_again_the_same_way(practising: Tutor) -> None:
    session = practising.start("mix", 10, seed=3)
    shown, states = [], []
    while drill := session.next():
        shown.append(described(drill))
        states.append(projections(practising.database.raw))
        (wrong if len(shown) % 4 == 0 else right)(session, drill)
    assert len(shown) > 10
    for expected, state in zip(reversed(shown), reversed(states), strict=True):
        assert described(session.undo()) == expected
        assert projections(practising.database.raw) == state
    assert session.undo() is None
    assert not session.can_undo
    again = []
    while drill := session.next():
        again.append(described(drill))
        (wrong if len(again) % 4 == 0 else right)(session, drill)
    assert again == shown
    assert_projections_are_folds(practising)


def test_undo_after_the_end_opens_the_session_again(practising: Tutor) -> None:
    session = practising.start("recall", 2, seed=1)
    shown = finish(session)
    assert session.over
    assert described(session.undo()) == described(shown[-1])
    assert not session.over


# Resume.


def test_a_session_resumes_at_the_same_drill_with_the_same_options(
    used: Path, courses: Path, clock: ManualClock
) -> None:
    with open_tutor(used, courses, clock) as tutor:
        session = tutor.start("mix", 14, seed=6)
        assert session.next()
    steps = 0
    with_options = 0
    while True:
        with open_tutor(used, courses, clock) as tutor:
            resumed = tutor.resume()
            if resumed is None:
                break
            drill = resumed.next()
            assert drill
            again = tutor.resume()
            assert again
            assert described(again.next()) == described(drill)
            assert again.progress == resumed.progress
            assert again.id == resumed.id
            with_options += bool(drill.options)
            (wrong if steps % 5 == 4 else right)(resumed, drill)
            left_at = described(resumed.next())
        clock.advance(timedelta(minutes=3))
        steps += 1
        with open_tutor(used, courses, clock) as tutor:
            resumed = tutor.resume()
            assert (described(resumed.next()) if resumed else None) == left_at
    assert steps > 12
    assert with_options > 1


def test_a_resumed_session_can_take_back_what_was_done_before(used: Path, courses: Path) -> None:
    with open_tutor(used, courses) as tutor:
        before = projections(tutor.database.raw)
        session = tutor.start("mix", 8, seed=2)
        shown = []
        for _ in range(4):
            drill = session.next()
            assert drill
            shown.append(described(drill))
            right(session, drill)
    with open_tutor(used, courses) as tutor:
        resumed = tutor.resume()
        assert resumed
        for expected in reversed(shown):
            assert described(resumed.undo()) == expected
        assert projections(tutor.database.raw) == before


@pytest.mark.parametrize(("hours", "resumable"), [(23.9, True), (24.1, False), (240, False)])
def test_a_session_can_be_resumed_for_24_hours_after_the_last_answer(
    used: Path, courses: Path, clock: ManualClock, hours: float, resumable: bool
) -> None:
    with open_tutor(used, courses, clock) as tutor:
        session = tutor.start("mix", 8, seed=2)
        clock.advance(timedelta(hours=20))
        drill = session.next()
        assert drill
        right(session, drill)
    clock.advance(timedelta(hours=hours))
    with open_tutor(used, courses, clock) as tutor:
        assert bool(tutor.resume()) is resumable
        assert bool(tutor.today().resumable) is resumable


def test_a_finished_session_is_not_resumed(practising: Tutor) -> None:
    finish(practising.start("mix", 4, seed=1))
    assert practising.resume() is None
    assert practising.today().resumable is None


def test_a_new_session_takes_the_place_of_the_old_one(practising: Tutor) -> None:
    practising.start("mix", 4, seed=1)
    new = practising.start("mix", 6, seed=2)
    resumed = practising.resume()
    assert resumed
    assert resumed.id == new.id


# Listening, previews, summary.


def test_when_one_cannot_listen_no_listening_comes_and_it_stays_due(practising: Tutor) -> None:
    due = practising.due()[Track.AUDIO]
    assert due > 2
    session = practising.start("mix", 20, seed=1)
    drill = session.next()
    while drill and drill.track is not Track.AUDIO:
        right(session, drill)
        drill = session.next()
    assert drill
    logged = logs(practising.database.raw)["review"]
    session.cannot_listen()
    assert logs(practising.database.raw)["review"] == logged
    rest = finish(session)
    assert rest
    assert all(d.track is not Track.AUDIO for d in rest)
    assert practising.due()[Track.AUDIO] == due
    assert practising.resume() is None


def test_that_one_cannot_listen_is_remembered_when_resumed(used: Path, courses: Path) -> None:
    with open_tutor(used, courses) as tutor:
        session = tutor.start("mix", 20, seed=1)
        session.next()
        session.cannot_listen()
        left = described(session.next())
    with open_tutor(used, courses) as tutor:
        resumed = tutor.resume()
        assert resumed
        assert described(resumed.next()) == left
        assert all(d.track is not Track.AUDIO for d in finish(resumed))


@pytest.mark.parametrize("rating", list(Rating))
def test_previews_are_what_then_happens(practising: Tutor, clock: ManualClock, rating: Rating) -> None:
    session = practising.start("recall", 14, seed=1)
    compared = 0
    while drill := session.next():
        if drill.ask is not Ask.GRADE:
            right(session, drill)
            continue
        previews = session.previews(drill)
        assert list(previews) in (list(Rating), list(Rating)[:3])
        before = everything(practising)
        assert session.previews(drill) == previews
        assert everything(practising) == before
        # Three returns are as many as there are.
        outcome = session.answer(drill, rating=int(rating), response_ms=4000)
        assert outcome.interval == previews[min(rating, max(previews))], (
            "Easy counts as Good where it is capped"
        )
        compared += 1
        clock.advance(timedelta(seconds=11))
    assert compared >= 10


def test_a_summary_counts_what_was_done(practising: Tutor, clock: ManualClock) -> None:
    session = practising.start("mix", 12, seed=1)
    verdicts = dict.fromkeys(Verdict, 0)
    met = number = 0
    missed: set[str] = set()
    while drill := session.next():
        number += 1
        outcome = (wrong if number % 3 == 0 else right)(session, drill, ms=20_000)
        if outcome.feedback and drill.item:
            verdicts[outcome.feedback.verdict] += 1
            if outcome.feedback.verdict is not Verdict.GOOD:
                missed.add(drill.item.text)
        elif drill.item:
            met += 1
        clock.advance(timedelta(seconds=20))
    summary = session.summary()
    assert summary.answers == sum(verdicts.values())
    assert summary.verdicts == verdicts
    assert summary.met == met
    assert {look.text for look in summary.looks} == missed
    assert all(look.reason and look.say for look in summary.looks)
    assert summary.minutes == round(summary.answers * 24 / 60)
    assert summary.today.waiting == sum(practising.due().values())
    assert summary.today == practising.today()
    clock.advance(timedelta(days=1))
    assert summary.today.tomorrow == sum(practising.due().values())


def test_an_outcome_tells_the_day_with_the_answer_in_it(practising: Tutor) -> None:
    session = practising.start("visual", 6, seed=1)
    drill = to_first(session, Ask.GRADE)
    before = practising.today()
    outcome = right(session, drill)
    assert outcome.today.xp == before.xp + outcome.xp == before.xp + 10
    assert outcome.today.due[Track.VISUAL] == before.due[Track.VISUAL] - 1
    assert outcome.due
    assert outcome.today.streak == before.streak + (before.day not in before.active)


# What to say where there is nothing to do.


def test_a_track_on_which_nothing_is_open_starts_with_meetings_and_says_so(tutor: Tutor) -> None:
    for mode in ("audio", "context", "produce"):
        session = tutor.start(mode, 6, seed=1)
        assert "first meet some words" in session.notice
        drill = session.next()
        assert drill
        assert drill.meeting
        assert drill.track is Track.VISUAL
    session = tutor.start("mix", 6, seed=1)
    assert session.notice == ""


def test_when_all_is_done_for_today_it_says_so(tutor: Tutor, clock: ManualClock) -> None:
    for number in range(20):
        try:
            session = tutor.start("mix", 20, seed=number)
        except UsageError as error:
            assert "all for now" in error.message
            break
        finish(session)
        clock.advance(timedelta(minutes=20))
    else:
        raise AssertionError("there was always something to do")
    before = everything(tutor)
    for mode in ("mix", "visual", "audio", "context"):
        with pytest.raises(UsageError):
            tutor.start(mode, 20)
    assert everything(tutor) == before
    assert tutor.today().new == 0
    clock.advance(timedelta(days=1))
    assert tutor.start("mix", 20).next()


@pytest.mark.parametrize("mode", ["", "MIX", "SPEECH", "shout", "telepathy", "visual; DROP TABLE review"])
def test_a_mode_that_is_not_there_is_refused_with_those_that_are(tutor: Tutor, mode: str) -> None:
    with pytest.raises(UsageError) as caught:
        tutor.start(mode)
    for known in ("mix", "visual", "audio", "context", "recall", "phrase", "produce"):
        assert known in caught.value.message


@pytest.mark.parametrize("mode", [Mode.RECALL, Mode.PHRASE, Mode.PRODUCE])
def test_a_session_of_one_mode_keeps_to_it(practising: Tutor, mode: Mode) -> None:
    shown = [d for d in finish(practising.start(mode, 12, seed=1)) if not d.meeting]
    assert shown
    assert {d.mode for d in shown} == {mode}


def test_a_session_of_one_track_keeps_to_it(practising: Tutor) -> None:
    for track in (Track.AUDIO, Track.CONTEXT):
        session = practising.start(track, 6, seed=1)
        assert {d.track for d in finish(session)} == {track}


# Only at a meeting can a word be said to be known.


def test_only_a_meeting_can_be_known(practising: Tutor) -> None:
    session = practising.start("recall", 12, seed=1)
    drill = to_first(session, Ask.GRADE)
    before = everything(practising)
    with pytest.raises(UsageError):
        session.know(drill)
    assert everything(practising) == before


def test_a_known_word_is_not_tested_and_comes_back_in_about_a_month(tutor: Tutor, clock: ManualClock) -> None:
    session = tutor.start("mix", 4, seed=1)
    drill = session.next()
    assert drill
    assert drill.item
    session.know(drill)
    assert drill.item.id not in {d.item.id for d in finish(session) if d.item}
    due = tutor.database.raw.execute(
        "SELECT due, reps FROM user_progress WHERE item = ?", (drill.item.id,)
    ).fetchone()
    days = (datetime.fromisoformat(due[0]).replace(tzinfo=UTC) - clock.now()).days
    assert 20 < days < 40
    assert due[1] == 0


def test_two_tutors_on_two_folders_share_nothing(tmp_path: Path, courses: Path) -> None:
    other_course = mini_course(tmp_path / "other-course", made=1, words=4)
    clocks = ManualClock(START), ManualClock(START + timedelta(days=40))
    with (
        open_tutor(tmp_path / "one", courses, clocks[0]) as one,
        open_tutor(tmp_path / "two", other_course, clocks[1], "Asia/Tokyo") as two,
    ):
        assert one.learner.id != two.learner.id
        assert one.device != two.device
        assert (one.learner.timezone, two.learner.timezone) == ("Europe/Warsaw", "Asia/Tokyo")
        untouched = everything(two)
        first, second = one.start("mix", 6, seed=1), None
        for number in range(30):
            drill = first.next()
            if drill is None:
                break
            right(first, drill)
            if number == 3:
                assert everything(two) == untouched
                second = two.start("mix", 4, seed=1)
            if second and (other := second.next()):
                right(second, other)
        assert second
        assert one.resume() is None
        mine = {i for (i,) in one.database.raw.execute("SELECT item FROM review")}
        theirs = {i for (i,) in two.database.raw.execute("SELECT item FROM review")}
        assert mine
        assert theirs
        for table in ("review", "device", "learner", "session_state"):
            assert not set(rows(one.database.raw, table)) & set(rows(two.database.raw, table))
        assert len(one.search("made-up")) == 0
        assert one.search("kawa")[0].id == item("kawa")
        assert_projections_are_folds(one)
        assert_projections_are_folds(two)
        assert one.stats().xp != 0
        assert one.stats().day != two.stats().day


def test_wrong_words_are_wrong(practising: Tutor) -> None:
    """The helper that answers wrongly is itself believed by nobody."""
    session = practising.start("mix", 12, seed=8)
    while drill := session.next():
        if drill.ask in (Ask.CHOOSE, Ask.TYPE):
            assert wrong_words(drill) != right_words(drill)
        right(session, drill)


def test_a_slip_that_means_another_taught_word_is_not_forgiven(tmp_path: Path) -> None:
    numbers = lesson("numbers", [word("dziewiec", "dziewięć", "nine"), word("wino", "wino", "wine")])
    with open_tutor(tmp_path / "data", write_course(tmp_path / "courses", [numbers])) as tutor:
        session = tutor.start(mode="recall", seed=1)
        while (drill := session.next()) and drill.meeting:
            session.answer(drill)
        assert drill and drill.item
        other = {"nine": "wine", "wine": "nine"}[drill.item.meaning]
        outcome = session.answer(drill, response=other)
        assert outcome.feedback and outcome.feedback.rating == Rating.AGAIN


def test_arena_begins_with_what_is_hardest_and_looks_at_no_clock(
    practising: Tutor, clock: ManualClock
) -> None:
    clock.advance(timedelta(days=60))
    session = practising.start("arena", limit=20, seed=1)
    raw = practising.database.raw
    known = {
        (item_id, track): (difficulty, lapses)
        for item_id, track, difficulty, lapses in raw.execute(
            "SELECT item, track, difficulty, lapses FROM user_progress"
        )
    }
    planned = [entry for entry in session.plan.entries if entry.kind is EntryKind.REVIEW]
    hardness = [known[entry.item, entry.track][0] for entry in planned]
    assert len(hardness) > 1
    assert hardness == sorted(hardness, reverse=True)
    drill = to_first(session, Ask.CHOOSE)
    right(session, drill, ms=1)
    assert answers(raw)[-1][3] == Rating.GOOD, "quick is not Easy here"


def test_a_word_that_is_said_to_be_known_or_rests_is_no_target(practising: Tutor, clock: ManualClock) -> None:
    clock.advance(timedelta(days=200))
    learner = practising.learner.id

    def offered() -> set[str]:
        return {entry.item for entry in practising.start(limit=500, seed=1).plan.entries}

    known, resting, *_others = sorted(offered())
    with practising.database.write() as connection:
        stamp = str(practising.stamps.tick())
        item_states.change(connection, learner, known, stamp, {"known": True})
        item_states.change(connection, learner, resting, stamp, {"suspended": True})
    assert offered().isdisjoint({known, resting})
    with practising.database.write() as connection:
        item_states.change(connection, learner, known, str(practising.stamps.tick()), {"known": False})
    assert known in offered()


def test_what_is_nearly_forgotten_or_lapsed_often_is_rescued_in_arena_by_frequency(
    practising: Tutor, clock: ManualClock
) -> None:
    now = clock.advance(timedelta(days=200)) or clock.now()
    today = practising.calendar.day(now)
    model = DEFAULT.model
    with practising.database.write() as connection:
        connection.exec_driver_sql("UPDATE item SET rank = (position * 7919) % 997 WHERE position % 5")
        # Two that are well remembered: what lapsed three times is rescued, what lapsed twice is not.
        for lapses in (2, 3):
            connection.exec_driver_sql(
                "UPDATE user_progress SET lapses = ?, stability = 3650 WHERE (item, track) ="
                " (SELECT item, track FROM user_progress WHERE active AND stability < 3650 AND due <= ?"
                " ORDER BY item LIMIT 1)",
                (lapses, reviews.stored_time(now)),
            )
    with practising.database.read() as connection:
        found = cards.to_rescue(connection, practising.learner.id, [*Track], now, today, 1000)
        rows = connection.exec_driver_sql(
            "SELECT p.item, p.track, p.stability, p.last_day, p.lapses, item.rank FROM user_progress AS p"
            " JOIN item ON item.id = p.item WHERE p.active AND p.due <= ?",
            (reviews.stored_time(now),),
        ).fetchall()
    wanted = {
        (row.item, row.track): row.rank or 10**9
        for row in rows
        if model.retrievability(row.stability, (today - date.fromisoformat(row.last_day)).days) < 0.7
        or row.lapses >= 3
    }
    assert 0 < len(wanted) < len(rows)
    assert {(card.item, card.track) for card in found} == set(wanted)
    ranks = [wanted[card.item, card.track] for card in found]
    assert ranks == sorted(ranks) and ranks[0] < ranks[-1]


def test_a_track_that_is_open_with_nothing_due_says_so_and_what_waits_elsewhere(practising: Tutor) -> None:
    with practising.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE user_progress SET due = '2100-01-01 00:00:00.000000' WHERE track = 'audio'"
        )
        connection.exec_driver_sql("DELETE FROM opening WHERE track = 'audio'")
    waiting = sum(practising.due().values())
    for mode in ("audio", "dictation"):
        with pytest.raises(UsageError, match=f"due here now; {waiting} cards wait on other"):
            practising.start(mode)
    with practising.database.write() as connection:
        connection.exec_driver_sql("UPDATE user_progress SET due = '2100-01-01 00:00:00.000000'")
    with pytest.raises(UsageError, match="That is all for now"):
        practising.start("audio")
