"""The learner's folder on this device."""

from __future__ import annotations

from pathlib import Path

from tutor.errors import DatabaseUnwritable


def make_folder(folder: Path) -> None:
    """Make the data folder where there is none. Raises DatabaseUnwritable where that is not allowed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnwritable(
            f"The data folder {folder} cannot be made ({error.strerror}). Choose another with --data.",
            doing="opening your words",
        ) from error
