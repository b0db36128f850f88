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
    "torch", "sentence_transformers", "transformers", "ctranslate2", "faster_whisper", "onnxruntime",
    "tokenizers", "piper", "av", "pydub", "espeakng_loader", "numpy", "flet", "alembic",
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


def test_torch_is_loaded_only_where_an_encoder_that_takes_it_was_chosen(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    # Found by whoever imports them, also where the real ones are not installed.
    engines = ("torch", "sentence_transformers", "transformers", "onnxruntime", "tokenizers")
    for name in engines:
        (packages / f"{name}.py").touch()
    code = (
        "import sys\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "import tutor.ui.app\n"
        "from tutor import library, upkeep\n"
        "from tutor.practice import Tutor\n"
        "with Tutor.open(sys.argv[2], voices=(), encoder=sys.argv[3]) as opened:\n"
        "    library.find(opened, library.Wanted('words for travelling'))\n"
        "    upkeep.place(opened.folder)\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    told = run_python(code, str(packages), str(tmp_path / "data"), "")
    assert told.returncode == 0, told.stderr
    assert "numpy" in told.stdout.split() and not set(engines) & set(told.stdout.split())
    told = run_python(code, str(packages), str(tmp_path / "data"), "all-MiniLM-L6-v2")
    assert {"torch", "sentence_transformers"} <= set(told.stdout.split())


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
