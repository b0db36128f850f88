"""Anki's own virtual environment and processes, seen from ours: nothing of Anki is imported here."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from benchmarks.collection import Collection
from benchmarks.fresh import Figures, medians
from benchmarks.histories import NOW

VERSION = "26.9.3"
_SCRIPT = Path(__file__).with_name("anki_peer.py")


class Peer:
    """PyPI's `anki`, installed on its own."""

    def __init__(self, python: Path) -> None:
        self._python = python
        self.sizes: Figures = {}
        """What its collection holds."""

    @classmethod
    def installed(cls) -> Peer:
        """The peer, from the user's cache folder, installed there the first time."""
        home = user_cache_path("patient-tutor") / "benchmarks" / f"anki-{VERSION}"
        python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        ready = home / "ready"
        if not ready.exists():
            shutil.rmtree(home, ignore_errors=True)
            venv.create(home, with_pip=True)
            subprocess.run([python, "-m", "pip", "install", "--quiet", f"anki=={VERSION}"], check=True)
            ready.touch()
        return cls(python)

    def build(self, folder: Path, collection: Collection) -> Path:
        """Make its collection from one of ours."""
        shutil.rmtree(folder, ignore_errors=True)
        self.sizes = self._run("build", folder, collection.database, NOW.isoformat())
        for name in ("cards", "reviews", "due"):
            if self.sizes[name] != getattr(collection, name):
                raise RuntimeError(
                    f"the peer has {self.sizes[name]} {name}, ours {getattr(collection, name)}"
                )
        return folder

    def measured(self, folder: Path, answers: int, queries: list[str], openings: int) -> Figures:
        """One round, a process for each measurement."""
        return {
            **medians([self._run("open", folder) for _ in range(openings)]),
            **self._run("answer", folder, answers),
            **self._run("search", folder, json.dumps(queries)),
            **self._run("check", folder),
        }

    def _run(self, *arguments: object) -> Any:
        command = [str(self._python), "-I", str(_SCRIPT), *map(str, arguments)]
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
