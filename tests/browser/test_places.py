"""The places beside the session, by people with a mouse, a finger or a keyboard; each ends in the file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .conftest import DESKTOP, PHONE, Learner, Server, ask


@pytest.mark.parametrize("at", [PHONE, DESKTOP], indirect=True)
def test_a_word_is_searched_for_letter_by_letter_and_opened(
    server: Server, at: Learner, practised: Path
) -> None:
    at.open(server.start().address)
    at.click("nav-library")
    at.sees("words")
    at.write("herbata", "search")
    at.reads("word-0", "^herbata")
    assert at.find("search").locator("input").input_value() == "herbata"
    at.click("word-0")
    at.sees("item-page")
    assert "tea" in at.text("item-page")


@pytest.mark.parametrize("at", [PHONE, DESKTOP], indirect=True)
def test_a_word_of_ones_own_is_written_and_let_rest(server: Server, at: Learner, practised: Path) -> None:
    at.open(server.start().address)
    at.click("nav-library")
    at.click("add-word")
    at.write("miód", "own-text")
    at.write("honey", "own-means")
    at.press("Enter")
    at.sees("item-page")
    assert ask(practised, "SELECT text, means FROM own_item") == [("miód", '["honey"]')]
    at.click("rest-item")
    at.reads("item-page", "It rests")
    rests = "SELECT s.suspended FROM item_state AS s JOIN own_item AS o ON o.id = s.item"
    assert ask(practised, rests) == [(1,)]


@pytest.mark.parametrize("at", [PHONE, DESKTOP], indirect=True)
def test_settings_are_changed_by_touch_and_are_there_after_the_power_went(
    server: Server, at: Learner, practised: Path
) -> None:
    at.open(server.start().address)
    at.click("nav-settings")
    at.click("open-goal_minutes")
    at.click("goal_minutes-3")
    at.click("open-theme")
    at.click("theme-2")
    at.reads("open-theme", "Dark")
    assert ask(practised, "SELECT goal_minutes, settings ->> 'theme' FROM learner") == [(20, "dark")]
    server.kill()
    at.open(server.start().address)
    at.click("nav-settings")
    at.reads("settings", "20 min")


@pytest.mark.parametrize("at", [PHONE, DESKTOP], indirect=True)
def test_progress_tells_what_was_answered(server: Server, at: Learner, practised: Path) -> None:
    at.open(server.start().address)
    at.click("nav-progress")
    days = ask(practised, "SELECT count(*) FROM study_day WHERE answers > 0")[0][0]
    at.sees("weeks")
    assert f"{days} of " in at.text("progress")
    at.click("years")
    told = re.findall(r"\d+ days, (\d+) answers", at.reads("progress", r"\d+ days, \d+ answers"))
    assert [(sum(map(int, told)),)] == ask(practised, "SELECT sum(answers) FROM study_day")


@pytest.mark.parametrize("at", [PHONE, DESKTOP], indirect=True)
def test_a_lesson_is_opened_begun_and_its_words_are_met(server: Server, at: Learner, folder: Path) -> None:
    at.open(server.start().address)
    at.click("skip-all")
    at.click("nav-lessons")
    at.click("lesson-2")
    at.click("start-lesson")
    at.sees("drill-prompt")
    begun = "SELECT count(*) FROM session_state"
    assert ask(folder, begun) == [(1,)]
    first = at.place()
    at.click("next")
    at.leaves(first)
    assert ask(folder, "SELECT count(*) FROM lesson_event WHERE event = 'note'") == [(1,)]
    at.click("close-session")
    at.sees("lessons")
    at.click("nav-today")
    at.sees("resume-session")
