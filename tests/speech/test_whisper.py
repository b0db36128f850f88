"""A model that is not whole, damaged, too large or for English alone is refused in a sentence."""

from __future__ import annotations

import json
import random
import shutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import run_python

pytest.importorskip("faster_whisper", reason="what listens is not installed: pip install faster-whisper")

import numpy as np

from tutor.errors import SpeechModelBroken, TooMuchToSay
from tutor.speech.whisper import Whisper

from .clips import MODEL, assert_sentence

WHOLE = ("config.json", "model.bin", "preprocessor_config.json", "tokenizer.json", "vocabulary.json")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Any look at the network fails, and is remembered."""
    asked: list[object] = []

    def refuse(*arguments: object, **_options: object) -> None:
        asked.append(arguments)
        raise OSError("a test must not look at the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    return asked


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model whose files may be replaced."""
    folder = tmp_path / "polish"
    folder.mkdir()
    for name in WHOLE:
        shutil.copyfile(MODEL / name, folder / name)
    return folder


def refused(folder: Path) -> str:
    """The sentence with which a model is refused when loaded; it is not in memory afterwards."""
    whisper = Whisper(folder, threads=1)
    with pytest.raises(SpeechModelBroken) as error:
        whisper.load()
    assert_sentence(error)
    assert not whisper.loaded and not error.value.retry
    assert folder.name in error.value.message
    return error.value.message


def test_a_whole_model_is_loaded_once_and_named_after_its_folder(
    model: Path, no_network: list[object]
) -> None:
    whisper = Whisper(model, threads=1)
    assert whisper.name == "polish" and not whisper.loaded
    whisper.load()
    assert whisper.loaded
    before = whisper._model
    whisper.load()
    assert whisper._model is before
    assert not no_network


def test_a_model_that_is_gone_has_a_name_and_is_out_of_memory(tmp_path: Path) -> None:
    whisper = Whisper(tmp_path / "gone")
    assert whisper.name == "gone" and not whisper.loaded and whisper.release(0)


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json"])
def test_a_file_that_is_missing_is_named(name: str, model: Path, no_network: list[object]) -> None:
    (model / name).unlink()
    assert f"{name} is missing" in refused(model)
    assert not no_network


@pytest.mark.parametrize(
    "name", ["base", "tiny.en", "Systran/faster-whisper-base", "https://example.org/model"]
)
def test_a_name_is_never_looked_up(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_network: list[object]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "model.bin is missing" in refused(Path(name))
    (tmp_path / name).mkdir(parents=True)
    assert "model.bin is missing" in refused(Path(name))
    assert not no_network


def test_a_file_in_the_place_of_the_folder_is_no_model(tmp_path: Path) -> None:
    path = tmp_path / "polish"
    path.write_bytes(b"")
    assert "model.bin is missing" in refused(path)


def _half(content: bytes) -> bytes:
    return content[: len(content) // 2]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _content: b"",
    "garbage": lambda _content: random.Random(0).randbytes(100_000),
    "zeros": lambda _content: bytes(100_000),
    "a page": lambda _content: b"<html>404 Not Found</html>",
    "half": _half,
    "its beginning": lambda content: content[:40],
    "without its end": lambda content: content[:-5],
    "garbage after its beginning": lambda content: content[:200] + random.Random(1).randbytes(100_000),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_model_is_refused_by_name(how: str, model: Path) -> None:
    path = model / "model.bin"
    path.write_bytes(DAMAGE[how](path.read_bytes()))
    assert "cannot be loaded: it is damaged or of another kind" in refused(model)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("config.json", b""), ("config.json", b"{"), ("config.json", b"{}"), ("config.json", b"[]"),
        ("tokenizer.json", b""), ("tokenizer.json", b"{}"),
        ("vocabulary.json", b""), ("vocabulary.json", b'{"a": 1}'),
    ],
)  # fmt: skip
def test_damaged_files_beside_a_model_are_as_bad(name: str, content: bytes, model: Path) -> None:
    (model / name).write_bytes(content)
    assert "cannot be loaded" in refused(model)


@pytest.mark.parametrize(
    "wrong",
    [
        {"suppress_ids": [51_865]}, {"suppress_ids": [-2]}, {"suppress_ids": None}, {"suppress_ids": [1.5]},
        {"suppress_ids_begin": "220"}, {"suppress_ids_begin": [10**9]}, {"alignment_heads": None},
        {"alignment_heads": []}, {"alignment_heads": [[2, 0]]}, {"alignment_heads": [[-1, 0]]},
        {"alignment_heads": [[0, 4]]}, {"alignment_heads": [[0]]}, {"alignment_heads": [1, 2]},
    ],
)  # fmt: skip
def test_a_configuration_that_points_past_the_model_is_refused_before_it_is_loaded(
    wrong: dict[str, object], model: Path
) -> None:
    config = json.loads((model / "config.json").read_text())
    (model / "config.json").write_text(json.dumps({**config, **wrong}))
    assert "damaged or of another kind" in refused(model)


def test_a_tokenizer_of_a_larger_model_is_refused(model: Path) -> None:
    """Its tokens would point past the model's table."""
    path = model / "tokenizer.json"
    tokenizer = json.loads(path.read_text())
    token = {**tokenizer["added_tokens"][-1], "id": 51_865, "content": "<|one more|>"}
    path.write_text(json.dumps({**tokenizer, "added_tokens": [*tokenizer["added_tokens"], token]}))
    assert "damaged or of another kind" in refused(model)


def test_a_model_without_a_vocabulary_is_refused(model: Path) -> None:
    (model / "vocabulary.json").unlink()
    assert "cannot be loaded" in refused(model)


def test_a_model_for_english_alone_is_refused(model: Path) -> None:
    """One word less, and every mark after it is where English models have it."""
    path = model / "vocabulary.json"
    vocabulary = json.loads(path.read_bytes())
    path.write_text(json.dumps(vocabulary[:50_256] + vocabulary[50_257:]), "utf-8")
    assert "no language but English" in refused(model)


@pytest.mark.parametrize(
    ("name", "content"),
    [("preprocessor_config.json", b'{"feature_size": 128}')],
)
def test_a_model_that_fails_while_listening_is_told(name: str, content: bytes, model: Path) -> None:
    (model / name).write_bytes(content)
    whisper = Whisper(model, threads=1)
    with pytest.raises(SpeechModelBroken) as error:
        whisper.hear(np.zeros(16_000, np.float32), lambda _text: "tak")
    assert_sentence(error)
    assert "failed while listening" in error.value.message


def test_more_than_a_model_can_hold_against_a_recording_is_said_so(model: Path) -> None:
    whisper = Whisper(model, threads=1)
    silence = np.zeros(16_000, np.float32)
    assert len(whisper.hear(silence, lambda _text: "tak " * 100).words) == 100
    with pytest.raises(TooMuchToSay) as error:
        whisper.hear(silence, lambda _text: "tak " * 900)
    assert_sentence(error)
    assert len(whisper.hear(silence, lambda _text: "tak").words) == 1


def test_a_model_mended_in_place_is_loaded_the_next_time(model: Path) -> None:
    whole = (model / "model.bin").read_bytes()
    (model / "model.bin").write_bytes(_half(whole))
    whisper = Whisper(model, threads=1)
    with pytest.raises(SpeechModelBroken):
        whisper.load()
    (model / "model.bin").write_bytes(whole)
    whisper.load()
    assert whisper.loaded


@pytest.mark.skipif(sys.platform != "linux", reason="memory can be limited this way on Linux alone")
def test_a_model_too_large_for_the_memory_is_told_as_that() -> None:
    code = (
        "import resource, sys; from pathlib import Path; import faster_whisper\n"
        "from tutor.errors import SpeechModelBroken\n"
        "from tutor.speech.whisper import Whisper\n"
        "pages = int(Path('/proc/self/statm').read_text().split()[0])\n"
        "most = pages * resource.getpagesize() + 2**20\n"
        "resource.setrlimit(resource.RLIMIT_AS, (most, most))\n"
        "try: Whisper(Path(sys.argv[1]), threads=1).load()\n"
        "except SpeechModelBroken as error: print(error.message)"
    )
    told = run_python(code, MODEL)
    assert told.returncode == 0, told.stderr
    assert "not enough memory" in told.stdout and "smaller one" in told.stdout


def test_memory_that_runs_out_anywhere_in_loading_is_told_as_that(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_arguments: object, **_options: object) -> None:
        raise MemoryError

    monkeypatch.setattr("faster_whisper.WhisperModel", no_room)
    assert "not enough memory" in refused(model)
