"""The sounds of a course's words against a voice and against Wiktionary: each difference was judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.course.check_sounds import SOUNDS, comparable, sound_problems
from tutor.course.format import JudgedSounds
from tutor.course.item import Item, ItemKind
from tutor.course.yaml_file import read_yaml
from tutor.resources import COURSES


def test_what_is_only_written_otherwise_is_the_same_sound() -> None:
    assert comparable("ˈkɕɔw̃ʂka") == comparable("kɕɔ̃ʃka")
    assert comparable("ˈpjɛɲt͡ɕ") == comparable("pʲɛɲtɕ")
    assert comparable("ɕɲaˈdaɲɛ") == comparable("ɕɲʲadaɲʲɛ")
    assert comparable("ˈt͡ʂɨ") != comparable("tʂi")


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        ({"bardzo": "The voice is wrong."}, []),
        ({}, ["why 'bardzo' is 'ˈbard͡zɔ' where the voice says 'bardʑɔ'"]),
        ({"bardzo": "The voice is wrong.", "kawa": "No idea."}, ["no judgement of 'kawa'"]),
    ],
)
def test_a_difference_is_judged_and_nothing_else(judged: dict[str, str], expected: list[str]) -> None:
    words = [
        Item("1", ItemKind.WORD, "bardzo", ("very",), ipa="ˈbard͡zɔ"),
        Item("2", ItemKind.WORD, "kawa", ("coffee",), ipa="ˈkava"),
    ]
    told = list(sound_problems(words, {"bardzo": "bardʑɔ", "kawa": "kava"}.__getitem__, judged))
    assert len(told) == len(expected)
    assert all(told[at].startswith(part) for at, part in enumerate(expected))


def test_the_course_says_its_words_as_wiktionary_does(shared: Path, starter_items: list[Item]) -> None:
    said: dict[str, set[str]] = {}
    listed = (shared / "data/polish/wikipron__pol_latn_broad.tsv").read_text(encoding="utf-8")
    for line in listed.splitlines():
        word, sounds = line.split("\t")
        said.setdefault(word, set()).add(comparable(sounds))
    judged = read_yaml(COURSES / "pl-en", SOUNDS, JudgedSounds).root
    found = [item for item in starter_items if item.kind is ItemKind.WORD and item.text in said]
    assert len(found) > 50
    differ = {item.text for item in found if comparable(item.ipa) not in said[item.text]}
    assert differ <= judged.keys()
