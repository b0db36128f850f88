"""Speaking as a screen sees it: a real tutor, a real model, and a microphone that is handed what is said."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import spoken
from helpers import START
from spoken import COFFEE, SLIP, hearing, opened, ready, rows, spoken_reviews, write_spoken_course

from tutor import settings, welcome
from tutor.clock import ManualClock
from tutor.drills.drill import Ask
from tutor.drills.feedback import Verdict
from tutor.errors import MicrophoneRefused, NoMicrophone, SpeechError
from tutor.practice import Tutor
from tutor.speech.recording import RATE, read_recording
from tutor.speech.voice import Clip
from tutor.ui import aloud as aloud_module
from tutor.ui import sound as sound_module
from tutor.ui.drilling import Drilling, Phase
from tutor.ui.keys import Key
from tutor.ui.microphone import Pcm
from tutor.ui.pressing import press_key
from tutor.ui.recorder import Stage
from tutor.ui.screens.session import session_screen
from tutor.ui.sound import Sound
from tutor.ui.state import AppState, Screen
from tutor.ui.theme import Look

from .drawing import drawn
from .played import Played, until

NOTHING = ""
"""Somebody says nothing, and the microphone waits."""


class Fed(Played):
    """Hears all this, one after the other: each time that it is opened the next."""

    def __init__(self, *says: str | SpeechError) -> None:
        super().__init__()
        self.says = list(says)
        self.gone_away = False

    @property
    def gone(self) -> bool:
        return self.gone_away

    async def start(self, on_sound: Callable[[bytes], None] | None = None) -> None:
        next_one = self.says.pop(0)
        self.refuses = next_one if isinstance(next_one, SpeechError) else None
        if isinstance(next_one, str) and next_one:
            self.hears(spoken.said(next_one))
        else:
            self.heard = b""
        await super().start(on_sound)

    async def stop(self) -> Pcm:
        recording = await super().stop()
        if self.gone_away:
            raise NoMicrophone("The recording broke off. Nothing is lost: say it once more.")
        return recording if recording.samples else Pcm(bytes(RATE), RATE)


class Player:
    """Remembers what was played."""

    def __init__(self) -> None:
        self.played: list[Clip] = []

    async def play(self, clip: Clip) -> bool:
        self.played.append(clip)
        return True

    async def stop(self) -> None:
        pass


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_spoken_course(tmp_path_factory.mktemp("courses"))


@pytest.fixture
def tutor(tmp_path: Path, courses: Path) -> Iterator[Tutor]:
    """Both phrases are to be said, and heard before."""
    with opened(tmp_path / "data", courses, ManualClock(START)) as made:
        ready(made, speech=5.0)
        welcome.reach(made, welcome.Step.DONE)
        yield made


@pytest.fixture
def hears(tutor: Tutor) -> Tutor:
    """The same with a model."""
    hearing(tutor)
    return tutor


Story = Callable[[AppState, Drilling, Fed], Awaitable[None]]


def told(tutor: Tutor, *says: str | SpeechError, story: Story, look: Look | None = None) -> None:
    """Run a story from the drill that asks for the coffee on, in which the learner says all this."""

    async def run() -> None:
        state = AppState(lambda: tutor, look or Look(390, 844))
        microphone, player = Fed(*says), Player()
        state.microphone, state.sound = microphone, player  # type: ignore[assignment]
        await state.turns.take(None, state.open)
        await state.turns.take(None, state.start, "speech")
        drilling = state.drilling
        assert drilling
        while not (drilling.drill and drilling.drill.answer == COFFEE and drilling.drill.ask is Ask.SPEAK):
            await state.turns.take(None, drilling.judge_oneself)
            await press(state, "3")
        await story(state, drilling, microphone)

    asyncio.run(run())


async def press(state: AppState, name: str) -> None:
    await state.turns.take(None, press_key, state, Key(name))


SOON = 9.0
"""Seconds on a busy machine, and fewer than those after which a recording ends by itself."""


async def said(state: AppState, drilling: Drilling) -> None:
    """Speak, and wait until that was looked at."""
    recorder, stages = drilling.aloud.recorder, list[Stage]()

    def watch(_sender: object, _field: str) -> None:
        stages.append(recorder.stage)

    unwatch = recorder.subscribe(watch)
    await press(state, " ")
    # Between the recording and the look at it the stage may be idle for a moment, which is in one turn.
    await until(lambda: bool(stages) and stages[-1] is Stage.IDLE and recorder.stage is Stage.IDLE)
    unwatch()


def shown(state: AppState, drilling: Drilling) -> str:
    return " | ".join(drawn(lambda: session_screen(state, drilling)))


def played(state: AppState) -> list[Clip]:
    player: Any = state.sound
    return list(player.played)


def since(tutor: Tutor, before: list[dict[str, Any]]) -> list[int]:
    """The ratings of what was said since."""
    return [row["rating"] for row in spoken_reviews(tutor)[len(before) :]]


# Before it is said.


@pytest.mark.parametrize("look", [Look(390, 844), Look(1280, 800), Look(360, 640, text=1.6)])
def test_it_says_what_is_asked_what_to_do_and_the_ways_out(hears: Tutor, look: Look) -> None:
    async def story(state: AppState, drilling: Drilling, _microphone: Fed) -> None:
        text = shown(state, drilling)
        for part in ("Listen, then say it", "Coffee with milk, please.", "Tap and speak", "Not sure, show me",
                     "Judge it myself", "Write it", "Can’t speak now"):  # fmt: skip
            assert part in text
        assert COFFEE not in text
        assert "No speech model" not in text

    told(hears, story=story, look=look)


def test_while_it_listens_it_says_so_and_a_second_press_was_all(hears: Tutor) -> None:
    async def story(state: AppState, drilling: Drilling, microphone: Fed) -> None:
        before = rows(hears, "phrase_attempt")
        await press(state, " ")
        await until(lambda: drilling.aloud.recorder.stage is Stage.LISTENING)
        assert "Listening. It stops when you are silent." in shown(state, drilling)
        await press(state, "Enter")
        await until(lambda: drilling.aloud.recorder.stage is Stage.IDLE)
        assert not microphone.open
        assert "I heard nothing. Nothing was counted" in shown(state, drilling)
        assert (drilling.phase, rows(hears, "phrase_attempt")) == (Phase.ASK, before)

    told(hears, NOTHING, story=story)


# Judged.


def test_what_was_said_right_is_good_and_goes_on(hears: Tutor) -> None:
    async def story(state: AppState, drilling: Drilling, _microphone: Fed) -> None:
        before = spoken_reviews(hears)
        await said(state, drilling)
        assert drilling.verdict is Verdict.GOOD
        text = shown(state, drilling)
        for part in ("Poproszę", "mlekiem", "Good", "of 100, an estimate", "Accuracy", "Mine", "Model"):
            assert part in text
        for none in ("Say it again", "I said it right", "The sounds in"):
            assert none not in text
        assert since(hears, before) == [3]
        number = drilling.number
        await press(state, "Enter")
        assert drilling.number > number or drilling.phase is Phase.OVER

    told(hears, COFFEE, story=story)


def test_a_slip_shows_the_sounds_of_its_word_and_of_any_other_that_is_tapped(hears: Tutor) -> None:
    async def story(state: AppState, drilling: Drilling, _microphone: Fed) -> None:
        await said(state, drilling)
        text = shown(state, drilling)
        assert drilling.verdict is Verdict.NEARLY
        assert "Nearly, one sound" in text
        assert "The sounds in | kawę | k | k | a | a | w | v | ę | ɛ | *w* sounded like *b*." in text.replace(
            "w sounded like b", "*w* sounded like *b*"
        )
        await state.turns.take(None, drilling.aloud.choose_word, 0)
        assert "The sounds in | Poproszę | p" in shown(state, drilling)
        assert "sounded like" not in shown(state, drilling)

    told(hears, SLIP, story=story)


def test_said_again_it_costs_nothing_and_helps_more_each_time(hears: Tutor) -> None:
    async def story(state: AppState, drilling: Drilling, _microphone: Fed) -> None:
        before, tried = spoken_reviews(hears), rows(hears, "phrase_attempt")
        await said(state, drilling)
        await press(state, "T")
        assert drilling.phase is Phase.ASK
        half = shown(state, drilling)
        assert drilling.drill and f"{drilling.drill.hint} …" in half and COFFEE not in half
        assert "Enough" in half and "Can’t speak now" not in half
        await said(state, drilling)
        assert drilling.verdict is Verdict.NEARLY
        await until(lambda: len(played(state)) > 0)
        await press(state, "T")
        assert COFFEE in shown(state, drilling), "after two weak tries all of it is shown"
        await said(state, drilling)
        assert drilling.verdict is Verdict.GOOD
        assert "Comes back" not in shown(state, drilling)
        assert since(hears, before) == [2]
        assert len(rows(hears, "phrase_attempt")) == len(tried) + 3

    told(hears, SLIP, SLIP, COFFEE, story=story)


def test_enough_of_trying_shows_what_was_told_before(hears: Tutor) -> None:
    async def story(state: AppState, drilling: Drilling, _microphone: Fed) -> None:
        await said(state, drilling)
        before = shown(state, drilling)
        await press(state, "T")
        await state.turns.take(None, drilling.not_sure)
        assert drilling.phase is Phase.ANSWERED
        assert "Nearly, one sound" in before and "Nearly, one sound" in shown(state, drilling)

    told(hears, SLIP, story=story)


def test_a_missing_word_is_not_yet_and_the_learner_may_know_better(hears: Tutor) -> None:
    async def story(state: AppState, drilling: Drilling, _microphone: Fed) -> None:
        before = spoken_reviews(hears)
        await said(state, drilling)
        text = shown(state, drilling)
        assert "Not yet" in text and "left out" in text and "I said it right" in text
        assert since(hears, before) == [1]
        await state.turns.take(None, drilling.was_right)
        assert drilling.verdict is Verdict.GOOD
        assert spoken_reviews(hears)[-1]["rating"] == 3

    told(hears, "Poproszę kawę", story=story)


def test_undo_asks_for_it_once_more_and_nothing_of_it_is_shown(hears: Tutor) -> None:
    async def story(state: AppState, drilling: Drilling, _microphone: Fed) -> None:
        await said(state, drilling)
        await press(state, "U")
        assert drilling.drill and (drilling.phase, drilling.drill.answer) == (Phase.ASK, COFFEE)
        assert (drilling.aloud.mine, drilling.aloud.word, drilling.aloud.weak) == (None, None, 0)
        assert "Nearly" not in shown(state, drilling)

    told(hears, SLIP, story=story)


def test_mine_is_what_was_said_last(hears: Tutor) -> None:
    async def story(state: AppState, drilling: Drilling, _microphone: Fed) -> None:
        lengths = []
        for time in range(2):
            await said(state, drilling)
            await state.turns.take(None, drilling.aloud.play_mine)
            await until(lambda count=time + 1: len([one for one in played(state) if one.content]) == count)
            lengths.append([read_recording(one.content).seconds for one in played(state) if one.content][-1])
            await press(state, "T")
        assert lengths[0] < lengths[1]

    told(hears, "Poproszę kawę", SLIP, story=story)


# Nobody judges it.


REFUSED = MicrophoneRefused("The app may not use the microphone. Nothing is lost: allow it.")
NONE = NoMicrophone("No microphone was found. Nothing is lost: connect one.")


@pytest.mark.parametrize("problem", [REFUSED, NONE])
def test_what_is_wrong_with_the_microphone_is_told_and_it_can_be_tried_again(
    hears: Tutor, problem: SpeechError
) -> None:
    async def story(state: AppState, drilling: Drilling, _microphone: Fed) -> None:
        before = spoken_reviews(hears)
        await said(state, drilling)
        assert problem.message in shown(state, drilling)
        assert (drilling.phase, since(hears, before)) == (Phase.ASK, [])
        await said(state, drilling)
        assert problem.message not in shown(state, drilling)
        assert since(hears, before) == [3]

    told(hears, problem, COFFEE, story=story)


def test_a_page_without_a_microphone_says_so(hears: Tutor) -> None:
    async def story(state: AppState, drilling: Drilling, _microphone: Fed) -> None:
        drilling.aloud.recorder._microphone = None
        await said(state, drilling)
        assert "This device gives no microphone to the app." in shown(state, drilling)

    told(hears, story=story)


def test_a_microphone_that_goes_away_is_not_waited_for(hears: Tutor) -> None:
    async def story(state: AppState, drilling: Drilling, microphone: Fed) -> None:
        microphone.gone_away = True
        async with asyncio.timeout(SOON):
            await said(state, drilling)
        assert "The recording broke off. Nothing is lost" in shown(state, drilling)

    told(hears, NOTHING, story=story)


def test_without_a_model_one_compares_and_grades_oneself_by_keys(tutor: Tutor) -> None:
    async def story(state: AppState, drilling: Drilling, _microphone: Fed) -> None:
        assert "No speech model is here, so you compare by ear." in shown(state, drilling)
        before, tried = spoken_reviews(tutor), rows(tutor, "phrase_attempt")
        await said(state, drilling)
        text = shown(state, drilling)
        assert drilling.phase is Phase.REVEALED
        for part in (COFFEE, "Mine", "Model", "Slower", "How well did you say it?", "Again", "Good"):
            assert part in text
        await press(state, "2")
        assert since(tutor, before) == [2]
        (attempt,) = rows(tutor, "phrase_attempt")[len(tried) :]
        assert (attempt["accuracy"], bool(attempt["audio_ref"])) == (None, True)

    told(tutor, COFFEE, story=story)


def test_a_model_that_fails_leaves_it_to_the_learner(hears: Tutor, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object) -> None:
        raise SpeechError("The speech model failed. Nothing is lost: judge it yourself.")

    async def story(state: AppState, drilling: Drilling, _microphone: Fed) -> None:
        monkeypatch.setattr(hears.speaking.ear, "evaluate", fails)
        await said(state, drilling)
        assert drilling.phase is Phase.REVEALED
        assert drilling.aloud.mine

    told(hears, COFFEE, story=story)


def test_who_judges_alone_says_how_it_went_without_a_recording(hears: Tutor) -> None:
    async def story(state: AppState, drilling: Drilling, _microphone: Fed) -> None:
        before, tried = spoken_reviews(hears), rows(hears, "phrase_attempt")
        await state.turns.take(None, drilling.judge_oneself)
        assert "Mine" not in shown(state, drilling)
        await press(state, "3")
        assert since(hears, before) == [3]
        assert rows(hears, "phrase_attempt") == tried

    told(hears, story=story)


# Ways out.


@pytest.mark.parametrize(
    ("written", "verdict"),
    [("poprosze kawe z mlekiem", Verdict.GOOD), ("nie wiem", Verdict.AGAIN)],
)
def test_written_instead_it_is_told_and_stays_to_be_said(
    hears: Tutor, written: str, verdict: Verdict
) -> None:
    async def story(state: AppState, drilling: Drilling, _microphone: Fed) -> None:
        before = spoken_reviews(hears)
        await state.turns.take(None, drilling.write_instead)
        assert state.turns.typing
        await press(state, " ")
        assert drilling.aloud.recorder.stage is Stage.IDLE, "a space is written"
        drilling.wrote(written)
        await state.turns.take(None, drilling.check)
        assert (drilling.phase, drilling.verdict) == (Phase.ANSWERED, verdict)
        text = shown(state, drilling)
        assert "Say it again" not in text and "I was right" not in text and "Comes back" not in text
        assert since(hears, before) == []
        await press(state, "Enter")
        assert drilling.drill is None or drilling.drill.answer != COFFEE

    told(hears, story=story)


def test_who_cannot_speak_now_is_asked_nothing_more(hears: Tutor) -> None:
    async def story(state: AppState, drilling: Drilling, _microphone: Fed) -> None:
        await state.turns.take(None, drilling.cannot_speak)
        assert (drilling.phase, drilling.drill) == (Phase.OVER, None)

    told(hears, story=story)


WAYS: dict[str, Callable[[AppState, Drilling], Awaitable[None]]] = {
    "show me": lambda _state, drilling: drilling.not_sure(),
    "judge it myself": lambda _state, drilling: drilling.judge_oneself(),
    "write it": lambda _state, drilling: drilling.write_instead(),
    "cannot speak": lambda _state, drilling: drilling.cannot_speak(),
    "leave": lambda state, _drilling: state.leave(),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_every_way_out_lets_the_microphone_go_and_drops_what_was_said(
    hears: Tutor, way: Callable[[AppState, Drilling], Awaitable[None]]
) -> None:
    async def story(state: AppState, drilling: Drilling, microphone: Fed) -> None:
        before = rows(hears, "phrase_attempt")
        await press(state, " ")
        await until(lambda: drilling.aloud.recorder.stage is Stage.LISTENING)
        await state.turns.take(None, way, state, drilling)
        async with asyncio.timeout(SOON):
            await until(lambda: drilling.aloud.recorder.stage is Stage.IDLE)
        assert not microphone.open
        assert rows(hears, "phrase_attempt") == before
        assert drilling.aloud.told == drilling.aloud.recorder.problem == ""

    told(hears, NOTHING, story=story)


def test_not_sure_shows_it_and_it_comes_again(hears: Tutor) -> None:
    async def story(state: AppState, drilling: Drilling, _microphone: Fed) -> None:
        before = spoken_reviews(hears)
        await state.turns.take(None, drilling.not_sure)
        assert COFFEE in shown(state, drilling)
        assert (drilling.verdict, since(hears, before)) == (Verdict.AGAIN, [1])

    told(hears, story=story)


# The player.


class Device:
    """Remembers what a device's player was told, in the place of Flet's."""

    def __init__(self, **made: Any) -> None:
        self.src, self.told = made["src"], list[object]()

    def update(self) -> None:
        self.told.append(self.src)

    async def play(self, position: int | None = 0) -> None:
        self.told.append(position)


def test_a_new_clip_is_handed_over_and_begins_and_one_that_is_there_begins_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def run() -> None:
        monkeypatch.setattr(sound_module.fa, "Audio", Device)
        page: Any = SimpleNamespace(services=[])
        sound = Sound(page, lambda _playing: None)
        first, second = Clip("mine", 10, b"first"), Clip("mine", 10, b"second")
        for clip in (first, first, second, first):
            assert await sound.play(clip)
        (device,) = page.services
        # Sent to its beginning before it has loaded, a browser's player waits for ever.
        assert device.told == [b"first", None, 0, b"second", None, b"first", None]

    asyncio.run(run())


# A finger on the microphone.


@pytest.mark.parametrize(("seconds", "still"), [(0.2, True), (0.8, False)])
def test_a_tap_goes_on_listening_and_a_hold_ends_when_it_is_let_go(
    hears: Tutor, monkeypatch: pytest.MonkeyPatch, seconds: float, still: bool
) -> None:
    now = [100.0]

    async def story(state: AppState, drilling: Drilling, microphone: Fed) -> None:
        monkeypatch.setattr(aloud_module, "monotonic", lambda: now[0])
        await state.turns.take(None, drilling.aloud.hold)
        await until(lambda: drilling.aloud.recorder.stage is Stage.LISTENING)
        now[0] += seconds
        await state.turns.take(None, drilling.aloud.let_go)
        if still:
            for _chance in range(100):
                await asyncio.sleep(0)
            assert drilling.aloud.recorder.stage is Stage.LISTENING
            drilling.aloud.recorder.end()
        async with asyncio.timeout(SOON):
            await until(lambda: drilling.aloud.recorder.stage is Stage.IDLE)
        assert not microphone.open
        await state.turns.take(None, drilling.aloud.let_go)

    told(hears, NOTHING, story=story)


def test_recordings_that_are_never_kept_are_judged_all_the_same(hears: Tutor) -> None:
    async def story(state: AppState, drilling: Drilling, _microphone: Fed) -> None:
        await said(state, drilling)
        assert drilling.verdict is Verdict.GOOD
        assert rows(hears, "phrase_attempt")[-1]["audio_ref"] is None
        assert not list((hears.folder / "recordings").rglob("*.ogg"))
        assert state.screen is Screen.SESSION

    settings.change(hears, recordings="never")
    told(hears, COFFEE, story=story)
