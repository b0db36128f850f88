"""Where the files that travel with the program are: beside a checkout, or inside the installed package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_HOME = _PACKAGE / "_data" if (_PACKAGE / "_data").is_dir() else _PACKAGE.parent

ASSETS = _HOME / "assets"
COURSES = ASSETS / "courses"
MIGRATIONS = _HOME / "migrations"
