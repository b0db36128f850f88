"""A recording: read from whatever a browser or a phone makes, made even, and kept small."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.errors import NoSpeechEngine, RecordingUnreadable
from tutor.i18n import _

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[np.float32]

log = logging.getLogger(__name__)

RATE = 16_000
"""Samples a second of all that is listened to: what Whisper and Silero take."""

LONGEST_SECONDS = 30.0
"""What is listened to at most: a phrase takes a few seconds, and Whisper hears 30 at once."""

_LARGEST_BYTES = 64 * 2**20
_FORMATS = "wav,aiff,caf,ogg,webm,mp4,mp3,aac,flac,amr,asf"
"""What is read. Among the others that FFmpeg knows are lists of what it is to fetch or to wait for."""

_RATES = range(4_000, 384_001)
"""Samples a second that a microphone may give. To bring others down takes FFmpeg gigabytes."""

_EVEN_DBFS = -3.0
"""To which peak a recording is raised or lowered before it is listened to."""

_MOST_GAIN_DB = 30.0
"""More would make speech of the noise of an empty room."""

_CLIPPED = 0.999
_CLIPPED_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Recording:
    """Sound as it is listened to."""

    samples: Samples
    """Mono, 16,000 a second, from -1 to 1."""
    clipped: bool = False
    """Whether so much of it was too loud for the microphone that sounds may be lost."""

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / RATE


@contextmanager
def listening_packages() -> Iterator[None]:
    """Say NoSpeechEngine where an import fails."""
    try:
        yield
    except ImportError as error:
        raise NoSpeechEngine(
            _("This device cannot listen: the packages for it are not installed."), doing="listening"
        ) from error


def read_recording(source: Path | bytes) -> Recording:
    """Decode a recording in any format that browsers and phones make; the first 30 seconds of it.

    Raises RecordingUnreadable where it is empty, none, or larger than any phrase; NoSpeechEngine where PyAV
    or numpy is not installed.
    """
    with listening_packages():
        import av
        import numpy as np
    content = _content(source)
    frames: list[Any] = []
    try:
        options = {"format_whitelist": _FORMATS}
        with av.open(io.BytesIO(content), metadata_errors="ignore", container_options=options) as container:
            if not container.streams.audio:
                raise _unreadable(_("There is no sound in this file; it was left as it is."))
            resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
            left = round(LONGEST_SECONDS * RATE)
            for frame in _decodable(container):
                for part in resampler.resample(frame):
                    frames.append(part.to_ndarray()[0][:left])
                    left -= len(frames[-1])
                if left <= 0:
                    break
            else:
                frames += [part.to_ndarray()[0] for part in resampler.resample(None)] if frames else []
    except (av.FFmpegError, ValueError, IndexError, EOFError) as error:
        if not frames:
            raise _unreadable(_("This is no recording that can be read; it was left as it is.")) from error
        log.info("a recording ends early: %s", error)
    samples = np.concatenate(frames) if frames else np.zeros(0, np.int16)
    if not len(samples):
        raise _unreadable(_("This recording is empty. Nothing was counted: say it once more."))
    samples = samples[: round(LONGEST_SECONDS * RATE)]
    return Recording(samples.astype(np.float32) / 32768.0, is_clipped(samples))


def is_clipped(samples: npt.NDArray[np.int16]) -> bool:
    """Whether more than a hundredth of it is as loud as can be."""
    import numpy as np

    return bool(np.mean(np.abs(samples.astype(np.int32)) >= _CLIPPED * 32767) > _CLIPPED_SHARE)


def _decodable(container: Any) -> Any:
    """Its frames; what is damaged among them is passed over."""
    import av

    for packet in container.demux(audio=0):
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            continue
        for frame in frames:
            if frame.sample_rate not in _RATES:
                raise ValueError(f"{frame.sample_rate} samples a second")
            # What its header says of time is of no use to us and wrong in truncated files.
            frame.pts = None
            yield frame


def _content(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        content = source
    else:
        try:
            with source.open("rb") as file:
                content = file.read(_LARGEST_BYTES + 1)
        except OSError as error:
            raise _unreadable(
                _("{file} cannot be read ({why}).").format(file=source.name, why=error.strerror)
            ) from error
    if not content:
        raise _unreadable(_("This recording is empty. Nothing was counted: say it once more."))
    if len(content) > _LARGEST_BYTES:
        raise _unreadable(_("This file is too large to be a phrase; it was left as it is."))
    return content


def _unreadable(message: str) -> RecordingUnreadable:
    return RecordingUnreadable(message, doing="reading a recording")


def evened(samples: Samples) -> Samples:
    """The same sound with its peak where those of others are, so that a distant microphone is heard, too."""
    import numpy as np

    sound = _segment(samples)
    gain = min(_EVEN_DBFS - sound.max_dBFS, _MOST_GAIN_DB)
    return np.frombuffer(sound.apply_gain(gain).raw_data, np.int16).astype(np.float32) / 32768.0


def without_silence(samples: Samples, start: int, end: int, margin_ms: int = 120) -> Samples:
    """What is between two samples, with a little around it."""
    sound = _segment(samples)
    first, last = start * 1000 // RATE - margin_ms, end * 1000 // RATE + margin_ms
    import numpy as np

    cut = sound[max(0, first) : last]
    return np.frombuffer(cut.raw_data, np.int16).astype(np.float32) / 32768.0


def _segment(samples: Samples) -> Any:
    import numpy as np

    with listening_packages(), warnings.catch_warnings():
        # It warns where there is no ffmpeg, which only its own reading of files needs.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment
    pcm = (np.nan_to_num(np.clip(samples, -1.0, 1.0)) * 32767).astype(np.int16)
    return AudioSegment(data=pcm.tobytes(), sample_width=2, frame_rate=RATE, channels=1)


def to_opus(samples: Samples) -> bytes:
    """An Ogg Opus file of it, about 3 kB a second. Raises NoSpeechEngine where PyAV is not installed."""
    try:
        import av
        import numpy as np
    except ImportError as error:
        raise NoSpeechEngine(
            _("This device cannot keep recordings: the packages for it are not installed."), doing="recording"
        ) from error
    file = io.BytesIO()
    with av.open(file, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=RATE, layout="mono")
        stream.bit_rate = 24_000
        pcm = (np.clip(samples, -1.0, 1.0) * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        for part in (frame, None):
            container.mux(stream.encode(part))
    return file.getvalue()
