"""Dialogues: where answers lead, what the format holds, and what the checker adds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tutor.course.check import check_course
from tutor.course.dialogue import Answer, Dialogue, Reply, Turn
from tutor.course.reading import LessonContent, read_course, read_lesson, units_of
from tutor.errors import CourseError
from tutor.text import normal

from .samples import COURSE, ONE, write

WORDS = ("Kawa", "Kawę", "Proszę bardzo")


def turn(key: str, /, **more: Any) -> dict[str, Any]:
    reply = {"says": "Proszę", "means": "Please"}
    return {
        "key": key, "says": "Kawa?", "means": "Coffee?", "task": "Say coffee.", "accept": ["Kawę."],
        "hint": "It ends in ę.", "exact": reply, "near": reply, "default": {**reply, "says": "Bardzo"},
        **more,
    }  # fmt: skip


END = {"key": "end", "says": "Proszę", "means": "There."}


def turns(**first: Any) -> list[dict[str, Any]]:
    """Seven turns, of which what is neither right nor near to the first passes over the second."""
    over = {"says": "Bardzo", "means": "Very", "then": "t2"}
    return [turn("t0", **{"default": over, **first}), *(turn(f"t{n}") for n in range(1, 7)), END]


def written(folder: Path, entries: list[dict[str, Any]], course: str = COURSE) -> Path:
    dialogue = {"dialogue": {"who": "Ewa", "scene": "A café.", "turns": entries}}
    return write(folder / "mini", one=ONE + yaml.safe_dump(dialogue, allow_unicode=True), course=course)


def told(folder: Path, entries: list[dict[str, Any]]) -> list[str]:
    return [error.message for error in check_course(written(folder, entries))]


def read(folder: Path, entries: list[dict[str, Any]]) -> Dialogue:
    course = written(folder, entries)
    found = read_lesson(course, read_course(course), "one").lesson.dialogue
    assert found
    return found


def test_a_dialogue_is_read_whole(tmp_path: Path) -> None:
    found = read(tmp_path, turns(gloss={"dwa": "two"}))
    first = found.turns[0]
    assert (found.who, found.scene, len(found.turns)) == ("Ewa", "A café.", 8)
    assert (first.key, first.says, first.means, first.task) == ("t0", "Kawa?", "Coffee?", "Say coffee.")
    assert (first.accept, first.hint, first.gloss) == (("Kawę.",), "It ends in ę.", {"dwa": "two"})
    assert first.replies[Answer.EXACT] == Reply("Proszę", "Please", "t1"), "the next where none is named"
    assert first.replies[Answer.DEFAULT] == Reply("Bardzo", "Very", "t2")
    assert found.turns[-1].ends and not first.ends


def test_steps_are_counted_on_the_longest_way() -> None:
    def to(key: str, *then: str) -> Turn:
        replies = {kind: Reply("", "", one) for kind, one in zip(Answer, then, strict=True)} if then else {}
        return Turn(key, key, key, "say" if then else "", ("a",), "h", replies)

    found = Dialogue(
        "E", "", (to("a", "b", "b", "c"), to("b", "c", "c", "c"), to("c", "d", "d", "d"), to("d"))
    )
    assert [found.step(one) for one in found.turns] == [0, 1, 2, 3]
    assert (found.steps, found.fewest_steps, found.unreached) == (3, 2, ())
    assert [found.after(found.turns[0], kind).key for kind in Answer] == ["b", "b", "c"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"accept": []}, "task, accept, hint, exact, near and default, or none of them"),
        ({"hint": " "}, "task, accept, hint, exact, near and default, or none of them"),
        ({"near": None}, "task, accept, hint, exact, near and default, or none of them"),
        ({"accept": ["Kawę.", " "]}, r"accept.*should match pattern"),
        ({"key": "t1"}, "'t1' stands twice"),
        ({"exact": {"says": "Proszę", "means": "x", "then": "gone"}}, "'t0' with the key 'gone'"),
        ({"exact": {"says": "Proszę", "means": "x", "then": "t0"}}, "'t0' with the key 't0'"),
    ],
)
def test_a_dialogue_that_does_not_lead_on_is_told_with_its_line(
    tmp_path: Path, change: dict[str, Any], expected: str
) -> None:
    with pytest.raises(CourseError, match=expected) as caught:
        read(tmp_path, turns(**change))
    assert caught.value.line > ONE.count("\n")


def test_the_last_turn_ends_it(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="a last turn without a task"):
        read(tmp_path, turns()[:-1])


def test_a_dialogue_that_keeps_to_every_rule_has_nothing_wrong(tmp_path: Path) -> None:
    assert told(tmp_path, turns()) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"default": {"says": "Bardzo", "means": "x"}}, "leads to different turns by the answer"),
        ({"default": {"says": "Proszę", "means": "x", "then": "t2"}}, "another reply to what is right"),
        ({"says": "Herbata?"}, "'herbata' taught by then"),
        ({"accept": ["Herbata."]}, "'herbata' taught by then"),
        ({"near": {"says": "Herbata", "means": "x"}}, "'herbata' taught by then"),
        ({"says": "Kawa " * 19}, "at most 90 letters"),
        ({"task": "Say coffee. " * 8}, "at most 80 letters"),
        ({"gloss": {"kawa": "coffee"}}, "no gloss of 'kawa'"),
        ({"gloss": {"herbata": "tea"}}, "no gloss of 'herbata'"),
        ({"says": "Raz dwa trzy", "gloss": {"raz": "1", "dwa": "2", "trzy": "3"}}, "at most 2 words"),
    ],
)
def test_a_rule_that_a_dialogue_breaks_is_told(tmp_path: Path, change: dict[str, Any], expected: str) -> None:
    problems = told(tmp_path, turns(**change))
    assert len(problems) == 1
    assert problems[0].startswith("lessons/one.yaml:")
    assert expected in problems[0]


def test_what_is_glossed_or_accepted_besides_may_be_said(tmp_path: Path) -> None:
    assert told(tmp_path, turns(says="Herbata?", gloss={"herbata": "tea"}, accept=["Kawę.", "Wodę."])) == []


def test_each_way_is_long_enough_and_none_too_long_and_each_turn_is_on_one(tmp_path: Path) -> None:
    assert "not 5, 5" in " ".join(told(tmp_path, [*turns()[2:], END | {"key": "t8"}][:6]))
    many = [*turns()[:-1], *(turn(f"m{n}") for n in range(4)), END]
    assert "not 10, 11" in told(tmp_path, many)[0]
    over = {"says": "Kawa", "means": "x", "then": "t2"}
    assert "a way to the turn 't1'" in " ".join(told(tmp_path, turns(exact=over, near=over)))


def test_units_hold_every_lesson_once_in_order(tmp_path: Path) -> None:
    units = "units:\n- {key: u, title: U, title_pl: U, lessons: [%s]}\n"
    assert [
        error.message for error in check_course(write(tmp_path, course=COURSE + units % "one, two"))
    ] == []
    for wrong in ("one", "two, one", "one, one, two"):
        problems = check_course(write(tmp_path, course=COURSE + units % wrong))
        assert [problem.expected for problem in problems] == [
            "each lesson in one unit, in the order of the lessons"
        ]


def test_a_lesson_knows_its_unit(tmp_path: Path) -> None:
    units = "units:\n- {key: u, title: U, title_pl: V, lessons: [one, two]}\n"
    course = read_course(write(tmp_path, course=COURSE + units))
    (unit,) = units_of(course)
    assert (unit.number, unit.title, unit.title_pl) == (1, "U", "V")
    assert [read_lesson(tmp_path, course, name).lesson.unit for name in course.lessons] == [unit.id] * 2


def test_every_lesson_of_the_starter_course_begins_with_a_dialogue(
    starter_lessons: list[LessonContent],
) -> None:
    for content in starter_lessons:
        dialogue = content.lesson.dialogue
        assert dialogue, content.lesson.key
        for one in dialogue.turns:
            assert len({normal(answer) for answer in one.accept}) == len(one.accept), one.accept
