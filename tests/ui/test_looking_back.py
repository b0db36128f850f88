"""Progress as it is shown: nothing yet, a little, much; and what it says of how it goes."""

from __future__ import annotations

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from helpers import COURSE, START, finish, item, mini_course, open_tutor, reading

from tests.speech.voices import QuietVoice
from tutor.clock import ManualClock
from tutor.course.spoken_sounds import FILE
from tutor.ids import new_id
from tutor.practice import Tutor
from tutor.progress import ENOUGH, Remembered
from tutor.resources import COURSES
from tutor.store import attempts, mistakes
from tutor.store.attempts import Attempt, Spoken
from tutor.ui.keys import Key
from tutor.ui.looking_back import LookingBack
from tutor.ui.place import Place
from tutor.ui.pressing import press_key
from tutor.ui.screens.progress import how_it_goes, progress_screen
from tutor.ui.state import AppState
from tutor.ui.theme import Look

from .drawing import drawn


def shown(tutor: Tutor, look: Look, *, counted: bool = True, years: bool = False) -> str:
    """What the screen says."""

    async def run() -> str:
        state = AppState(lambda: tutor, look)
        await state.turns.take(None, state.open)
        await state.turns.take(None, state.go, Place.PROGRESS)
        looking = state.content
        assert isinstance(looking, LookingBack)
        if counted:
            await looking.count()
        await looking.widen(years)
        return " | ".join(drawn(lambda: progress_screen(state, looking)))

    return asyncio.run(run())


@pytest.mark.parametrize("look", [Look(390, 844), Look(1280, 800), Look(360, 640, text=1.6)])
def test_it_is_there_at_once_and_its_figures_when_they_are_counted(practising: Tutor, look: Look) -> None:
    assert "Counting your answers" in shown(practising, look, counted=False)
    text = shown(practising, look)
    for title in ("Days you practised", "What is coming", "Four tracks", "Remembered against planned",
                  "How long memories last", "A1 words"):  # fmt: skip
        assert title in text
    assert "answers" in shown(practising, look, years=True)


def test_on_the_first_day_it_says_what_will_be_here(tmp_path: Path) -> None:
    with open_tutor(tmp_path / "data", mini_course(tmp_path / "courses"), ManualClock(START)) as tutor:
        assert "Nothing to tell yet" in shown(tutor, Look(390, 844))


def test_after_a_day_it_says_how_many_answers_it_takes(tmp_path: Path) -> None:
    clock = ManualClock(START)
    with open_tutor(tmp_path / "data", mini_course(tmp_path / "courses"), clock) as tutor:
        finish(tutor.start(limit=6, seed=1))
        clock.advance(timedelta(days=1))
        assert f"Not enough answers yet to say; {ENOUGH} more." in shown(tutor, Look(390, 844))


@pytest.mark.parametrize(
    ("right", "said"),
    [(95, "more than planned"), (90, "as planned"), (88, "as planned"), (80, "less than planned")],
)
def test_one_sentence_says_how_it_goes(right: int, said: str) -> None:
    sentence, behind = how_it_goes(Remembered(100, right, 0.91), 0.9)
    assert sentence.startswith(f"You remember {right} % of what comes up")
    assert said in sentence
    assert behind == "From 100 answers in the last 30 days; planned 90 %, foretold 91 %."


# The sounds to work on.


class Telling(QuietVoice):
    """A voice that says every word as it is written."""

    def sounds(self, text: str) -> str:
        return text


def spoken(practised: Path, folder: Path, off: int) -> Tutor:
    """Somebody practised, and said a word five times, in some of which a sound was off."""
    shutil.copytree(practised, folder / "data")
    courses = mini_course(folder / "courses")
    shutil.copy(COURSES / "pl-en" / FILE, courses / COURSE / FILE)
    tutor = Tutor.open(folder / "data", ManualClock(START), courses=courses, voices=(Telling(),))
    for time in range(5):
        stamp = tutor.stamps.tick()
        word = {"text": "proszę", "score": 90.0, "fit": 0.9, "phones": [["ʃ", "ɕ"]]}
        attempt = Attempt(
            new_id(stamp.ms), tutor.learner.id, tutor.device, str(stamp), None, item("kawa"), "proszę",
            "proszę", 0.9, 900, stamp.at, Spoken(1, 1, 1, 0, (word,), None),
        )  # fmt: skip
        with tutor.database.write() as connection:
            attempts.append(connection, attempt)
            if time < off:
                mistakes.append(connection, attempt, "sound:sz", "sound", "ʃ ɕ proszę")
    return tutor


@pytest.mark.parametrize("look", [Look(390, 844), Look(1280, 800), Look(360, 640, text=1.6)])
def test_a_sound_that_was_off_is_told_with_words_that_train_it(
    practised: Path, tmp_path: Path, look: Look
) -> None:
    with spoken(practised, tmp_path, off=4) as tutor:
        text = shown(tutor, look)
    for said in ("Sounds to work on", "sz | [ʂ]", "sz is the darker one", "off 4 times: proszę",
                 "kasza | – | Kasia", "Which one do you hear?"):  # fmt: skip
        assert said in text


def test_where_none_stood_out_it_says_so_and_to_who_never_spoke_nothing(
    practised: Path, tmp_path: Path, practising: Tutor
) -> None:
    with spoken(practised, tmp_path / "spoken", off=0) as tutor:
        text = shown(tutor, Look(390, 844))
    assert "Sounds to work on" in text
    assert "No sound stood out this week." in text
    assert "Sounds to work on" not in shown(practising, Look(390, 844))


def test_its_words_are_told_apart_by_ear_and_nothing_of_that_is_kept(practised: Path, tmp_path: Path) -> None:
    async def run(tutor: Tutor) -> None:
        state = AppState(lambda: tutor, Look(1280, 800))
        await state.turns.take(None, state.open)
        await state.turns.take(None, state.go, Place.PROGRESS)
        looking = state.content
        assert isinstance(looking, LookingBack)
        await looking.count()
        assert looking.sounds
        note = looking.sounds[0].note
        await state.turns.take(None, looking.hear, note)
        for right in (True, False):
            assert looking.hearing
            said, options = looking.hearing.heard.said, looking.hearing.heard.options
            asked = drawn(lambda: progress_screen(state, looking))
            assert {"Listen: which word is it?", *options} <= set(asked)
            place = options.index(said) if right else 1 - options.index(said)
            await state.turns.take(None, press_key, state, Key(str(place + 1)))
            await state.turns.take(None, press_key, state, Key(str(place + 1)))
            told = drawn(lambda: progress_screen(state, looking))
            assert f"1 of {1 if right else 2}" in told
            await state.turns.take(None, press_key, state, Key("Enter"))
            assert looking.hearing
            assert looking.hearing.heard.options != options
        await state.turns.take(None, press_key, state, Key("Escape"))
        assert looking.hearing is None
        assert "Which one do you hear?" in drawn(lambda: progress_screen(state, looking))

    with spoken(practised, tmp_path, off=2) as tutor:
        asyncio.run(run(tutor))
    with reading(tmp_path / "data" / "tutor.db") as rows:
        assert rows.execute("SELECT count(*) FROM lesson_event WHERE event = 'contrast'").fetchone() == (0,)
