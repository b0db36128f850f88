"""The learner's folder on this device."""

from __future__ import annotations

from pathlib import Path

from tutor.errors import DatabaseUnwritable, UsageError
from tutor.i18n import _

MODELS = "models"
"""Speech models and voices that the learner installed, a folder each."""


def make_folder(folder: Path) -> None:
    """Make the data folder where there is none.

    Raises UsageError where a file has its name, DatabaseUnwritable where making it is not allowed.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(
            _("{folder} is a file, not a folder. Choose a folder with --data.").format(folder=folder)
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnwritable(
            _("The data folder {folder} cannot be made ({why}). Choose another with --data.").format(
                folder=folder, why=error.strerror
            ),
            doing="opening your words",
        ) from error
