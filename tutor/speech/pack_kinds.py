"""What a learner's files are: a speech model, a voice, half of one, or made for another program."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from tutor.errors import PackError
from tutor.i18n import _
from tutor.speech.known_packs import SPEECH_FILES, VOCABULARIES, Kind, lacking_of_speech

_LARGEST_TEXT = 64_000_000
_FOR_OTHERS = re.compile(
    r".*\.(safetensors|pt|pth|ckpt|h5|msgpack|gguf|ggml|tflite|mlmodelc?)|pytorch_model.*\.bin|ggml.*\.bin"
)
_LANGUAGE = re.compile(r"<\|[a-z]{2,3}\|>")
_TOKENS_OF_MANY_LANGUAGES = 51865
"""How many a Whisper vocabulary has, unless it is for English alone: its engine goes by that."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What files were found to be, by their names."""

    kind: Kind
    paths: tuple[str, ...]
    name: str
    """What to call it: the voice's own name, or that of the model's folder; empty where it lies in none."""


def recognised(paths: Iterable[str], what: Path) -> Recognised:
    """The one model or voice among files. Raises PackError that says what was expected of `what`."""
    folders: dict[str, dict[str, str]] = {}
    for path in paths:
        place = PurePosixPath(path)
        folders.setdefault(place.parent.as_posix(), {})[place.name] = path
    found = [one for folder, names in folders.items() for one in _of_folder(folder, names)]
    if len(found) == 1:
        return found[0]
    if found:
        raise _refused(
            _("{path} holds several models or voices ({names}). Import one at a time; nothing was changed."),
            path=what, names=", ".join(sorted(one.name or one.kind for one in found)),
        )  # fmt: skip
    if any(for_another_program(name) for names in folders.values() for name in names):
        raise another_kind(what)
    for names in folders.values():
        lacking = lacking_of_speech(names)
        # A `config.json` alone says nothing.
        if len(lacking) <= 2 and names.keys() & {"model.bin", "tokenizer.json"}:
            raise incomplete(what, lacking)
        voice = next((name for name in sorted(names) if name.endswith((".onnx", ".onnx.json"))), "")
        if voice:
            other = f"{voice}.json" if voice.endswith(".onnx") else voice.removesuffix(".json")
            raise incomplete(what, [other])
    raise _refused(
        _(
            "{path} holds neither a speech model nor a voice; nothing was changed. A speech model for "
            "faster-whisper is config.json, model.bin, tokenizer.json and a vocabulary; a voice for piper is "
            "a file .onnx and its .onnx.json."
        ),
        path=what,
    )


def _of_folder(folder: str, names: Mapping[str, str]) -> list[Recognised]:
    """What is whole in one folder, by its names and where the source has them."""
    if not lacking_of_speech(names):
        paths = tuple(names[name] for name in SPEECH_FILES if name in names)
        return [Recognised(Kind.SPEECH, paths, PurePosixPath(folder).name)]
    voices = sorted(name for name in names if name.endswith(".onnx") and f"{name}.json" in names)
    return [
        Recognised(Kind.VOICE, (names[name], names[f"{name}.json"]), name.removesuffix(".onnx"))
        for name in voices
    ]


def check(kind: Kind, folder: Path, what: Path) -> None:
    """Look into files of the right names. Raises PackError where they are damaged or of another kind."""
    if kind is Kind.SPEECH:
        _check_speech(folder, what)
    else:
        _check_voice(folder, what)


def _check_speech(folder: Path, what: Path) -> None:
    config = _json(folder / "config.json", what)
    if {"architectures", "model_type"} & config.keys():
        raise another_kind(what)
    model = folder / "model.bin"
    with model.open("rb") as file:
        try:
            spec = _walk_ctranslate2(file)
        except (struct.error, UnicodeDecodeError) as error:
            raise damaged(what, model.name) from error
        if spec != "WhisperSpec":
            raise another_kind(what)
        if file.tell() != model.stat().st_size:
            raise damaged(what, model.name)
    _json(folder / "tokenizer.json", what)
    tokens = _tokens(folder, what)
    if len(tokens) < _TOKENS_OF_MANY_LANGUAGES or sum(map(bool, map(_LANGUAGE.fullmatch, tokens))) < 2:
        raise _refused(
            _(
                "{path} understands English alone, so it could not hear Polish; nothing was changed. Take "
                "the model of the same name without “.en”."
            ),
            path=what,
        )


def _walk_ctranslate2(file: IO[bytes]) -> str:
    """What a CTranslate2 model is of; the file then stands where the model ends, or beyond a file cut short.

    Raises struct.error or UnicodeDecodeError where it ends too early or is no such model.
    """

    def number(form: str) -> int:
        return int(struct.unpack(form, file.read(struct.calcsize(form)))[0])

    def text() -> str:
        length = number("<H")
        (content,) = struct.unpack(f"{length}s", file.read(length))
        return str(content.rstrip(b"\0"), "utf-8")

    version = number("<I")
    if not 2 <= version < 100:
        raise struct.error("no such version")
    spec = text()
    if spec != "WhisperSpec" or not 4 <= version <= 6:
        # Written in a way that is not known here: its engine will say. It is taken to end where it does.
        file.seek(0, 2)
        return spec
    number("<I")
    for _variable in range(number("<I")):
        text()
        for _dimension in range(number("<B")):
            number("<I")
        number("<B")
        file.seek(number("<I"), 1)
    for _alias in range(number("<I")):
        text()
        text()
    return spec


def _tokens(folder: Path, what: Path) -> list[str]:
    for name in VOCABULARIES:
        path = folder / name
        if not path.is_file():
            continue
        if name.endswith(".json"):
            tokens = _read_json(path, what)
            if not isinstance(tokens, list):
                raise damaged(what, name)
            return [str(token) for token in tokens]
        return _text(path, what).removesuffix("\n").split("\n")
    raise incomplete(what, VOCABULARIES[:1])


def _check_voice(folder: Path, what: Path) -> None:
    model = next(folder.glob("*.onnx"))
    config = _json(folder / f"{model.name}.json", what)
    audio = config.get("audio")
    if not isinstance(audio, dict) or not isinstance(config.get("phoneme_id_map"), dict):
        raise _refused(
            _(
                "{path} is a model, but not a voice for piper: its .onnx.json tells no sounds. Nothing was "
                "changed; take both files from the same voice."
            ),
            path=what,
        )
    with model.open("rb") as file:
        if not _is_whole_onnx(file, model.stat().st_size):
            raise damaged(what, model.name)


_GRAPH = 7
"""The number of the field of an ONNX file that holds the model itself."""
_NUMBER, _EIGHT, _LONG, _FOUR = 0, 1, 2, 5
_WAYS = (_NUMBER, _EIGHT, _LONG, _FOUR)
"""How a field of protobuf is written: a number, eight bytes, so many bytes as it says, four bytes."""


def _is_whole_onnx(file: IO[bytes], size: int) -> bool:
    """Whether the fields of an ONNX file (in protobuf) end where it does, and a model is among them."""

    def number() -> int:
        value = shift = 0
        while shift < 64 and (byte := file.read(1)):
            value |= (byte[0] & 127) << shift
            if byte[0] < 128:
                return value
            shift += 7
        return -1

    graph = False
    while file.tell() < size:
        tag = number()
        graph = graph or tag == (_GRAPH << 3 | _LONG)
        if tag < 0 or tag & 7 not in _WAYS:
            return False
        length = {_EIGHT: 8, _FOUR: 4}.get(tag & 7) or number()
        if length < 0:
            return False
        if tag & 7 != _NUMBER:
            file.seek(min(length, size), 1)
    return graph and file.tell() == size


def _json(path: Path, what: Path) -> dict[str, Any]:
    value = _read_json(path, what)
    if not isinstance(value, dict):
        raise damaged(what, path.name)
    return value


def _read_json(path: Path, what: Path) -> Any:
    try:
        return json.loads(_text(path, what))
    except (ValueError, RecursionError) as error:
        raise damaged(what, path.name) from error


def _text(path: Path, what: Path) -> str:
    if path.stat().st_size > _LARGEST_TEXT:
        raise damaged(what, path.name)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise damaged(what, path.name) from error


def _refused(sentence: str, **more: object) -> PackError:
    return PackError(sentence.format(**more), doing="importing a pack")


def for_another_program(name: str) -> bool:
    """Whether a file of this name is of a model that cannot be used here."""
    return _FOR_OTHERS.fullmatch(name) is not None


def another_kind(what: Path) -> PackError:
    return _refused(
        _(
            "{path} is a model for another program (such as PyTorch or whisper.cpp); nothing was changed. "
            "Needed is one that was made for faster-whisper: config.json, model.bin, tokenizer.json and a "
            "vocabulary."
        ),
        path=what,
    )


def incomplete(what: Path, lacking: Iterable[str]) -> PackError:
    return _refused(
        _("{path} is a part of a model or voice: {files} is missing. Nothing was changed: get it whole."),
        path=what, files=", ".join(lacking),
    )  # fmt: skip


def damaged(what: Path, name: str) -> PackError:
    return _refused(
        _(
            "{path} is damaged or only half there: {file} is not what it should be. Copy or download it once "
            "more; nothing was changed."
        ),
        path=what, file=name,
    )  # fmt: skip
