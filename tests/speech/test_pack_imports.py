"""Packs imported from folders and archives: whole ones, halves, other programs' models, and hostile ones."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import struct
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers import ROOT, snapshot
from hypothesis import given
from hypothesis import strategies as st

from speech.hub_server import HubServer
from speech.pack_samples import ENGLISH, MANY, PACKERS, ctranslate2, speech_model, tarred, zipped
from speech.piper_fixture import tiny_voice
from speech.test_packs import assert_sentence, contents, put_pack
from tutor.errors import Cancelled, PackError, UsageError
from tutor.folder import MODELS
from tutor.long_work import Doing, Progress
from tutor.speech.known_packs import Kind
from tutor.speech.packs import Packs

FIXTURE = ROOT / "tests" / "fixtures" / "whisper-pl"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with HubServer() as server:
        yield server


@pytest.fixture
def packs(data: Path, hub: HubServer) -> Iterator[Packs]:
    """With a hub that no import asks."""
    yield Packs(data, hub.endpoint)
    assert hub.asked == []


@pytest.fixture
def whisper(tmp_path: Path) -> Path:
    return speech_model(tmp_path / "mine" / "Faster Whisper: Mine")


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    return tiny_voice(tmp_path / "voices", "pl_PL-gosia-medium")


def wanted(folder: Path) -> dict[str, bytes]:
    """What of a folder belongs to the model."""
    return {name: content for name, content in snapshot(folder).items() if name != "README.md"}


def assert_refused(packs: Packs, data: Path, path: Path, match: str = "", name: str = "") -> None:
    """It ends with one sentence, and nothing is changed but for the lock."""
    before = {name: content for name, content in snapshot(data.parent).items() if not name.endswith(".lock")}
    with pytest.raises(PackError, match=match or None) as error:
        packs.import_from(path, name)
    assert_sentence(error)
    after = {name: content for name, content in snapshot(data.parent).items() if not name.endswith(".lock")}
    assert after == before
    assert not list((data / MODELS).glob(".partial-*"))


# What is whole.


@pytest.mark.skipif(not FIXTURE.is_dir(), reason="tests/fixtures/whisper-pl is not in this checkout")
def test_a_real_model_is_imported_and_can_be_loaded(packs: Packs) -> None:
    pack = packs.import_from(FIXTURE)
    assert (pack.name, pack.kind, pack.whole) == ("whisper-pl", Kind.SPEECH, True)
    assert packs.speech_model() == pack.path
    names = {"config.json", "model.bin", "tokenizer.json", "vocabulary.json", "preprocessor_config.json"}
    assert contents(pack) == {name: (FIXTURE / name).read_bytes() for name in names}
    loaded = pytest.importorskip("ctranslate2").models.Whisper(str(pack.path), inter_threads=1)
    assert loaded.is_multilingual


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_archive_is_imported_to_the_byte(
    packs: Packs, whisper: Path, voice: Path, tmp_path: Path, ending: str, kind: Kind
) -> None:
    folder = whisper if kind is Kind.SPEECH else voice
    archive = PACKERS[ending](folder, tmp_path / f"My-Model.{ending}")
    pack = packs.import_from(archive)
    assert contents(pack) == wanted(folder)
    assert (pack.kind, pack.whole, pack.source) == (kind, True, archive.name)
    assert packs.installed() == [pack]


def test_a_vocabulary_of_lines_is_as_good(packs: Packs, tmp_path: Path) -> None:
    folder = speech_model(tmp_path / "older", text=True)
    assert contents(packs.import_from(folder)) == wanted(folder)


def test_what_the_hubs_own_program_keeps_is_found(packs: Packs, whisper: Path, tmp_path: Path) -> None:
    """Files that are links to blobs, three folders down."""
    kept = tmp_path / "models--Systran--faster-whisper-base"
    snapshots = kept / "snapshots" / "ebe41f70"
    snapshots.mkdir(parents=True)
    shutil.copytree(whisper, kept / "blobs")
    for number, file in enumerate(sorted((kept / "blobs").iterdir())):
        file.rename(file.with_name(str(number)))
        (snapshots / file.name).symlink_to(Path("..", "..", "blobs", str(number)))
    pack = packs.import_from(kept, "base")
    assert contents(pack) == wanted(whisper)
    assert not any(path.is_symlink() for path in pack.path.iterdir())


def test_a_voice_may_be_named_by_its_file(packs: Packs, voice: Path) -> None:
    tiny_voice(voice, "pl_PL-other-medium")
    pack = packs.import_from(voice / "pl_PL-other-medium.onnx")
    assert pack.kind is Kind.VOICE
    assert set(contents(pack)) == {"pl_PL-other-medium.onnx", "pl_PL-other-medium.onnx.json"}


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("faster-whisper-base", "base"),
        ("My Model (2)", "my.model.2"),
        ("żółw", "w"),
        ("...", "pack"),
        ("NUL", "pack"),
    ],
)
def test_a_model_is_called_like_its_folder(packs: Packs, tmp_path: Path, folder: str, name: str) -> None:
    assert packs.import_from(speech_model(tmp_path / "x" / folder)).name == name


def test_a_voice_is_called_as_what_is_known_or_by_its_own_name(
    packs: Packs, voice: Path, tmp_path: Path
) -> None:
    assert packs.import_from(voice).name == "gosia"
    assert packs.import_from(tiny_voice(tmp_path / "v", "pl_PL-mc_speech-medium")).name == "mc-speech"
    assert packs.import_from(tiny_voice(tmp_path / "w", "pl_PL-Ton-x_low")).name == "pl_pl-ton-x_low"
    assert packs.import_from(voice, "hers").name == "hers"


def test_an_archive_without_a_folder_gives_its_own_name(packs: Packs, whisper: Path, tmp_path: Path) -> None:
    assert packs.import_from(tarred(whisper, tmp_path / "Heard-Well.tar.gz", kind="gz")).name == "heard-well"


def test_progress_grows_to_the_whole(packs: Packs, whisper: Path) -> None:
    told: list[Progress] = []
    packs.import_from(whisper, told=told.append)
    shares = [one.share for one in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert {one.what for one in told} == {Doing.WRITING}


# Beside what is there.


def test_a_pack_of_the_same_name_and_kind_is_replaced(packs: Packs, whisper: Path, data: Path) -> None:
    put_pack(data / MODELS / "base")
    pack = packs.import_from(whisper, "base")
    assert contents(pack) == wanted(whisper)
    assert packs.installed() == [pack]


def test_a_voice_does_not_replace_a_model(packs: Packs, voice: Path, data: Path) -> None:
    put_pack(data / MODELS / "gosia", "speech")
    before = snapshot(data)
    with pytest.raises(UsageError, match="--name"):
        packs.import_from(voice)
    assert {name: content for name, content in snapshot(data).items() if name in before} == before


def test_what_a_cancelled_import_began_is_gone_and_the_old_stays(
    packs: Packs, whisper: Path, data: Path
) -> None:
    put_pack(data / MODELS / "base")

    def told(progress: Progress) -> None:
        if progress.share > 0.4:
            raise Cancelled("stopped")

    before = snapshot(data)
    with pytest.raises(Cancelled):
        packs.import_from(whisper, "base", told)
    assert {name: content for name, content in snapshot(data).items() if name in before} == before
    assert [one.name for one in packs.installed()] == ["base"]
    assert not list((data / MODELS).glob(".partial-*"))


# Halves.


@pytest.mark.parametrize("name", ["config.json", "model.bin", "tokenizer.json", "vocabulary.json"])
def test_a_model_that_lacks_a_file_is_told_which(packs: Packs, data: Path, whisper: Path, name: str) -> None:
    (whisper / name).unlink()
    assert_refused(packs, data, whisper, f"{name} is missing")


@pytest.mark.parametrize("ending", [".onnx", ".onnx.json"])
def test_a_voice_that_lacks_a_file_is_told_which(packs: Packs, data: Path, voice: Path, ending: str) -> None:
    (voice / f"pl_PL-gosia-medium{ending}").unlink()
    assert_refused(packs, data, voice, rf"pl_PL-gosia-medium{ending} is missing")


CUTS = [0, 3, 4, 10, 17, 20, 30, 45, 1040, len(ctranslate2()) - 45, len(ctranslate2()) - 1]


@pytest.mark.parametrize("length", CUTS)
def test_a_model_that_was_copied_by_half_is_told(
    packs: Packs, data: Path, whisper: Path, length: int
) -> None:
    (whisper / "model.bin").write_bytes(ctranslate2()[:length])
    assert_refused(packs, data, whisper, r"model\.bin")


def test_a_model_with_more_at_its_end_is_told(packs: Packs, data: Path, whisper: Path) -> None:
    (whisper / "model.bin").write_bytes(ctranslate2() + b"\0")
    assert_refused(packs, data, whisper, r"model\.bin")


@pytest.mark.skipif(not FIXTURE.is_dir(), reason="tests/fixtures/whisper-pl is not in this checkout")
@pytest.mark.parametrize("cut", [1, 1000, 5_000_000])
def test_a_real_model_cut_short_is_told(packs: Packs, data: Path, tmp_path: Path, cut: int) -> None:
    folder = Path(shutil.copytree(FIXTURE, tmp_path / "copied"))
    os.truncate(folder / "model.bin", (folder / "model.bin").stat().st_size - cut)
    assert_refused(packs, data, folder, r"model\.bin")


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
def test_a_voice_that_was_copied_by_half_is_told(packs: Packs, data: Path, voice: Path, share: float) -> None:
    model = voice / "pl_PL-gosia-medium.onnx"
    os.truncate(model, int(model.stat().st_size * share))
    assert_refused(packs, data, voice, r"pl_PL-gosia-medium\.onnx is not what it should be")


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "vocabulary.json"])
@pytest.mark.parametrize("content", [b"", b"[", b"3", b"\xff", b"[" * 100_000], ids=range(5))
def test_text_that_cannot_be_read_is_told(
    packs: Packs, data: Path, whisper: Path, name: str, content: bytes
) -> None:
    (whisper / name).write_bytes(content)
    assert_refused(packs, data, whisper, f"{name} is not what it should be")


@pytest.mark.parametrize("config", [{}, {"audio": 3, "phoneme_id_map": {}}, {"audio": {}}])
def test_a_voice_without_sounds_is_told(
    packs: Packs, data: Path, voice: Path, config: dict[str, Any]
) -> None:
    (voice / "pl_PL-gosia-medium.onnx.json").write_text(json.dumps(config), encoding="utf-8")
    assert_refused(packs, data, voice, "not a voice for piper")


# Other kinds.


def of_transformers(folder: Path) -> None:
    for name in ("config.json", "tokenizer.json", "vocab.json", "model.safetensors"):
        (folder / name).write_text("{}", encoding="utf-8")


def of_pytorch(folder: Path) -> None:
    (folder / "config.json").write_text("{}", encoding="utf-8")
    (folder / "pytorch_model-00001-of-00002.bin").write_bytes(b"PK")


def of_ggml(folder: Path) -> None:
    (folder / "ggml-base.bin").write_bytes(b"lmgg")


def renamed(folder: Path) -> None:
    """A model of transformers, with its files called as faster-whisper calls them."""
    shutil.rmtree(folder)
    speech_model(folder)
    (folder / "config.json").write_text(json.dumps({"model_type": "whisper"}), encoding="utf-8")


def translating(folder: Path) -> None:
    shutil.rmtree(folder)
    speech_model(folder)
    (folder / "model.bin").write_bytes(ctranslate2("TransformerSpec"))


@pytest.mark.parametrize("make", [of_transformers, of_pytorch, of_ggml, renamed, translating])
def test_a_model_for_another_program_is_told_as_such(
    packs: Packs, data: Path, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    make(folder)
    assert_refused(packs, data, folder, "for another program.*faster-whisper")


@pytest.mark.parametrize("name", ["base.pt", "model.safetensors", "whisper.gguf"])
def test_a_file_for_another_program_is_told_as_such(
    packs: Packs, data: Path, tmp_path: Path, name: str
) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr("archive/data.pkl", b"")
    assert_refused(packs, data, tmp_path / name, "for another program")


@pytest.mark.parametrize(
    ("tokens", "languages"),
    [(ENGLISH, ["en", "pl"]), (MANY, []), (MANY, ["en"])],
    ids=["size", "none", "one"],
)
@pytest.mark.parametrize("text", [False, True])
def test_a_model_for_english_alone_is_refused(
    packs: Packs, data: Path, tmp_path: Path, tokens: int, languages: list[str], text: bool
) -> None:
    folder = speech_model(tmp_path / "base.en", tokens, languages, text)
    assert_refused(packs, data, folder, "English alone")


def test_several_at_once_are_told_by_name(packs: Packs, data: Path, voice: Path, tmp_path: Path) -> None:
    speech_model(voice / "heard")
    tiny_voice(voice, "pl_PL-other-medium")
    assert_refused(packs, data, voice, "heard, pl_PL-gosia-medium, pl_PL-other-medium")


@pytest.mark.parametrize(
    ("name", "match"),
    [
        ("empty", "neither a speech model nor a voice"), ("notes", "neither a speech model nor a voice"),
        ("text.txt", "neither a folder nor an archive"), ("empty.zip", "neither a folder nor an archive"),
        ("nothing", "There is no"), ("nothing.onnx", "There is no"), ("many", "far more than"),
        ("lone.onnx", r"lone\.onnx\.json is missing"),
    ],
)  # fmt: skip
def test_what_holds_no_model_is_told(packs: Packs, data: Path, tmp_path: Path, name: str, match: str) -> None:
    (tmp_path / "empty").mkdir()
    for folder in ("notes", "many"):
        (tmp_path / folder).mkdir()
    (tmp_path / "notes" / "config.json").write_text("{}", encoding="utf-8")
    for number in range(2001):
        (tmp_path / "many" / str(number)).touch()
    (tmp_path / "text.txt").write_text("words", encoding="utf-8")
    (tmp_path / "empty.zip").touch()
    (tmp_path / "lone.onnx").touch()
    assert_refused(packs, data, tmp_path / name, match)


def test_there_must_be_room_for_the_whole(packs: Packs, data: Path, whisper: Path) -> None:
    with (whisper / "model.bin").open("ab") as file:
        file.truncate(10**13)  # It takes no room itself.
    with pytest.raises(PackError, match="make room"):
        packs.import_from(whisper)
    assert packs.installed() == []


# Hostile ones.


def test_no_hostile_archive_writes_anything_or_crashes(packs: Packs, data: Path, shared: Path) -> None:
    archives = sorted((shared / "data" / "hostile").rglob("*.zip"))
    assert len(archives) > 30
    for archive in archives:
        assert_refused(packs, data, archive)


EVIL = ["../model.bin", "/model.bin", "x/../../model.bin", "C:/model.bin", "C:model.bin", "..\\model.bin",
        "\\\\host\\model.bin", "//host/model.bin", ".."]  # fmt: skip


@pytest.mark.parametrize("name", EVIL)
def test_a_member_that_leads_outside_spoils_the_archive(
    packs: Packs, data: Path, whisper: Path, tmp_path: Path, name: str
) -> None:
    archive = zipped(whisper, tmp_path / "a.zip")
    with zipfile.ZipFile(archive, "a") as more:
        more.writestr(zipfile.ZipInfo(name), b"evil")
    assert_refused(packs, data, archive, "outside of its own folder")
    archive = tarred(whisper, tmp_path / "a.tar")
    with tarfile.open(archive, "a") as more_of_tar:
        more_of_tar.addfile(tarfile.TarInfo(name), io.BytesIO())
    assert_refused(packs, data, archive, "outside of its own folder")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_a_tar_with_a_link_or_a_device_is_refused(
    packs: Packs, data: Path, whisper: Path, tmp_path: Path, kind: bytes
) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    archive = tarred(whisper, tmp_path / "a.tar")
    with tarfile.open(archive, "a") as more:
        member = tarfile.TarInfo("preprocessor_config.json")
        member.type, member.linkname = kind, str(tmp_path / "secret")
        more.addfile(member)
    assert_refused(packs, data, archive, "links or devices")


def test_a_zip_with_a_link_is_refused(packs: Packs, data: Path, whisper: Path, tmp_path: Path) -> None:
    archive = zipped(whisper, tmp_path / "a.zip")
    with zipfile.ZipFile(archive, "a") as more:
        link = zipfile.ZipInfo("link")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        more.writestr(link, "/etc/passwd")
    assert_refused(packs, data, archive, "links or devices")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_refused(
    packs: Packs, data: Path, whisper: Path, tmp_path: Path
) -> None:
    archive = zipped(whisper, tmp_path / "a.zip")
    with zipfile.ZipFile(archive, "a") as more:
        more.writestr("model.bin", b"another")
    assert_refused(packs, data, archive, "twice")
    archive = tarred(whisper, tmp_path / "a.tar", "m")
    with tarfile.open(archive, "a") as more_of_tar:
        more_of_tar.add(whisper / "model.bin", "m/model.bin")
    assert_refused(packs, data, archive, "twice")


def with_size(archive: Path, name: bytes, size: int, places: str) -> Path:
    """A ZIP that lies about how large one of its files is, in its `c`entral directory, or `l`ocally, too."""
    content = bytearray(archive.read_bytes())
    for signature, at, header in ((b"PK\1\2", 24, 46), (b"PK\3\4", 22, 30)):
        begin = content.find(signature)
        while begin >= 0:
            here = content[begin + header : begin + header + len(name)] == name
            if here and ("c" if signature == b"PK\1\2" else "l") in places:
                content[begin + at : begin + at + 4] = struct.pack("<I", size)
            begin = content.find(signature, begin + 1)
    archive.write_bytes(content)
    return archive


@pytest.mark.parametrize("size", [0, 10, len(ctranslate2()) - 1, len(ctranslate2()) + 1, 2**32 - 2])
@pytest.mark.parametrize("places", ["c", "cl"])
def test_a_zip_that_lies_about_a_size_is_refused(
    packs: Packs, data: Path, whisper: Path, tmp_path: Path, size: int, places: str
) -> None:
    archive = with_size(zipped(whisper, tmp_path / "a.zip"), b"model.bin", size, places)
    assert_refused(packs, data, archive)


def test_what_unpacks_to_far_more_than_it_says_is_not_unpacked(
    packs: Packs, data: Path, whisper: Path, tmp_path: Path
) -> None:
    """What is written is never more than was said, so a bomb ends where it says it does."""
    (whisper / "model.bin").write_bytes(ctranslate2(values=5_000_000))
    archive = with_size(zipped(whisper, tmp_path / "a.zip"), b"model.bin", 1000, "cl")
    written: list[float] = []
    with pytest.raises(PackError):
        packs.import_from(archive, told=lambda progress: written.append(progress.done))
    assert max(written) < 2_000_000


def header(size: int, kind: bytes = tarfile.REGTYPE, name: str = "model.bin") -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.type = size, kind
    return member.tobuf(tarfile.GNU_FORMAT)


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME])
def test_a_header_that_says_it_fills_the_memory_is_refused(
    packs: Packs, data: Path, tmp_path: Path, kind: bytes
) -> None:
    archive = tmp_path / "a.tar.gz"
    with gzip.open(archive, "wb", compresslevel=1) as out:
        out.write(header(40_000_000, kind) + bytes(40_000_000))
    tracemalloc.start()
    assert_refused(packs, data, archive, "cannot be read to its end")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000


@pytest.mark.parametrize("size", [10**12, 2**62])
def test_a_tar_that_says_it_holds_more_than_any_model_is_refused(
    packs: Packs, data: Path, tmp_path: Path, size: int
) -> None:
    archive = tmp_path / "a.tar"
    archive.write_bytes(header(size) + bytes(10_240))
    assert_refused(packs, data, archive, "far more than")


def test_an_archive_of_very_many_files_is_refused(packs: Packs, data: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.tar"
    archive.write_bytes(b"".join(header(0, name=str(number)) for number in range(2002)) + bytes(1024))
    assert_refused(packs, data, archive, "far more than")


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.98])
def test_an_archive_that_was_copied_by_half_is_refused(
    packs: Packs, data: Path, voice: Path, tmp_path: Path, ending: str, share: float
) -> None:
    archive = PACKERS[ending](voice, tmp_path / f"a.{ending}")
    size = len(archive.read_bytes().rstrip(b"\0"))  # A tar ends with blocks of nothing.
    os.truncate(archive, int(size * share))
    assert_refused(packs, data, archive)


def test_an_archive_with_a_password_is_refused(
    packs: Packs, data: Path, whisper: Path, tmp_path: Path
) -> None:
    archive = zipped(whisper, tmp_path / "a.zip")
    content = archive.read_bytes().replace(
        b"PK\1\2\x14\x03\x14\x00\x00\x00", b"PK\1\2\x14\x03\x14\x00\x01\x00"
    )
    assert content != archive.read_bytes()
    archive.write_bytes(content)
    assert_refused(packs, data, archive, "cannot be read to its end")


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A voice, packed in every way."""
    place = tmp_path_factory.mktemp("archives")
    folder = tiny_voice(place / "voice")
    for ending, pack in PACKERS.items():
        pack(folder, place / f"a.{ending}")
    return place


@given(
    ending=st.sampled_from(sorted(PACKERS)),
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(1, 255)), min_size=1, max_size=4),
)
def test_whatever_is_damaged_ends_with_a_sentence_and_changes_nothing(
    archives: Path,
    tmp_path_factory: pytest.TempPathFactory,
    ending: str,
    changes: list[tuple[float, int]],
) -> None:
    place = tmp_path_factory.mktemp("damaged")
    content = bytearray((archives / f"a.{ending}").read_bytes())
    for where, change in changes:
        content[min(int(where * len(content)), len(content) - 1)] ^= change
    (place / "a").write_bytes(content)
    packs = Packs(place / "data")
    try:
        pack = packs.import_from(place / "a", "voice")
    except PackError as error:
        assert "\n" not in error.message
        assert packs.installed() == []
    else:
        assert packs.installed() == [pack]
        # A tar that is not packed has no checksum of its files.
        assert ending == "tar" or contents(pack) == snapshot(archives / "voice")
    assert {path.name for path in place.iterdir()} <= {"a", "data"}
    shutil.rmtree(place)
