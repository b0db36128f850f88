"""`tutor speak`, `tutor say` and `tutor speech calibrate`, as processes, with a real model that hears."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import wave
from dataclasses import fields
from pathlib import Path

import pytest
from helpers import child_environment
from speech.clips import MODEL
from speech.judged_folder import judged_folder, row, write

from tutor.folder import MODELS
from tutor.speech import (
    evaluation,
    noise,
    phone_alignment,
    phone_distance,
    recording,
    scores,
    semantic,
    voice_activity,
    whisper,
)
from tutor.speech.espeak import Espeak
from tutor.speech.evaluation import SpeechResult, SpokenWord
from tutor.speech.packs import Packs
from tutor.speech.recording import read_recording
from tutor.speech.scores import Constants

RUN = "import sys; sys.argv[0] = 'tutor'; from tutor.cli import main; main()"

DOCUMENT = Path(__file__).parents[2] / "docs" / "speech.md"

JUDGING = (
    evaluation, noise, phone_alignment, phone_distance, recording, scores, semantic, voice_activity, whisper,
)  # fmt: skip
UNTOLD = {"RATE", "_LARGEST_BYTES"}
"""Facts about files, by which nothing is judged."""

Ended = subprocess.CompletedProcess[bytes]


class Tutor:
    """Runs `tutor` on a folder, with bytes in and out."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def __call__(self, *words: object, stdin: bytes = b"") -> Ended:
        return subprocess.run(
            [sys.executable, "-c", RUN, *map(str, words), "--data", str(self.data)], input=stdin,
            capture_output=True, timeout=120, env=child_environment(), check=False,
        )  # fmt: skip


@pytest.fixture
def tutor(tmp_path: Path) -> Tutor:
    return Tutor(tmp_path / "data")


@pytest.fixture
def thanks(tmp_path: Path) -> Path:
    """A recording of "dziękuję bardzo"."""
    path = tmp_path / "thanks.wav"
    path.write_bytes(Espeak().synthesize("dziękuję bardzo"))
    return path


def told(done: Ended) -> str:
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    return done.stdout.decode()


def assert_one_sentence(done: Ended, about: str) -> None:
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (1, b"")
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 1
    assert said.strip().endswith((".", ")"))
    assert about in said


# speak


def test_speak_tells_each_word_and_each_sound_that_differed(tutor: Tutor, thanks: Path) -> None:
    done = tutor("speak", "--expect", "dziękuję pardzo proszę", "--audio", thanks, "--model", MODEL)
    lines = told(done).splitlines()
    assert lines[0].split() == ["dziękuję", "100", "good"]
    assert lines[1].split()[2:] == ["nearly", "(p", "as", "b)"]
    assert lines[2].endswith("again  (not said)")
    assert lines[3] == "Understood: dziękuję bardzo"
    assert lines[4].startswith("Accuracy ")
    assert "completeness 67" in lines[4]
    assert lines[4].endswith("(an estimate).")
    assert not tutor.data.exists()


def test_speak_as_json_tells_every_field(tutor: Tutor, thanks: Path) -> None:
    done = tutor("speak", "--expect", "Dziękuję bardzo", "--audio", thanks, "--model", MODEL, "--json")
    found = json.loads(told(done))
    assert found.keys() == {field.name for field in fields(SpeechResult)} | {"passed", "right_words", "model"}
    word = found["words"][0]
    assert word.keys() == {field.name for field in fields(SpokenWord)} | {"cost", "verdict"}
    assert (found["hearing"], found["passed"], found["model"]) == ("heard", True, MODEL.name)
    assert word["pairs"][0] == ["dʑ", "dʑ"]
    documented = DOCUMENT.read_text("utf-8")
    assert [name for name in [*found, *word] if f"`{name}`" not in documented] == []


def test_every_constant_is_documented_as_it_is() -> None:
    rows = {}
    for line in DOCUMENT.read_text("utf-8").splitlines():
        names, values, *_rest = [cell.strip() for cell in line.strip("|").split("|")] + [""]
        rows |= dict(zip(names.split(", "), values.split(", "), strict=False))
    values = {
        name: value
        for module in JUDGING
        for name, value in vars(module).items()
        if name.strip("_").isupper() and type(value) in (int, float) and name not in UNTOLD
    }
    values |= {field.name: field.default for field in fields(Constants)}
    assert len(values) > 30
    wrong = {name: value for name, value in values.items() if rows.get(f"`{name}`") != _written(value)}
    assert wrong == {}


def _written(value: object) -> str:
    return "1/6" if value == 1 / 6 else str(value)


def test_speak_takes_other_answers_and_a_pipe_and_the_installed_model(tutor: Tutor, thanks: Path) -> None:
    tutor.data.mkdir()
    Packs(tutor.data).import_from(MODEL, "mine")
    arguments = ("--expect", "do widzenia", "--accept", "dobranoc", "--accept", "dziękuję bardzo")
    done = tutor("speak", *arguments, "--audio", "-", "--json", stdin=thanks.read_bytes())
    found = json.loads(told(done))
    assert (found["expected"], found["passed"], found["model"]) == ("dziękuję bardzo", True, "mine")


def test_speak_tells_when_nobody_was_heard(tutor: Tutor, tmp_path: Path) -> None:
    silent = io.BytesIO()
    with wave.open(silent, "wb") as file:
        file.setparams((1, 2, 16000, 0, "NONE", ""))
        file.writeframes(bytes(32000))
    done = tutor("speak", "--expect", "tak", "--audio", "-", "--model", MODEL, stdin=silent.getvalue())
    assert told(done).startswith("Nobody was heard")


def test_what_speak_cannot_judge_is_one_sentence(tutor: Tutor, thanks: Path, tmp_path: Path) -> None:
    speak = ("speak", "--expect", "tak", "--audio")
    done = tutor(*speak, thanks)
    assert_one_sentence(done, "`tutor models install`")
    assert not (tutor.data / MODELS).exists()
    assert_one_sentence(tutor(*speak, thanks, "--model", tmp_path / "nothing"), "is not whole")
    assert_one_sentence(tutor(*speak, tmp_path / "no.wav", "--model", MODEL), "no.wav cannot be read")
    assert_one_sentence(tutor(*speak, "-", "--model", MODEL), "This recording is empty")
    assert_one_sentence(tutor("speak", "--expect", "?", "--audio", thanks, "--model", MODEL), "no words")


# say


def test_what_is_said_is_understood(tutor: Tutor, tmp_path: Path) -> None:
    sound = tutor("say", "dobry wieczór", "--out", "-").stdout
    judged = tutor(
        "speak", "--expect", "dobry wieczór", "--audio", "-", "--model", MODEL, "--json", stdin=sound
    )
    assert json.loads(told(judged))["passed"]


def test_say_writes_files_slower_and_by_another_voice(tutor: Tutor, tmp_path: Path) -> None:
    plain, slow, small = tmp_path / "a.wav", tmp_path / "b.wav", tmp_path / "c.opus"
    assert "said by Deeper" in told(tutor("say", "dobranoc", "--out", plain))
    assert json.loads(told(tutor("say", "dobranoc", "--out", slow, "--slow", "--json")))["voice"] == "pl"
    assert "Higher" in told(tutor("say", "dobranoc", "--out", small, "--voice", "pl+f3"))
    lengths = [read_recording(path).seconds for path in (plain, slow)]
    assert lengths[1] > 1.2 * lengths[0]
    assert small.read_bytes().startswith(b"OggS")
    assert read_recording(small).seconds == pytest.approx(lengths[0], rel=0.2)


def test_say_replaces_nothing_unless_told_to(tutor: Tutor, tmp_path: Path) -> None:
    path = tmp_path / "mine.wav"
    path.write_bytes(b"mine")
    assert_one_sentence(tutor("say", "tak", "--out", path), "--force")
    assert path.read_bytes() == b"mine"
    told(tutor("say", "tak", "--out", path, "--force"))
    assert path.read_bytes().startswith(b"RIFF")
    assert [one.name for one in tmp_path.iterdir()] == ["mine.wav"]


def test_what_cannot_be_said_is_one_sentence(tutor: Tutor, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    assert_one_sentence(tutor("say", "tak", "--out", tmp_path / "a.mp3"), ".opus")
    assert_one_sentence(tutor("say", "…", "--out", path), "no words")
    assert_one_sentence(tutor("say", "tak", "--out", path, "--voice", "nobody"), "Deeper (pl)")
    assert_one_sentence(tutor("say", "tak", "--out", tmp_path / "no" / "a.wav"), "cannot be written")
    assert_one_sentence(tutor("say", "tak", "--out", "-", "--json"), "leave out one")
    assert_one_sentence(tutor("say", "tak nie " * 60, "--out", tmp_path / "a.ogg"), "30 fit")
    assert list(tmp_path.iterdir()) == []


# speech calibrate


def test_calibrate_tells_likeness_and_writes_constants_that_the_score_takes(
    tutor: Tutor, tmp_path: Path
) -> None:
    folder, out = judged_folder(tmp_path / "clips", seed=11, count=5), tmp_path / "constants.json"
    calibrate = ("speech", "calibrate", folder, "--model", MODEL)
    found = json.loads(told(tutor(*calibrate, "--out", out, "--json")))
    assert found["clips"] + found["left_out"] == 30
    assert found["clips"] >= 20
    assert found["before"]["words"]["pearson"] > 0.5
    assert found["before"]["totals"]["spearman"] > 0.3
    assert Constants(**json.loads(out.read_text("utf-8"))) == Constants(**found["constants"])
    assert_one_sentence(tutor(*calibrate, "--out", out), "--force")
    text = told(tutor(*calibrate))
    assert text.startswith(f"{found['clips']} clips compared, ")
    assert "fit_share = " in text


def test_what_cannot_be_calibrated_is_one_sentence(tutor: Tutor, tmp_path: Path) -> None:
    calibrate = ("speech", "calibrate")
    assert_one_sentence(tutor(*calibrate, tmp_path, "--model", MODEL), "scores.jsonl cannot be read")
    folder = write(tmp_path / "few", [row("a", "dziękuję")])
    assert_one_sentence(tutor(*calibrate, folder), "`tutor models install`")
    assert_one_sentence(tutor(*calibrate, folder, "--model", MODEL), "and 20 are needed")
    assert_one_sentence(tutor(*calibrate, folder, "--model", MODEL, "--language", "xx"), "'xx'")
    assert_one_sentence(tutor(*calibrate, folder, "--out", tmp_path / "tutor.db"), ".json")
    (folder / "scores.jsonl").write_text("{", encoding="utf-8")
    assert_one_sentence(tutor(*calibrate, folder, "--model", MODEL), "scores.jsonl:1: ")


def test_the_layout_of_speechocean_goes_through(tutor: Tutor, shared: Path, tmp_path: Path) -> None:
    """The model knows no English and nobody's voice: that it ends as it should is all that this tells."""
    folder = shared / "data" / "speech" / "speechocean762"
    if not folder.is_dir():
        pytest.skip("speechocean762 is not among the real material")
    part = tmp_path / "part"
    part.mkdir()
    lines = (folder / "scores.jsonl").read_text("utf-8").splitlines(keepends=True)[:8]
    (part / "scores.jsonl").write_text("".join(lines), encoding="utf-8")
    for line in lines:
        name = f"{json.loads(line)['id']}.WAV"
        shutil.copy(folder / name, part / name)
    done = tutor("speech", "calibrate", part, "--model", MODEL, "--language", "en")
    assert_one_sentence(done, "and 20 are needed")
