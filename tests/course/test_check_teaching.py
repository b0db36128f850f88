"""What a whole lesson must hold, rule by rule."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tutor.course.check_teaching import teaching_problems
from tutor.course.format import LessonFile

Lesson = dict[str, Any]
NAMES = frozenset({"Kasia"})


def turn(key: str, then: str = "") -> dict[str, Any]:
    reply = {"says": "Tak.", "means": "Yes."}
    return {
        "key": key, "says": "Kawa?", "means": "Coffee?", "task": "Say yes.", "accept": ["Tak."],
        "hint": "*T…*",
        "exact": reply, "near": reply, "default": reply | ({"then": then} if then else {}),
    }  # fmt: skip


def word(at: int) -> dict[str, Any]:
    return {
        "key": f"w{at}", "text": "kawa", "means": ["coffee"], "pos": "noun", "gender": "feminine",
        "topic": "x", "sentences": [
            {"pl": "Czy masz dobrą {kawę}?", "en": "Do you have good coffee? (to a friend)", "form": "acc.sg",
             "governor": "masz", "because": "*Mieć* takes it.", "groups": ["Czy masz", "dobrą", "kawę"]},
        ],
    }  # fmt: skip


def phrase(at: int) -> dict[str, Any]:
    return {
        "key": f"p{at}", "text": "Proszę bardzo.", "means": ["here you are"], "literal": "I ask very",
        "prompt": "Here you are.", "who": "anyone", "topic": "x", "gap": "Proszę {bardzo}.", "gap_en": "Yes.",
    }  # fmt: skip


WHOLE: Lesson = {
    "key": "one", "title": "Coffee", "title_pl": "Kawa", "can_do": "I can order.", "cefr": "A1",
    "grammar": [{"key": "g", "title": "Case", "note": "So."}],
    "sounds": [{"key": "s", "title": "Sound", "note": "So.", "contrasts": [["a", "b"]] * 3}],
    "culture": "Coffee is good.",
    "dialogue": {"who": "Ewa", "scene": "A café.", "turns": [
        turn("a", "c"), turn("b"), turn("c", "e"), turn("d"), {"key": "e", "says": "Pa!", "means": "Bye!"},
    ]},
    "words": [word(at) for at in range(12)],
    "phrases": [phrase(at) for at in range(10)],
}  # fmt: skip


def told(change: Callable[[Lesson], object]) -> list[str]:
    lesson = copy.deepcopy(WHOLE)
    change(lesson)
    return list(teaching_problems(LessonFile.model_validate(lesson), NAMES))


def sentence(**new: Any) -> Callable[[Lesson], object]:
    return lambda lesson: lesson["words"][0]["sentences"][0].update(new)


def first(part: str, **new: Any) -> Callable[[Lesson], object]:
    return lambda lesson: lesson[part][0].update(new)


def test_a_whole_lesson_lacks_nothing() -> None:
    assert told(lambda lesson: None) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda lesson: lesson["words"].pop(), "12 to 18 words, not 11"),
        (lambda lesson: lesson["phrases"].extend(map(phrase, range(20, 25))), "10 to 14 phrases, not 15"),
        (lambda lesson: lesson.update(grammar=[]), "a note on grammar"),
        (lambda lesson: lesson.update(sounds=[]), "a note on a sound"),
        (first("sounds", contrasts=[["a", "b"]]), "3 to 5 contrasts in 's', not 1"),
        (lambda lesson: lesson.update(culture=" "), "a line on culture"),
        (lambda lesson: lesson.update(dialogue=None), "a dialogue"),
        (lambda lesson: lesson["dialogue"]["turns"].pop(0), "2 turns or more of the dialogue"),
        (first("words", gender=""), "a gender, or `number: plural`, for 'kawa'"),
        (first("words", gender="masculine"), "an animacy for 'kawa'"),
        (first("words", pos="verb"), "an aspect for 'kawa'"),
        (sentence(governor=""), "the governor of the acc.sg"),
        (sentence(governor="mam"), "a governor that stands in"),
        (sentence(form="", governor=""), "the form of 'kawa'"),
        (sentence(because=""), "why the acc.sg stands in"),
        (sentence(judged={"wodę": "Why not."}), "'wodę' among what is accepted"),
        (sentence(groups=[]), "the sense groups of"),
        (sentence(en="Do you have good coffee?"), "who is spoken to"),
        (first("phrases", literal=""), "a literal translation of 'Proszę bardzo.'"),
        (first("phrases", who=""), "who says 'Proszę bardzo.' to whom"),
        (first("phrases", prompt="As you like."), "who is spoken to"),
        (first("words", collocations=[{"pl": "{mocna} kawa", "en": "so", "wrong": ["miła", "zła", "inna"]}]),
         "2 wrong words or more with 'm'"),
        (lambda lesson: lesson.update(can_do="I can name my favorite."), "and not 'favorite'"),
    ],
)  # fmt: skip
def test_what_a_lesson_lacks_is_told(change: Callable[[Lesson], object], expected: str) -> None:
    problems = told(change)
    assert len(problems) == 1
    assert expected in problems[0]


@pytest.mark.parametrize(
    "english",
    ["Kasia, do you have good coffee?", "Do you have good coffee, Mum?", "Nice to meet you.", "Thank you!",
     "Do you have any? (to a man you don't know)", "Do you have any? (to several friends)"],
)  # fmt: skip
def test_who_is_called_or_named_in_brackets_is_told_enough(english: str) -> None:
    assert told(sentence(en=english)) == []


def test_what_nothing_governs_says_so() -> None:
    assert told(sentence(governor="free")) == []
