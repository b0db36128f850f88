"""What `tutor doctor` tells of this device."""

from __future__ import annotations

from pathlib import Path

from speech.pack_samples import speech_model

from tutor import upkeep
from tutor.speech.packs import Packs


def test_it_is_told_which_models_hear_the_one_in_use_first(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert "tutor models install" in upkeep.place(folder)["speech_model"]
    assert not folder.exists(), "looking made a folder"
    packs = Packs(folder)
    for name in ("tiny", "a-mine", "base"):
        packs.import_from(speech_model(tmp_path / name), name)
    assert upkeep.place(folder)["speech_model"] == "base, a-mine, tiny"


def test_the_encoder_in_use_is_told_or_why_it_is_not_the_one_that_was_chosen(tmp_path: Path) -> None:
    assert upkeep.place(tmp_path)["encoder"] == "static-pl-en-1"
    assert "There is no folder /nowhere/minilm" in upkeep.place(tmp_path, "/nowhere/minilm")["encoder"]


def test_every_package_that_hears_or_speaks_is_listed() -> None:
    named = {finding.name for finding in upkeep.doctor()}
    assert named >= {
        "espeakng-loader", "piper-tts", "flet-audio-recorder", "av", "pydub", "faster-whisper", "httpx",
    }  # fmt: skip
