"""The state behind a session, with a real tutor and no page: what a screen would show, and what is kept."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import flet as ft
import pytest
from helpers import START, finish, mini_course, open_tutor

from tutor import welcome
from tutor.clock import ManualClock
from tutor.drills.drill import Ask
from tutor.drills.feedback import Verdict
from tutor.errors import DatabaseBusy, DatabaseUnwritable, NewerDatabase, UsageError
from tutor.memory.review import Rating
from tutor.practice import Tutor
from tutor.resources import COURSES
from tutor.store import item_states
from tutor.ui.drilling import Drilling, Phase
from tutor.ui.keys import Key
from tutor.ui.pressing import press_key
from tutor.ui.resting import Way
from tutor.ui.screens.session import session_screen
from tutor.ui.state import AppState, Screen
from tutor.ui.theme import Look

from .drawing import drawn

DAYS = 9


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nine days behind it, so that every kind of drill is due."""
    home, clock = tmp_path_factory.mktemp("practised"), ManualClock(START)
    with open_tutor(home / "data", mini_course(home / "courses"), clock) as opened:
        for _day in range(DAYS):
            for mode in ("mix", "context", "audio"):
                with suppress(UsageError):
                    finish(opened.start(mode, limit=8, seed=1), clock)
            clock.advance(timedelta(days=1))
    return home


@pytest.fixture
def tutor(practised: Path, tmp_path: Path) -> Iterator[Tutor]:
    """A tutor over a copy of that folder, some days later."""
    shutil.copytree(practised / "data", tmp_path / "data")
    clock = ManualClock(START + timedelta(days=DAYS + 2))
    with open_tutor(tmp_path / "data", practised / "courses", clock) as opened:
        yield opened


def told(tutor: Tutor, story: Callable[[AppState], Awaitable[Any]]) -> AppState:
    """Run a story from the Today screen on."""

    async def run() -> AppState:
        welcome.reach(tutor, welcome.Step.DONE)
        state = AppState(lambda: tutor, Look(390, 844))
        await state.turns.take(None, state.open)
        assert state.screen is Screen.PLACE
        await story(state)
        return state

    return asyncio.run(run())


async def until(state: AppState, ask: Ask) -> Drilling:
    """Go on until a drill asks so; everything before it is answered by keys alone."""
    for _drill in range(100):
        drilling = state.drilling
        assert drilling
        if drilling.drill and drilling.drill.ask is ask and drilling.phase is Phase.ASK:
            return drilling
        if drilling.drill and drilling.drill.ask is Ask.TYPE and drilling.phase is Phase.ASK:
            drilling.wrote(drilling.drill.accepted[0])
            await state.turns.take(None, drilling.check)
        elif drilling.phase is Phase.REVEALED:
            await press(state, "3")
        elif drilling.drill and drilling.drill.ask is Ask.ORDER and drilling.phase is Phase.ASK:
            await press(state, "1")
            await press(state, "Enter")
        elif drilling.drill and drilling.drill.ask is Ask.CHOOSE and drilling.phase is Phase.ASK:
            await press(state, "1")
        else:
            await press(state, "Enter")
    raise AssertionError(f"no drill asks {ask}")


async def press(state: AppState, name: str, **held: bool) -> None:
    await state.turns.take(None, press_key, state, Key(name, **held))


def test_an_answer_that_could_not_be_saved_is_kept_and_can_be_sent_again(
    tutor: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "context")
        drilling = await until(state, Ask.TYPE)
        drill = drilling.drill
        assert drill
        drilling.wrote(drill.accepted[0])
        step = state.turns.step

        def full(*_args: Any, **_named: Any) -> None:
            raise DatabaseUnwritable("The disk is full. Nothing is lost: make room and send it again.")

        with monkeypatch.context() as broken:
            broken.setattr(drilling._session, "answer", full)
            await state.turns.take(step, drilling.check)
        assert (state.notice.startswith("The disk is full"), state.fault) == (True, True)
        assert drilling.drill == drill
        assert (drilling.phase, drilling.typed) == (Phase.ASK, drill.accepted[0])
        await state.turns.take(step, drilling.check)
        assert drilling.verdict is Verdict.GOOD

    told(tutor, story)


def test_a_sentence_is_built_and_taken_back_by_keys(tmp_path: Path) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "syntax")
        drilling = await until(state, Ask.ORDER)
        drill = drilling.drill
        assert drill
        await press(state, "Enter")
        assert drilling.phase is Phase.ASK, "nothing was built yet"
        await press(state, "2")
        await press(state, "2")
        await press(state, "1")
        await press(state, "9")
        assert drilling.placed == (1, 0)
        await press(state, "Backspace")
        assert drilling.placed == (1,)
        await press(state, "Backspace")
        await press(state, "Backspace")
        assert drilling.placed == ()
        words = [piece.casefold() for piece in drill.pieces]
        for word in drill.accepted[0].casefold().replace(",", "").strip(".!?").split():
            await press(state, str(words.index(word) + 1))
        await press(state, "Enter")
        assert drilling.verdict is Verdict.GOOD

    with open_tutor(tmp_path / "starter", COURSES) as starter:
        told(starter, story)


def test_a_session_in_the_app_is_as_long_as_the_device_is_set(tmp_path: Path) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start)
        assert state.drilling
        assert state.drilling.progress.total <= 3 + 3, "three cards, met and tested"

    with Tutor.open(tmp_path / "short", ManualClock(START), courses=COURSES, session_limit=3) as short:
        told(short, story)


def test_a_page_whose_session_went_on_elsewhere_shows_where_it_is(tutor: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "recall")
        drilling = await until(state, Ask.GRADE)
        there = tutor.resume()
        assert there
        for _drill in range(2):
            drill = there.next()
            assert drill
            there.answer(drill, rating=3, response_ms=4000)
        await press(state, "Enter")
        await press(state, "3")
        assert state.notice.startswith("This session went on elsewhere")
        assert not state.fault
        assert drilling.drill == there.next()

    told(tutor, story)


def test_a_digit_that_is_no_grade_grades_nothing(tutor: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "recall")
        drilling = await until(state, Ask.GRADE)
        await press(state, "Enter")
        await press(state, "7")
        assert (drilling.phase, state.notice) == (Phase.REVEALED, "")

    told(tutor, story)


def test_letters_go_in_at_the_caret_and_replace_what_is_selected(tutor: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "context")
        drilling = await until(state, Ask.TYPE)
        drilling.wrote("kaw")
        await drilling.letter("ę")
        assert drilling.typed == "kawę"
        drilling.select(ft.TextSelection(1, 1))
        await drilling.letter("ż")
        await drilling.letter("ó")
        assert drilling.typed == "kżóawę"
        drilling.select(ft.TextSelection(0, 6))
        await drilling.letter("ł")
        assert drilling.typed == "ł"
        drilling.wrote("x" * 10_000)
        assert len(drilling.typed) == 300
        await drilling.letter("ł")
        assert len(drilling.typed) == 300

    told(tutor, story)


def test_recall_is_turned_over_rated_and_goes_straight_on(tutor: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "recall")
        drilling = await until(state, Ask.GRADE)
        first, done = drilling.drill, drilling.progress.done
        assert set(drilling.previews) == set(Rating)
        await press(state, "3")
        assert drilling.phase is Phase.ASK, "a grade before the answer is seen would mean nothing"
        await press(state, " ")
        assert drilling.phase is Phase.REVEALED
        await press(state, "3")
        assert drilling.progress.done == done + 1
        assert drilling.phase is not Phase.ANSWERED
        await press(state, "U")
        assert drilling.drill == first

    told(tutor, story)


def test_a_hint_is_told_with_the_answer_and_makes_it_nearly(tutor: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "context")
        drilling = await until(state, Ask.TYPE)
        assert drilling.drill
        await drilling.hint()
        drilling.wrote(drilling.drill.accepted[0])
        await drilling.check()
        assert drilling.verdict is Verdict.NEARLY
        await drilling.was_right()
        assert drilling.outcome
        assert drilling.outcome.feedback

    told(tutor, story)


def test_an_empty_answer_is_no_answer_and_not_sure_shows_the_right_one(tutor: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "context")
        drilling = await until(state, Ask.TYPE)
        drilling.wrote("   ")
        await drilling.check()
        assert drilling.phase is Phase.ASK
        await drilling.not_sure()
        assert drilling.verdict is Verdict.AGAIN
        assert drilling.chosen == ""

    told(tutor, story)


@pytest.mark.parametrize(("mode", "ask"), [("context", Ask.TYPE), ("syntax", Ask.ORDER)])
def test_what_was_wrong_is_tried_again_in_place_with_half_of_it_there(
    practised: Path, tmp_path: Path, mode: str, ask: Ask
) -> None:
    courses = COURSES if ask is Ask.ORDER else practised / "courses"
    if ask is Ask.TYPE:
        shutil.copytree(practised / "data", tmp_path / "data")
    opened = open_tutor(tmp_path / "data", courses, ManualClock(START + timedelta(days=DAYS + 2)))

    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, mode)
        drilling = await until(state, ask)
        drill, place = drilling.drill, drilling.progress
        assert drill
        await drilling.not_sure()
        xp, answered = tutor.stats().xp, drilling.progress
        await press(state, "T")
        assert (drilling.drill, drilling.phase, drilling.typed) == (drill, Phase.ASK, "")
        if ask is Ask.TYPE:
            assert drilling.hinted
            drilling.wrote("qqqqqq")
            await drilling.check()
        else:
            assert 0 < len(drilling.placed) < len(drill.pieces) - 1
            await drilling.built()
        assert drilling.verdict is Verdict.AGAIN
        screen_says(state, drilling, "Try again", absent="I was right")
        await press(state, "T")
        if ask is Ask.TYPE:
            drilling.wrote(drill.accepted[0])
            await drilling.check()
        else:
            words = [piece.casefold() for piece in drill.pieces]
            for word in drill.accepted[0].rstrip(".?!").casefold().split()[len(drilling.placed) :]:
                await drilling.place(words.index(word))
            await drilling.built()
        assert drilling.verdict is Verdict.GOOD
        screen_says(state, drilling, "Good", absent="Comes back")
        assert (tutor.stats().xp, drilling.progress, place) == (xp, answered, place)
        await press(state, "Enter")
        assert drilling.drill != drill
        assert not drilling.retrying
        assert drilling.phase is Phase.ASK

    with opened as tutor:
        told(tutor, story)


def screen_says(state: AppState, drilling: Drilling, wanted: str, *, absent: str) -> None:
    said = " ".join(drawn(lambda: session_screen(state, drilling)))
    assert wanted in said
    assert absent not in said


def test_without_a_voice_a_listening_drill_is_shown_to_read(tutor: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "audio")
        drilling = await until(state, Ask.CHOOSE)
        assert not drilling.heard
        assert not drilling.audible
        await drilling.cannot_listen()
        assert drilling.phase is Phase.OVER or (drilling.drill and drilling.drill.track != "audio")

    told(tutor, story)


def test_leaving_asks_nothing_and_it_can_be_taken_up_again(tutor: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start)
        drilling = await until(state, Ask.CHOOSE)
        shown, place = drilling.drill, drilling.progress
        await press(state, "Escape")
        assert state.screen is Screen.PLACE
        assert state.today
        assert state.today.resumable == (place.done, place.total)
        await press(state, "Enter")
        assert state.drilling
        assert state.drilling.drill == shown

    told(tutor, story)


def test_start_on_a_page_drawn_before_another_began_goes_on_with_that_one(tutor: Tutor) -> None:
    async def story(state: AppState) -> None:
        other = AppState(lambda: tutor, Look(1280, 800))
        await other.open()
        await state.turns.take(None, state.start)
        drilling = await until(state, Ask.CHOOSE)
        await other.turns.take(None, other.start)
        assert other.drilling
        assert other.drilling.drill == drilling.drill

    told(tutor, story)


def test_two_web_sessions_share_nothing(tutor: Tutor) -> None:
    async def story(state: AppState) -> None:
        other = AppState(lambda: tutor, Look(1280, 800))
        await other.open()
        await state.turns.take(None, state.start)
        assert other.drilling is None
        assert other.screen is Screen.PLACE
        assert other.turns is not state.turns

    told(tutor, story)


@pytest.mark.parametrize(
    "error",
    [NewerDatabase(found="9", known="3"), DatabaseBusy("Open elsewhere. Nothing is lost: try again.")],
)
def test_a_refusal_is_shown_and_can_be_tried_again(tutor: Tutor, error: Exception) -> None:
    tries = iter([error, None])

    def opening() -> Tutor:
        failure = next(tries)
        if failure:
            raise failure
        return tutor

    async def story() -> None:
        state = AppState(opening, Look(390, 844))
        await state.turns.take(None, state.open)
        assert (state.screen, state.failure) == (Screen.REFUSED, error)
        await press(state, "Enter")
        assert state.screen is Screen.PLACE

    asyncio.run(story())


def test_the_story_of_a_card_is_shown_in_its_place_and_put_away(tutor: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start)
        drilling = await until(state, Ask.CHOOSE)
        await press(state, "1")
        assert not drilling.reading
        await state.turns.take(None, drilling.show_story)
        assert drilling.story
        assert drilling.drill
        assert drilling.story.item.id == (drilling.drill.item.id if drilling.drill.item else "")
        assert drilling.story.track is drilling.drill.track
        assert drilling.story.told[-1].mode == drilling.drill.mode
        await state.turns.take(None, drilling.show_rule)
        assert drilling.story is None, "one thing to read at a time"
        await state.turns.take(None, drilling.show_story)
        await state.turns.take(None, drilling.show_story)
        assert not drilling.reading
        await state.turns.take(None, drilling.show_story)
        await press(state, "Enter")
        assert not drilling.reading

    told(tutor, story)


def test_a_word_that_rests_is_helped_from_the_list(tutor: Tutor) -> None:
    with tutor.database.write() as connection:
        identity, track = connection.exec_driver_sql("SELECT item, track FROM user_progress LIMIT 1").one()
        connection.exec_driver_sql(
            "UPDATE user_progress SET lapses = 8 WHERE item = ? AND track = ?", (identity, track)
        )
        item_states.change(connection, tutor.learner.id, identity, "stamp", {"suspended": True})

    async def story(state: AppState) -> None:
        await state.turns.take(None, state.see_resting)
        resting = state.resting
        assert state.screen is Screen.RESTING
        assert resting
        assert [word.item.id for word in resting.words] == [identity]
        await state.turns.take(None, resting.take_up, identity, Way.HOOK)
        await state.turns.take(None, resting.save)
        assert "Write something" in state.notice, "nothing is kept where nothing was written"
        assert resting.words
        resting.wrote("a rhyme")
        await state.turns.take(None, resting.save)
        assert resting.words == []
        await press(state, "Escape")
        assert state.screen is Screen.PLACE
        assert state.today
        assert state.today.resting == 0

    told(tutor, story)


def test_the_second_of_two_taps_that_comes_late_says_and_does_nothing(tutor: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start)
        drilling = await until(state, Ask.CHOOSE)
        drill = drilling.drill
        assert drill
        await state.turns.take(None, drilling.choose, drill.options[0])
        outcome = drilling.outcome
        for late in (drilling.not_sure, drilling.reveal, drilling.acknowledge, drilling.know):
            await state.turns.take(None, late)
        await state.turns.take(None, drilling.choose, drill.options[1])
        assert (drilling.phase, drilling.outcome, state.notice) == (Phase.ANSWERED, outcome, "")

    told(tutor, story)


def test_after_leaving_no_button_of_the_session_holds_enter(tutor: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start)
        assert state.drilling
        state.turns.press("close-session", state.leave).focus(None)
        assert state.turns.focused
        await press(state, "Escape")
        assert not state.turns.focused
        await press(state, "Enter")
        assert state.screen is Screen.SESSION

    told(tutor, story)


def test_escape_puts_away_what_was_begun_for_a_word_and_only_then_leaves(tutor: Tutor) -> None:
    with tutor.database.write() as connection:
        (item,) = connection.exec_driver_sql("SELECT item FROM user_progress LIMIT 1").one()
        connection.exec_driver_sql("UPDATE user_progress SET lapses = 8 WHERE item = ?", (item,))
        stamp = str(tutor.stamps.tick())
        item_states.change(connection, tutor.learner.id, item, stamp, {"suspended": True})

    async def story(state: AppState) -> None:
        await state.turns.take(None, state.see_resting)
        assert state.resting
        await state.turns.take(None, state.resting.take_up, item, Way.HOOK)
        await press(state, "Escape")
        assert (state.screen, state.resting.way) == (Screen.RESTING, None)
        await state.turns.take(None, state.resting.take_up, item, Way.HOOK)
        await state.turns.take(None, state.resting.save)
        assert state.notice.startswith("Write something")
        state.resting.wrote("a cow")
        await state.turns.take(None, state.resting.save)
        assert state.notice.endswith("comes back.")
        await press(state, "Escape")
        assert state.screen is Screen.PLACE

    told(tutor, story)


@pytest.mark.parametrize(
    ("look", "fits"),
    [
        (Look(390, 844), True),
        (Look(1280, 800), True),
        (Look(640, 400), False),
        (Look(195, 422), False),
    ],
)
def test_card_and_answer_scroll_as_one_where_they_do_not_fit(tmp_path: Path, look: Look, fits: bool) -> None:
    """Half a drill that cannot be reached would be worse than a page that scrolls."""

    async def story(state: AppState) -> None:
        state.look = look
        await state.turns.take(None, state.start)
        seen = 0
        while state.drilling and state.drilling.phase is not Phase.OVER:
            drill = state.drilling.drill
            if drill and not drill.meeting and state.drilling.phase is Phase.ASK:
                if fits or drill.ask is Ask.CHOOSE:
                    assert scrolls(session_screen(state, state.drilling)) is not fits, drill.task
                seen += drill.ask is Ask.CHOOSE
                await until(state, drill.ask)
                if drill.ask is Ask.TYPE:
                    state.drilling.wrote("nic")
                    await state.turns.take(None, state.drilling.check)
                    continue
            await press(state, "1")
            await press(state, "Enter")
        assert seen

    with open_tutor(tmp_path / "data", COURSES, ManualClock(START)) as opened:
        finish(opened.start(limit=20, seed=1))
    with open_tutor(tmp_path / "data", COURSES, ManualClock(START + timedelta(days=3))) as opened:
        told(opened, story)


def scrolls(screen: ft.Control) -> bool:
    """Whether the body of a session scrolls as one."""
    assert isinstance(screen, ft.Row)
    (frame,) = screen.controls
    assert isinstance(frame, ft.Container)
    assert isinstance(frame.content, ft.Column)
    _bar, below = frame.content.controls
    assert isinstance(below, ft.Stack)
    assert isinstance(below.controls[0], ft.Column)
    return any(isinstance(part, ft.Column) and part.scroll is not None for part in below.controls[0].controls)


def test_an_answers_time_runs_from_the_end_of_playback_to_the_first_key(
    tutor: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr("tutor.ui.drilling.monotonic", lambda: now)
    taken: list[int | None] = []

    async def story(state: AppState) -> None:
        nonlocal now
        await state.turns.take(None, state.start, "audio")
        drilling = await until(state, Ask.CHOOSE)
        drill = drilling.drill
        assert drill
        answer = drilling._session.answer

        def kept(*args: Any, **named: Any) -> Any:
            taken.append(named["response_ms"])
            return answer(*args, **named)

        monkeypatch.setattr(drilling._session, "answer", kept)
        # What the player tells of a clip of three seconds that began with the drill.
        drilling._awaiting_end = True
        drilling.sounds(True)
        now += 3.0
        drilling.sounds(False)
        now += 1.25
        await state.turns.take(None, drilling.choose, drill.options[0])

    told(tutor, story)
    assert taken == [1250]


def test_with_eyes_free_a_word_is_heard_turned_over_and_graded_by_two_keys(tutor: Tutor) -> None:
    async def story(state: AppState) -> None:
        await state.turns.take(None, state.start, "eyes-free")
        drilling = await until(state, Ask.GRADE)
        drill = drilling.drill
        assert drill
        screen_says(state, drilling, "Show", absent=drill.answer)
        await press(state, " ")
        assert drilling.phase is Phase.REVEALED
        screen_says(state, drilling, "Knew it", absent="Hard")
        screen_says(state, drilling, drill.answer, absent="Easy")
        await press(state, "2")
        assert drilling.drill == drill, "there is no second grade"
        await press(state, "3")
        assert drilling.drill != drill
        assert tutor.database.raw.execute(
            "SELECT track, rating FROM review ORDER BY hlc DESC LIMIT 1"
        ).fetchall() == [("audio", 3)]

    told(tutor, story)
