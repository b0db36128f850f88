"""Whatever was recorded is decoded to the same thing, and whatever was not is refused in a sentence."""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, process_time

import pytest
from helpers import run_python

pytest.importorskip("av", reason="the decoder of recordings is not installed: pip install av")

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import NoSpeechEngine, RecordingUnreadable
from tutor.speech.recording import (
    RATE,
    evened,
    read_recording,
    to_opus,
    without_silence,
)
from tutor.speech.wav import as_wav

from .clips import (
    FORMATS,
    Sound,
    assert_sentence,
    encoded,
    float_wav,
    said,
    seconds_of,
    spoken,
    tone,
    video_alone,
    wav_saying,
)

TEXT = "dziękuję bardzo"


def pitch(samples: Sound) -> float:
    """The strongest frequency, in Hz."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * RATE / len(samples))


# What is a recording.

RATES = dict.fromkeys(FORMATS, (8_000, 16_000, 44_100, 48_000)) | {
    "webm/opus": (8_000, 16_000, 48_000),
    "ogg/opus": (8_000, 16_000, 48_000),
    "m4a": (44_100, 48_000),
}
"""Opus has no 44,100; AAC begins with 1,024 samples of nothing, long at rates that no phone uses."""


@pytest.mark.parametrize("layout", ["mono", "stereo"])
@pytest.mark.parametrize(("form", "rate"), [(form, rate) for form in RATES for rate in RATES[form]])
def test_any_format_at_any_rate_is_heard_at_the_right_pitch_for_the_right_time(
    form: str, rate: int, layout: str
) -> None:
    recording = read_recording(encoded(tone(440, 1.5, rate), form, rate, layout))
    assert recording.samples.ndim == 1 and recording.samples.dtype == np.float32
    assert abs(recording.seconds - 1.5) <= 0.06
    assert abs(pitch(recording.samples) - 440) < 3
    middle = recording.samples[RATE // 2 : RATE]
    assert 0.2 < np.abs(middle).max() < 0.35
    assert not recording.clipped


def test_a_file_is_read_like_its_bytes_and_stays_as_it_is(tmp_path: Path) -> None:
    content = spoken(TEXT)
    path = tmp_path / "mówię 🎤.wav"
    path.write_bytes(content)
    assert np.array_equal(read_recording(path).samples, read_recording(content).samples)
    assert path.read_bytes() == content


def test_both_channels_are_heard() -> None:
    low, high = tone(300, 1), tone(900, 1)
    data = (np.stack([low, high], axis=1) * 32767).astype("<i2").tobytes()
    spectrum = np.abs(np.fft.rfft(read_recording(wav_saying(data, channels=2)).samples))
    assert min(spectrum[300], spectrum[900]) > 50 * np.median(spectrum)


@pytest.mark.skipif(sys.platform != "linux", reason="kilobytes of memory are told by Linux alone")
@pytest.mark.parametrize("form", ["wav", "flac"])
def test_of_ten_minutes_the_first_half_minute_is_heard_in_little_memory(form: str, tmp_path: Path) -> None:
    path = tmp_path / "long"
    path.write_bytes(encoded(np.tile(tone(440, 1), 600), form))
    code = (
        "import resource, sys; from pathlib import Path; import av, numpy\n"
        "from tutor.speech.recording import read_recording\n"
        "def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024\n"
        "before = peak()\n"
        "recording = read_recording(Path(sys.argv[1]))\n"
        "print(recording.seconds, peak() - before)"
    )
    told = run_python(code, path)
    assert told.returncode == 0, told.stderr
    seconds, megabytes = map(float, told.stdout.split())
    assert seconds == 30.0
    assert megabytes < 60


def test_ten_minutes_take_no_longer_to_read_than_half_a_minute() -> None:
    def soonest(seconds: int) -> float:
        # MP3 files that follow each other are one.
        content, took = encoded(tone(440, 5, 48_000), "mp3", 48_000) * (seconds // 5), []
        for _n in range(3):
            begun = process_time()
            read_recording(content)
            took.append(process_time() - begun)
        return min(took)

    assert soonest(600) < 3 * soonest(30)


@pytest.mark.parametrize("form", ["wav", "ogg/opus", "mp3"])
def test_too_loud_a_recording_is_marked_as_clipped_and_a_loud_one_is_not(form: str) -> None:
    sound = said(TEXT)
    whole = 0.9 * sound / np.abs(sound).max()
    assert not read_recording(encoded(whole, form)).clipped
    assert read_recording(encoded(8 * whole, form)).clipped


# What is damaged.


@pytest.mark.parametrize("form", ["webm/opus", "ogg/opus", "mp3", "flac", "wav"])
def test_what_came_before_a_recording_broke_off_is_heard(form: str) -> None:
    sound = np.tile(tone(440, 1.0, 48_000), 4)
    whole = encoded(sound, form, 48_000)
    recording = read_recording(whole[: len(whole) * 3 // 4])
    assert 1.5 < recording.seconds < 3.5
    assert abs(pitch(recording.samples) - 440) < 3


@pytest.mark.parametrize("form", ["mp3", "m4a", "flac"])
def test_what_comes_after_damage_is_heard(form: str) -> None:
    rising = np.concatenate([tone(300, 1.5, 48_000), tone(900, 1.5, 48_000)])
    content = bytearray(encoded(rising, form, 48_000))
    third = len(content) // 3
    content[third : third + 200] = np.random.default_rng(0).bytes(200)
    recording = read_recording(bytes(content))
    assert abs(recording.seconds - 3) < 0.4
    assert abs(pitch(recording.samples[-RATE // 2 :]) - 900) < 6


def test_of_two_recordings_in_one_file_that_do_not_go_together_the_first_is_heard() -> None:
    content = encoded(tone(440, 2, 44_100), "mp3", 44_100) + encoded(tone(900, 2, 48_000), "mp3", 48_000)
    recording = read_recording(content)
    assert abs(recording.seconds - 2) <= 0.06
    assert abs(pitch(recording.samples) - 440) < 3


@pytest.mark.parametrize("length", [0, 999, 2**32 - 1], ids=["none", "less", "more"])
def test_a_header_that_lies_about_the_length_is_no_reason_to_fail(length: int) -> None:
    data = (tone(440, 1) * 32767).astype("<i2").tobytes()
    recording = read_recording(wav_saying(data, length=length))
    assert 0 < recording.seconds <= 1


@pytest.mark.parametrize("rate", [0, 1, 3_999, 500_000, 2_030_091_136])
def test_a_rate_that_no_microphone_has_is_refused_at_once(rate: int) -> None:
    """FFmpeg took 13 s and 2 GB to bring two thousand million samples a second down to 16,000."""
    begun = monotonic()
    with pytest.raises(RecordingUnreadable) as error:
        read_recording(wav_saying(bytes(6000), rate=rate))
    assert_sentence(error)
    assert monotonic() - begun < 2


@pytest.mark.parametrize(("channels", "bits"), [(0, 16), (65_535, 16), (1, 0), (1, 255)])
def test_a_header_that_cannot_be_is_refused(channels: int, bits: int) -> None:
    with pytest.raises(RecordingUnreadable) as error:
        read_recording(wav_saying(bytes(6000), channels=channels, bits=bits))
    assert_sentence(error)


def test_samples_that_are_no_numbers_become_sound_that_is_none_or_as_loud_as_can_be() -> None:
    sound = tone(440, 1)
    sound[100:110], sound[200], sound[201] = np.nan, np.inf, -np.inf
    samples = read_recording(float_wav(sound)).samples
    assert np.isfinite(samples).all() and np.abs(samples).max() <= 1
    assert abs(pitch(samples) - 440) < 3
    with np.errstate(all="raise"):
        assert np.isfinite(evened(sound.astype(np.float32))).all()


# What is none.


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"This is a letter.\n" * 100, "no recording"),
        (bytes(5000), "no recording"),
        (np.random.default_rng(1).bytes(5000), "no recording"),
        (wav_saying(b""), "empty"),
        (spoken(TEXT)[:20], "no recording"),
        (encoded(tone(440, 1), "webm/opus")[:200], "no recording"),
        (encoded(tone(440, 1), "m4a")[:-2000], "no recording"),
        (video_alone(), "no sound"),
        (bytes(64 * 2**20 + 1), "too large"),
    ],
    ids=[
        "nothing",
        "letter",
        "zeros",
        "random",
        "no samples",
        "20 bytes",
        "webm head",
        "m4a",
        "film",
        "large",
    ],
)
def test_what_is_no_recording_is_refused_in_a_sentence(content: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "said.wav"
    path.write_bytes(content)
    for source in (content, path):
        with pytest.raises(RecordingUnreadable) as error:
            read_recording(source)
        assert_sentence(error)
        assert says in error.value.message
        assert error.value.retry
    assert path.read_bytes() == content


def test_a_folder_and_a_file_that_is_not_there_are_refused_by_name(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone.wav"):
        with pytest.raises(RecordingUnreadable) as error:
            read_recording(path)
        assert_sentence(error)
        assert path.name in error.value.message


def test_a_file_without_end_is_too_large() -> None:
    endless = Path("/dev/zero")
    if not endless.exists():
        pytest.skip("this system has no file without end")
    with pytest.raises(RecordingUnreadable, match="too large"):
        read_recording(endless)


@pytest.fixture
def nobody_calls() -> Iterator[int]:
    """A port at which nobody may call."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.setblocking(False)
        yield listening.getsockname()[1]
        with pytest.raises(BlockingIOError):
            listening.accept()


LISTS = {
    "playlist": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:{port}/a.ts\n#EXT-X-ENDLIST\n",
    "playlist of a file": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{file}\n#EXT-X-ENDLIST\n",
    "files one after another": "ffconcat version 1.0\nfile {file}\n",
    "call": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n",
}
"""What FFmpeg would open for us: each names sound that is elsewhere."""


@pytest.mark.parametrize("kind", LISTS)
def test_what_only_names_a_recording_is_none_and_nothing_is_fetched(
    kind: str, nobody_calls: int, tmp_path: Path
) -> None:
    """A description of a call made FFmpeg wait 20 s at a port."""
    other = tmp_path / "private.wav"
    other.write_bytes(spoken(TEXT))
    begun = monotonic()
    with pytest.raises(RecordingUnreadable) as error:
        read_recording(LISTS[kind].format(port=nobody_calls, file=other).encode())
    assert_sentence(error)
    assert monotonic() - begun < 2


_SMALL = {form: encoded(tone(440, 0.2), form) for form in FORMATS}


@given(form=st.sampled_from(sorted(FORMATS)), data=st.data())
def test_whatever_bytes_are_damaged_the_answer_is_a_recording_or_a_sentence(
    form: str, data: st.DataObject
) -> None:
    content = bytearray(_SMALL[form])
    where = st.integers(0, min(len(content) - 1, 600)) | st.integers(0, len(content) - 1)
    # A length of gigabytes is reserved by FFmpeg before it is read, so high bytes stay low.
    for place, byte in data.draw(st.lists(st.tuples(where, st.integers(0, 127)), min_size=1, max_size=12)):
        content[place] = byte
    logging.disable(logging.CRITICAL)
    try:
        recording = read_recording(bytes(content[: data.draw(st.integers(1, len(content)))]))
    except RecordingUnreadable as error:
        assert error.message.endswith(".")
    else:
        assert 0 < recording.seconds <= 30
        assert np.isfinite(recording.samples).all() and np.abs(recording.samples).max() <= 1
    finally:
        logging.disable(logging.NOTSET)


@pytest.mark.parametrize("package", ["av", "numpy", "pydub", "faster_whisper"])
def test_a_device_without_a_package_says_that_it_cannot_listen(package: str, tmp_path: Path) -> None:
    path = tmp_path / "said.wav"
    path.write_bytes(spoken(TEXT))
    code = (
        "import sys; sys.modules[sys.argv[1]] = None\n"
        "from pathlib import Path\n"
        "from tutor.errors import NoSpeechEngine\n"
        "from tutor.speech.espeak import Espeak\n"
        "from tutor.speech.evaluation import Evaluator\n"
        "from tutor.speech.whisper import Whisper\n"
        "try: Evaluator(Whisper(Path('none')), Espeak()).evaluate(Path(sys.argv[2]), 'tak')\n"
        "except NoSpeechEngine as error: print(error.retry, error.message)"
    )
    told = run_python(code, package, path)
    assert told.stdout.startswith("False This device cannot listen"), told.stderr


# What is made of one.


def test_a_recording_is_made_as_loud_as_others_unless_it_is_nothing() -> None:
    for loud in (1.0, 0.3, 0.1):
        assert np.abs(evened((loud * tone(440, 1)).astype(np.float32))).max() == pytest.approx(
            0.708, abs=0.02
        )
    faint = np.full(RATE, 1e-4, np.float32)
    assert np.abs(evened(faint)).max() < 0.005
    assert not evened(np.zeros(RATE, np.float32)).any()


def test_silence_before_and_after_is_left_out_but_for_a_margin() -> None:
    samples = np.zeros(3 * RATE, np.float32)
    samples[RATE : 2 * RATE] = tone(440, 1)
    cut = without_silence(samples, RATE, 2 * RATE, 100)
    assert len(cut) == round(1.2 * RATE)
    assert not cut[: RATE // 10 - 1].any() and np.abs(cut[RATE // 10 : RATE // 5]).max() > 0.25
    assert len(without_silence(samples, 0, 3 * RATE, 100)) == 3 * RATE


@pytest.mark.parametrize("seconds", [0.1, 1.2, 30.0])
def test_opus_that_is_kept_is_as_long_readable_and_small(seconds: float) -> None:
    speech = np.resize(said("wszystkiego najlepszego"), round(seconds * RATE)).astype(np.float32)
    kept = to_opus(speech)
    again = read_recording(kept)
    assert abs(again.seconds - seconds) <= 0.06
    assert kept[:4] == b"OggS"
    assert len(kept) <= 4000 * seconds + 300
    if seconds > 1:
        assert (
            np.corrcoef(np.abs(again.samples[: len(speech)]), np.abs(speech[: len(again.samples)]))[0, 1]
            > 0.8
        )


def test_a_microphones_samples_as_wav_are_the_same_sound() -> None:
    speech = said(TEXT).astype(np.float32)
    kept = as_wav(np.round(speech * 32767).astype(np.int16).tobytes(), RATE)
    assert seconds_of(kept) == pytest.approx(len(speech) / RATE)
    assert np.abs(read_recording(kept).samples - speech).max() <= 2 / 32767


def test_a_device_that_cannot_listen_does_not_ask_to_try_again() -> None:
    assert not NoSpeechEngine.retry
