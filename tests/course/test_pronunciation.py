"""The sounds of Polish by its spelling, held against what Wiktionary's people wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.course.pronunciation import ipa

AGREES = 0.98
"""Of 114,000 words; most of the others are names, loans and words of two parts."""


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("kawa", "ˈkava"),
        ("chleb", "ˈxlɛp"),
        ("książka", "ˈkɕɔw̃ʂka"),
        ("ręka", "ˈrɛŋka"),
        ("są", "ˈsɔw̃"),
        ("proszę", "ˈprɔʂɛ"),
        ("pięć", "ˈpjɛɲt͡ɕ"),
        ("wziął", "ˈvʑɔw"),
        ("kwiat", "ˈkfjat"),
        ("trzy", "ˈtʂɨ"),
        ("jabłko", "ˈjapkɔ"),
        ("muzyka", "ˈmuzɨka"),
        ("robiliśmy", "rɔˈbiliɕmɨ"),
        ("chciałabym", "ˈxt͡ɕawabɨm"),
        ("nauczyciel", "nauˈt͡ʂɨt͡ɕɛl"),
        ("w Polsce", "f ˈpɔlst͡sɛ"),
        ("w domu", "v ˈdɔmu"),
        ("z", "z"),
        ("Nie wiem.", "ˈɲɛ vjɛm"),
        ("Nie rozumiem.", "ɲɛ rɔˈzumjɛm"),
        ("Nie, dziękuję.", "ˈɲɛ d͡ʑɛŋˈkujɛ"),
        ("Uczę się polskiego.", "ˈut͡ʂɛ ɕɛ pɔlsˈkjɛɡɔ"),
    ],
)
def test_a_text_is_said_as_people_say_it(text: str, sounds: str) -> None:
    assert ipa(text) == sounds


def test_it_agrees_with_wiktionary(shared: Path) -> None:
    said: dict[str, set[str]] = {}
    for line in (
        (shared / "data/polish/wikipron__pol_latn_broad.tsv").read_text(encoding="utf-8").splitlines()
    ):
        word, sounds = line.split("\t")
        if word.isalpha() and word.islower():
            said.setdefault(word, set()).add(sounds.replace(" ", ""))
    agreeing = sum(ipa(word).replace("ˈ", "") in sounds for word, sounds in said.items())
    assert len(said) > 100_000
    assert agreeing / len(said) >= AGREES
