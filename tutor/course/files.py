"""What stands where in a course's folder, told without the cost of reading it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tutor.ids import shared_id

KEYS = "keys.txt"
"""Every key that a course ever used, one a line: no key vanishes unless it is retired."""


def fingerprint(folder: Path, name: str) -> str:
    """A hash of a course file's bytes; the same as long as it need not be read again."""
    return hashlib.sha256((folder / name).read_bytes()).hexdigest()


def lesson_file(name: str) -> str:
    """Where a lesson of `course.yaml`'s list stands in the course's folder."""
    return f"lessons/{name}.yaml"


def built_file(name: str) -> str:
    """Where what is made of that lesson stands in the course's folder."""
    return f"built/{name}.json"


def item_id(course: str, key: str) -> str:
    """The id that every device derives for a course's item."""
    return shared_id(course, "item", key)
