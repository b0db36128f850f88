"""What meaning does, in a browser: a gap that asks, a text that is read, words found by what they mean."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import learned_long_ago

from tutor.memory.tracks import Track
from tutor.practice import Tutor

from .conftest import DESKTOP, PHONE, Learner, Server, ask

NO_ENCODER = (
    "from pathlib import Path; from tutor import cli; from tutor.meaning import encoder_in_use;"
    " encoder_in_use.SHIPPED = Path('none'); cli.main()"
)

with_encoder_and_without = pytest.mark.parametrize("encoder", [True, False], ids=["encoder", "no encoder"])


def opened(server: Server, at: Learner, encoder: bool) -> None:
    if not encoder:
        server.program = ["-c", NO_ENCODER]
    at.open(server.start().address)
    at.sees("start-session")


def met_long_ago(folder: Path, words: int = 60) -> None:
    """So many words of the course were read and used two months ago, and all of them are due."""
    with Tutor.open(folder, voices=()) as tutor:
        with tutor.database.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT id FROM item WHERE kind = 'word' ORDER BY position LIMIT ?", (words,)
            )
            items = [item for (item,) in found]
        learned_long_ago(tutor, items, {Track.VISUAL: 10.0, Track.CONTEXT: 10.0})


def last_answer(folder: Path) -> tuple[object, ...]:
    (row,) = ask(folder, "SELECT track, mode, help FROM review ORDER BY hlc DESC LIMIT 1")
    return row


@with_encoder_and_without
@pytest.mark.parametrize("at", [PHONE, DESKTOP], indirect=True)
def test_a_gap_asks_before_it_tells(server: Server, at: Learner, practised: Path, encoder: bool) -> None:
    opened(server, at, encoder)
    at.click("gym-context")
    at.sees("answer-field")
    at.click("hint")
    at.reads("question", r"\?$")
    at.click("hint")
    at.sees("not-sure")
    at.write("nie wiem")
    at.click("check")
    at.sees("verdict")
    assert last_answer(practised) == ("context", "context", "hint")


@with_encoder_and_without
@pytest.mark.parametrize("at", [PHONE, DESKTOP], indirect=True)
def test_a_text_is_read_and_three_questions_answered(
    server: Server, at: Learner, practised: Path, encoder: bool
) -> None:
    met_long_ago(practised)
    opened(server, at, encoder)
    at.click("gym-reading")
    at.sees("text-0-word-0")
    at.click("text-0-word-0")
    at.sees("gloss")
    before = at.place()
    at.click("next")
    at.leaves(before)
    looked = 0
    for _question in range(3):
        at.sees("option-0")
        if at.find("look-back").count():
            at.click("look-back")
            at.sees("text-0-word-0")
            at.click("look-back")
            looked += 1
        at.click("option-0")
        at.sees("verdict")
        assert last_answer(practised)[:2] == ("context", "reading")
        before = at.place()
        at.click("next")
        at.leaves(before)
    assert looked


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_words_are_found_by_what_they_mean_and_name_what_is_related(
    server: Server, at: Learner, practised: Path
) -> None:
    opened(server, at, encoder=True)
    at.click("nav-library")
    at.write("words for travelling", "search")
    at.reads("word-0", "podróż")
    at.click("word-0")
    at.reads("item-page", "podróż")
    at.click("related-0")
    at.reads("item-page", r"\w")


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_with_no_encoder_the_library_finds_by_letters_and_settings_says_why(
    server: Server, at: Learner, practised: Path
) -> None:
    opened(server, at, encoder=False)
    at.click("nav-library")
    at.write("coffee", "search")
    at.reads("words", "kawa")
    at.click("nav-settings")
    at.reads("settings", "is damaged or missing. Practice goes on without it")
