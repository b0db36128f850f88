"""Meaning has hardly anything to go by: few words, all alike, in another script, or very many at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import START, finish, learned_long_ago, right

from tutor import library, reading
from tutor.clock import ManualClock
from tutor.errors import UsageError
from tutor.library import OwnItem, Wanted
from tutor.memory.tracks import Mode, Track
from tutor.practice import Tutor
from tutor.vocabulary_map import look

STABILITIES = {Track.VISUAL: 10.0, Track.CONTEXT: 30.0}
ALIKE = [OwnItem("kot", ("cat",), "noun", "", (("Mam kota. To kot.", "I have a cat."),))] * 12
OTHER_SCRIPT = [
    OwnItem(text, (means,), "", "", ((f"Это {text}.", f"It is a {means}."),))
    for text, means in (("дом", "house"), ("кот", "cat"), ("книга", "book"), ("вода", "water"))
]


@pytest.fixture
def tutor(tmp_path: Path) -> Iterator[Tutor]:
    """A folder without a course."""
    courses = tmp_path / "courses"
    courses.mkdir()
    with Tutor.open(tmp_path / "data", ManualClock(START), voices=(), courses=courses) as opened:
        yield opened


@pytest.mark.parametrize(
    "words", [[], ALIKE[:1], ALIKE, OTHER_SCRIPT], ids=["none", "one", "all alike", "another script"]
)
def test_practice_reading_search_and_the_map_go_on(tutor: Tutor, words: list[OwnItem]) -> None:
    items = [library.add(tutor, word) for word in words]
    learned_long_ago(tutor, items, STABILITIES)
    modes = set()
    for seed in range(3):
        try:
            session = tutor.start("context", 20, seed=seed)
        except UsageError:
            assert not words or seed
            break
        modes |= {drill.mode for drill in finish(session)}
    assert bool(modes) is bool(words)
    for wanted in ("кот", "cat", "words for animals", "猫"):
        assert library.find(tutor, Wanted(wanted)).total <= len(words)
    assert len(look(tutor).spots) == len(words)
    assert tutor.meanings.problem == ""


def test_a_text_is_woven_of_few_words_and_not_of_too_few(tutor: Tutor) -> None:
    items = [library.add(tutor, word) for word in OTHER_SCRIPT]
    learned_long_ago(tutor, items[:2], STABILITIES)
    with pytest.raises(UsageError, match="it takes 3"):
        reading.begin(tutor)
    learned_long_ago(tutor, items[2:], STABILITIES)
    session = reading.begin(tutor, seed=1)
    drill = session.next()
    assert drill and len(drill.passage) == len(OTHER_SCRIPT)
    right(session, drill)
    assert [one.mode for one in finish(session)] == [Mode.READING] * 3
