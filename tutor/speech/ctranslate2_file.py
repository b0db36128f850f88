"""What a model file of CTranslate2 holds, without loading it: names, shapes, and single numbers.

The layout is that of its `model.bin`, versions 4 to 6: little-endian, every text after its length in two
bytes. <https://github.com/OpenNMT/CTranslate2>, python/ctranslate2/specs/model_spec.py.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_VERSIONS = range(4, 7)
_MOST_VARIABLES, _MOST_DIMENSIONS = 100_000, 8
_WHOLE_NUMBERS = {1: "<b", 2: "<h", 4: "<i"}
"""How a number of so many bytes is read."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One of a model's tables."""

    shape: tuple[int, ...]
    number: int | None
    """Where it is a single whole number, that."""


def variables(path: Path) -> dict[str, Variable]:
    """All of a file's tables by name. Raises ValueError where it is no such file, or ends too soon."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if _number(file, "<I") not in _VERSIONS:
            raise ValueError("no model file of a version that is known")
        _text(file)
        _number(file, "<I")  # the revision of its kind
        count = _number(file, "<I")
        if count > _MOST_VARIABLES:
            raise ValueError(f"{count} tables are too many")
        return dict(_variable(file, size) for _ in range(count))


def _variable(file: BinaryIO, size: int) -> tuple[str, Variable]:
    name = _text(file)
    dimensions = _number(file, "<B")
    if dimensions > _MOST_DIMENSIONS:
        raise ValueError(f"{name} has {dimensions} dimensions")
    shape = tuple(_number(file, "<I") for _ in range(dimensions))
    _number(file, "<B")  # the kind of its numbers
    length = _number(file, "<I")
    if file.tell() + length > size:
        raise ValueError(f"{name} is not whole")
    number = None
    if not shape and length in _WHOLE_NUMBERS:
        number = _number(file, _WHOLE_NUMBERS[length])
    else:
        file.seek(length, 1)
    return name, Variable(shape, number)


def _text(file: BinaryIO) -> str:
    length = _number(file, "<H")
    return _read(file, length).rstrip(b"\0").decode()


def _number(file: BinaryIO, form: str) -> int:
    return int(struct.unpack(form, _read(file, struct.calcsize(form)))[0])


def _read(file: BinaryIO, length: int) -> bytes:
    content = file.read(length)
    if len(content) < length:
        raise ValueError("the file ends too soon")
    return content
