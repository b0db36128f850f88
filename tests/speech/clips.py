"""Clips of sound in every format, made by voices and by arithmetic: nobody's recordings."""

from __future__ import annotations

import io
import struct
import wave
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest

from tutor.errors import TutorError
from tutor.speech.espeak import Espeak
from tutor.speech.recording import RATE, read_recording

Sound = npt.NDArray[np.float64]
"""From -1 to 1, RATE samples a second unless said otherwise."""

MODEL = Path(__file__).parent.parent / "fixtures" / "whisper-pl"
"""It understands what espeak-ng says of its phrases, and nobody else."""

VOICES = ("pl", "pl+f3", "pl+m3")

FORMATS = {
    "wav": ("wav", "pcm_s16le"),
    "float wav": ("wav", "pcm_f32le"),
    "webm/opus": ("webm", "libopus"),
    "ogg/opus": ("ogg", "libopus"),
    "mp3": ("mp3", "libmp3lame"),
    "m4a": ("mp4", "aac"),
    "flac": ("flac", "flac"),
}
"""A container and a codec each: what browsers and phones record, and what people send."""


def encoded(sound: Sound, form: str = "wav", rate: int = RATE, layout: str = "mono") -> bytes:
    """A file of it, in one of FORMATS; on two channels the second is half as loud."""
    container, codec = FORMATS[form]
    pcm = np.round(np.clip(sound, -1, 1) * 32767)
    channels = [pcm] if layout == "mono" else [pcm, pcm / 2]
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        stream = output.add_stream(codec, rate=rate, layout=layout)
        frame = av.AudioFrame.from_ndarray(
            np.stack(channels, axis=1).astype(np.int16).reshape(1, -1), format="s16", layout=layout
        )
        frame.sample_rate = rate
        for part in (frame, None):
            output.mux(stream.encode(part))  # type: ignore[attr-defined]
    return file.getvalue()


def video_alone() -> bytes:
    """Half a second of film without sound."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as output:
        stream: Any = output.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 32
        stream.pix_fmt = "yuv420p"
        picture = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
        for part in (*[picture] * 5, None):
            output.mux(stream.encode(part))
    return file.getvalue()


def wav_saying(
    data: bytes,
    *,
    rate: int = RATE,
    channels: int = 1,
    bits: int = 16,
    kind: int = 1,
    length: int | None = None,
) -> bytes:
    """A WAV file whose header says what it is told to, true or not; `kind` 3 is float."""
    body = struct.pack("<HHII", kind, channels, rate, rate * channels * bits // 8 & 0xFFFFFFFF)
    body += struct.pack("<HH", channels * bits // 8 & 0xFFFF, bits)
    said = len(data) if length is None else length
    whole = b"WAVEfmt " + struct.pack("<I", len(body)) + body + b"data" + struct.pack("<I", said) + data
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def float_wav(sound: npt.NDArray[Any]) -> bytes:
    """A WAV file of floats, which may be no numbers."""
    return wav_saying(sound.astype("<f4").tobytes(), bits=32, kind=3)


@cache
def spoken(text: str, voice: str = "pl") -> bytes:
    """What a voice says, as the WAV file that it makes."""
    return Espeak(voice).synthesize(text)


def said(text: str, voice: str = "pl") -> Sound:
    """What a voice says."""
    return read_recording(spoken(text, voice)).samples.astype(np.float64)


def seconds_of(wav: bytes) -> float:
    """How long a WAV file is."""
    with wave.open(io.BytesIO(wav)) as file:
        return file.getnframes() / file.getframerate()


def silence(seconds: float) -> Sound:
    """Nothing at all."""
    return np.zeros(round(seconds * RATE))


def tone(hertz: float, seconds: float, rate: int = RATE) -> Sound:
    """A pure tone."""
    return 0.3 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)


def hum(seconds: float) -> Sound:
    """What comes from a mains lead near a microphone."""
    return tone(50, seconds) + tone(100, seconds) / 2 + tone(150, seconds) / 3


def white_noise(seconds: float, loud: float = 0.1, seed: int = 0) -> Sound:
    """A waterfall."""
    return np.random.default_rng(seed).normal(size=round(seconds * RATE)) * loud


def click() -> Sound:
    """A switch in a quiet room."""
    return np.concatenate([silence(1), [0.9, -0.9, 0.4], silence(1)])


def melody(seconds: float, seed: int) -> Sound:
    """Notes of a plucked string between silences; Silero takes parts of it for speech."""
    random, notes, length = np.random.default_rng(seed), [silence(0.7)], 0.0
    while length < seconds:
        lasts = random.choice([0.2, 0.3, 0.5])
        time = np.arange(round(lasts * RATE)) / RATE
        hertz = random.choice([220, 247, 262, 294, 330, 349, 392, 440, 523])
        waves = [np.sin(2 * np.pi * hertz * n * time) / n for n in range(1, 5)]
        notes.append(0.3 * np.minimum(1, time / 0.02) * np.exp(-3 * time) * np.sum(waves, axis=0))
        length += lasts
    return np.concatenate([*notes, silence(0.7)])


def assert_sentence(error: pytest.ExceptionInfo[TutorError]) -> None:
    """What failed was said in one kind sentence, not in a library's words."""
    message = error.value.message
    assert message[-1] == "."
    assert "\n" not in message and "Error" not in message and "0x" not in message
    assert error.value.doing
