"""The places of the app, in the order in which they stand."""

from __future__ import annotations

from enum import StrEnum


class Place(StrEnum):
    """Where one can always go."""

    TODAY = "today"
    LESSONS = "lessons"
    LIBRARY = "library"
    PROGRESS = "progress"
    SETTINGS = "settings"
