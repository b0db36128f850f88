"""A word's page in the Library: it is said for oneself, and told how it was, or compared by ear."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from spoken import COFFEE, SLIP, WHERE, hearing, opened, rows, said, write_spoken_course

from tutor.clock import ManualClock
from tutor.practice import Tutor
from tutor.speech.recording import Recording
from tutor.ui.aloud import Aloud
from tutor.ui.browsing import Browsing, Writing
from tutor.ui.place import Place
from tutor.ui.screens.library import library_screen
from tutor.ui.state import AppState
from tutor.ui.theme import Look

from .drawing import drawn
from .played import Played, identifiers, until

PHONE = Look(390, 844)


@pytest.fixture(scope="module")
def spoken_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_spoken_course(tmp_path_factory.mktemp("spoken"))


@pytest.fixture
def speaker(tmp_path: Path, spoken_course: Path, clock: ManualClock) -> Iterator[Tutor]:
    """A tutor that hears."""
    with opened(tmp_path / "data", spoken_course, clock) as tutor:
        hearing(tutor)
        yield tutor


class AtItem:
    """The Library with the phrase of the coffee open, and somebody who speaks."""

    def __init__(self, state: AppState, browsing: Browsing, microphone: Played) -> None:
        self.state, self.browsing, self.microphone = state, browsing, microphone

    @property
    def aloud(self) -> Aloud:
        assert self.browsing.aloud
        return self.browsing.aloud

    async def open(self, text: str = COFFEE) -> None:
        found = next(row for row in self.browsing.found.rows if row.text == text)
        await self.state.turns.take(None, self.browsing.open, found.id)

    async def press(self) -> None:
        await self.state.turns.take(self.state.turns.step, self.aloud.press)

    async def say(self, what: Recording) -> None:
        self.microphone.hears(what)
        await self.press()
        await until(lambda: self.aloud.busy)
        await until(lambda: not self.aloud.busy)

    def drawn(self) -> list[str]:
        return drawn(lambda: library_screen(self.state, self.browsing))

    def shown(self) -> set[str]:
        return set(identifiers(lambda: library_screen(self.state, self.browsing)))


def told(tutor: Tutor, story: Callable[[AtItem], Awaitable[Any]], look: Look = PHONE) -> None:
    async def run() -> None:
        state, microphone = AppState(lambda: tutor, look), Played()
        state.microphone = microphone
        await state.turns.take(None, state.open)
        await state.turns.take(None, state.go, Place.LIBRARY)
        assert isinstance(state.content, Browsing)
        at = AtItem(state, state.content, microphone)
        await at.open()
        await story(at)

    asyncio.run(run())


@pytest.mark.parametrize("look", [PHONE, Look(1280, 800), Look(360, 640, text=1.6)])
def test_a_phrase_is_said_and_told_word_by_word_with_the_sounds_of_the_worst(
    speaker: Tutor, look: Look
) -> None:
    async def story(at: AtItem) -> None:
        assert {"Say it", "Tap and speak"} <= set(at.drawn())
        assert not {"Mine", "said-0"} & {*at.drawn(), *at.shown()}
        await at.say(said(SLIP))
        assert {"said-0", "said-3", "sounds", "play-mine"} <= at.shown()
        page = at.drawn()
        assert {"kawę", "Nearly", "Mine", "Model", "Slower"} <= set(page)
        assert any(text.endswith(" of 100, an estimate") for text in page)
        assert any("sounded like" in text for text in page)
        await at.say(said(COFFEE))
        assert "Nearly" not in at.drawn() and "sounds" not in at.shown(), "the last take is told of"

    told(speaker, story, look)
    assert len(rows(speaker, "phrase_attempt")) == 2
    assert rows(speaker, "review") == []


def test_another_item_begins_without_what_was_said_of_the_one_before(speaker: Tutor) -> None:
    async def story(at: AtItem) -> None:
        await at.say(said(COFFEE))
        await at.open(WHERE)
        assert not {"said-0", "play-mine"} & at.shown()
        await at.say(said(WHERE))
        assert "toaleta" in at.drawn()

    told(speaker, story)
    assert [row["expected"] for row in rows(speaker, "phrase_attempt")] == [COFFEE, WHERE]


def test_that_more_was_heard_is_told(speaker: Tutor) -> None:
    async def story(at: AtItem) -> None:
        await at.say(said(COFFEE))
        assert at.browsing.said
        more = "More was heard than that: “poproszę kawę z mlekiem i już”."
        assert more not in at.drawn()
        at.browsing.said = replace(
            at.browsing.said, heard="poproszę kawę z mlekiem i już", extra=("i", "już")
        )
        assert more in at.drawn()

    told(speaker, story)


def test_without_a_model_it_is_kept_and_both_are_there_to_compare(
    tmp_path: Path, spoken_course: Path, clock: ManualClock
) -> None:
    async def story(at: AtItem) -> None:
        assert any(text.startswith("No speech model is here") for text in at.drawn())
        await at.say(said(COFFEE))
        assert {"play-mine", "replay", "slower"} <= at.shown()
        assert "said-0" not in at.shown()

    with opened(tmp_path / "deaf", spoken_course, clock) as deaf:
        told(deaf, story)
        (attempt,) = rows(deaf, "phrase_attempt")
        assert (attempt["accuracy"], attempt["answer_id"]) == (None, None)
        assert deaf.speaking.recordings.find(attempt["audio_ref"])


async def _to_another(at: AtItem) -> None:
    await at.open(WHERE)


async def _back(at: AtItem) -> None:
    await at.state.turns.take(None, at.browsing.close)


async def _away(at: AtItem) -> None:
    await at.state.turns.take(None, at.state.go, Place.TODAY)


async def _to_writing(at: AtItem) -> None:
    await at.state.turns.take(None, at.browsing.write, Writing.EDIT)


@pytest.mark.parametrize("leave", [_to_another, _back, _away, _to_writing])
def test_who_leaves_is_not_listened_to_any_more(
    speaker: Tutor, leave: Callable[[AtItem], Awaitable[None]]
) -> None:
    async def story(at: AtItem) -> None:
        await at.press()
        await until(lambda: at.microphone.open)
        await leave(at)
        await until(lambda: not at.microphone.open)
        assert at.microphone.given_up

    told(speaker, story)
    assert rows(speaker, "phrase_attempt") == []


def test_without_a_microphone_there_is_nothing_to_say(speaker: Tutor) -> None:
    async def run() -> None:
        state = AppState(lambda: speaker, PHONE)
        await state.turns.take(None, state.open)
        await state.turns.take(None, state.go, Place.LIBRARY)
        browsing = state.content
        assert isinstance(browsing, Browsing)
        await state.turns.take(None, browsing.open, browsing.found.rows[0].id)
        assert "Say it" not in drawn(lambda: library_screen(state, browsing))

    asyncio.run(run())
