"""Small models in their real formats, and archives of them, whole and hostile."""

from __future__ import annotations

import json
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

LANGUAGES = ("en", "pl", "de")
MANY, ENGLISH = 51865, 51864
"""How many tokens Whisper's vocabularies have: of all languages, and of English alone."""


def ctranslate2(spec: str = "WhisperSpec", values: int = 500) -> bytes:
    """A model as CTranslate2 writes it, with two variables and an alias."""

    def text(words: str) -> bytes:
        return struct.pack("<H", len(words) + 1) + words.encode() + b"\0"

    def variable(name: str, shape: tuple[int, ...], content: bytes) -> bytes:
        dimensions = b"".join(struct.pack("<I", one) for one in shape)
        size = struct.pack("<I", len(content))
        return text(name) + struct.pack("<B", len(shape)) + dimensions + struct.pack("<B", 1) + size + content

    one = variable("decoder/weight", (values, 2), b"\x07" * (2 * values))
    other = variable("decoder/scale", (), b"\x01")
    alias = struct.pack("<I", 1) + text("decoder/projection") + text("decoder/weight")
    return struct.pack("<I", 6) + text(spec) + struct.pack("<II", 3, 2) + one + other + alias


def vocabulary(tokens: int = MANY, languages: Iterable[str] = LANGUAGES) -> list[str]:
    special = [f"<|{language}|>" for language in languages]
    return [f"t{number}" for number in range(tokens - len(special))] + special


def speech_model(
    folder: Path, tokens: int = MANY, languages: Iterable[str] = LANGUAGES, text: bool = False
) -> Path:
    """A folder with all that a Whisper model for faster-whisper has, and more."""
    folder.mkdir(parents=True)
    words = vocabulary(tokens, languages)
    files = {
        "config.json": json.dumps({"lang_ids": [1, 2], "suppress_ids": []}),
        "tokenizer.json": json.dumps({"version": "1.0", "model": {"type": "BPE"}}),
        "preprocessor_config.json": "{}",
        "README.md": "Read me.",
        ("vocabulary.txt" if text else "vocabulary.json"): "\n".join([*words, ""])
        if text
        else json.dumps(words),
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "model.bin").write_bytes(ctranslate2())
    return folder


def zipped(folder: Path, target: Path, inside: str = "") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, Path(inside, path.relative_to(folder)))
    return target


def tarred(folder: Path, target: Path, inside: str = "", kind: str = "") -> Path:
    with tarfile.open(target, f"w:{kind}") as archive:  # type: ignore[call-overload]
        archive.add(folder, inside or ".")
    return target


PACKERS: dict[str, Callable[[Path, Path], Path]] = {
    "zip": zipped,
    "nested.zip": lambda folder, to: zipped(folder, to, folder.name),
    "tar": tarred,
    "tar.gz": lambda folder, to: tarred(folder, to, folder.name, "gz"),
    "tar.xz": lambda folder, to: tarred(folder, to, folder.name, "xz"),
    "tar.bz2": lambda folder, to: tarred(folder, to, folder.name, "bz2"),
}
