"""What a line in the terminal is taken for."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from helpers import answers, right_words

from tutor.drills.drill import Ask, Drill
from tutor.practice import Tutor
from tutor.session import Session
from tutor.terminal import Terminal


def told(session: Session, *lines: str) -> list[dict[str, Any]]:
    """What is said to these lines, and then the input ends."""
    out = StringIO()
    listen = session._tutor.speaking.listen_to
    Terminal(session, iter(lines), out, lambda text: "", listen, as_json=True).run()
    return [json.loads(line) for line in out.getvalue().splitlines()]


def first(practising: Tutor, mode: str, wanted: Ask) -> tuple[Session, Drill]:
    """A session of this mode, at its first drill that asks so."""
    session = practising.start(mode, 14, seed=1)
    while (drill := session.next()) and drill.ask is not wanted:
        session.answer(drill, None if drill.meeting else right_words(drill), None)
    assert drill
    return session, drill


def test_a_number_that_is_the_answer_is_an_answer_until_the_card_is_turned(
    practising: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, drill = first(practising, "recall", Ask.GRADE)
    one = replace(drill, accepted=("one", "1"))
    monkeypatch.setattr(session, "_drill", one)
    said = told(session, "1")
    assert [one["outcome"]["rating"] for one in said if "outcome" in one] in ([3], [4])
    session.undo()
    monkeypatch.setattr(session, "_drill", one)
    said = told(session, "", "1")
    assert [one["outcome"]["rating"] for one in said if "outcome" in one] == [1]


@pytest.mark.parametrize("line", [":z", ""])
def test_what_is_no_answer_is_told_and_asked_again(practising: Tutor, line: str) -> None:
    session, _drill = first(practising, "produce", Ask.TYPE)
    before = answers(practising.database.raw)
    assert any("error" in said for said in told(session, line))
    assert answers(practising.database.raw) == before


def test_the_last_answer_can_be_tried_again(practising: Tutor) -> None:
    session, drill = first(practising, "produce", Ask.TYPE)
    said = told(session, ":t x", "qqqqqq", ":t", f":t {drill.accepted[0]}")
    assert ["error" in one for one in said] == [False, True, False, False, True, False, False]
    tried = said[-2]["try"]
    assert (tried["verdict"], tried["answer"]) == ("good", drill.answer)


@pytest.mark.parametrize("line", ["3 1 2", "3,1,2", "3, 1, 2", "Piję czarną kawę.", "pije CZARNA kawe"])
def test_pieces_are_named_by_numbers_or_words_with_or_without_diacritics(
    practising: Tutor, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    session, drill = first(practising, "produce", Ask.TYPE)
    sentence = "Piję czarną kawę."
    built = replace(
        drill, ask=Ask.ORDER, pieces=("czarną", "kawę", "piję", "kawy"), answer=sentence, accepted=(sentence,)
    )
    monkeypatch.setattr(session, "_drill", built)
    assert told(session, line)[1]["outcome"]["verdict"] == "good"
    session.undo()
    monkeypatch.setattr(session, "_drill", built)
    assert "error" in told(session, "3 1 99")[1]
    assert told(session, "piję kawy czarną")[1]["outcome"]["verdict"] == "again"
