"""A newcomer's first minutes, and what of them is in the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tutor.course.reading import read_alphabet
from tutor.resources import COURSES

from .conftest import DESKTOP, PHONE, Learner, Server, ask


@pytest.mark.parametrize("at", [PHONE, DESKTOP], indirect=True)
def test_a_newcomer_is_introduced_placed_and_begins(server: Server, at: Learner, folder: Path) -> None:
    at.open(server.start().address)
    at.sees("welcome")
    at.write("Ania", "name-field")
    at.click("next")
    at.click("speaker-0")
    at.click("next")
    at.click("goal_minutes-2")
    at.click("next")
    at.click("theme-2")
    at.click("next")
    at.click("place-me")
    for question in range(1, 13):
        at.reads("welcome", f"{question} of 12")
        at.click("not-sure" if question == 12 else "option-0")
    at.click("next")
    at.click("tour")
    at.reads("welcome", "mama")
    at.open(at.page.url)
    if at.sees("tour", "next") == "tour":
        at.click("tour")
    for page in read_alphabet(COURSES / "pl-en"):
        at.reads("welcome", page.title)
        at.click("next")
    at.sees("drill-prompt")
    [(name, goal, settings)] = ask(folder, "SELECT name, goal_minutes, settings FROM learner")
    kept = json.loads(str(settings))
    assert (name, goal, kept["speaker"], kept["theme"]) == ("Ania", 15, "feminine", "dark")
    assert kept["welcome"]["step"] == "done"
    assert set(ask(folder, "SELECT DISTINCT kind, track, source FROM review")) <= {
        ("seed", "visual", "placement")
    }
