"""Settings as they are changed, and what they do to the look of the app."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from helpers import START, answers, contents, database, finish, open_tutor, reading

from tutor import settings, upkeep
from tutor.clock import ManualClock
from tutor.errors import EncoderBroken
from tutor.meaning.encoder_in_use import SHIPPED, EncoderInUse
from tutor.meaning.static_encoder import StaticEncoder
from tutor.meanings import Meanings
from tutor.practice import Tutor
from tutor.settings import Grading, Theme
from tutor.store import startup
from tutor.store.names import EDITABLE, LOGS
from tutor.ui.adjusting import Adjusting
from tutor.ui.place import Place
from tutor.ui.screens.settings import settings_screen
from tutor.ui.state import AppState, Screen
from tutor.ui.theme import DARK, Look

from .drawing import drawn

PHONE = Look(390, 844)


def told(
    tutor: Tutor, story: Callable[[AppState, Adjusting], Awaitable[None]], look: Look = PHONE
) -> list[Theme]:
    """Run a story from Settings on; the themes that the page was told."""
    themes: list[Theme] = []

    async def run() -> None:
        state = AppState(lambda: tutor, look, on_theme=themes.append)
        await state.turns.take(None, state.open)
        await state.turns.take(None, state.go, Place.SETTINGS)
        assert isinstance(state.content, Adjusting)
        await story(state, state.content)

    asyncio.run(run())
    return themes


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


def said(state: AppState, adjusting: Adjusting) -> list[str]:
    return drawn(lambda: settings_screen(state, adjusting))


@pytest.mark.parametrize("look", [Look(390, 844), Look(1280, 800), Look(360, 640, text=1.6)])
def test_every_setting_says_what_it_changes_and_unfolds_into_what_it_can_be(
    practising: Tutor, look: Look
) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        folded = said(state, adjusting)
        for name in (
            "name",
            "goal_minutes",
            "new_per_day",
            "grading",
            "day_start",
            "voice",
            "speed",
            "theme",
            "text_size",
        ):
            await state.turns.take(None, adjusting.unfold, name)
            assert len(said(state, adjusting)) > len(folded), name
            await state.turns.take(None, adjusting.unfold, name)
        assert said(state, adjusting) == folded

    told(practising, story, look)


def test_what_is_chosen_holds_at_once(practising: Tutor) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        await state.turns.take(None, adjusting.choose, "theme", Theme.DARK)
        await state.turns.take(None, adjusting.choose, "text_size", 1.3)
        await state.turns.take(None, adjusting.choose, "spacing", True)
        await state.turns.take(None, adjusting.choose, "grading", Grading.TWO)
        assert state.look.colours is DARK
        assert (state.look.text, state.look.spaced) == (1.3, True)
        assert practising.settings.grading is Grading.TWO
        await state.turns.take(None, adjusting.choose, "text_size", 9)
        assert state.notice.startswith("Choose from")
        assert state.look.text == 1.3

    assert told(practising, story)[-1] is Theme.DARK


def test_what_is_missing_to_tell_words_of_like_meaning_is_said_here_once_it_is_known(
    practising: Tutor,
) -> None:
    looked = Event()

    def missing() -> StaticEncoder:
        looked.wait(30)
        raise EncoderBroken("The encoder is not here.")

    encoders = EncoderInUse(missing, partial(StaticEncoder, SHIPPED))
    practising.meanings = Meanings(practising.database, practising.folder, encoders)

    async def story(state: AppState, adjusting: Adjusting) -> None:
        assert "Words of like meaning" not in said(state, adjusting), "the screen waits for no encoder"
        looked.set()
        await until(lambda: adjusting.meaning_problem)
        lines = said(state, adjusting)
        assert lines[lines.index("Words of like meaning") + 1] == "The encoder is not here."
        await state.turns.take(None, state.go, Place.TODAY)
        await state.turns.take(None, state.go, Place.SETTINGS)
        assert isinstance(state.content, Adjusting)
        assert "The encoder is not here." in said(state, state.content), "it is known by now"

    told(practising, story)


def test_where_nothing_is_missing_nothing_is_said_of_it(practising: Tutor) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        await adjusting.look_at_meaning()
        assert "Words of like meaning" not in said(state, adjusting)

    told(practising, story)


def test_a_name_is_written_and_greeted(practising: Tutor) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        await state.turns.take(None, adjusting.unfold, "name")
        adjusting.wrote("  Anna \n Maria ")
        await state.turns.take(None, adjusting.rename)
        assert "Anna Maria" in said(state, adjusting)
        await state.turns.take(None, state.go, Place.TODAY)
        assert state.today
        assert state.today.name == "Anna Maria"

    told(practising, story)


def test_a_backup_and_an_export_are_made_and_told(practising: Tutor) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        before = len(upkeep.backups(practising.folder))
        await state.turns.take(None, adjusting.back_up)
        step = state.turns.step
        await until(lambda: not adjusting.working)
        assert state.turns.step == step, "whatever is being done goes on"
        assert len(upkeep.backups(practising.folder)) == before + 1
        assert any(text.startswith("Last one on ") for text in said(state, adjusting))
        await state.turns.take(None, adjusting.export)
        await until(lambda: not adjusting.working)
        assert f"Written to {adjusting.done}" in said(state, adjusting)
        document = json.loads(Path(adjusting.done).read_text(encoding="utf-8"))
        rows = practising.database.raw.execute("SELECT count(*) FROM review").fetchone()[0]
        assert len(document["tables"]["review"]) == rows

    told(practising, story)


# What needs the folder to itself. The app opens it, so that it can close it.


def opened(folder: Path, courses: Path, story: Callable[[AppState, ManualClock], Awaitable[None]]) -> None:
    """Run a story from Settings on, in an app that opens the folder itself."""
    clock = ManualClock(START)

    async def run() -> None:
        state = AppState(lambda: open_tutor(folder, courses, clock), PHONE)
        await state.turns.take(None, state.open)
        await state.turns.take(None, state.go, Place.SETTINGS)
        await story(state, clock)
        await state.turns.take(None, state.shut)

    asyncio.run(run())


def kept_rows(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What is the learner's; drills are made ahead beside it all the time."""
    return {name: rows for name, rows in contents(database(folder)).items() if name in (*LOGS, *EDITABLE)}


def adjusting_of(state: AppState) -> Adjusting:
    assert isinstance(state.content, Adjusting)
    return state.content


def test_a_backup_is_brought_back_after_a_second_yes_that_says_what_goes(used: Path, courses: Path) -> None:
    kept = upkeep.back_up(used, ManualClock(START - timedelta(minutes=1)))
    then = contents(database(used))
    with open_tutor(used, courses) as tutor:
        finish(tutor.start(limit=6, seed=1))
    with reading(database(used)) as connection:
        counted = len(answers(connection)) - len(then["review"])
    assert counted

    async def story(state: AppState, _clock: ManualClock) -> None:
        adjusting = adjusting_of(state)
        await state.turns.take(None, adjusting.unfold, "backups")
        assert any(text.startswith("Made by hand · ") for text in said(state, adjusting))
        await state.turns.take(None, adjusting.ask, kept)
        assert any(
            text.startswith(f"{counted} answers given since then go") for text in said(state, adjusting)
        )
        await state.turns.take(None, state.restore, kept)
        assert (state.screen, state.place) == (Screen.PLACE, Place.TODAY)
        assert state.notice.startswith("Everything is as it was then.")

    opened(used, courses, story)
    assert contents(database(used))["review"] == then["review"]
    (saved,) = [one for one in upkeep.backups(used) if one.reason == "before-restore"]
    assert len(contents(saved.path)["review"]) == len(then["review"]) + counted


def test_with_the_folder_open_elsewhere_nothing_is_restored_or_deleted(
    used: Path, courses: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(startup, "BUSY_TIMEOUT_MS", 50)
    kept = upkeep.back_up(used, ManualClock(START))

    async def story(state: AppState, _clock: ManualClock) -> None:
        with open_tutor(used, courses):  # As another page of the same server has it.
            before = kept_rows(used)
            await state.turns.take(None, state.restore, kept)
            assert "another Patient Tutor has them open. Nothing was changed" in state.notice
            assert (state.screen, state.place) == (Screen.PLACE, Place.SETTINGS)
            adjusting_of(state).wrote("delete")
            await state.turns.take(None, state.delete_everything)
            assert "Nothing was changed" in state.notice
            assert kept_rows(used) == before
        assert upkeep.backups(used) == [kept]

    opened(used, courses, story)


def test_a_page_that_is_out_of_sight_leaves_the_file_to_the_others(
    used: Path, courses: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(startup, "BUSY_TIMEOUT_MS", 50)
    kept = upkeep.back_up(used, ManualClock(START))

    async def story(state: AppState, clock: ManualClock) -> None:
        await state.turns.take(None, state.out_of_sight)
        await state.turns.take(None, state.back_in_sight)
        assert state.place is Place.SETTINGS, "it goes on where it was"
        await state.turns.take(None, state.out_of_sight)
        other = AppState(lambda: open_tutor(used, courses, clock), PHONE)
        await other.turns.take(None, other.open)
        await other.turns.take(None, other.restore, kept)
        assert other.notice.startswith("Everything is as it was then")
        await other.turns.take(None, other.shut)
        clock.advance(timedelta(seconds=1))
        with open_tutor(used, courses, clock) as tutor:
            settings.change(tutor, name="Anna")
        await state.turns.take(None, state.back_in_sight)
        assert (state.screen, state.place) == (Screen.PLACE, Place.TODAY)
        assert state.today
        assert state.today.name == "Anna"

    opened(used, courses, story)


def test_everything_is_deleted_only_once_the_word_was_written(used: Path, courses: Path) -> None:
    before, learned = contents(database(used)), kept_rows(used)
    (used / "audio").mkdir(exist_ok=True)

    async def story(state: AppState, _clock: ManualClock) -> None:
        adjusting = adjusting_of(state)
        await state.turns.take(None, adjusting.unfold, "delete")
        assert "Write “delete” to go on." in said(state, adjusting)
        adjusting.wrote("delet")
        await state.turns.take(None, state.delete_everything)
        assert state.notice.startswith("Nothing was deleted")
        assert kept_rows(used) == learned
        adjusting.wrote(" Delete ")
        await state.turns.take(None, state.delete_everything)
        assert state.screen is Screen.WELCOME
        assert state.notice.startswith("Everything was deleted. The backup made before is ")

    opened(used, courses, story)
    now = contents(database(used))
    for table in (*LOGS, "user_progress", "session_state", "drill_inventory"):
        assert now[table] == [], table
    assert len(now["learner"]) == 1
    assert now["learner"] != before["learner"]
    assert now["item"], "the course is there"
    assert not (used / "audio").exists()
    (saved,) = upkeep.backups(used)
    assert contents(saved.path)["review"] == before["review"]
    raw = database(used).read_bytes()
    assert before["learner"][0][0].encode() not in raw, "nothing is left in pages that are free"


def test_another_voice_is_chosen_and_all_its_sounds_are_made_with_a_way_to_stop(practising: Tutor) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        assert any("words you met" in text for text in said(state, adjusting))
        await state.turns.take(None, adjusting.unfold, "voice")
        assert {"Deeper", "Higher"} <= set(said(state, adjusting))
        await state.turns.take(None, adjusting.choose, "voice", "pl+f3")
        assert adjusting.voice_now == practising.voice.name == "pl+f3"

        await state.turns.take(None, adjusting.voice_all)
        assert "Cancel" in said(state, adjusting)
        adjusting.working["voice-all"].stop()
        await until(lambda: not adjusting.working)
        assert adjusting.voiced is None
        assert state.notice

        await state.turns.take(None, adjusting.voice_all)
        await until(lambda: not adjusting.working)
        assert any("sounds are there" in text for text in said(state, adjusting))
        with practising.database.read() as connection:
            kept = connection.exec_driver_sql("SELECT count(*) FROM cached_audio").scalar_one()
        assert adjusting.voiced and kept >= adjusting.voiced.sounds

    told(practising, story)


def test_without_a_voice_that_is_said_and_nothing_can_be_made(used: Path, clock: ManualClock) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        assert any("No voice is installed" in text for text in said(state, adjusting))
        assert "Make all sounds now" not in said(state, adjusting)

    with Tutor.open(used, clock, voices=()) as mute:
        told(mute, story)
