"""A dialogue that is spoken: what was said is sent as if it had been typed, or nothing is, and why."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from spoken import COFFEE, SLIP, WHERE, hearing, opened, rows, said, write_spoken_course

from tutor import lessons
from tutor.clock import ManualClock
from tutor.course.dialogue import Answer
from tutor.errors import MicrophoneRefused
from tutor.practice import Tutor
from tutor.speech.recording import Recording
from tutor.ui.recorder import Stage
from tutor.ui.screens.dialogue import dialogue_screen
from tutor.ui.state import AppState
from tutor.ui.talking import Talking
from tutor.ui.theme import Look

from .drawing import drawn
from .played import Played, identifiers, until

LOOKS = [Look(390, 844), Look(1280, 800), Look(360, 640, text=1.6)]


@pytest.fixture(scope="module")
def spoken_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_spoken_course(tmp_path_factory.mktemp("spoken"))


@pytest.fixture
def speaker(tmp_path: Path, spoken_course: Path, clock: ManualClock) -> Iterator[Tutor]:
    """A tutor that hears."""
    with opened(tmp_path / "data", spoken_course, clock) as tutor:
        hearing(tutor)
        yield tutor


Story = Callable[[AppState, Talking, Played], Awaitable[Any]]


def told(tutor: Tutor, story: Story, look: Look = LOOKS[0], microphone: Played | None = None) -> None:
    """Run a story from the beginning of the dialogue on."""

    async def run() -> None:
        state, played = AppState(lambda: tutor, look), microphone or Played()
        state.microphone = played
        await state.turns.take(None, state.open)
        (lesson,) = lessons.path(tutor)
        await state.turns.take(None, state.talk, lesson.id)
        assert state.talking
        await story(state, state.talking, played)

    asyncio.run(run())


async def say(state: AppState, talking: Talking, microphone: Played, what: Recording) -> None:
    """Tap the microphone, say it, and wait for what comes of it."""
    microphone.hears(what)
    await state.turns.take(state.turns.step, talking.aloud.press)
    await until(lambda: talking.aloud.busy)
    await until(lambda: not talking.aloud.busy)
    # What is done comes in order, so that the answer was given when this is done.
    await state.turns.take(None, asyncio.sleep, 0)
    assert not microphone.open


def test_an_answer_said_right_is_sent_as_it_is_written_and_only_that_is_stored(speaker: Tutor) -> None:
    async def story(state: AppState, talking: Talking, microphone: Played) -> None:
        await say(state, talking, microphone, said(COFFEE))
        (exchange,) = talking.exchanges
        assert (exchange.said, exchange.taken.answer) == (COFFEE, Answer.EXACT)
        assert {COFFEE, "Proszę.", "Good"} <= set(drawn(lambda: dialogue_screen(state, talking)))
        assert talking.over

    told(speaker, story)
    assert [row["said"] for row in rows(speaker, "lesson_event") if row["event"] == "answered"] == [COFFEE]
    assert rows(speaker, "phrase_attempt") == rows(speaker, "mistake") == rows(speaker, "review") == []
    assert not list((speaker.folder / "recordings").rglob("*.ogg"))


def test_a_sound_that_is_off_is_forgiven_and_another_answer_is_sent_as_it_was_heard(speaker: Tutor) -> None:
    async def story(state: AppState, talking: Talking, microphone: Played) -> None:
        await say(state, talking, microphone, said(SLIP))
        assert [one.said for one in talking.exchanges] == [COFFEE]
        await state.turns.take(None, talking.again)
        await say(state, talking, microphone, said(WHERE))
        assert [one.said for one in talking.exchanges] == ["gdzie jest toaleta"]
        assert talking.exchanges[0].taken.answer is Answer.DEFAULT

    told(speaker, story)


def test_of_silence_nothing_is_sent_and_what_was_typed_stays(speaker: Tutor) -> None:
    async def story(state: AppState, talking: Talking, microphone: Played) -> None:
        talking.wrote("Popro")
        microphone.hears(Recording(np.zeros(100, np.float32)))
        await state.turns.take(state.turns.step, talking.aloud.press)
        await until(lambda: talking.aloud.recorder.stage is Stage.LISTENING)
        await state.turns.take(state.turns.step, talking.aloud.press)
        await until(lambda: not talking.aloud.busy)
        assert (talking.exchanges, talking.typed) == ((), "Popro")
        sentence = "I heard nothing, so nothing was sent. Say it once more, a little louder."
        assert sentence in drawn(lambda: dialogue_screen(state, talking))
        await say(state, talking, microphone, said(COFFEE))
        assert sentence not in drawn(lambda: dialogue_screen(state, talking))

    told(speaker, story)


@pytest.mark.parametrize("look", LOOKS)
def test_while_it_listens_the_row_says_so_and_can_send_nothing(speaker: Tutor, look: Look) -> None:
    async def story(state: AppState, talking: Talking, microphone: Played) -> None:
        def shown() -> set[str]:
            return set(identifiers(lambda: dialogue_screen(state, talking)))

        assert {"answer-field", "speak", "send"} <= shown()
        await state.turns.take(state.turns.step, talking.aloud.press)
        await until(lambda: talking.aloud.recorder.stage is Stage.LISTENING)
        assert "Listening …" in drawn(lambda: dialogue_screen(state, talking))
        assert {"listening", "speak", "forget-said"} <= shown()
        assert not {"answer-field", "send"} & shown()
        await state.turns.take(state.turns.step, talking.forget)
        await until(lambda: not talking.aloud.busy)
        assert (microphone.given_up, talking.exchanges) == (True, ())
        assert {"answer-field", "send"} <= shown()

    told(speaker, story, look)


def test_leaving_lets_the_microphone_go(speaker: Tutor) -> None:
    async def story(state: AppState, talking: Talking, microphone: Played) -> None:
        await state.turns.take(state.turns.step, talking.aloud.press)
        await until(lambda: microphone.open)
        await state.turns.take(None, state.leave)
        await until(lambda: not microphone.open)
        assert (microphone.given_up, talking.exchanges) == (True, ())

    told(speaker, story)


def test_what_was_typed_meanwhile_counts_and_what_is_said_then_does_not(speaker: Tutor) -> None:
    async def story(state: AppState, talking: Talking, microphone: Played) -> None:
        await state.turns.take(state.turns.step, talking.aloud.press)
        await until(lambda: microphone.open)
        talking.wrote("poprosze kawe z mlekiem")
        await state.turns.take(state.turns.step, talking.send)
        await until(lambda: not talking.aloud.busy)
        assert [one.said for one in talking.exchanges] == ["poprosze kawe z mlekiem"]
        assert microphone.given_up

    told(speaker, story)


def test_a_microphone_that_is_refused_is_told_and_typing_goes_on(speaker: Tutor) -> None:
    refusing = Played()
    refusing.refuses = MicrophoneRefused("The app may not use the microphone.", doing="recording")

    async def story(state: AppState, talking: Talking, _microphone: Played) -> None:
        await state.turns.take(state.turns.step, talking.aloud.press)
        await until(lambda: bool(talking.aloud.recorder.problem))
        assert refusing.refuses
        assert refusing.refuses.message in drawn(lambda: dialogue_screen(state, talking))
        talking.wrote("kawa")
        await state.turns.take(state.turns.step, talking.send)
        assert len(talking.exchanges) == 1

    told(speaker, story, microphone=refusing)


def test_without_a_model_or_a_microphone_there_is_nothing_to_speak_into(
    tmp_path: Path, spoken_course: Path, clock: ManualClock, speaker: Tutor
) -> None:
    async def story(state: AppState, talking: Talking, _microphone: Played) -> None:
        assert "speak" not in identifiers(lambda: dialogue_screen(state, talking))

    with opened(tmp_path / "deaf", spoken_course, clock) as deaf:
        told(deaf, story)

    async def without() -> None:
        state = AppState(lambda: speaker, LOOKS[0])
        await state.turns.take(None, state.open)
        await state.turns.take(None, state.talk, lessons.path(speaker)[0].id)
        assert state.talking
        talking = state.talking
        assert "speak" not in identifiers(lambda: dialogue_screen(state, talking))

    asyncio.run(without())
