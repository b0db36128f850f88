"""espeak-ng really speaks."""

from __future__ import annotations

import array
import io
import wave
from concurrent.futures import ThreadPoolExecutor
from operator import mul
from pathlib import Path
from statistics import median

import pytest

from tutor.errors import SpeechError
from tutor.speech.cache import AudioCache
from tutor.speech.synthesizer import SLOW_RATE, Synthesizer, installed_voices

from .voices import Rows

pytest.importorskip(
    "espeakng_loader", reason="the voice espeak-ng is not installed: pip install espeakng-loader"
)

from tutor.speech.espeak import Espeak

TEXT = "Dzień dobry, poproszę kawę i szarlotkę."


def spoken(text: str, rate: float = 1.0) -> tuple[wave.Wave_read, array.array[int]]:
    with wave.open(io.BytesIO(Espeak().synthesize(text, rate))) as file:
        return file, array.array("h", file.readframes(file.getnframes()))


def seconds(text: str, rate: float = 1.0) -> float:
    file, samples = spoken(text, rate)
    return len(samples) / file.getframerate()


def test_it_speaks_polish_into_a_mono_16_bit_wav_of_sensible_length() -> None:
    file, samples = spoken(TEXT)
    assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
    assert 1.5 < len(samples) / file.getframerate() < 6
    assert max(map(abs, samples)) > 1000, "and it is to be heard"


def test_it_reads_polish_letters_and_not_their_plain_keys() -> None:
    assert spoken("ręką")[1] != spoken("reka")[1]
    assert spoken("łaska")[1] != spoken("laska")[1]
    for text, as_heard in (("ręka", "renka"), ("żona", "rzona"), ("góra", "gura")):
        assert seconds(text) == pytest.approx(seconds(as_heard), rel=0.02)


def test_slow_is_three_quarters_of_the_speed() -> None:
    assert SLOW_RATE == 0.75
    assert seconds(TEXT, SLOW_RATE) / seconds(TEXT) == pytest.approx(1 / 0.75, rel=0.1)


def test_a_slow_clip_does_not_slow_the_next() -> None:
    before = seconds(TEXT)
    seconds(TEXT, SLOW_RATE)
    assert seconds(TEXT) == pytest.approx(before, rel=0.01)


def test_the_same_text_is_spoken_the_same_from_many_threads_at_once() -> None:
    texts = ["kawa", "herbata", "dzień dobry"] * 4
    alone = {text: seconds(text) for text in set(texts)}
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(seconds, texts))
    assert together == pytest.approx([alone[text] for text in texts], rel=0.01)


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_to_say_is_told_and_not_silence(text: str) -> None:
    with pytest.raises(SpeechError):
        Espeak().synthesize(text)


def test_it_is_the_voice_that_needs_no_download_and_is_named_as_what_it_is() -> None:
    for voice in installed_voices():
        assert isinstance(voice, Espeak)
        assert "espeak-ng" in voice.title
        assert "mechanical" in voice.title


def test_one_voice_is_higher_than_the_other_and_neither_changes_the_other() -> None:
    deeper, higher = installed_voices()
    low, high, again = (usual_pitch(voice) for voice in (deeper, higher, deeper))
    assert 70 < low < 130 < high < 220
    assert 70 < again < 130
    assert deeper.sounds(TEXT) == higher.sounds(TEXT)


def usual_pitch(voice: Synthesizer) -> float:
    """The pitch of most of some vowels. What was said before shifts single ones, or doubles their period."""
    return median(pitch(voice.synthesize(vowel * 3)) for vowel in "aeiou")


def pitch(clip: bytes) -> float:
    """The pitch (Hz) of a clip's middle, by its autocorrelation between 60 and 300 Hz."""
    with wave.open(io.BytesIO(clip)) as file:
        rate, samples = file.getframerate(), array.array("h", file.readframes(file.getnframes()))
    middle = samples[len(samples) // 2 - 1500 : len(samples) // 2 + 1500]
    lags = range(rate // 300, rate // 60)
    alike = {lag: sum(map(mul, middle[:-lag], middle[lag:])) / (len(middle) - lag) for lag in lags}
    # Twice the period is alike, too: the first that nearly is the best is the period.
    near = next(lag for lag in lags if alike[lag] > 0.8 * max(alike.values()))
    return rate / max(range(near, min(near + 20, lags.stop)), key=lambda lag: alike[lag])


def test_what_it_says_is_kept_as_a_clip(tmp_path: Path) -> None:
    path, clip = AudioCache(tmp_path, Rows(), Espeak()).clip(TEXT)
    with wave.open(str(path)) as file:
        assert clip.duration_ms == pytest.approx(1000 * file.getnframes() / file.getframerate(), abs=1)


def test_a_text_of_several_clauses_is_heard_whole_and_leaves_nothing_to_the_next() -> None:
    voice = Espeak()
    assert voice.sounds("Tak, kawa") != voice.sounds("Tak, herbata")
    assert voice.sounds("może") == voice.sounds("morze") == "mɔʒɛ"
    assert voice.sounds("") == ""
