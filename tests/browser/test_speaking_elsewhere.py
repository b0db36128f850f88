"""Speaking outside a session, in a real browser: an answer in a dialogue, and a phrase said for oneself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from spoken import COFFEE, SLIP, hearing

from tutor.practice import Tutor
from tutor.welcome import Step, reach

from .conftest import DESKTOP, PHONE, Learner, Server, ask
from .layout import faults_to_the_end
from .test_speaking import chromium, listens, microphone, recordings, say

__all__ = ["chromium", "microphone"]

ANSWERED = (
    "SELECT e.said FROM lesson_event AS e JOIN lesson ON lesson.id = e.lesson"
    " WHERE lesson.key = 'hello' AND e.event = 'answered' ORDER BY e.hlc"
)
ATTEMPTS = "SELECT answer_id, expected FROM phrase_attempt ORDER BY hlc"
REVIEWS = "SELECT count(*) FROM review"


@pytest.fixture(scope="session")
def newcomer_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which nothing was learned, with the model of the tests."""
    folder = tmp_path_factory.mktemp("newcomer") / "data"
    with Tutor.open(folder) as tutor:
        reach(tutor, Step.DONE)
        hearing(tutor)
    return folder


@pytest.fixture
def newcomer(newcomer_once: Path, folder: Path) -> Path:
    """A copy of that folder, for one test."""
    return Path(shutil.copytree(newcomer_once, folder))


def to_the_dialogue(at: Learner) -> None:
    """Into the dialogue of the first lesson."""
    at.click("nav-lessons")
    at.click("lesson-1")
    at.click("talk")
    at.sees("conversation")


def to_the_coffee(at: Learner) -> None:
    """To the page of the phrase that the model of the tests knows."""
    at.click("nav-library")
    at.sees("words")
    at.write("kawę z mlekiem", "search")
    at.reads("word-0", COFFEE)
    at.click("word-0")
    at.sees("say-it")


@pytest.mark.parametrize("at", [PHONE, DESKTOP], indirect=True)
def test_an_answer_is_said_and_the_next_one_typed(
    server: Server, at: Learner, newcomer: Path, microphone: Path
) -> None:
    say("Dzień dobry", microphone)
    at.open(server.start().address)
    to_the_dialogue(at)
    at.click("speak")
    at.reads("listening", "Listening …")
    at.sees_no("answer-field")
    at.reads("conversation", "You said: Dzień dobry!")
    assert ask(newcomer, ANSWERED) == [("Dzień dobry!",)]
    assert faults_to_the_end(at) == []
    at.write("tak prosze")
    at.click("send")
    at.reads("conversation", "tak prosze")
    assert ask(newcomer, ANSWERED) == [("Dzień dobry!",), ("tak prosze",)]
    assert ask(newcomer, ATTEMPTS) == []
    assert recordings(newcomer) == []


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_what_is_being_said_can_be_taken_back(
    server: Server, at: Learner, newcomer: Path, microphone: Path
) -> None:
    say("Dzień dobry", microphone)
    at.open(server.start().address)
    to_the_dialogue(at)
    at.click("speak")
    listens(at)
    at.click("forget-said")
    at.sees("answer-field")
    assert ask(newcomer, ANSWERED) == []


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_a_phrase_is_said_for_oneself_as_often_as_one_likes(
    server: Server, at: Learner, newcomer: Path, microphone: Path
) -> None:
    say(SLIP, microphone)
    at.open(server.start().address)
    to_the_coffee(at)
    at.click("speak")
    listens(at)
    at.reads("say-it", "of 100, an estimate")
    assert "w, differed" in at.reads("sounds", "sounded like")
    assert faults_to_the_end(at) == []
    say(COFFEE, microphone)
    at.click("speak")
    at.sees_no("sounds")
    at.reads("say-it", "of 100, an estimate")
    assert ask(newcomer, ATTEMPTS) == [(None, COFFEE), (None, COFFEE)]
    assert len(recordings(newcomer)) == 2
    assert ask(newcomer, REVIEWS) == [(0,)]
