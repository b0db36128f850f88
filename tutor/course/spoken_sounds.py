"""The sounds of a course's language: what is told of one that came out as another, and what trains it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tutor.course.yaml_file import read_yaml

FILE = "spoken-sounds.yaml"

_Text = Annotated[str, Field(min_length=1)]


class _SoundEntry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    phones: list[_Text]
    letters: list[_Text]
    name: _Text
    hint: _Text
    like: str = ""
    ipa: str = ""


class _ConfusionEntry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    expected: _Text
    heard: _Text
    hint: _Text


class _PairEntry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    sounds: Annotated[list[_Text], Field(min_length=2, max_length=2)]
    words: Annotated[list[Annotated[list[_Text], Field(min_length=2, max_length=2)]], Field(min_length=2)]


class _SoundsFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    sounds: dict[str, _SoundEntry]
    confusions: list[_ConfusionEntry]
    pairs: list[_PairEntry]


@dataclass(frozen=True, slots=True)
class Sound:
    """One sound of the language."""

    key: str
    """What mistakes with it are known by."""
    name: str
    """As people write it: sz."""
    phone: str
    """Its IPA, as the course writes it; a voice may write it otherwise."""
    letters: tuple[str, ...]
    hint: str
    """What the mouth does, in a sentence."""
    like: str


@dataclass(frozen=True, slots=True)
class MinimalPair:
    """Two words that differ in one sound, with what they mean."""

    sounds: tuple[str, str]
    words: tuple[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SpokenSounds:
    """All sounds of a language that are told of."""

    sounds: Mapping[str, Sound] = field(default_factory=dict)
    by_phone: Mapping[str, Sound] = field(default_factory=dict)
    confusions: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What to say where one sound, expected, came out as another."""
    pairs: tuple[MinimalPair, ...] = ()

    def of(self, phone: str, letters: str = "") -> Sound | None:
        """The sound of a phone; None where it is told nothing of.

        A voice that makes one sound of two (espeak-ng says *dz* as *dź*) is overruled by letters that are
        written for another sound alone.
        """
        heard = self.by_phone.get(phone)
        if heard and letters and letters not in heard.letters:
            other = next((one for one in self.sounds.values() if one.letters == (letters,)), None)
            if other and heard.key.startswith(other.key):
                return other
        return heard

    def hint(self, expected: Sound, heard: Sound | None) -> str:
        """One sentence for a sound that came out as another, or not at all."""
        return (self.confusions.get((expected.key, heard.key), "") if heard else "") or expected.hint

    def training(self, key: str, most: int = 4) -> tuple[MinimalPair, ...]:
        """Pairs of words that train a sound, of as many contrasts as there are."""
        fitting = [pair for pair in self.pairs if key in pair.sounds]
        first: list[MinimalPair] = []
        for pair in fitting:
            if pair.sounds not in {chosen.sounds for chosen in first}:
                first.append(pair)
        return tuple([*first, *(pair for pair in fitting if pair not in first)][:most])


@lru_cache(maxsize=4)
def read_spoken_sounds(folder: Path) -> SpokenSounds:
    """A course's sounds; none where it tells of none. Raises CourseError for a broken file."""
    if not (folder / FILE).is_file():
        return SpokenSounds()
    file = read_yaml(folder, FILE, _SoundsFile)
    sounds = {
        key: Sound(key, one.name, one.ipa or one.phones[0], tuple(one.letters), one.hint, one.like)
        for key, one in file.sounds.items()
    }
    return SpokenSounds(
        sounds=sounds,
        by_phone={phone: sounds[key] for key, one in file.sounds.items() for phone in one.phones},
        confusions={(one.expected, one.heard): one.hint for one in file.confusions},
        pairs=tuple(MinimalPair(_two(one.sounds), (_two(one.words[0]), _two(one.words[1])))
                    for one in file.pairs),
    )  # fmt: skip


def _two(texts: Sequence[str]) -> tuple[str, str]:
    return texts[0], texts[1]


_LONGEST = 3
_MERGED, _LONGER, _HIDDEN, _LATER = 0.5, 0.3, 1.4, 0.01
"""What it costs that letters are not those of a phone: those of one that the voice merges with it; others,
the more the longer; none, the less the later."""


def spelling(word: str, phones: Sequence[str], sounds: SpokenSounds) -> tuple[str, ...]:
    """Which letters of a word each of its phones is written with; none for one that they hide (ą = om).

    What nobody hears at the end (jadł) stands with the last.

    The way with the fewest phones that are not written as they usually are.
    """
    word = word.casefold()
    best: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {(0, 0): (0.0, ())}
    for at, phone in enumerate(phones):
        known = sounds.by_phone.get(phone)
        for used in range(len(word) + 1):
            if (at, used) not in best:
                continue
            cost, so_far = best[at, used]
            for take in range(_LONGEST + 1):
                letters = word[used : used + take]
                if len(letters) < take:
                    break
                if not take:
                    # Of two phones that one letter stands for, it is written at the first.
                    step = _HIDDEN - _LATER * at
                elif known and letters in known.letters:
                    step = 0.0
                elif known is not sounds.of(phone, letters):
                    step = _MERGED
                else:
                    step = 1.0 + _LONGER * take
                key, total = (at + 1, used + take), cost + step
                if key not in best or total < best[key][0]:
                    best[key] = total, (*so_far, letters)
    whole = {used: found for (at, used), found in best.items() if at == len(phones)}
    _cost, used, found = min((cost + len(word) - used, used, found) for used, (cost, found) in whole.items())
    return (*found[:-1], found[-1] + word[used:]) if found else ()
