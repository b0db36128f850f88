"""How noisy a recording is, and the same with less noise.

By spectral subtraction (Boll 1979; Berouti, Schwartz and Makhoul 1979).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tutor.speech.voice_activity import Speaking

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from tutor.speech.recording import Samples

_FRAME, _HOP = 512, 128
"""32 ms and 8 ms: a phone lasts 50 to 150."""

_QUIETEST = 1 / 6
"""The share of frames that hold nothing but noise: before, between and after words."""

_OVER, _FLOOR = 3.0, 0.05
"""How much more than the noise is taken away, and what is left of a band that was all noise."""

_GUARD, _ENOUGH_AROUND = 800, 2400
"""Samples: next to speech its ends may still be heard; less than 150 ms of the room tell nothing about it."""

_SMOOTH = 3
"""Frames, and bands, over which is averaged, so that what is left does not tinkle."""


def signal_to_noise(samples: Samples, speaking: Speaking) -> float:
    """How much louder, in decibels, speech is than what is around it; endless where that is unknown."""
    import numpy as np

    around = np.concatenate([samples[: max(0, speaking.start - _GUARD)], samples[speaking.end + _GUARD :]])
    if len(around) < _ENOUGH_AROUND:
        return math.inf
    quiet = np.mean(around.astype(np.float64) ** 2)
    loud = np.mean(samples[speaking.start : speaking.end].astype(np.float64) ** 2)
    return float(10 * np.log10(loud / quiet)) if quiet > 0 else math.inf


def less_noisy(samples: Samples) -> Samples:
    """The same sound, as long, with its steady noise taken away as far as that is known."""
    import numpy as np

    if len(samples) < _FRAME:
        return samples
    window = np.hanning(_FRAME + 1)[:-1]
    padded = np.pad(samples.astype(np.float64), (_FRAME, 2 * _FRAME))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FRAME)[::_HOP] * window
    spectra = np.fft.rfft(frames, axis=1)
    power = _averaged(np.abs(spectra) ** 2, axis=0)
    edge = _FRAME // _HOP
    inner = power[edge : -2 * edge]
    quietest = np.argsort(inner.sum(axis=1))[: max(3, round(len(inner) * _QUIETEST))]
    noise = _averaged(inner[quietest].mean(axis=0), axis=0)
    above = np.maximum(power / (_OVER * noise + 1e-12) - 1, 0)
    gain = _averaged(np.maximum(np.sqrt(above / (1 + above)), _FLOOR), axis=1)
    parts = np.fft.irfft(spectra * gain, _FRAME, axis=1) * window
    sound, weight = np.zeros(len(padded)), np.zeros(len(padded))
    for at, part in enumerate(parts):
        here = slice(at * _HOP, at * _HOP + _FRAME)
        sound[here] += part
        weight[here] += window**2
    return (sound / np.maximum(weight, 1e-3))[_FRAME : _FRAME + len(samples)].astype(np.float32)


def _averaged(values: npt.NDArray[np.float64], axis: int) -> npt.NDArray[np.float64]:
    """Each value as the mean of itself and its neighbours."""
    import numpy as np

    kernel = np.ones(_SMOOTH) / _SMOOTH
    return np.apply_along_axis(lambda row: np.convolve(row, kernel, "same"), axis, values)
