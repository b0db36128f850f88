"""The device's own window in which a file or a folder is chosen."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Protocol

import flet as ft

from tutor.errors import UsageError
from tutor.i18n import _

log = logging.getLogger("tutor.ui")

ARCHIVES = ("zip", "tar", "gz", "xz", "bz2", "tgz", "txz")
"""How the names of archives end."""


class Picker(Protocol):
    """Lets the learner choose. Nothing chosen is None; UsageError where no such window can be opened."""

    async def archive(self) -> Path | None:
        """One archive."""
        ...

    async def folder(self) -> Path | None:
        """One folder."""
        ...


def device_picker() -> Picker | None:
    """The window of the device on which this page is shown; None for a page in a browser.

    A browser hands over no path, only content. Flet takes that in only where the server was started with a
    folder and a secret for it, in one go that can be neither stopped nor gone on with, and leaves the half of
    it that came: no way for half a gigabyte. Nor is a path asked for, which would be one of the machine that
    serves and not of who looks; there `tutor models import` reads the file from where it is.
    """
    try:
        page = ft.context.page
    except RuntimeError:
        return None
    return None if page.web else _DevicePicker()


class _DevicePicker:
    def __init__(self) -> None:
        self._window = ft.FilePicker()

    async def archive(self) -> Path | None:
        try:
            chosen = await self._window.pick_files(
                dialog_title=_("A model or a voice, as an archive"),
                file_type=ft.FilePickerFileType.CUSTOM,
                allowed_extensions=[*ARCHIVES],
            )
        except Exception as error:
            raise _no_window(error) from error
        return Path(chosen[0].path) if chosen and chosen[0].path else None

    async def folder(self) -> Path | None:
        try:
            chosen = await self._window.get_directory_path(dialog_title=_("The folder of a model or a voice"))
        except Exception as error:
            raise _no_window(error) from error
        return Path(chosen) if chosen else None


def _no_window(error: Exception) -> UsageError:
    """The platform raises what it likes: on Linux, where it has no `zenity`, too."""
    log.info("no window to choose a file in: %s", error)
    return UsageError(
        _(
            "This device cannot show a window to choose a file in. Nothing was changed: "
            "`tutor models import` with the file’s path does the same."
        )
    )
