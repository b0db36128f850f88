"""Phrases said right and wrong by a voice: what the speech score is tried on."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from tutor.speech.espeak import Espeak
from tutor.speech.phone_alignment import align_phones
from tutor.speech.phones import phones_of
from tutor.speech.scores import phone_cost

VOICES = ("pl", "pl+f2", "pl+f3", "pl+f4", "pl+m1", "pl+m3", "pl+m5", "pl+m7")

SLIPS = (
    ("sz", "s"), ("sz", "ś"), ("cz", "c"), ("cz", "ć"), ("rz", "z"), ("ż", "z"), ("ś", "sz"), ("ć", "cz"),
    ("ń", "n"), ("ł", "l"), ("w", "f"), ("z", "s"), ("b", "p"), ("d", "t"), ("g", "k"), ("ch", "k"),
    ("y", "i"), ("e", "i"), ("o", "u"), ("a", "o"), ("r", "l"), ("c", "s"), ("ę", "i"),
)  # fmt: skip
"""One sound for another, as learners mix them up, written as a voice that reads will say it."""

_ANOTHER = 0.5
"""The mean cost of a phone from which on a word is another word."""

_NOISE_DB = 10.0
_AROUND_SECONDS = 0.3
"""What a learner's recording holds of the room before the first word and after the last."""


@dataclass(frozen=True, slots=True)
class Render:
    """One clip."""

    kind: str
    """correct, other voice, noise, slip, wrong word, missing word"""
    expected: str
    said: str
    voice: str
    wav: bytes
    place: int | None
    """Which word of `expected` is not as it should be."""


def renders(phrases: Sequence[str], words: Sequence[str], seed: int, count: int) -> Iterator[Render]:
    """So many of each kind."""
    random = Random(seed)
    kinds = ("correct", "other voice", "noise", "slip", "wrong word", "missing word")
    made = 0
    while made < count * len(kinds):
        kind = kinds[made % len(kinds)]
        render = _render(kind, random.choice(phrases), words, random)
        if render:
            made += 1
            yield render


def _render(kind: str, phrase: str, words: Sequence[str], random: Random) -> Render | None:
    voice = "pl" if kind == "correct" else random.choice(VOICES)
    parts = phrase.split()
    place: int | None = None
    match kind:
        case "slip":
            place = random.randrange(len(parts))
            fits = [(a, b) for a, b in SLIPS if a in parts[place]]
            if not fits:
                return None
            before, after = random.choice(fits)
            parts[place] = parts[place].replace(before, after, 1)
            if _sounds(" ".join(parts)) == _sounds(phrase):
                return None
        case "wrong word":
            place = random.randrange(len(parts))
            word = random.choice(words)
            if not _is_another(parts[place], word):
                return None
            parts[place] = word
        case "missing word":
            if len(parts) < 2:
                return None
            place = random.randrange(len(parts))
            if len(parts[place]) < 2:
                return None
            del parts[place]
    said = " ".join(parts)
    wav = Espeak(voice).synthesize(said)
    if kind == "noise":
        wav = noisy(wav, random.randrange(2**32), _NOISE_DB)
    return Render(kind, phrase, said, voice, wav, place)


def _is_another(expected: str, word: str) -> bool:
    """Whether a word is another one, and no slip of one or two of its sounds."""
    writer = Espeak("pl")
    pairs = align_phones(*(phones_of([text], writer)[0] for text in (expected, word)))
    return phone_cost(pairs) >= _ANOTHER


def _sounds(text: str) -> str:
    return Espeak("pl").sounds(text)


def noisy(wav: bytes, seed: int, decibels: float) -> bytes:
    """The same clip with white noise around and in it, so many decibels below its speech."""
    with wave.open(io.BytesIO(wav)) as file:
        rate = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float64)
    loud = samples[np.abs(samples) > 0.02 * np.abs(samples).max()]
    samples = np.pad(samples, round(_AROUND_SECONDS * rate))
    noise = np.random.default_rng(seed).normal(size=len(samples))
    noise *= np.sqrt(np.mean(loud**2)) / 10 ** (decibels / 20)
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.clip(samples + noise, -32767, 32767).astype(np.int16).tobytes())
    return content.getvalue()
