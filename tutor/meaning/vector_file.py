"""All vectors of a folder in one file that is mapped: to find the nearest, each is looked at.

Brute force over a matrix that lies in one piece is as fast as the memory can be read, and a hundred thousand
vectors are read in some milliseconds; an index would have to be kept right, and gains nothing below that.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Set

    from tutor.meaning.encoder import Vectors
    from tutor.meaning.vectors import Rows, Scales

_MAGIC = b"PTVECS01"
_HEADER = struct.Struct("<8s32s32sII")
"""Magic, the mark of what it was made from, the checksum of ids and scales, how many, and how long each."""

_ID_BYTES = 32
_AT_ONCE = 512
"""Rows that are made floating at a time: at 384 numbers 0.8 MB, which stay near the processor. With 8,192 the
100,000 took five times as long."""


@dataclass(frozen=True, slots=True)
class Near:
    """An item, and how near it is: the cosine, from -1 to 1."""

    item: str
    closeness: float


class VectorFile:
    """Items with their vectors, as `write` put them down."""

    def __init__(self, ids: Sequence[str], rows: Rows, scales: Scales) -> None:
        self.ids, self._rows, self._scales = ids, rows, scales
        self._places = {item: place for place, item in enumerate(ids)}

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, item: object) -> bool:
        return item in self._places

    def vector(self, item: str) -> Vectors:
        """An item's vector, shape (dim,), of about unit length. Raises KeyError where it has none."""
        place = self._places[item]
        found: Vectors = self._rows[place].astype(np.float32) * self._scales[place]
        return found

    def vectors(self, items: Iterable[str]) -> tuple[list[str], Vectors]:
        """Those of the items that have one, and their vectors."""
        known = [item for item in items if item in self._places]
        places = [self._places[item] for item in known]
        return known, self._rows[places].astype(np.float32) * self._scales[places, None]

    def distances(self, item: str, others: Iterable[str]) -> dict[str, float]:
        """How far others are from an item, from 0 to 2: the cosine distances of those that have a vector."""
        if item not in self._places:
            return {}
        known, rows = self.vectors(others)
        return dict(zip(known, (1 - rows @ self.vector(item)).tolist(), strict=True))

    def closeness(self, query: Vectors) -> Vectors:
        """How near each item is to a vector of unit length: shape (items,), in the order of `ids`."""
        found = np.empty(len(self.ids), np.float32)
        for start in range(0, len(found), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            np.matmul(self._rows[part].astype(np.float32), query, out=found[part])
        return np.multiply(found, self._scales, out=found)

    def nearest(self, query: Vectors, count: int, without: Set[str] = frozenset()) -> list[Near]:
        """The `count` items nearest to a vector, the nearest first; of equals the one with the lower id."""
        close = self.closeness(query)
        wanted = min(len(close), count + len(without))
        if wanted <= 0:
            return []
        least = np.partition(close, len(close) - wanted)[len(close) - wanted]
        places = np.flatnonzero(close >= least).tolist()
        found = sorted((-float(close[place]), self.ids[place]) for place in places)
        return [Near(item, -far) for far, item in found if item not in without][:count]


def write(path: Path, mark: str, ids: Sequence[str], rows: Rows, scales: Scales) -> None:
    """Put vectors down, all or nothing; `mark` names what they were made from."""
    names = b"".join(item.encode().ljust(_ID_BYTES, b"\0") for item in ids)
    head = names + scales.astype("<f4").tobytes()
    header = _HEADER.pack(_MAGIC, _hashed(mark.encode()), _hashed(head), len(ids), rows.shape[1])
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with beside.open("wb") as file:
            file.write(header)
            file.write(head)
            rows.tofile(file)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read(path: Path, mark: str) -> VectorFile | None:
    """What `write` put down from the same; None where it is not there, stale, or not whole."""
    try:
        with path.open("rb") as file:
            magic, made_from, sum_, count, dim = _HEADER.unpack(file.read(_HEADER.size))
            head = file.read(count * (_ID_BYTES + 4))
            whole = path.stat().st_size == _HEADER.size + len(head) + count * dim
    except (OSError, struct.error):
        return None
    if magic != _MAGIC or made_from != _hashed(mark.encode()) or not whole or sum_ != _hashed(head):
        return None
    ids = [head[at : at + _ID_BYTES].rstrip(b"\0").decode() for at in range(0, count * _ID_BYTES, _ID_BYTES)]
    scales = np.frombuffer(head, "<f4", count, count * _ID_BYTES)
    if count == 0:
        return VectorFile((), np.zeros((0, dim), np.int8), scales)
    rows = np.memmap(path, np.int8, "r", _HEADER.size + len(head), (count, dim))
    return VectorFile(ids, rows, scales)


def _hashed(content: bytes) -> bytes:
    return sha256(content).digest()
