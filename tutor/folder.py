"""The learner's folder on this device."""

from __future__ import annotations

from pathlib import Path

from tutor.errors import DatabaseUnwritable, UsageError


def make_folder(folder: Path) -> None:
    """Make the data folder where there is none.

    Raises UsageError where a file has its name, DatabaseUnwritable where making it is not allowed.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file, not a folder. Choose a folder with --data.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnwritable(
            f"The data folder {folder} cannot be made ({error.strerror}). Choose another with --data.",
            doing="opening your words",
        ) from error
