"""Where each word of a folder stands on the map, in one file, so that it is laid out once.

A word whose vector is another by now has no place any more; all others keep theirs. So the map stays as the
learner knows it while words come and go.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from tutor.meaning.encoder import Vectors
    from tutor.meaning.projection import Points

_MAGIC = b"PTWMAP01"
_HEADER = struct.Struct("<8s32sI")
"""Magic, the checksum of all that follows, how many words."""
_WORD = np.dtype([("item", "S32"), ("sum", "<u4"), ("point", "<f4", (2,))])


def write(path: Path, items: Sequence[str], vectors: Vectors, points: Points) -> None:
    """Put a map down, all or nothing. Raises OSError."""
    words = np.empty(len(items), _WORD)
    words["item"] = [item.encode() for item in items]
    words["sum"] = _sums(vectors)
    words["point"] = points
    content = words.tobytes()
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(_HEADER.pack(_MAGIC, sha256(content).digest(), len(items)) + content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read(path: Path, items: Sequence[str], vectors: Vectors) -> Points:
    """Where the words stand on the map that was put down; NaN where one is not on it with this vector.

    None is on one that is not there, or not whole.
    """
    found = np.full((len(items), 2), np.nan, np.float32)
    kept = {item.decode(): (sum_, point) for item, sum_, point in _words(path)}
    for place, (item, sum_) in enumerate(zip(items, _sums(vectors), strict=True)):
        if item in kept and kept[item][0] == sum_:
            found[place] = kept[item][1]
    return found


def _words(path: Path) -> Sequence[tuple[bytes, int, Points]]:
    try:
        whole = path.read_bytes()
        magic, sum_, count = _HEADER.unpack_from(whole)
    except (OSError, struct.error):
        return ()
    content = whole[_HEADER.size :]
    if magic != _MAGIC or sum_ != sha256(content).digest() or len(content) != count * _WORD.itemsize:
        return ()
    words = np.frombuffer(content, _WORD)
    return list(zip(words["item"].tolist(), words["sum"].tolist(), words["point"], strict=True))


def _sums(vectors: Vectors) -> list[int]:
    return [crc32(vector.tobytes()) for vector in vectors]
