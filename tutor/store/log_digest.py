"""A fingerprint of the logs: two devices with the same rows have the same digest, in whatever order."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass

_MASK = (1 << 128) - 1


@dataclass(frozen=True, slots=True)
class Digest:
    """How many rows a log has, and the sum of their hashes."""

    rows: int
    checksum: str


def digest(connection: sqlite3.Connection, table: str) -> Digest:
    """The digest of one table. Rows are hashed one by one and added up, so order does not matter."""
    total = rows = 0
    names = sorted(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
    columns = ", ".join(f'"{name}"' for name in names)
    for row in connection.execute(f"SELECT {columns} FROM {table}"):
        hashed = hashlib.blake2b(repr(row).encode(), digest_size=16).digest()
        total += int.from_bytes(hashed, "big")
        rows += 1
    return Digest(rows, f"{total & _MASK:032x}")


def tables(connection: sqlite3.Connection) -> set[str]:
    """The names of the tables in a file."""
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
