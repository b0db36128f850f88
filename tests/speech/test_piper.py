"""piper speaks with a voice pack, beside espeak-ng, and what is wrong with a pack is said in a sentence."""

from __future__ import annotations

import array
import io
import json
import wave
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import pytest
from helpers import run_python

from tutor.errors import SpeechError
from tutor.speech.cache import AudioCache
from tutor.speech.synthesizer import SLOW_RATE, installed_voices

from .piper_fixture import RATE, SAMPLES, SYMBOLS, tiny_config, tiny_model, tiny_voice
from .voices import Rows

pytest.importorskip("piper", reason="the voices of piper are not installed: pip install piper-tts")

from tutor.speech.piper import Piper

TEXT = "Dzień dobry, poproszę kawę."


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return tiny_voice(tmp_path / "ton")


def spoken(voice: Piper, text: str, rate: float = 1.0) -> tuple[wave.Wave_read, array.array[int]]:
    with wave.open(io.BytesIO(voice.synthesize(text, rate))) as file:
        return file, array.array("h", file.readframes(file.getnframes()))


def length(voice: Piper, text: str, rate: float = 1.0) -> int:
    """In samples."""
    return len(spoken(voice, text, rate)[1])


# Speaking.


def test_it_speaks_each_phoneme_into_a_mono_16_bit_wav(pack: Path) -> None:
    file, samples = spoken(Piper(pack), "kawa")
    assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
    # Beginning, k, stress, a, v, a and end, with a gap after each but the last.
    assert len(samples) == SAMPLES * 13
    assert max(map(abs, samples)) > 1000, "and it is to be heard"


def test_it_reads_polish_letters_and_not_their_plain_keys(pack: Path) -> None:
    voice = Piper(pack)
    assert spoken(voice, "łaska")[1] != spoken(voice, "laska")[1]
    assert spoken(voice, "może")[1] == spoken(voice, "morze")[1]


def test_every_sentence_of_a_text_is_said(pack: Path) -> None:
    voice = Piper(pack)
    assert length(voice, "Tak. Kawa?") == length(voice, "Tak.") + length(voice, "Kawa?")


@pytest.mark.parametrize("own", [1, 2.5])
def test_rate_is_measured_by_the_voices_own_speed(tmp_path: Path, own: float) -> None:
    voice = Piper(tiny_voice(tmp_path, inference={"length_scale": own}))
    assert length(voice, TEXT) == length(Piper(tiny_voice(tmp_path / "plain")), TEXT) * own
    assert length(voice, TEXT, SLOW_RATE) / length(voice, TEXT) == pytest.approx(1 / SLOW_RATE, rel=0.01)
    assert length(voice, TEXT, 2) / length(voice, TEXT) == pytest.approx(1 / 2, rel=0.01)


def test_what_it_says_is_kept_as_a_clip(pack: Path, tmp_path: Path) -> None:
    path, clip = AudioCache(tmp_path / "audio", Rows(), Piper(pack)).clip(TEXT)
    with wave.open(str(path)) as file:
        assert clip.duration_ms == pytest.approx(1000 * file.getnframes() / RATE, abs=1)


def test_sounds_are_those_of_espeak_ng_without_stress_and_marks(pack: Path) -> None:
    voice = Piper(pack)
    assert voice.sounds("może") == voice.sounds("morze") == "mɔʒɛ"
    assert voice.sounds("Tak? Kawa, ręka!") == "tak kava rɛŋka"
    assert voice.sounds("") == ""
    pytest.importorskip("espeakng_loader")
    from tutor.speech.espeak import Espeak

    for text in (TEXT, "szczęście", "źdźbło", "pięćdziesiąt pięć"):
        assert voice.sounds(text) == Espeak().sounds(text)


@pytest.mark.parametrize("text", ["", "   ", "?!", "…", "–"])
def test_nothing_to_say_is_told_and_not_noise(pack: Path, text: str) -> None:
    with pytest.raises(SpeechError, match="could not say this"):
        Piper(pack).synthesize(text)


def test_silence_is_told(tmp_path: Path) -> None:
    # The id of a phoneme is its pitch.
    pack = tiny_voice(tmp_path, phoneme_id_map={one: [0] for one in SYMBOLS})
    with pytest.raises(SpeechError, match="could not say this"):
        Piper(pack).synthesize(TEXT)


@pytest.mark.parametrize("text", ["ka\0wa", "ka\ud800wa"])
def test_a_text_that_is_none_is_told_and_the_next_is_said(pack: Path, text: str) -> None:
    voice = Piper(pack)
    for ask in (voice.synthesize, voice.sounds):
        with pytest.raises(SpeechError, match="could not say this"):
            ask(text)
    assert length(voice, "kawa") == SAMPLES * 13


def test_a_speed_that_is_none_is_told(pack: Path) -> None:
    with pytest.raises(SpeechError):
        Piper(pack).synthesize(TEXT, 0)


def test_the_same_text_is_spoken_the_same_from_many_threads_at_once(pack: Path) -> None:
    voice, texts = Piper(pack), ["kawa", "herbata", "dzień dobry"] * 8
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(voice.synthesize, texts))
    alone = Piper(pack)
    assert together == [alone.synthesize(text) for text in texts]


# Names.


def test_a_clip_is_known_by_the_file_and_the_version_of_piper(pack: Path) -> None:
    voice = Piper(pack)
    assert voice.voice == "pl_PL-ton-medium"
    assert voice.engine == f"piper-{version('piper-tts')}"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("pl_PL-gosia-medium", "Gosia"),
        ("pl_PL-mc_speech-medium", "Mc Speech"),
        ("pl_PL-jan-pawel-x_low", "Jan-Pawel"),
        ("babcia", "Babcia"),
        ("my.voice", "My.Voice"),
    ],
)
def test_people_are_told_who_speaks(tmp_path: Path, file: str, name: str) -> None:
    voice = Piper(tiny_voice(tmp_path, file))
    assert (voice.voice, voice.name, voice.title) == (file, name, f"{name} (piper, sounds human)")


def test_packs_come_after_the_voices_that_need_no_download(pack: Path, tmp_path: Path) -> None:
    other = tiny_voice(tmp_path / "other", "pl_PL-inny-low")
    plain = [voice.voice for voice in installed_voices()]
    assert [voice.voice for voice in installed_voices([pack, other])] == [
        *plain,
        "pl_PL-ton-medium",
        "pl_PL-inny-low",
    ]


# Loading.


def test_it_is_loaded_when_first_asked_and_not_again(pack: Path) -> None:
    told = run_python(
        """
import sys
from pathlib import Path
from tutor.speech.synthesizer import installed_voices
voice = installed_voices([Path(sys.argv[1])])[-1]
print(voice.voice, voice.name, voice.title, voice.engine)
assert not {"piper", "onnxruntime", "numpy"} & set(sys.modules), "an engine was loaded"
first = voice.synthesize("kawa")
assert "piper" in sys.modules
for file in Path(sys.argv[1]).iterdir():
    file.unlink()
assert voice.synthesize("kawa") == first
""",
        pack,
    )
    assert told.returncode == 0, told.stderr
    assert told.stderr == "", "nothing is said into the terminal of a session"


def model(content: bytes) -> Callable[[Path], object]:
    return lambda pack: (pack / "pl_PL-ton-medium.onnx").write_bytes(content)


def settings(content: str | bytes) -> Callable[[Path], object]:
    data = content if isinstance(content, bytes) else content.encode()
    return lambda pack: (pack / "pl_PL-ton-medium.onnx.json").write_bytes(data)


def entries(**changed: object) -> Callable[[Path], object]:
    return settings(json.dumps(tiny_config() | changed))


BROKEN: dict[str, Callable[[Path], object]] = {
    "no model": lambda pack: (pack / "pl_PL-ton-medium.onnx").unlink(),
    "no settings": lambda pack: (pack / "pl_PL-ton-medium.onnx.json").unlink(),
    "nothing": lambda pack: [file.unlink() for file in pack.iterdir()],
    "a folder for a model": lambda pack: (pack / "a.onnx").mkdir(),
    "an empty model": model(b""),
    "half a model": model(tiny_model()[:300]),
    "another kind of file": model(b"PK\3\4" + bytes(range(256)) * 8),
    "empty settings": settings(""),
    "half the settings": settings(json.dumps(tiny_config())[:200]),
    "settings in no encoding": settings(b"\xff\xfe\0"),
    "a list for settings": settings("[]"),
    "settings of something else": settings('{"model_type": "whisper"}'),
    "a rate in words": entries(audio={"sample_rate": "fast"}),
    "a rate of none": entries(audio={"sample_rate": 0}),
    "a speed of none": entries(inference={"length_scale": 0}),
    "a speed in words": entries(inference={"length_scale": "slow"}),
    "no ids": entries(phoneme_id_map={}),
    "ids of another kind": entries(phoneme_id_map=["a", "b"]),
    "an unknown kind of phonemes": entries(phoneme_type="runes"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_pack_that_cannot_be_loaded_is_told_by_name(pack: Path, broken: str) -> None:
    BROKEN[broken](pack)
    voice = Piper(pack)
    for ask in (voice.synthesize, voice.sounds):
        with pytest.raises(SpeechError, match=f"The voice {voice.name} could not be loaded: its files"):
            ask(TEXT)


@pytest.mark.parametrize(
    "wrong",
    [
        entries(espeak={"voice": "xx-none"}),
        entries(phoneme_type="japanese"),
        entries(num_speakers=3),
        entries(phoneme_id_map={one: ["x"] for one in SYMBOLS}),
        model(tiny_model().replace(b"input_lengths", b"other_lengths")),
    ],
    ids=["language", "phonemes", "speakers", "ids", "inputs"],
)
def test_a_pack_that_fails_at_work_is_told(pack: Path, wrong: Callable[[Path], object]) -> None:
    wrong(pack)
    with pytest.raises(SpeechError, match="could not say this"):
        Piper(pack).synthesize(TEXT)


def test_a_pack_that_was_mended_speaks_without_a_new_start(pack: Path) -> None:
    model(b"")(pack)
    voice = Piper(pack)
    with pytest.raises(SpeechError):
        voice.synthesize("kawa")
    tiny_voice(pack)
    assert length(voice, "kawa") == SAMPLES * 13


def test_a_missing_package_is_told_and_its_packs_are_not_offered(pack: Path) -> None:
    told = run_python(
        """
import sys
from pathlib import Path
sys.modules["piper"] = None
from tutor.errors import SpeechError
from tutor.speech.piper import Piper
from tutor.speech.synthesizer import installed_voices
pack = Path(sys.argv[1])
assert Piper not in map(type, installed_voices([pack]))
try:
    Piper(pack).synthesize("kawa")
except SpeechError as error:
    print(error.message)
""",
        pack,
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("The voice Ton needs the package piper-tts")


@pytest.mark.parametrize(
    ("folder", "windows", "said"),
    [
        ("missing", False, "The voice Ton needs the package piper-tts"),
        ("Łukasz", True, "The voice Ton cannot speak while this program is in a folder"),
    ],
)
def test_where_espeak_ng_would_end_the_process_a_sentence_is_said(
    pack: Path, tmp_path: Path, folder: str, windows: bool, said: str
) -> None:
    data = tmp_path / folder
    if windows:
        data.mkdir()
        (data / "phontab").touch()
    told = run_python(
        """
import sys
from pathlib import Path
import piper.phonemize_espeak
from tutor.errors import SpeechError
from tutor.speech import piper as ours
piper.phonemize_espeak.ESPEAK_DATA_DIR = Path(sys.argv[2])
ours._WINDOWS = bool(int(sys.argv[3]))
try:
    ours.Piper(Path(sys.argv[1])).synthesize("kawa")
except SpeechError as error:
    print(error.message.encode("unicode_escape").decode())
""",
        pack,
        data,
        int(windows),
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith(said)


# Beside espeak-ng: piper has a copy of it of its own.

BOTH = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tutor.speech.espeak import DEEPER, HIGHER, Espeak
from tutor.speech.piper import Piper

voices = [Espeak(DEEPER), Piper(Path(sys.argv[1])), Espeak(HIGHER), Piper(Path(sys.argv[2]))]
if sys.argv[3] == "piper":
    voices.reverse()
TEXTS = ["kawa", "herbata z cytryną", "dzień dobry, poproszę", "szczęście"]

def heard(voice, text):
    return voice, text, voice.synthesize(text), voice.sounds(text)

def alike(one, other):
    # What espeak-ng said before shortens or lengthens what it says next, by less than a hundredth.
    if isinstance(one[0], Piper):
        return one == other
    return one[:2] == other[:2] and one[3] == other[3] and abs(len(one[2]) / len(other[2]) - 1) < 0.01

work = [(voice, text) for text in TEXTS for voice in voices]
alternately = [heard(*one) for one in work]
with ThreadPoolExecutor(6) as pool:
    together = list(pool.map(lambda one: heard(*one), work * 5))
assert all(map(alike, together, alternately * 5)), "they disturb each other"
said = {text: {sounds for _, other, _, sounds in alternately if other == text} for text in TEXTS}
assert all(len(sounds) == 1 for sounds in said.values()), said
print(len(together))
"""


@pytest.mark.parametrize("first", ["espeak", "piper"])
def test_piper_and_espeak_ng_speak_in_one_process_whichever_comes_first(
    pack: Path, tmp_path: Path, first: str
) -> None:
    pytest.importorskip("espeakng_loader", reason="the voice espeak-ng is not installed")
    other = tiny_voice(tmp_path / "other", "pl_PL-inny-low", inference={"length_scale": 1.5})
    told = run_python(BOTH, pack, other, first)
    assert told.returncode == 0, told.stderr
    assert told.stdout.strip() == "80"
