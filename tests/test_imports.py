"""What starts fast imports little."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from helpers import run_python

from tutor.practice import Tutor

CHECKOUT = Path(__file__).resolve().parent.parent

HEAVY = {
    "torch", "ctranslate2", "faster_whisper", "onnxruntime", "tokenizers", "piper", "av", "pydub",
    "espeakng_loader", "numpy", "flet", "alembic",
}  # fmt: skip


def tutor(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *options, "-m", "tutor", "due", "--data", str(folder)]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True, encoding="utf-8")


def test_what_is_due_is_told_without_loading_an_engine_a_window_or_migrations(tmp_path: Path) -> None:
    Tutor.open(tmp_path).close()
    told = tutor(tmp_path, "-X", "importtime").stderr
    loaded = {name.partition(".")[0] for name in re.findall(r"\|\s*([\w.]+)$", told, re.MULTILINE)}
    assert {"tutor", "sqlalchemy", "fsrs"} <= loaded
    assert not HEAVY & loaded


def test_what_speaks_and_listens_loads_no_engine_before_it_is_used() -> None:
    modules = [f"tutor.speech.{path.stem}" for path in (CHECKOUT / "tutor" / "speech").glob("[!_]*.py")]
    assert len(modules) > 20
    code = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]:\n"
        "    importlib.import_module(name)\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    told = run_python(code, *modules)
    assert told.returncode == 0, told.stderr
    assert "tutor" in told.stdout.split()
    assert not HEAVY & set(told.stdout.split())
