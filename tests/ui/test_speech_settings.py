"""Models, voices and recordings in Settings: each state says what it is, and what can be done about it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from speech.hub_server import BASE, MODEL_BYTES, Fault, HubServer
from speech.pack_samples import speech_model, zipped

from tutor.long_work import Doing, Progress
from tutor.practice import Tutor
from tutor.speech.packs import Packs
from tutor.speech.recordings import KeepRecordings
from tutor.ui import speech_models
from tutor.ui.adjusting import Adjusting
from tutor.ui.components.long_work import how_far
from tutor.ui.place import Place
from tutor.ui.screens.settings import settings_screen
from tutor.ui.speech_models import IMPORT, RECORDINGS, SpeechModels
from tutor.ui.state import AppState
from tutor.ui.theme import Look
from tutor.ui.watched import Watched

from .drawing import drawn

PHONE = Look(390, 844)
Story = Callable[[AppState, Adjusting], Awaitable[None]]


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with HubServer() as server:
        yield server


@pytest.fixture
def learner(tutor: Tutor, hub: HubServer, monkeypatch: pytest.MonkeyPatch) -> Tutor:
    """A tutor on a device that can listen and speak, with a hub of its own."""
    monkeypatch.setattr(speech_models, "can_listen", lambda: True)
    monkeypatch.setattr(speech_models, "find_spec", lambda _name: True)
    tutor.speaking.packs = Packs(tutor.folder, hub.endpoint, stall=60)
    return tutor


def told(tutor: Tutor, story: Story, look: Look = PHONE) -> None:
    """Run a story from Settings on."""

    async def run() -> None:
        state = AppState(lambda: tutor, look)
        await state.turns.take(None, state.open)
        await story(state, await settings_of(state))

    asyncio.run(run())


async def settings_of(state: AppState) -> Adjusting:
    await state.turns.take(None, state.go, Place.SETTINGS)
    assert isinstance(state.content, Adjusting)
    return state.content


async def unfolded(state: AppState, adjusting: Adjusting, name: str) -> list[str]:
    if adjusting.open != name:
        await state.turns.take(None, adjusting.unfold, name)
    return drawn(lambda: settings_screen(state, adjusting))


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


async def over(speech: SpeechModels) -> None:
    await until(lambda: not speech.working)


async def looked_up(state: AppState, adjusting: Adjusting, name: str = "base") -> SpeechModels:
    """What installing would bring is shown."""
    await state.turns.take(None, adjusting.speech.install, name)
    await over(adjusting.speech)
    return adjusting.speech


async def installed(state: AppState, adjusting: Adjusting, name: str = "base") -> SpeechModels:
    speech = await looked_up(state, adjusting, name)
    await state.turns.take(None, speech.install, name)
    await over(speech)
    return speech


def joined(texts: list[str]) -> str:
    return " | ".join(texts)


def test_without_a_model_one_is_recommended_and_the_learner_judges(learner: Tutor) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        folded = drawn(lambda: settings_screen(state, adjusting))
        assert "None: you judge yourself" in folded
        assert "Tiny" not in folded
        said = await unfolded(state, adjusting, "packs-speech")
        assert [one for one in said if one in ("Tiny", "Base", "Small")] == ["Tiny", "Base", "Small"]
        assert said[said.index("Base") + 1] == "The one to take"
        assert said.count("Install") == 3
        assert "Remove" not in said

    told(learner, story)


def test_before_anything_is_fetched_it_is_shown_what_comes_from_where(learner: Tutor, hub: HubServer) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        speech = await looked_up(state, adjusting)
        said = await unfolded(state, adjusting, "packs-speech")
        sha = speech.offers["base"].sha256
        assert sha in said
        assert len(sha) == 64
        host = hub.endpoint.removeprefix("http://")
        assert f"0.3 MB come from {host}/{BASE} and stay on this device." in said
        assert not hub.fetched("model.bin")
        await state.turns.take(None, speech.decline, "base")
        assert sha not in await unfolded(state, adjusting, "packs-speech")
        assert not hub.fetched("model.bin")

    told(learner, story)


def test_what_is_installed_is_in_use_at_once_and_can_be_removed_by_a_second_yes(learner: Tutor) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        learner.speaking.ear.problem = "It was broken."
        speech = await installed(state, adjusting)
        assert learner.speaking.ear.problem == "", "what was wrong may be mended"
        assert learner.speaking.packs.path("base").is_dir()
        assert "Base, 0.3 MB" in drawn(lambda: settings_screen(state, adjusting))
        said = await unfolded(state, adjusting, "packs-speech")
        assert said[said.index("Base", said.index("More models")) + 1] == "In use"
        await state.turns.take(None, speech.ask, "base")
        assert "Remove Base? That frees 0.3 MB; it can be installed again." in await unfolded(
            state, adjusting, "packs-speech"
        )
        assert learner.speaking.packs.path("base").is_dir(), "nothing was meant yet"
        await state.turns.take(None, speech.remove, "base")
        assert learner.speaking.packs.installed() == []
        assert "None: you judge yourself" in drawn(lambda: settings_screen(state, adjusting))

    told(learner, story)


def test_an_install_shows_how_far_it_is_and_is_gone_on_with_after_a_stop(
    learner: Tutor, hub: HubServer
) -> None:
    hub.faults["model.bin"] = Fault(stall_after=MODEL_BYTES // 2)

    async def story(state: AppState, adjusting: Adjusting) -> None:
        speech = await looked_up(state, adjusting)
        await state.turns.take(None, speech.install, "base")
        half = MODEL_BYTES // 2

        def half_there() -> bool:
            progress = speech.working["base"].progress
            return bool(progress and progress.done >= half)

        await until(half_there)
        for said in (
            drawn(lambda: settings_screen(state, adjusting)),
            await unfolded(state, adjusting, "packs-speech"),
        ):
            assert "Downloading" in said, "folded, too"
            assert any(text.startswith(("0.1 of 0.3 MB", "0.2 of 0.3 MB")) for text in said)
            assert "Cancel" in said
        again = await settings_of(state)
        assert "base" in again.speech.working, "it goes on while the learner is elsewhere"
        speech.working["base"].stop()
        await over(speech)
        said = await unfolded(state, again, "packs-speech")
        assert "Stopped. What came so far is kept: the next try goes on from there." in said
        assert any("incomplete" in text for text in said)
        assert "Remove" in said
        hub.faults.clear()
        hub.asked.clear()
        await state.turns.take(None, speech.install, "base")
        await over(speech)
        assert [one.range for one in hub.fetched("model.bin")] == [f"bytes={half}-"]
        assert speech.in_use == "base"

    told(learner, story)


FAULTS = {
    "broken off": ({"model.bin": Fault(drop_after=1000)}, "broke off"),
    "stalled": ({"model.bin": Fault(stall_after=1000)}, "sent nothing for"),
    "wrong checksum": ({"model.bin": Fault(content=b"\0" * MODEL_BYTES)}, "another content"),
}


@pytest.mark.parametrize(("faults", "says"), FAULTS.values(), ids=FAULTS.keys())
def test_what_went_wrong_is_said_in_its_place_and_can_be_tried_again(
    learner: Tutor, hub: HubServer, faults: dict[str, Fault], says: str
) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        speech = await looked_up(state, adjusting)
        patient = learner.speaking.packs
        learner.speaking.packs = Packs(learner.folder, hub.endpoint, stall=1)
        hub.faults.update(faults)
        await state.turns.take(None, speech.install, "base")
        await over(speech)
        said = await unfolded(state, adjusting, "packs-speech")
        assert says in joined(said)
        assert "Try again" in said
        assert not state.notice, "it stands where it belongs"
        hub.faults.clear()
        learner.speaking.packs = patient
        await state.turns.take(None, speech.install, "base")
        await over(speech)
        assert speech.in_use == "base"
        assert says not in joined(await unfolded(state, adjusting, "packs-speech"))

    told(learner, story)


def test_with_no_network_that_is_said_and_looking_up_is_tried_again(learner: Tutor) -> None:
    learner.speaking.packs = Packs(learner.folder, "http://127.0.0.1:9")

    async def story(state: AppState, adjusting: Adjusting) -> None:
        await looked_up(state, adjusting)
        said = await unfolded(state, adjusting, "packs-speech")
        assert "cannot be reached" in joined(said)
        assert "Try again" in said
        assert not adjusting.speech.offers

    told(learner, story)


def test_without_room_nothing_is_fetched_and_that_is_said(
    learner: Tutor, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        speech = await looked_up(state, adjusting)
        full = shutil.disk_usage(learner.folder)._replace(free=1000)
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)
        await state.turns.take(None, speech.install, "base")
        await over(speech)
        said = await unfolded(state, adjusting, "packs-speech")
        assert "make room and try again" in joined(said)
        assert "Try again" in said
        assert not hub.fetched("model.bin")
        assert not speech.offers, "the next try asks the hub again"

    told(learner, story)


def test_of_several_models_one_is_chosen(learner: Tutor, tmp_path: Path) -> None:
    mine = speech_model(tmp_path / "whisper-mine")
    learner.speaking.packs.import_from(mine)

    async def story(state: AppState, adjusting: Adjusting) -> None:
        assert adjusting.speech.in_use == "whisper-mine"
        assert "The best one" not in drawn(lambda: settings_screen(state, adjusting)), (
            "there is no choice yet"
        )
        await installed(state, adjusting)
        assert adjusting.speech.in_use == "base", "the best of those that are known"
        said = await unfolded(state, adjusting, "speech_model")
        assert {"The best one", "Base", "Whisper Mine"} <= set(said)
        learner.speaking.ear.problem = "It was broken."
        await state.turns.take(None, adjusting.choose, "speech_model", "whisper-mine")
        assert adjusting.speech.in_use == "whisper-mine"
        assert learner.settings.speech_model == "whisper-mine"
        assert learner.speaking.ear.problem == ""
        listed = await unfolded(state, adjusting, "packs-speech")
        assert listed.count("Remove") == 2, "what was imported is listed, too"

    told(learner, story)


def test_what_came_in_part_is_said_to_be_so_and_can_be_removed(learner: Tutor) -> None:
    part = learner.folder / "models" / "base"
    part.mkdir(parents=True)
    (part / "model.bin").write_bytes(bytes(400_000))

    async def story(state: AppState, adjusting: Adjusting) -> None:
        assert "None: you judge yourself" in drawn(lambda: settings_screen(state, adjusting))
        said = await unfolded(state, adjusting, "packs-speech")
        assert "Exact enough on most computers · incomplete: 0.4 MB is here" in said
        assert "Go on" in said
        await state.turns.take(None, adjusting.speech.ask, "base")
        await state.turns.take(None, adjusting.speech.remove, "base")
        assert not part.exists()
        assert "Go on" not in await unfolded(state, adjusting, "packs-speech")

    told(learner, story)


def test_where_nothing_can_listen_or_speak_that_is_said_and_nothing_is_offered(
    learner: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speech_models, "can_listen", lambda: False)
    monkeypatch.setattr(speech_models, "find_spec", lambda _name: None)

    async def story(state: AppState, adjusting: Adjusting) -> None:
        said = drawn(lambda: settings_screen(state, adjusting))
        assert "This device cannot listen: packages are missing, and `tutor doctor` says which" in said
        assert "They need the package piper-tts; `tutor doctor` says how to get it" in said
        for gone in ("Install a model", "From a file", "Recordings", "None: you judge yourself"):
            assert gone not in said

    told(learner, story)


def test_a_model_that_is_just_being_loaded_is_not_removed(
    learner: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        speech = await installed(state, adjusting)
        monkeypatch.setattr(type(learner.speaking.ear), "loading", True)
        await state.turns.take(None, speech.ask, "base")
        await state.turns.take(None, speech.remove, "base")
        said = await unfolded(state, adjusting, "packs-speech")
        assert "just being made ready to listen, so it was not removed" in joined(said)
        assert learner.speaking.packs.path("base").is_dir()

    told(learner, story)


def test_a_voice_that_is_installed_can_be_chosen_and_one_that_is_removed_cannot(learner: Tutor) -> None:
    pytest.importorskip("piper")
    before = dict(learner.voice.offered)

    async def story(state: AppState, adjusting: Adjusting) -> None:
        said = await unfolded(state, adjusting, "packs-voice")
        assert said.count("Install") == 3
        assert "A woman’s voice · 63 MB" in said
        speech = await installed(state, adjusting, "gosia")
        assert set(adjusting.voices) - set(before) == {"pl_PL-gosia-medium"}
        assert "Gosia" in await unfolded(state, adjusting, "voice")
        await state.turns.take(None, adjusting.choose, "voice", "pl_PL-gosia-medium")
        assert adjusting.voice_now == "pl_PL-gosia-medium"
        assert adjusting.voice.startswith("Gosia")
        await state.turns.take(None, speech.remove, "gosia")
        assert adjusting.voices == before
        assert adjusting.voice_now == next(iter(before), ""), "another speaks"

    told(learner, story)


def test_a_voice_that_came_by_the_command_is_found_when_settings_are_opened(
    learner: Tutor, hub: HubServer
) -> None:
    pytest.importorskip("piper")

    async def story(state: AppState, adjusting: Adjusting) -> None:
        assert "pl_PL-gosia-medium" not in adjusting.voices
        elsewhere = Packs(learner.folder, hub.endpoint)
        elsewhere.install(elsewhere.look_up("gosia"))
        again = await settings_of(state)
        assert "pl_PL-gosia-medium" in again.voices

    told(learner, story)


class Chosen:
    """The window of a device, in which this was chosen."""

    def __init__(self, path: Path | None) -> None:
        self.path = path

    async def archive(self) -> Path | None:
        return self.path

    async def folder(self) -> Path | None:
        return self.path


def test_on_a_device_a_model_is_copied_from_a_file_that_is_chosen(learner: Tutor, tmp_path: Path) -> None:
    archive = zipped(speech_model(tmp_path / "mine"), tmp_path / "mine.zip")

    async def story(state: AppState, adjusting: Adjusting) -> None:
        speech = adjusting.speech
        speech.picker = Chosen(archive)
        assert {"Choose an archive", "Choose a folder"} <= set(await unfolded(state, adjusting, "import"))
        await state.turns.take(None, speech.import_archive)
        await until(lambda: speech.said.get(IMPORT))
        assert "mine is installed." in await unfolded(state, adjusting, "import")
        assert speech.in_use == "mine"
        (tmp_path / "wrong").mkdir()
        speech.picker = Chosen(tmp_path / "wrong")
        await state.turns.take(None, speech.import_folder)
        await until(lambda: speech.said.get(IMPORT) and speech.said[IMPORT].fault)
        assert speech.said[IMPORT].text in await unfolded(state, adjusting, "import")

    told(learner, story)


def test_in_a_browser_the_command_is_told(learner: Tutor) -> None:
    async def story(state: AppState, adjusting: Adjusting) -> None:
        said = await unfolded(state, adjusting, "import")
        assert "tutor models import PATH" in said
        assert "Choose an archive" not in said

    told(learner, story)


def test_recordings_are_counted_kept_as_set_and_deleted_by_a_second_yes(learner: Tutor) -> None:
    folder = learner.folder / "recordings" / learner.learner.id
    folder.mkdir(parents=True)
    for name in ("a.ogg", "b.ogg"):
        (folder / name).write_bytes(b"sound")

    async def story(state: AppState, adjusting: Adjusting) -> None:
        said = await unfolded(state, adjusting, "recordings")
        assert "2 are on this device" in said
        assert {"Never stored", "7 days", "Kept", "Delete recordings now"} <= set(said)
        await state.turns.take(None, adjusting.choose, "recordings", KeepRecordings.NEVER)
        assert learner.settings.recordings is KeepRecordings.NEVER
        said = await unfolded(state, adjusting, "recordings")
        assert "2 are on this device until the next session" in said
        await state.turns.take(None, adjusting.speech.ask, RECORDINGS)
        said = await unfolded(state, adjusting, "recordings")
        assert "Delete 2 recordings? They cannot be brought back." in said
        assert len(list(folder.iterdir())) == 2
        await state.turns.take(None, adjusting.speech.clear_recordings)
        assert list(folder.iterdir()) == []
        said = await unfolded(state, adjusting, "recordings")
        assert "2 recordings were deleted." in said
        assert "Delete recordings now" not in said

    told(learner, story)


def test_two_pages_see_each_others_models(learner: Tutor, courses: Path) -> None:
    with Tutor.open(learner.folder, learner.clock, courses=courses) as other:

        async def story(state: AppState, adjusting: Adjusting) -> None:
            await installed(state, adjusting)
            page = AppState(lambda: other, PHONE)
            await page.turns.take(None, page.open)
            theirs = await settings_of(page)
            assert theirs.speech is not adjusting.speech
            assert theirs.speech.in_use == "base"
            await state.turns.take(None, adjusting.speech.remove, "base")
            await page.turns.take(None, theirs.speech.remove, "base")
            assert "is not installed" in theirs.speech.said["base"].text
            assert theirs.speech.in_use == ""

        told(learner, story)


def test_how_long_a_download_goes_on_is_not_taken_from_what_was_there_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    monkeypatch.setattr("tutor.ui.watched.monotonic", lambda: now)

    async def run() -> None:
        nonlocal now
        work = Watched("Downloading", lambda: None)
        work.told(Progress(80e6, 100e6, Doing.DOWNLOADING))
        await asyncio.sleep(0)
        assert work.left is None
        now += 9
        work.told(Progress(85e6, 100e6, Doing.DOWNLOADING))
        await asyncio.sleep(0)
        assert work.left == pytest.approx(27)
        assert how_far(work.progress, work.left) == "85.0 of 100.0 MB · About 30 seconds left"

    asyncio.run(run())
