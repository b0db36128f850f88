"""Whole sessions in a real browser, each checked in the learner's file at the end."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.conftest import DESKTOP, PHONE, Learner, Server, answers, ask
from tutor.outcome import SHORT_SESSION

MOST = 200
"""Drills after which a session should long be over."""

WAYS = ("session-summary", "verdict", "option-0", "piece-0", "reveal", "rate-1", "answer-field", "next")
"""What a drill may wait for, each before what may be there beside it."""


def _waits_for(at: Learner) -> str:
    at.sees(*WAYS)
    return next(name for name in WAYS if at.find(name).count())


def _one_by_mouse(at: Learner) -> int:
    """Do what the drill waits for; how many graded answers that gave."""
    name = _waits_for(at)
    if name in ("verdict", "next"):
        before = at.place()
        at.click("next")
        at.leaves(before)
        return 0
    if name == "option-0":
        at.click("option-1")
        at.sees("verdict")
        return 1
    if name == "piece-0":
        at.click("piece-0")
        at.click("check")
        at.sees("verdict")
        return 1
    if name == "reveal":
        at.click("reveal")
        at.sees("rate-1")
        return 0
    if name == "rate-1":
        at.click("rate-3")
        at.sees_no("rate-1")
        return 1
    at.write("nie wiem")
    at.click("check")
    at.sees("verdict")
    return 1


def _one_by_keys(at: Learner) -> int:
    name = _waits_for(at)
    if name in ("verdict", "next"):
        before = at.place()
        at.press("Enter")
        at.leaves(before)
        return 0
    if name == "option-0":
        at.press("2")
        at.sees("verdict")
        return 1
    if name == "piece-0":
        at.press("1")
        at.sees("placed-0")
        at.press("Enter")
        at.sees("verdict")
        return 1
    if name == "reveal":
        at.press("Space")
        at.sees("rate-1")
        return 0
    if name == "rate-1":
        at.press("3")
        at.sees_no("rate-1")
        return 1
    field = at.find("answer-field").locator("input")
    field.focus()
    at.page.keyboard.type("nie wiem")
    at.press("Enter")
    at.sees("verdict")
    return 1


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_a_whole_session_by_mouse_leaves_every_answer_in_the_file(
    server: Server, at: Learner, practised: Path
) -> None:
    before = answers(practised)
    at.open(server.start().address)
    at.click("start-session")
    given = 0
    for _drill in range(MOST):
        if _waits_for(at) == "session-summary":
            break
        given += _one_by_mouse(at)
    at.sees("session-summary")
    at.click("finish")
    at.sees("track-visual")
    assert given >= SHORT_SESSION, "the session that is offered after days away, and what came back in it"
    assert answers(practised) == before + given


@pytest.mark.parametrize("at", [DESKTOP], indirect=True)
def test_a_whole_session_by_keyboard_needs_no_mouse(server: Server, at: Learner, practised: Path) -> None:
    before = answers(practised)
    at.open(server.start().address)
    at.sees("start-session")
    at.press("Enter")
    given = 0
    for _drill in range(MOST):
        if _waits_for(at) == "session-summary":
            break
        given += _one_by_keys(at)
    at.sees("session-summary")
    at.press("Enter")
    at.sees("track-visual")
    assert given >= SHORT_SESSION, "the session that is offered after days away, and what came back in it"
    assert answers(practised) == before + given


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_the_first_day_begins_with_meetings_that_are_no_answers(
    server: Server, at: Learner, folder: Path
) -> None:
    at.open(server.start().address)
    at.click("skip-all")
    at.sees("start-session")
    at.sees_no("track-visual")
    at.click("start-session")
    at.sees("know")
    first = at.place()
    at.click("next")
    at.leaves(first)
    assert (first.split()[0], at.place().split()[0]) == ("1", "2")
    assert answers(folder) == 0
    assert ask(folder, "SELECT count(*) FROM review") == [(0,)]


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_undo_brings_the_drill_back_and_the_answer_counts_nowhere(
    server: Server, at: Learner, practised: Path
) -> None:
    before = answers(practised)
    at.open(server.start().address)
    at.click("track-audio")
    at.sees("option-0")
    shown, place = [at.text(f"option-{n}") for n in range(4)], at.place()
    at.click("option-0")
    at.sees("verdict")
    assert answers(practised) == before + 1
    at.click("next")
    at.sees_no("verdict")
    at.click("undo")
    at.reaches(place)
    assert [at.text(f"option-{n}") for n in range(4)] == shown
    assert answers(practised) == before
    assert len(ask(practised, "SELECT id FROM undo")) == 1


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_a_session_that_was_killed_goes_on_with_the_same_drill_and_options(
    server: Server, at: Learner, practised: Path
) -> None:
    at.open(server.start().address)
    at.click("track-audio")
    for _answer in range(3):
        at.sees("option-0")
        at.click("option-0")
        at.sees("verdict")
        at.click("next")
        at.sees_no("verdict")
    at.sees("option-0")
    shown, place, kept = [at.text(f"option-{n}") for n in range(4)], at.place(), answers(practised)
    server.kill()

    at.open(server.start().address)
    at.click("resume-session")
    at.sees("option-0")
    at.reaches(place)
    assert [at.text(f"option-{n}") for n in range(4)] == shown
    assert answers(practised) == kept


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_a_wrong_answer_shows_the_right_one_and_why(server: Server, at: Learner, practised: Path) -> None:
    before = answers(practised)
    at.open(server.start().address)
    at.click("track-context")
    while _waits_for(at) != "answer-field":
        _one_by_mouse(at)
    at.write("xyzzy")
    at.click("check")
    said = at.text("verdict")
    assert "Not yet" in said
    assert at.find("was-right").count() == 1
    rating, written = ask(practised, "SELECT rating, track FROM review ORDER BY id DESC LIMIT 1")[0]
    assert (rating, written) == (1, "context")
    assert answers(practised) > before

    at.click("was-right")
    at.sees_no("was-right")
    assert "Good" in at.text("verdict")
    assert ask(practised, "SELECT help FROM review ORDER BY id DESC LIMIT 1") == [("override",)]


def test_what_was_wrong_is_tried_again_by_keys_alone(server: Server, at: Learner, practised: Path) -> None:
    at.open(server.start().address)
    at.click("track-context")
    while _waits_for(at) != "answer-field":
        _one_by_mouse(at)
    at.enter_and_back()
    at.write_on("xyzzy")
    at.press("Enter")
    assert "Not yet" in at.text("verdict")
    known = answers(practised)
    at.press("t")
    at.sees_no("verdict")
    at.write_on("xyzzy")
    at.press("Enter")
    assert "Not yet" in at.text("verdict")
    tried = "SELECT transcript, accuracy FROM phrase_attempt"
    assert (answers(practised), ask(practised, tried)) == (known, [("xyzzy", 0.0)])


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_a_file_of_a_newer_app_is_refused_and_left_as_it_is(
    server: Server, at: Learner, practised: Path
) -> None:
    with closing(sqlite3.connect(practised / "tutor.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    kept = (practised / "tutor.db").read_bytes()
    at.open(server.start().address)
    said = at.text("error")
    assert "newer Patient Tutor" in said
    assert "Nothing is lost" in said
    assert (practised / "tutor.db").read_bytes() == kept
    assert ask(practised, "SELECT count(*) > 0 FROM review") == [(1,)]


@pytest.mark.parametrize("at", [DESKTOP], indirect=True)
def test_a_paste_of_ten_thousand_letters_is_taken_calmly(
    server: Server, at: Learner, practised: Path
) -> None:
    at.open(server.start().address)
    at.click("track-context")
    while _waits_for(at) != "answer-field":
        _one_by_mouse(at)
    at.find("answer-field").locator("input").click()
    at.page.keyboard.insert_text("שלום 🙂 " + "x" * 10_000)
    at.press("Enter")
    assert "Not yet" in at.text("verdict")
    assert ask(practised, "SELECT rating FROM review ORDER BY id DESC LIMIT 1") == [(1,)]
    at.press("Enter")
    at.sees_no("verdict")


@pytest.mark.parametrize("at", [DESKTOP], indirect=True)
def test_two_pages_have_a_session_each(server: Server, at: Learner, practised: Path) -> None:
    address = server.start().address
    other = Learner(at.page.context.new_page())
    at.open(address)
    at.click("track-audio")
    at.sees("option-0")
    other.open(address)
    other.sees("resume-session")
    assert at.find("option-0").count() == 1
    at.click("option-0")
    at.sees("verdict")
    assert other.find("verdict").count() == 0
    assert answers(practised) > 0


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_pages_that_are_closed_while_they_open_leave_nothing_behind(
    server: Server, at: Learner, practised: Path
) -> None:
    server.start()
    for event in ("websocket", "framesent", "framereceived"):
        for _again in range(2):
            closing_early(at.page.context.browser, server.address, event)
    assert server.process
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(5) == 0


def closing_early(browser: Browser | None, address: str, event: str) -> None:
    """Open a page and close it as soon as its socket has come so far."""
    assert browser
    context = browser.new_context()
    page = context.new_page()
    with page.expect_websocket() as opened:
        page.goto(address, wait_until="commit")
    if event != "websocket":
        opened.value.wait_for_event(event)  # type: ignore[arg-type]
    context.close()


def test_nothing_is_asked_of_any_other_machine(server: Server, at: Learner, practised: Path) -> None:
    address = server.start().address
    reached: list[str] = []
    local = (address, address.replace("http", "ws", 1), "data:", "blob:")
    at.page.on("response", lambda got: None if got.url.startswith(local) else reached.append(got.url))
    at.open(address)
    at.click("track-context")
    at.sees("drill-prompt")
    assert reached == []
    assert ask(practised, "SELECT count(*) > 0 FROM review") == [(1,)]


def test_a_word_that_rests_is_helped_and_a_card_tells_its_story(
    server: Server, at: Learner, practised: Path
) -> None:
    path = practised / "tutor.db"
    with closing(sqlite3.connect(path)) as raw:
        (item,) = raw.execute("SELECT item FROM user_progress WHERE track = 'visual' LIMIT 1").fetchone()
        raw.execute("UPDATE user_progress SET lapses = 8 WHERE item = ? AND track = 'visual'", (item,))
        raw.execute(
            "INSERT INTO item_state (learner, item, suspended, known, note, translation, sentence, clocks)"
            " SELECT learner, ?, 1, 0, '', '', '', '{}' FROM device",
            (item,),
        )
        raw.commit()
    at.open(server.start().address)
    at.click("resting")
    at.click("hook-0")
    at.write("a rhyme", "help-field")
    at.press("Enter")
    at.sees_no("hook-0")
    assert "No word rests" in at.text("resting-words")
    at.press("Escape")
    at.click("remembering")
    at.click("retain-audio-80")
    at.click("leave-screen")
    at.click("start-session")
    while _waits_for(at) not in ("option-0", "session-summary"):
        _one_by_mouse(at)
    at.click("option-0")
    at.click("show-story")
    assert "The story of this card" in at.text("card-story")
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT suspended, note FROM item_state WHERE item = ?", (item,)).fetchone() == (
            0, "a rhyme")  # fmt: skip
        chosen = raw.execute(
            "SELECT track, desired_retention FROM parameter_pointer JOIN parameter_set ON id = parameter_set"
        ).fetchall()
    assert chosen == [("audio", 0.8)]


@pytest.mark.parametrize("at", [PHONE, DESKTOP], indirect=True)
def test_a_word_is_explained_one_put_aside_and_a_fault_noted(
    server: Server, at: Learner, practised: Path
) -> None:
    at.open(server.start().address)
    at.click("track-context")
    at.sees("answer-field")
    at.write("nie wiem")
    at.click("check")
    at.sees("verdict")
    at.page.locator('[flt-semantics-identifier^="answer-word-"]').first.click()
    assert at.text("gloss")
    at.press("Escape")
    at.sees_no("gloss")
    at.click("drill-menu")
    at.click("menu-fault")
    at.write("two answers are right", "fault-field")
    at.press("Enter")
    at.reads("notice", "Noted")
    (prompt, response, note), *others = ask(practised, "SELECT prompt, response, note FROM noted_fault")
    assert (response, note, others) == ("nie wiem", "two answers are right", [])
    assert "____" in str(prompt)
    before = answers(practised)
    at.press("m")
    at.click("menu-known")
    at.reads("notice", "counts as known")
    known = "SELECT count(*) FROM item_state WHERE known"
    assert (ask(practised, known), answers(practised)) == ([(1,)], before)
    at.click("take-back")
    at.sees_no("notice")
    assert (ask(practised, known), answers(practised)) == ([(0,)], before)
