"""A lesson's dialogue by people with a finger or a keyboard; it ends in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import DESKTOP, PHONE, Learner, Server, ask

LOGGED = (
    "SELECT e.event, e.detail, e.said, e.step, e.total FROM lesson_event AS e"
    " JOIN lesson ON lesson.id = e.lesson WHERE lesson.key = 'names' ORDER BY e.hlc"
)


@pytest.mark.parametrize("at", [PHONE, DESKTOP], indirect=True)
def test_a_dialogue_is_talked_left_and_talked_to_its_end(server: Server, at: Learner, folder: Path) -> None:
    at.open(server.start().address)
    at.click("skip-all")
    at.click("nav-lessons")
    at.click("lesson-2")
    at.click("talk")
    at.sees("conversation")
    at.click("line-0")
    at.reads("conversation", "Hi!")
    at.write("czesc")
    at.click("send")
    at.reads("conversation", "Nearly: Cześć!")
    at.write_on("Jestem Adam")
    at.press("Enter")
    at.reads("conversation", "Ładne imi")
    at.press("Escape")
    at.sees("lessons")
    server.kill()
    at.open(server.start().address)
    at.click("nav-lessons")
    at.click("lesson-2")
    at.reads("lessons", "2 of 9 answers")
    at.click("talk")
    at.reads("conversation", "Jestem Adam")
    for said, reply in (
        ("Mnie też", "Jak mi"),
        ("Ja też jestem studentką", "Ty też"),
        ("Pan Nowak", "dobry nauczyciel"),
        ("Jak się pan nazywa?", "Marek Kowalski"),
        ("Pa!", "Miłego wieczoru"),
    ):
        at.write_on(said)
        at.press("Enter")
        at.reads("conversation", reply)
    at.sees("after-talk")
    logged = ask(folder, LOGGED)
    assert logged[:3] == [
        ("begun", "", None, 0, 9),
        ("answered", "hi", "czesc", 1, 9),
        ("answered", "name", "Jestem Adam", 2, 9),
    ]
    assert logged[-2:] == [("answered", "bye", "Pa!", 9, 9), ("completed", "", None, 9, 9)]
    assert ask(folder, "SELECT count(*) FROM review") == [(0,)]
    at.press("Enter")
    at.sees("drill-prompt")
    assert ask(folder, "SELECT count(*) FROM session_state") == [(1,)]
