"""`tutor models`, as a process: what it shows before it downloads, what it asks, and how it is stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import child_environment
from speech.hub_server import BASE, Fault, HubServer
from speech.pack_samples import speech_model
from speech.test_packs import came, put_pack

from tutor.folder import MODELS
from tutor.speech.known_packs import KNOWN

RUN = "import sys; sys.argv[0] = 'tutor'; from tutor.cli import main; main()"


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with HubServer() as server:
        yield server


class Models:
    """Runs `tutor models` on a folder."""

    def __init__(self, data: Path, hub: HubServer) -> None:
        self.data, self.environment = data, child_environment() | {"HF_ENDPOINT": hub.endpoint}

    def command(self, *words: object) -> list[str]:
        return [sys.executable, "-c", RUN, "models", *map(str, words), "--data", str(self.data)]

    def __call__(self, *words: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words), input=stdin, capture_output=True, text=True, encoding="utf-8", timeout=60,
            env=self.environment, check=False,
        )  # fmt: skip

    def states(self) -> dict[str, str]:
        return {one["name"]: one["state"] for one in json.loads(self("list", "--json").stdout)}


@pytest.fixture
def models(tmp_path: Path, hub: HubServer) -> Models:
    return Models(tmp_path / "data", hub)


def assert_one_sentence(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.strip().endswith((".", ")"))


def test_list_tells_what_there_is_without_a_network_or_a_folder(models: Models, hub: HubServer) -> None:
    done = models("list")
    assert done.returncode == 0
    for pack in KNOWN:
        assert f"{pack.name} " in done.stdout
        assert pack.about in done.stdout
    assert "148 MB  not installed" in done.stdout
    assert set(models.states().values()) == {"available"}
    assert hub.asked == []
    assert not models.data.exists()


def test_list_tells_installed_incomplete_and_imported(models: Models) -> None:
    put_pack(models.data / MODELS / "small")
    put_pack(models.data / MODELS / "mine")
    (models.data / MODELS / "tiny").mkdir()
    found = models.states()
    states = [found[name] for name in ("tiny", "base", "small", "mine")]
    assert states == ["incomplete", "available", "installed", "installed"]
    told = models("list").stdout
    assert "incomplete: install it again or remove it" in told
    assert "mine" in told


def test_install_shows_size_checksum_and_source_and_then_asks(models: Models, hub: HubServer) -> None:
    done = models("install", stdin="n\n")
    assert done.returncode == 1
    offered = hub.told(BASE)["siblings"]
    checksum = next(one["lfs"]["sha256"] for one in offered if one["rfilename"] == "model.bin")
    for shown in ("0.3 MB", checksum, f"{hub.endpoint}/{BASE}", hub.revision[:12], "Download it?"):
        assert shown in done.stderr
    assert models.states()["base"] == "available"
    assert not hub.fetched("model.bin")


def test_no_answer_is_no(models: Models, hub: HubServer) -> None:
    done = models("install", "base")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not hub.fetched("model.bin")


def test_install_installs_where_it_is_wished(models: Models) -> None:
    done = models("install", "base", stdin="y\n")
    assert (done.returncode, done.stdout) == (0, "base is installed.\n")
    assert models.states()["base"] == "installed"


def test_install_with_yes_asks_nothing_and_as_json_says_nothing_else(models: Models) -> None:
    done = models("install", "gosia", "--yes", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert (told["name"], told["kind"], told["whole"]) == ("gosia", "voice", True)


def test_what_fails_is_one_sentence(models: Models, hub: HubServer, tmp_path: Path) -> None:
    hub.faults["revision/main"] = Fault(status=503)
    assert_one_sentence(models("install", "base"))
    assert_one_sentence(models("install", "huge"))
    assert_one_sentence(models("import", tmp_path / "nothing"))
    assert_one_sentence(models("import", tmp_path, "--name", "../evil"))
    for name in ("base", "../evil"):
        assert_one_sentence(models("remove", name))


def test_import_takes_in_a_folder_with_no_network(models: Models, hub: HubServer, tmp_path: Path) -> None:
    done = models("import", speech_model(tmp_path / "heard"), "--name", "mine")
    assert (done.returncode, done.stdout, done.stderr) == (0, "mine is installed.\n", "")
    assert models.states()["mine"] == "installed"
    assert hub.asked == []


def test_remove_asks_first(models: Models) -> None:
    put_pack(models.data / MODELS / "base")
    assert models("remove", "base", stdin="n\n").returncode == 1
    assert models.states()["base"] == "installed"
    assert models("remove", "base", stdin="y\n").stdout == "base is removed.\n"
    assert models.states()["base"] == "available"
    put_pack(models.data / MODELS / "base")
    assert models("remove", "base", "--yes", "--json").stdout == '{"removed": "base"}\n'


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal for one process")
def test_ctrl_c_ends_a_download_in_a_sentence_and_keeps_what_came(models: Models, hub: HubServer) -> None:
    hub.faults["model.bin"] = Fault(stall_after=50_000)
    running = subprocess.Popen(
        models.command("install", "base", "--yes"), env=models.environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert hub.stalled.wait(30)
    while came(models.data / MODELS) < 50_000:
        assert running.poll() is None
    running.send_signal(signal.SIGINT)
    _told, said = running.communicate(timeout=20)
    assert running.returncode == 1
    assert "Traceback" not in said
    assert said.strip().splitlines()[-1].startswith("That was stopped. What came so far is kept")
    assert came(models.data / MODELS) == 50_000
    hub.faults.clear()
    assert models("install", "base", "--yes").returncode == 0
    assert hub.fetched("model.bin")[-1].range == "bytes=50000-"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_whoever_watches_sees_how_far_it_is(models: Models) -> None:
    ours, theirs = os.openpty()
    subprocess.run(
        models.command("install", "base", "--yes"), env=models.environment, stderr=theirs, check=True,
        stdout=subprocess.DEVNULL, timeout=60,
    )  # fmt: skip
    os.close(theirs)
    seen = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "Downloading" in seen
    assert "100%" in seen


def test_help_tells_each_command_with_json_and_data(models: Models) -> None:
    listed = subprocess.run(
        [sys.executable, "-c", RUN, "models"],
        capture_output=True,
        text=True,
        check=False,
        env=models.environment,
    )
    for name in ("list", "install", "import", "remove"):
        assert name in listed.stdout + listed.stderr
        told = models(name, "--help").stdout
        assert "--json" in told
        assert "--data" in told
