"""The sounds that stood out in what a learner said in the last week, and the words that train each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tutor.course.item import Note
from tutor.course.spoken_sounds import FILE, MinimalPair, Sound, SpokenSounds, read_spoken_sounds, spelling
from tutor.errors import SpeechError
from tutor.speech import scores
from tutor.speech.phones import PhoneWriter, split_phones
from tutor.speech.synthesizer import phone_writer
from tutor.store import sounds as log
from tutor.text import normal

if TYPE_CHECKING:
    from tutor.practice import Tutor

PERIOD = timedelta(days=7)

ENOUGH = 2
"""Times from which a sound that was off stands out: once is chance, or was misheard."""

SHARE = 0.1
"""Of the times that it came up, how often it must have been off: some sounds are in every other word."""

_WORDS, _PAIRS = 4, 3


@dataclass(frozen=True, slots=True)
class WeakSound:
    """A sound that was off again and again."""

    sound: Sound
    off: int
    """In how many words it came out as another or not at all."""
    said: int
    """In how many words it came up."""
    words: tuple[str, ...]
    """Some of those in which it was off, the latest first."""
    mistaken: int
    """How often the learner, listening, took it for another."""
    hint: str
    """How it is made; where it mostly came out as one other sound, how not to make that one."""
    pairs: tuple[MinimalPair, ...]
    """What trains it: pairs that the voice in use says apart, or any where there is no voice."""

    @property
    def note(self) -> Note:
        """Its pairs, to be told apart by ear, as a note that no lesson has."""
        contrasts = tuple((one, other) for (one, _means), (other, _meant) in (p.words for p in self.pairs))
        return Note(self.sound.key, self.sound.name, self.hint, sound=True, contrasts=contrasts)


def sounds_to_work_on(tutor: Tutor, most: int = 3) -> tuple[WeakSound, ...]:
    """The sounds that were off in the last seven days, those first that were off often and most of the time.

    Only a sound that was off in something said is told of; that it was mistaken by ear, too, counts with it.
    Raises CourseError where the course's file of sounds is broken.
    """
    spoken_sounds, learner, since = _sounds(tutor), tutor.learner.id, tutor.clock.now() - PERIOD
    with tutor.database.read() as connection:
        off = log.off(connection, learner, since)
        if not off:
            return ()
        mistaken = log.mistaken(connection, learner, since)
        said = log.said(connection, learner, since)
    found: dict[str, list[tuple[str, str]]] = {}
    for concept, raw in off:
        # As `drills.spoken` notes it: the sound, what was heard for it, and the word.
        key, noted = concept.removeprefix("sound:"), raw.partition(" ")[2]
        heard, _space, word = noted.partition(" ")
        if key in spoken_sounds.sounds:
            found.setdefault(key, []).append((heard, word))
    came_up = _came_up(said, spoken_sounds)
    by_ear = _by_ear(mistaken, spoken_sounds)
    ranked: list[tuple[float, str]] = []
    for key, times in found.items():
        share = len(times) / max(came_up[key], len(times))
        weight = len(times) + by_ear[key]
        if weight >= ENOUGH and share >= SHARE:
            ranked.append((-weight * share, key))
    return tuple(
        _weak(tutor, spoken_sounds, key, found[key], came_up[key], by_ear[key])
        for _rank, key in sorted(ranked)[:most]
    )


def spoke_lately(tutor: Tutor) -> bool:
    """Whether anything was said in the last seven days that could be heard."""
    with tutor.database.read() as connection:
        return bool(log.said(connection, tutor.learner.id, tutor.clock.now() - PERIOD))


def _sounds(tutor: Tutor) -> SpokenSounds:
    """The sounds of the language that is learnt here."""
    for file in sorted(tutor.courses.glob(f"*/{FILE}")):
        return read_spoken_sounds(file.parent)
    return SpokenSounds()


def _weak(
    tutor: Tutor, sounds: SpokenSounds, key: str, times: Sequence[tuple[str, str]], said: int, mistaken: int
) -> WeakSound:
    sound = sounds.sounds[key]
    # Noted in the IPA that people are shown, which need not be how a voice writes it.
    shown = {one.phone: one for one in sounds.sounds.values()}
    heard_as = Counter(other.key for phone, _word in times if (other := shown.get(phone) or sounds.of(phone)))
    mostly, count = heard_as.most_common(1)[0] if heard_as else ("", 0)
    hint = sounds.hint(sound, sounds.sounds[mostly]) if 2 * count > len(times) else sound.hint
    # Those first that tell it from what came out.
    pairs = sorted(
        sounds.training(key, most=len(sounds.pairs)),
        key=lambda pair: -max(heard_as[one] for one in pair.sounds if one != key),
    )
    heard = [pair for pair in pairs if not tutor.voice.name or _apart(tutor, pair)]
    return WeakSound(
        sound=sound, off=len(times), said=max(said, len(times)),
        words=tuple(dict.fromkeys(word for _heard, word in times))[:_WORDS], mistaken=mistaken, hint=hint,
        pairs=tuple(heard[:_PAIRS]),
    )  # fmt: skip


def _apart(tutor: Tutor, pair: MinimalPair) -> bool:
    (one, _means), (other, _meant) = pair.words
    return tutor.voice.says_apart(one, other)


def _came_up(said: Iterable[Sequence[Mapping[str, Any]]], sounds: SpokenSounds) -> Counter[str]:
    """In how many of the words that were said each sound came up."""
    keys: dict[tuple[str, tuple[str, ...]], frozenset[str]] = {}
    counts: Counter[str] = Counter()
    for word in (word for words in said for word in words):
        phones = tuple(expected for expected, _heard in word["phones"] if expected is not None)
        if scores.is_missed(word["fit"], scores.phone_cost(word["phones"]), len(phones)):
            continue
        text = normal(word["text"]).replace(" ", "")
        if (text, phones) not in keys:
            letters = spelling(text, phones, sounds)
            of = (sounds.of(phone, written) for phone, written in zip(phones, letters, strict=True))
            keys[text, phones] = frozenset(sound.key for sound in of if sound)
        counts.update(keys[text, phones])
    return counts


def _by_ear(mistaken: Iterable[tuple[str, str]], sounds: SpokenSounds) -> Counter[str]:
    """How often each sound was taken for another, where it can be told of which words differ in."""
    writer, counts = phone_writer(), Counter[str]()
    for word, chosen in mistaken:
        key = _differs(word, chosen, sounds, writer)
        if key:
            counts[key] += 1
    return counts


def _differs(word: str, other: str, sounds: SpokenSounds, writer: PhoneWriter | None) -> str:
    """The sound of a word in which alone it differs from another; empty where that cannot be told."""
    for pair in sounds.pairs:
        (one, _means), (two, _meant) = pair.words
        if {one, two} == {word, other}:
            return pair.sounds[0 if word == one else 1]
    try:
        written = [split_phones(writer.phones(text)) for text in (word, other)] if writer else []
    except SpeechError:
        return ""
    phones = [[phone for group in groups for phone in group] for groups in written]
    if not phones or len(phones[0]) != len(phones[1]):
        return ""
    differing = [one for one, two in zip(*phones, strict=True) if sounds.of(one) is not sounds.of(two)]
    sound = sounds.of(differing[0]) if len(differing) == 1 else None
    return sound.key if sound else ""
