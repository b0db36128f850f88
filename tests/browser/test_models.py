"""Models and voices are installed in Settings, from a hub on this machine."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from speech.hub_server import MODEL_BYTES, Fault, HubServer

from tutor.speech.ear import can_listen
from tutor.speech.packs import Packs

from .conftest import DESKTOP, PHONE, Learner, Server, ask
from .layout import faults_to_the_end
from .test_accessible import complaints
from .test_layout import ODDEST, opened

pytestmark = pytest.mark.skipif(not can_listen(), reason="the packages that listen are not installed")


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    """The hub that the app's server asks."""
    with HubServer() as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
        yield hub


def to_models(at: Learner) -> None:
    at.click("nav-settings")
    at.click("open-packs-speech")
    at.sees("pack-base")


@pytest.mark.parametrize("at", [PHONE, DESKTOP], indirect=True)
def test_a_model_is_installed_stopped_gone_on_with_and_removed(
    hub: HubServer, server: Server, at: Learner, practised: Path
) -> None:
    half = MODEL_BYTES // 2
    hub.faults["model.bin"] = Fault(stall_after=half)
    at.open(server.start().address)
    to_models(at)
    at.reads("settings", "None: you judge yourself")
    at.click("install-base")
    at.reads("offer-base", "Checksum")
    assert not hub.fetched("model.bin"), "nothing is fetched before it is wished"
    at.click("accept-base")
    at.reads("pack-base", r"0\.[12] of 0\.3 MB")
    at.click("nav-today")
    at.sees("start-session", "resume-session")
    at.click("nav-settings")
    at.reads("base-work", "Downloading")
    at.click("stop-base-work")
    at.sees_no("base-work")
    at.click("open-packs-speech")
    at.reads("pack-base", "What came so far is kept")
    hub.faults.clear()
    hub.asked.clear()
    at.click("install-base")
    at.reads("pack-base", "installed")
    assert [one.range for one in hub.fetched("model.bin")] == [f"bytes={half}-"]
    at.reads("speech-model", r"Base, 0\.3\sMB")
    at.click("remove-base")
    at.click("really-remove-base")
    at.reads("speech-model", "None: you judge yourself")
    assert Packs(practised).installed() == []


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_a_voice_that_is_installed_is_offered_among_the_voices(
    hub: HubServer, server: Server, at: Learner, practised: Path
) -> None:
    pytest.importorskip("piper")
    at.open(server.start().address)
    at.click("nav-settings")
    at.click("open-packs-voice")
    at.click("install-gosia")
    at.click("accept-gosia")
    at.reads("pack-gosia", "installed")
    at.click("open-voice")
    at.reads("settings", "Gosia")


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_what_goes_wrong_stands_in_its_place_with_a_way_to_try_again(
    hub: HubServer, server: Server, at: Learner, practised: Path
) -> None:
    hub.faults["revision/main"] = Fault(status=503)
    at.open(server.start().address)
    to_models(at)
    at.click("install-base")
    at.reads("pack-base", "Try again.*cannot help just now .it answers 503")
    hub.faults.clear()
    at.click("install-base")
    at.sees("offer-base")


@pytest.mark.parametrize("at", [PHONE], indirect=True)
def test_leaving_the_app_does_not_wait_for_a_download(
    hub: HubServer, server: Server, at: Learner, practised: Path
) -> None:
    hub.faults["model.bin"] = Fault(stall_after=1000)
    at.open(server.start().address)
    to_models(at)
    at.click("install-base")
    at.click("accept-base")
    at.reads("pack-base", "Downloading")
    assert hub.stalled.wait(20)
    assert server.process
    # As Ctrl+C does, after which Python waits for its threads.
    server.process.send_signal(signal.SIGINT)
    # Well before the hub would be given up for silent.
    server.process.wait(15)


@pytest.mark.parametrize(("window", "text"), [ODDEST[0], ODDEST[1]])
def test_nothing_of_it_is_cut_off_or_covered_and_all_of_it_is_read_out(
    chromium: Browser, hub: HubServer, server: Server, practised: Path, window: tuple[int, int], text: float
) -> None:
    ((learner,),) = ask(practised, "SELECT id FROM learner")
    kept = practised / "recordings" / str(learner)
    kept.mkdir(parents=True)
    (kept / "one.ogg").write_bytes(b"sound")
    server.start()
    with opened(chromium, server, window, text) as at:
        to_models(at)
        assert faults_to_the_end(at) == []
        at.click("install-base")
        at.sees("offer-base")
        assert faults_to_the_end(at) == []
        assert complaints(at) == []
        at.click("accept-base")
        at.reads("pack-base", "installed")
        at.click("remove-base")
        at.sees("removal-base")
        assert faults_to_the_end(at) == []
        at.click("open-packs-voice")
        at.click("install-darkman")
        at.reads("pack-darkman", "does not hold")
        assert faults_to_the_end(at) == []
        at.click("open-import")
        at.sees("import-command")
        assert faults_to_the_end(at) == []
        at.click("open-recordings")
        at.click("clear-recordings")
        at.sees("recordings-asked")
        assert faults_to_the_end(at) == []
        assert complaints(at) == []
