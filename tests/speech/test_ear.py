"""One model in memory, loaded beside the first drills, and let go when nobody speaks."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tutor.errors import NoSpeechEngine, SpeechModelBroken
from tutor.speech import ear as hearing
from tutor.speech.ear import Ear, can_listen

if not can_listen():
    pytest.skip("the packages that listen are missing: pip install '.[desktop]'", allow_module_level=True)

from tutor.speech.espeak import Espeak
from tutor.speech.recording import read_recording
from tutor.speech.whisper import Whisper

MODEL = Path(__file__).parent.parent / "fixtures" / "whisper-pl"


class Models:
    """Makes models, and remembers them."""

    def __init__(self) -> None:
        self.made: list[Whisper] = []

    def __call__(self, folder: Path) -> Whisper:
        self.made.append(Whisper(folder))
        return self.made[-1]

    @property
    def in_memory(self) -> int:
        return sum(model.loaded for model in self.made)


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> Iterator[Models]:
    """A process of its own, as far as models go."""
    monkeypatch.setattr(hearing, "_SHARED", hearing._OneModel())
    made = Models()
    yield made
    for model in made.made:
        model.release(0.0)


def an_ear(models: Models, folder: Path | None = MODEL) -> Ear:
    return Ear(lambda: folder, Espeak(), models)


def test_it_loads_in_the_background_and_two_learners_share_it(models: Models) -> None:
    one, other = an_ear(models), an_ear(models)
    one.prepare()
    one.wait()
    assert models.in_memory == 1
    recording = read_recording(Espeak().synthesize("dziękuję bardzo"))
    assert one.evaluate(recording, "Dziękuję bardzo", ()).passed
    assert other.evaluate(recording, "Dziękuję bardzo", ()).passed
    assert len(models.made) == 1


def test_another_model_takes_the_place_of_the_first(models: Models, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(MODEL, tmp_path / "copy"))
    for folder in (MODEL, copy):
        one = an_ear(models, folder)
        one.prepare()
        one.wait()
    assert [model.loaded for model in models.made] == [False, True]


def test_after_a_while_without_a_word_it_leaves_the_memory_and_comes_back(
    models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "IDLE_SECONDS", 0.05)
    left = threading.Event()
    release = Whisper.release

    def told(self: Whisper, idle_seconds: float = 300.0) -> bool:
        gone = release(self, idle_seconds)
        if gone and self in models.made:
            left.set()
        return gone

    monkeypatch.setattr(Whisper, "release", told)
    one = an_ear(models)
    recording = read_recording(Espeak().synthesize("dziękuję"))
    assert one.evaluate(recording, "Dziękuję", ()).passed
    assert left.wait(10)
    assert models.in_memory == 0
    assert one.evaluate(recording, "Dziękuję", ()).passed


def test_a_model_that_cannot_be_loaded_is_told_and_then_nobody_is_heard(
    models: Models, tmp_path: Path
) -> None:
    broken = Path(shutil.copytree(MODEL, tmp_path / "broken"))
    (broken / "model.bin").write_bytes(b"no model")
    one = an_ear(models, broken)
    assert one.hears
    one.prepare()
    one.wait()
    assert "cannot be loaded" in one.problem
    assert not one.hears
    with pytest.raises(SpeechModelBroken):
        one.evaluate(read_recording(Espeak().synthesize("tak")), "Tak", ())
    shutil.copytree(MODEL, broken, dirs_exist_ok=True)
    one.look_again()
    assert one.hears


def test_without_a_model_it_says_how_to_get_one(models: Models) -> None:
    one = an_ear(models, None)
    one.prepare()
    assert not one.hears
    with pytest.raises(NoSpeechEngine, match="Settings"):
        one.evaluate(read_recording(Espeak().synthesize("tak")), "Tak", ())
