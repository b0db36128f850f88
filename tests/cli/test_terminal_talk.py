"""A dialogue over two streams."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from helpers import course_with_units

from tutor import lessons
from tutor.dialogue import talk
from tutor.practice import Tutor
from tutor.terminal_talk import TerminalTalk


@pytest.fixture
def courses(tmp_path: Path) -> Path:
    return course_with_units(tmp_path / "courses")


def told(tutor: Tutor, *lines: str) -> tuple[bool, list[dict[str, Any]]]:
    out = StringIO()
    found = talk(tutor, lessons.by_key(tutor, "cafe").id)
    over = TerminalTalk(found, iter(lines), out, as_json=True).run()
    return over, [json.loads(line) for line in out.getvalue().splitlines()]


def test_it_is_talked_to_its_end_in_two_sittings(tutor: Tutor) -> None:
    over, said = told(tutor, ":h", ":e", "Widzę kawę", ":q")
    assert not over
    assert said[0] == {"who": "Pani Ewa", "scene": "A café."}
    assert said[2:4] == [{"hint": "Hint order"}, {"means": "I say order"}]
    assert said[4]["reply"] == {
        "answer": "exact", "nearest": "Widzę kawę.", "reply": "exact order", "means": "Said to exact",
    }  # fmt: skip
    over, said = told(tutor, ":s")
    assert over
    assert [next(iter(one)) for one in said] == ["who", "turn", "reply", "end"]
    assert said[1]["turn"]["says"] == "Mówię tea"
    assert said[2]["reply"]["answer"] == "default"


@pytest.mark.parametrize("line", ["", ":z", ":"])
def test_what_is_no_answer_is_told_and_asked_again(tutor: Tutor, line: str) -> None:
    _over, said = told(tutor, line)
    assert [next(iter(one)) for one in said] == ["who", "turn", "error", "left"]
    assert lessons.by_key(tutor, "cafe").talked == 0


def test_people_are_told_in_words(tutor: Tutor) -> None:
    out = StringIO()
    TerminalTalk(talk(tutor, lessons.by_key(tutor, "cafe").id), iter(["widzę", "Herbata"]), out).run()
    said = out.getvalue()
    assert ":h hint" in said
    assert "Pani Ewa: Mówię order\n  [Ask for a coffee.]" in said
    assert "  ~ Nearly: Widzę kawę.\nPani Ewa: near order" in said
    assert said.endswith("Pani Ewa: Do widzenia\n")
