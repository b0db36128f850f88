"""Speaking in a real browser into a microphone that plays a file; each journey ends in the learner's file."""

from __future__ import annotations

import io
import shutil
import wave
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from spoken import COFFEE, SLIP, WHERE, hearing, ready, speaking

from tutor.practice import Tutor
from tutor.speech.espeak import Espeak
from tutor.speech.recording import Recording, read_recording
from tutor.speech.voice_activity import find_speech
from tutor.welcome import Step, reach

from .conftest import CHROMIUM, DESKTOP, FLAGS, PATIENCE, PHONE, Learner, Server, ask
from .layout import faults_to_the_end, to_speaking
from .test_accessible import complaints
from .test_layout import ODDEST, opened

LISTENS = "Stop, that was all"
"""What the microphone is called while it listens."""

SPOKEN = (
    "SELECT r.rating, r.help, r.response_ms FROM review AS r WHERE r.kind = 'answer' AND r.track = 'speech'"
    " AND r.answer_id NOT IN (SELECT answer_id FROM undo) ORDER BY r.hlc"
)
ATTEMPTS = (
    "SELECT answer_id IS NOT NULL, accuracy, fluency, completeness, transcript, audio_ref"
    " FROM phrase_attempt ORDER BY hlc"
)

# The microphones.

DEVICELESS = """
  navigator.permissions.query = async () => ({state: 'granted'});
  navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('none', 'NotFoundError') };
  navigator.mediaDevices.enumerateDevices = async () => [];
"""
BUSY = """
  navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('busy', 'NotReadableError') };
"""
"""What a page finds where there is no microphone, and where another program has it."""

PLAYED = """
  window.played = [];
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    this.addEventListener('playing', () => window.played.push(this.duration), {once: true});
    return play.call(this);
  };
"""
"""Remembers how long everything is that is heard."""


@pytest.fixture(scope="module")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that is heard in place of a microphone, from its beginning each time that one is opened."""
    return tmp_path_factory.mktemp("microphone") / "said.wav"


@pytest.fixture(scope="module")
def chromium(microphone: Path) -> Iterator[Browser]:
    """One Chromium for this module, whose pages may use its microphone."""
    say(COFFEE, microphone)
    flags = [
        *FLAGS,
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={microphone}%noloop",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


def say(text: str, microphone: Path) -> float:
    """Whoever listens from now on hears this between half seconds of quiet; how many seconds of speech."""
    with wave.open(io.BytesIO(Espeak().synthesize(text))) as voice, wave.open(str(microphone), "wb") as file:
        file.setparams(voice.getparams())
        quiet = bytes(2 * (voice.getframerate() // 2))
        file.writeframes(quiet + voice.readframes(voice.getnframes()) + quiet)
    return spoken_for(read_recording(microphone))


def spoken_for(recording: Recording) -> float:
    """Seconds from the first sound of a voice to the last."""
    found = find_speech(recording.samples)
    assert found
    return found.seconds


# The folders.


@pytest.fixture(scope="session")
def speaker_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which two phrases are to be said, of which the model of the tests understands both."""
    folder = tmp_path_factory.mktemp("speaker") / "data"
    with Tutor.open(folder) as tutor:
        reach(tutor, Step.DONE)
        hearing(tutor)
        ready(tutor, speech=5.0, only=(COFFEE, WHERE))
    return folder


@pytest.fixture
def speaker(speaker_once: Path, folder: Path) -> Path:
    """A copy of that folder, in a session that asks for the coffee."""
    shutil.copytree(speaker_once, folder)
    with Tutor.open(folder) as tutor:
        speaking(tutor, wanted=lambda drill: drill.answer == COFFEE)
    return folder


@pytest.fixture
def by_oneself(speaker: Path) -> Path:
    """The same without a model."""
    shutil.rmtree(speaker / "models")
    return speaker


def to_drill(at: Learner, server: Server) -> Learner:
    """Open the page on the speaking drill."""
    at.open(server.address)
    at.click("resume-session")
    at.sees("speak")
    return at


def listens(at: Learner) -> None:
    """Wait until it listens."""
    at.reads("speak", LISTENS)


def recordings(folder: Path) -> list[Recording]:
    """What is kept of what was said."""
    return [read_recording(path) for path in sorted((folder / "recordings").rglob("*.ogg"))]


def attempts(folder: Path) -> list[tuple[object, ...]]:
    """What was said, and what it came to."""
    return ask(folder, ATTEMPTS)


# Judged.


@pytest.mark.parametrize("at", [PHONE, DESKTOP], indirect=True)
def test_a_phrase_said_right_is_good_kept_and_played(
    server: Server, at: Learner, speaker: Path, microphone: Path
) -> None:
    seconds = say(COFFEE, microphone)
    at.page.add_init_script(PLAYED)
    to_drill(at, server.start())
    at.click("speak")
    listens(at)
    assert "Good" in at.reads("verdict", "of 100, an estimate")
    ((rating, help_used, response_ms),) = ask(speaker, SPOKEN)
    assert (rating, help_used) == (3, "none")
    assert response_ms is not None and 0 <= int(str(response_ms)) < 30_000
    ((graded, *scores, transcript, audio),) = attempts(speaker)
    assert (graded, transcript) == (1, "poproszę kawę z mlekiem")
    assert all(isinstance(score, float) and score > 0.8 for score in scores)
    (recording,) = recordings(speaker)
    assert next((speaker / "recordings").rglob(str(audio))).is_file()
    # Another rate than the microphone's makes it last another time.
    assert spoken_for(recording) == pytest.approx(seconds, rel=0.15)
    at.click("play-mine")
    at.page.wait_for_function(
        "seconds => window.played.some(one => Math.abs(one - seconds) < 0.2)",
        arg=recording.seconds, timeout=PATIENCE,
    )  # fmt: skip


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_a_slip_is_named_and_said_again_with_help_and_without_cost(
    server: Server, at: Learner, speaker: Path, microphone: Path
) -> None:
    say(SLIP, microphone)
    to_drill(at, server.start())
    at.click("speak")
    at.reads("verdict", "Nearly, one sound")
    assert "w, differed" in at.reads("sounds", "w sounded like b")
    at.click("said-0")
    at.reads("sounds", "Poprosz")
    at.click("try-again")
    at.sees_no("verdict")
    at.sees("speak")
    at.reads("drill-prompt", "Poproszę kaw …")
    say(COFFEE, microphone)
    at.click("speak")
    at.reads("verdict", "Good")
    assert [rating for rating, *_rest in ask(speaker, SPOKEN)] == [2]
    assert all(graded for graded, *_rest in attempts(speaker)), "both hang on the one review"
    slip, right = (transcript for *_scores, transcript, _audio in attempts(speaker))
    assert "kab" in str(slip) and right == "poproszę kawę z mlekiem"
    assert ask(speaker, "SELECT concept, subtype FROM mistake") == [("sound:w", "sound")]


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_a_reload_while_it_listens_counts_nothing_and_what_was_told_survives_a_power_cut(
    server: Server, at: Learner, speaker: Path, microphone: Path
) -> None:
    say(COFFEE, microphone)
    to_drill(at, server.start())
    asked, place = at.text("drill-prompt"), at.place()
    at.click("speak")
    listens(at)
    at.open(server.address)
    at.page.get_by_text("The recording broke off. Nothing is lost").first.wait_for(state="attached")
    assert (at.text("drill-prompt"), at.place()) == (asked, place)
    assert ask(speaker, SPOKEN) == attempts(speaker) == []
    at.click("speak")
    at.reads("verdict", "Good")
    server.kill()
    assert [rating for rating, *_more in ask(speaker, SPOKEN)] == [3]
    assert [graded for graded, *_rest in attempts(speaker)] == [1]
    assert len(recordings(speaker)) == 1
    to_drill(at, server.start())
    at.reads("drill-prompt", "toilet")


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_held_down_it_listens_until_it_is_let_go(
    server: Server, at: Learner, speaker: Path, microphone: Path
) -> None:
    seconds = say(COFFEE, microphone)
    to_drill(at, server.start())
    box = at.find("speak").bounding_box()
    assert box
    at.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    at.page.mouse.down()
    listens(at)
    # So long somebody speaks.
    at.page.wait_for_timeout(1000 * (0.5 + seconds + 0.2))
    at.page.mouse.up()
    at.reads("verdict", "Good")
    (recording,) = recordings(speaker)
    assert recording.seconds < 0.5 + seconds + 1.5, "it did not wait for two seconds of silence"


@pytest.mark.parametrize("at", [DESKTOP], indirect=True)
def test_keys_alone_are_enough(server: Server, at: Learner, speaker: Path, microphone: Path) -> None:
    say(SLIP, microphone)
    at.open(server.start().address)
    at.sees("resume-session")
    at.press("Enter")
    at.sees("speak")
    at.press("Space")
    listens(at)
    at.reads("verdict", "Nearly")
    at.press("t")
    at.sees_no("verdict")
    say(COFFEE, microphone)
    at.press("Space")
    listens(at)
    # Long enough to have said it, and not yet silent for two seconds.
    at.page.wait_for_timeout(2700)
    at.press("Space")
    at.reads("verdict", "Good")
    at.press("Enter")
    at.reads("drill-prompt", "toilet")


# Not judged.


@pytest.mark.parametrize("at", [DESKTOP], indirect=True)
def test_without_a_model_it_is_recorded_compared_and_judged_by_oneself(
    server: Server, at: Learner, by_oneself: Path, microphone: Path
) -> None:
    say(COFFEE, microphone)
    at.page.add_init_script(PLAYED)
    to_drill(at, server.start())
    at.page.get_by_text("No speech model is here").first.wait_for(state="attached")
    at.click("speak")
    at.sees("rate-2")
    for who, sound in (("play-mine", "one > 3"), ("replay", "one < 3")):
        at.page.evaluate("window.played.length = 0")
        at.click(who)
        at.page.wait_for_function(f"window.played.some(one => {sound})", timeout=PATIENCE)
    at.click("rate-2")
    at.sees_no("rate-2")
    assert [rating for rating, *_more in ask(by_oneself, SPOKEN)] == [2]
    assert [(graded, accuracy) for graded, accuracy, *_rest in attempts(by_oneself)] == [(1, None)]
    assert len(recordings(by_oneself)) == 1


def judges_oneself(at: Learner, folder: Path, why: str) -> None:
    """It is told in a sentence why nothing is recorded, and the answer is given without."""
    at.click("speak")
    told = at.page.get_by_text(why).first
    told.wait_for(state="attached", timeout=PATIENCE)
    assert "Nothing is lost" in str(told.text_content())
    at.sees("speak")
    assert ask(folder, SPOKEN) == attempts(folder) == []
    at.click("judge-oneself")
    at.click("rate-3")
    at.reads("drill-prompt", "toilet")
    assert [rating for rating, *_more in ask(folder, SPOKEN)] == [3]


@pytest.mark.parametrize("at", [PHONE], indirect=True)
@pytest.mark.parametrize(
    ("found", "why"), [(DEVICELESS, "No microphone was found"), (BUSY, "another program may be using it")]
)
def test_without_a_microphone_nothing_is_lost(
    server: Server, at: Learner, speaker: Path, found: str, why: str
) -> None:
    at.page.add_init_script(found)
    to_drill(at, server.start())
    judges_oneself(at, speaker, why)


def test_where_it_may_not_listen_nothing_is_lost(chromium: Browser, server: Server, speaker: Path) -> None:
    # Nobody answers this one's question: headless, that is a no.
    flags = [*FLAGS, "--use-fake-device-for-media-stream"]
    refusing = chromium.browser_type.launch(executable_path=CHROMIUM, args=flags)
    with closing(refusing):
        width, height = PHONE
        page = refusing.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
        page.set_default_timeout(PATIENCE)
        at = Learner(page)
        to_drill(at, server.start())
        judges_oneself(at, speaker, "may not use the microphone")


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_who_cannot_speak_now_is_asked_to_say_nothing_more(
    server: Server, at: Learner, speaker: Path
) -> None:
    to_drill(at, server.start())
    at.click("cannot-speak")
    at.sees("session-summary")
    assert ask(speaker, SPOKEN) == []
    with Tutor.open(speaker) as tutor:
        assert tutor.start("speech").speaks, "it is due as before"


# How it looks.


@pytest.mark.parametrize(("window", "text"), [ODDEST[0], ODDEST[2]])
def test_nothing_of_it_is_cut_off_or_covered_and_all_of_it_is_read_out(
    chromium: Browser, server: Server, speaker: Path, microphone: Path, window: tuple[int, int], text: float
) -> None:
    say(SLIP, microphone)
    server.start()
    with opened(chromium, server, window, text) as at:
        to_speaking(at)
        assert faults_to_the_end(at) == []
        assert complaints(at) == []
        at.click("speak")
        listens(at)
        assert faults_to_the_end(at) == []
        at.sees("verdict")
        assert faults_to_the_end(at) == []
        assert complaints(at) == []
        at.press("t")
        at.sees("speak")
        assert faults_to_the_end(at) == []
