"""Packs from a hub that stalls, breaks off and lies; and what is on the disk after whatever happened."""

from __future__ import annotations

import hashlib
import json
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from helpers import snapshot

from speech.hub_server import BASE, GOSIA, MODEL_BYTES, VOICES, Fault, HubServer, noise, revision
from tutor.errors import Cancelled, HubError, PackError, UsageError
from tutor.folder import MODELS
from tutor.long_work import Doing, Progress, Told, untold
from tutor.speech.known_packs import KNOWN, Kind
from tutor.speech.pack_files import MANIFEST, InstalledPack, alone
from tutor.speech.packs import Packs

STALL, PATIENT = 1.0, 30.0
"""Seconds of silence after which a hub is left: one that goes silent, and one on a slow machine."""


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with HubServer() as server:
        yield server


@pytest.fixture
def packs(tmp_path: Path, hub: HubServer) -> Packs:
    return Packs(tmp_path / "data", hub.endpoint, PATIENT)


@pytest.fixture
def hasty(tmp_path: Path, hub: HubServer) -> Packs:
    """The same, which soon leaves a hub that goes silent."""
    return Packs(tmp_path / "data", hub.endpoint, STALL)


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "data" / MODELS


def install(packs: Packs, name: str = "base", told: Told = untold) -> InstalledPack:
    return packs.install(packs.look_up(name), told)


def contents(pack: InstalledPack) -> dict[str, bytes]:
    """A pack's files without its `pack.json`."""
    return {name: content for name, content in snapshot(pack.path).items() if name != MANIFEST}


def the_model(hub: HubServer) -> dict[str, bytes]:
    names = ("config.json", "model.bin", "tokenizer.json", "vocabulary.txt")
    return {name: hub.files[BASE][name] for name in names}


def came(models: Path, name: str = "base") -> int:
    """How many bytes of the model were kept by a try that failed."""
    found = list((models / f".partial-{name}").glob("model.bin*"))
    return found[0].stat().st_size if found else 0


def put_pack(folder: Path, kind: str = "speech", content: bytes = b"model") -> Path:
    """A pack as it stands on the disk."""
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(content)
    files = [{"name": "model.bin", "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}]
    told = {
        "kind": kind,
        "name": folder.name,
        "source": "x",
        "revision": "",
        "bytes": len(content),
        "files": files,
    }
    (folder / MANIFEST).write_text(json.dumps(told), encoding="utf-8")
    return folder


def assert_sentence(error: pytest.ExceptionInfo[Any]) -> None:
    message = error.value.message
    assert message[-1] in ".)"
    assert "\n" not in message
    assert error.value.doing or isinstance(error.value, UsageError)


# As it should go.


def test_an_offer_tells_size_checksum_and_revision_and_changes_nothing(
    packs: Packs, hub: HubServer, tmp_path: Path
) -> None:
    offer = packs.look_up("base")
    assert offer.bytes == sum(map(len, the_model(hub).values()))
    assert offer.sha256 == hashlib.sha256(hub.files[BASE]["model.bin"]).hexdigest()
    assert (offer.source, offer.revision, offer.kind) == (BASE, hub.revision, Kind.SPEECH)
    assert not (tmp_path / "data").exists()


def test_a_speech_model_is_installed_to_the_byte_and_nothing_else_is(
    packs: Packs, hub: HubServer, models: Path
) -> None:
    pack = install(packs)
    assert contents(pack) == the_model(hub)
    assert (pack.name, pack.path, pack.whole, pack.revision) == ("base", models / "base", True, hub.revision)
    assert packs.installed() == [pack]
    assert {path.name for path in models.iterdir()} == {"base", ".lock"}
    assert not hub.fetched("README.md")


def test_what_stands_in_a_pack_is_told_in_its_manifest(packs: Packs, hub: HubServer) -> None:
    told = json.loads((install(packs).path / MANIFEST).read_text(encoding="utf-8"))
    files = {
        name: {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in the_model(hub).items()
    }
    assert {one["name"]: one for one in told.pop("files")} == files
    size = sum(map(len, the_model(hub).values()))
    assert told == {"kind": "speech", "name": "base", "source": BASE, "revision": hub.revision, "bytes": size}


def test_a_voice_is_installed_with_its_two_files(packs: Packs, hub: HubServer) -> None:
    pack = install(packs, "gosia")
    name = GOSIA.rpartition("/")[2]
    assert contents(pack) == {
        name: hub.files[VOICES][GOSIA],
        f"{name}.json": hub.files[VOICES][f"{GOSIA}.json"],
    }
    assert packs.voices() == [pack]
    assert packs.speech_model() is None


def test_progress_grows_to_the_whole(packs: Packs) -> None:
    told: list[Progress] = []
    install(packs, told=told.append)
    shares = [one.share for one in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len({share for share in shares if 0 < share < 1}) > 2
    assert {one.what for one in told} == {Doing.DOWNLOADING, Doing.CHECKING}


def test_what_is_installed_already_is_not_fetched_again(packs: Packs, hub: HubServer) -> None:
    first = install(packs)
    hub.asked.clear()
    assert install(packs) == first
    assert not hub.fetched("model.bin")


def test_the_hub_is_told_nothing_but_which_files_are_wanted(
    packs: Packs, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    install(packs)
    assert {one.path.split("/")[1] for one in hub.asked} == {"api", "Systran", "content"}
    for one in hub.asked:
        assert "authorization" not in one.headers
        assert "cookie" not in one.headers
        assert one.headers["user-agent"].startswith("patient-tutor/")


def test_another_hub_may_be_named_by_the_environment(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", f"{hub.endpoint}/")
    assert Packs(tmp_path).look_up("base").revision == hub.revision


def test_a_file_that_comes_packed_is_unpacked(packs: Packs, hub: HubServer) -> None:
    hub.faults["vocabulary.txt"] = Fault(packed=True)
    assert contents(install(packs)) == the_model(hub)


# What a network does.


def assert_goes_on(packs: Packs, hub: HubServer, models: Path, kept: int) -> None:
    """The next try asks for the rest alone, and then all is right."""
    assert came(models) == kept
    assert [one.whole for one in packs.installed()] == [False]
    hub.faults.clear()
    hub.asked.clear()
    assert contents(install(packs)) == the_model(hub)
    assert {one.range for one in hub.asked if one.path.endswith("model.bin")} == {f"bytes={kept}-"}


def test_a_hub_that_goes_silent_is_left_and_what_came_is_gone_on_with(
    packs: Packs, hasty: Packs, hub: HubServer, models: Path
) -> None:
    hub.faults["model.bin"] = Fault(stall_after=100_000)
    began = time.monotonic()
    with pytest.raises(HubError, match=r"nothing for 1 seconds.*kept") as error:
        install(hasty)
    assert time.monotonic() - began < 10
    assert error.value.retry
    assert_sentence(error)
    assert_goes_on(packs, hub, models, 100_000)


@pytest.mark.parametrize("where", ["revision/main", "model.bin"])
def test_a_hub_that_never_answers_is_left(hasty: Packs, hub: HubServer, where: str) -> None:
    hub.faults[where] = Fault(silent=True)
    with pytest.raises(HubError, match="nothing for") as error:
        install(hasty)
    assert_sentence(error)


@pytest.mark.parametrize("unannounced", [False, True])
def test_a_connection_that_breaks_off_is_gone_on_with(
    packs: Packs, hub: HubServer, models: Path, unannounced: bool
) -> None:
    hub.faults["model.bin"] = Fault(drop_after=70_000, unannounced=unannounced)
    with pytest.raises(HubError, match=r"broke off.*kept") as error:
        install(packs)
    assert_sentence(error)
    assert_goes_on(packs, hub, models, 70_000)


def test_breaking_off_again_and_again_ends_well(packs: Packs, hub: HubServer) -> None:
    hub.faults["model.bin"] = Fault(drop_after=80_000)
    for _time in range(3):
        with pytest.raises(HubError):
            install(packs)
    assert contents(install(packs)) == the_model(hub)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(content=noise(MODEL_BYTES)[:-1]),
        Fault(content=noise(MODEL_BYTES) + b"!"),
        Fault(content=b""),
        Fault(more=b"more than was said", unannounced=True),
        Fault(drop_after=1000, content=noise(MODEL_BYTES, 7)[:1000]),
    ],
    ids=["shorter", "longer", "empty", "unannounced", "short"],
)
def test_another_size_than_was_listed_is_not_taken(
    packs: Packs, hub: HubServer, models: Path, fault: Fault
) -> None:
    hub.faults["model.bin"] = fault
    with pytest.raises(HubError, match="another size") as error:
        install(packs)
    assert_sentence(error)
    assert came(models) == 0
    assert packs.speech_model() is None
    hub.faults.clear()
    assert contents(install(packs)) == the_model(hub)


@pytest.mark.parametrize(
    ("name", "wrong"), [("model.bin", noise(MODEL_BYTES, 9)), ("config.json", b'{"made": "UP"}')]
)
def test_other_content_than_was_listed_is_thrown_away(
    packs: Packs, hub: HubServer, models: Path, name: str, wrong: bytes
) -> None:
    hub.faults[name] = Fault(content=wrong)
    with pytest.raises(HubError, match=f"{name} came with another content") as error:
        install(packs)
    assert_sentence(error)
    assert not [path for path in (models / ".partial-base").iterdir() if path.read_bytes() == wrong]
    assert packs.speech_model() is None
    hub.faults.clear()
    assert contents(install(packs)) == the_model(hub)


def test_a_listing_that_lies_about_a_checksum_installs_nothing(packs: Packs, hub: HubServer) -> None:
    hub.lies["model.bin"] = {"lfs": {"sha256": "0" * 64, "size": MODEL_BYTES}}
    with pytest.raises(HubError, match="another content"):
        install(packs)
    assert packs.speech_model() is None


def test_a_server_that_cannot_go_on_in_the_middle_begins_anew(packs: Packs, hub: HubServer) -> None:
    hub.faults["model.bin"] = Fault(drop_after=70_000)
    with pytest.raises(HubError):
        install(packs)
    hub.faults["model.bin"] = Fault(ignores_range=True)
    assert contents(install(packs)) == the_model(hub)


def test_a_page_in_the_place_of_the_rest_costs_nothing_of_what_came(
    packs: Packs, hub: HubServer, models: Path
) -> None:
    hub.faults["model.bin"] = Fault(drop_after=70_000)
    with pytest.raises(HubError):
        install(packs)
    hub.faults["model.bin"] = Fault(content=b"<html>Log in to this network</html>", ignores_range=True)
    with pytest.raises(HubError, match="another size"):
        install(packs)
    assert_goes_on(packs, hub, models, 70_000)


def test_a_hub_that_has_less_than_came_from_it_is_begun_anew(packs: Packs, hub: HubServer) -> None:
    hub.faults["model.bin"] = Fault(drop_after=70_000)
    with pytest.raises(HubError):
        install(packs)
    hub.faults["model.bin"] = Fault(status=416)
    with pytest.raises(HubError, match="another size"):
        install(packs)
    hub.faults.clear()
    assert contents(install(packs)) == the_model(hub)
    assert hub.fetched("model.bin")[-1].range == ""


def test_a_part_from_another_place_is_not_taken(packs: Packs, hub: HubServer, models: Path) -> None:
    hub.faults["model.bin"] = Fault(drop_after=70_000)
    with pytest.raises(HubError):
        install(packs)
    hub.faults["model.bin"] = Fault(begins_at=60_000)
    with pytest.raises(HubError, match="does not understand"):
        install(packs)
    assert_goes_on(packs, hub, models, 70_000)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_hub_in_trouble_is_told_as_such(packs: Packs, hub: HubServer, status: int) -> None:
    hub.faults["model.bin"] = Fault(status=status)
    with pytest.raises(HubError, match=f"answers {status}") as error:
        install(packs)
    assert_sentence(error)


@pytest.mark.parametrize("where", ["revision/main", "model.bin"])
@pytest.mark.parametrize("status", [401, 404])
def test_what_the_hub_does_not_have_is_not_tried_again(
    packs: Packs, hub: HubServer, where: str, status: int
) -> None:
    hub.faults[where] = Fault(status=status)
    with pytest.raises(PackError, match=f"answers {status}") as error:
        install(packs)
    assert not error.value.retry
    assert_sentence(error)


def test_a_repository_without_what_a_pack_needs_is_told(packs: Packs, hub: HubServer) -> None:
    del hub.files[BASE]["tokenizer.json"]
    with pytest.raises(PackError, match=r"tokenizer\.json"):
        packs.look_up("base")


def true_listing(hub: HubServer, **wrong: Any) -> dict[str, Any]:
    return hub.told(BASE) | wrong


@pytest.mark.parametrize(
    "wrong",
    [
        lambda hub: [],
        lambda hub: "text",
        lambda hub: {},
        lambda hub: true_listing(hub, sha="../../../etc"),
        lambda hub: true_listing(hub, sha=None),
        lambda hub: true_listing(hub, siblings=3),
        lambda hub: true_listing(hub, siblings=[3]),
        lambda hub: true_listing(hub, siblings=[{"rfilename": "model.bin"}]),
        lambda hub: true_listing(hub, siblings=[{"rfilename": "model.bin", "size": -1, "blobId": "0" * 40}]),
        lambda hub: true_listing(hub, siblings=[{"rfilename": "model.bin", "size": "1", "blobId": "0" * 40}]),
        lambda hub: true_listing(hub, siblings=[{"rfilename": "m", "size": 1, "lfs": {"sha256": "00"}}]),
    ],
)  # fmt: skip
def test_a_listing_that_cannot_be_understood_is_told(
    packs: Packs, hub: HubServer, wrong: Callable[[HubServer], Any]
) -> None:
    hub.listing = wrong(hub)
    with pytest.raises(HubError, match="does not understand") as error:
        packs.look_up("base")
    assert_sentence(error)


@pytest.mark.parametrize("content", [b"<html>Log in to this network</html>", b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_listing_at_all_is_told(packs: Packs, hub: HubServer, content: bytes) -> None:
    hub.faults["revision/main"] = Fault(content=content)
    with pytest.raises(HubError, match="does not understand"):
        packs.look_up("base")


def closed_port() -> str:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}"


@pytest.mark.parametrize("endpoint", ["", "nowhere", "ftp://127.0.0.1", "http://[", "http://\0"])
def test_a_hub_that_cannot_be_reached_is_told(tmp_path: Path, endpoint: str) -> None:
    with pytest.raises(HubError, match="cannot be reached") as error:
        Packs(tmp_path, endpoint or closed_port(), PATIENT).look_up("base")
    assert error.value.retry
    assert_sentence(error)


def test_a_redirect_without_end_is_told(packs: Packs, hub: HubServer) -> None:
    hub.faults["model.bin"] = Fault(status=302)
    with pytest.raises(HubError):
        install(packs)


# The learner stops it.


def stopping_at(share: float, what: Doing = Doing.DOWNLOADING) -> Told:
    def told(progress: Progress) -> None:
        if progress.what is what and progress.share >= share:
            raise Cancelled("stopped")

    return told


def test_a_cancelled_install_is_gone_on_with(packs: Packs, hub: HubServer, models: Path) -> None:
    with pytest.raises(Cancelled):
        install(packs, told=stopping_at(0.3))
    kept = came(models)
    assert 0 < kept < MODEL_BYTES
    assert_goes_on(packs, hub, models, kept)


def test_what_was_cancelled_while_it_was_checked_is_not_fetched_again(packs: Packs, hub: HubServer) -> None:
    with pytest.raises(Cancelled):
        install(packs, told=stopping_at(1, Doing.CHECKING))
    hub.asked.clear()
    assert contents(install(packs)) == the_model(hub)
    assert not hub.fetched("model.bin")


def test_cancelling_does_not_wait_for_a_silent_hub(hub: HubServer, tmp_path: Path) -> None:
    packs = Packs(tmp_path, hub.endpoint, stall=60)
    hub.faults["model.bin"] = Fault(stall_after=1000)

    seen: list[float] = []

    def told(progress: Progress) -> None:
        # Told once more though nothing came.
        if hub.stalled.is_set() and progress.done in seen:
            raise Cancelled("stopped")
        seen.append(progress.done)

    began = time.monotonic()
    with pytest.raises(Cancelled):
        install(packs, told=told)
    assert time.monotonic() - began < 10


# Room, and others at work.


def test_what_there_is_no_room_for_is_not_begun(packs: Packs, hub: HubServer) -> None:
    hub.lies["model.bin"] = {"lfs": {"sha256": "0" * 64, "size": 10**15}}
    with pytest.raises(PackError, match=r"1050000000 MB.*make room") as error:
        install(packs)
    assert_sentence(error)
    assert not hub.fetched("model.bin")


def test_two_do_not_change_the_packs_at_once(packs: Packs, hub: HubServer, models: Path) -> None:
    install(packs)
    hub.revision = revision(2)
    before = snapshot(models)
    with alone(models):
        for change in (lambda: install(packs), lambda: packs.remove("base")):
            with pytest.raises(PackError, match="just being installed") as error:
                change()
            assert_sentence(error)
        assert packs.speech_model() == models / "base"
    assert snapshot(models) == before
    packs.remove("base")


def test_a_folder_that_cannot_be_made_is_told(packs: Packs, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / MODELS).write_text("a file", encoding="utf-8")
    with pytest.raises(PackError) as error:
        install(packs)
    assert_sentence(error)
    assert packs.installed() == []


# Old and new.


def updated(hub: HubServer) -> None:
    hub.revision = revision(2)
    hub.files[BASE]["model.bin"] = noise(MODEL_BYTES, 2)


def test_a_newer_revision_takes_the_place_of_the_older(packs: Packs, hub: HubServer, models: Path) -> None:
    install(packs)
    updated(hub)
    pack = install(packs)
    assert contents(pack) == the_model(hub)
    assert pack.revision == revision(2)
    assert {path.name for path in models.iterdir()} == {"base", ".lock"}


def test_the_older_stays_in_use_while_the_newer_fails(packs: Packs, hub: HubServer) -> None:
    old = install(packs)
    before = contents(old)
    updated(hub)
    hub.faults["model.bin"] = Fault(drop_after=1000)
    with pytest.raises(HubError):
        install(packs)
    assert packs.installed() == [old]
    assert contents(old) == before


def test_what_came_of_an_older_revision_is_not_gone_on_with(packs: Packs, hub: HubServer) -> None:
    hub.faults["model.bin"] = Fault(drop_after=70_000)
    with pytest.raises(HubError):
        install(packs)
    hub.faults.clear()
    updated(hub)
    assert contents(install(packs)) == the_model(hub)


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("step", range(7))
def test_wherever_a_change_is_cut_off_the_old_or_the_new_is_whole(
    packs: Packs, hub: HubServer, models: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Every renaming, and the deleting of what was old, is the last thing that happens."""
    before = contents(install(packs))
    updated(hub)
    steps = iter(range(100))

    def killing(real: Callable[..., Any]) -> Callable[..., Any]:
        def done(*arguments: Any, **more: Any) -> Any:
            if next(steps) == step:
                raise Killed
            return real(*arguments, **more)

        return done

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", killing(Path.rename))
        patched.setattr(shutil, "rmtree", killing(shutil.rmtree))
        with pytest.raises(Killed):
            install(packs)
    (pack,) = packs.installed()
    assert pack.whole
    assert contents(pack) == (before if pack.revision == revision(1) else the_model(hub))
    assert not list(models.glob(".old-*"))
    hub.asked.clear()
    assert contents(install(packs)) == the_model(hub)
    assert not hub.fetched("model.bin")
    assert {path.name for path in models.iterdir()} == {"base", ".lock"}


# What stands on the disk.


def test_where_nothing_is_installed_nothing_is_made(packs: Packs, tmp_path: Path) -> None:
    assert packs.installed() == []
    assert packs.speech_model() is None
    assert packs.voices() == []
    assert list(tmp_path.iterdir()) == []


def manifest(**changes: Any) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        path = folder / MANIFEST
        path.write_text(json.dumps(json.loads(path.read_text()) | changes), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder / MANIFEST).unlink(),
        lambda folder: (folder / MANIFEST).write_bytes(b"\xff"),
        lambda folder: (folder / MANIFEST).write_text("[" * 100_000),
        lambda folder: (folder / MANIFEST).write_text("[]"),
        lambda folder: (folder / MANIFEST).write_text(" " * 2_000_000),
        lambda folder: (folder / "model.bin").unlink(),
        lambda folder: (folder / "model.bin").write_bytes(b"mode"),
        lambda folder: (folder / "model.bin").write_bytes(b"models"),
        manifest(files=[]),
        manifest(files=None),
        manifest(files=[{"name": "model.bin"}]),
        manifest(files=[{"name": "../base/model.bin", "size": 5, "sha256": ""}]),
        manifest(kind="spell"),
    ],
)
def test_a_pack_with_an_untrue_manifest_is_incomplete(
    packs: Packs, models: Path, harm: Callable[[Path], object]
) -> None:
    folder = put_pack(models / "base")
    assert packs.path("base") == folder
    harm(folder)
    (pack,) = packs.installed()
    assert (pack.name, pack.whole, pack.kind) == ("base", False, None)
    assert packs.speech_model() is None
    with pytest.raises(PackError, match="only in part") as error:
        packs.path("base")
    assert_sentence(error)


def test_what_is_incomplete_is_installed_anew(packs: Packs, hub: HubServer, models: Path) -> None:
    (put_pack(models / "base") / MANIFEST).unlink()
    assert contents(install(packs)) == the_model(hub)


def test_what_is_incomplete_is_removed(packs: Packs, hub: HubServer, models: Path) -> None:
    (put_pack(models / "small") / MANIFEST).unlink()
    hub.faults["model.bin"] = Fault(drop_after=1000)
    with pytest.raises(HubError):
        install(packs)
    for name in ("small", "base"):
        packs.remove(name)
    assert {path.name for path in models.iterdir()} == {".lock"}


def test_removing_takes_the_one_and_no_other(packs: Packs, models: Path, tmp_path: Path) -> None:
    kept = put_pack(models / "small")
    put_pack(models / "base")
    packs.remove("base")
    assert [one.path for one in packs.installed()] == [kept]
    with pytest.raises(UsageError, match="not installed"):
        packs.remove("base")


def test_removing_a_pack_that_is_a_link_leaves_what_it_leads_to(
    packs: Packs, models: Path, tmp_path: Path
) -> None:
    elsewhere = put_pack(tmp_path / "elsewhere")
    models.mkdir(parents=True)
    (models / "base").symlink_to(elsewhere)
    assert packs.speech_model() == models / "base"
    packs.remove("base")
    assert packs.installed() == []
    assert (elsewhere / "model.bin").is_file()


def test_the_preferred_speech_model_is_taken_and_else_the_best(packs: Packs, models: Path) -> None:
    put_pack(models / "gosia", "voice")
    for name in ("mine", "tiny", "base", "small"):
        put_pack(models / name)
        assert packs.speech_model() == models / name
        assert packs.speech_model("unknown") == models / name
        assert packs.speech_model("gosia") == models / name
    assert packs.speech_model("mine") == models / "mine"


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../evil", "/evil", "a/b", "a\\b", "C:evil", ".hidden", "ends.", "Base", "a b", "łoś",
     "x" * 65, "nul", "com1.zip", "a\0", "a\n"],
)  # fmt: skip
def test_a_name_that_could_lead_elsewhere_is_refused(packs: Packs, name: str, tmp_path: Path) -> None:
    offer = packs.look_up("base")
    for use in (
        lambda: packs.path(name),
        lambda: packs.remove(name),
        lambda: packs.look_up(name),
        lambda: packs.install(replace(offer, name=name)),
        lambda: packs.import_from(tmp_path, name or "."),
    ):
        with pytest.raises(UsageError) as error:
            use()
        assert_sentence(error)
    assert list(tmp_path.iterdir()) == []


def test_the_names_of_known_packs_can_be_used(packs: Packs) -> None:
    for pack in KNOWN:
        with pytest.raises(PackError, match="not installed"):
            packs.path(pack.name)
