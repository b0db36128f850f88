"""The sounds of all that was met, made at once: so that nothing has to be made while one practises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.course.item import Item
from tutor.errors import SpeechError
from tutor.i18n import _
from tutor.long_work import Doing, Progress, Told, untold
from tutor.memory.tracks import Track
from tutor.store import cards

if TYPE_CHECKING:
    from tutor.practice import Tutor

_AT_ONCE = 200
"""Items that are loaded at once."""


@dataclass(frozen=True, slots=True)
class Voiced:
    """What is there in the end, whether it was made now or before."""

    sounds: int
    seconds: float
    """How long they are together."""


def count(tutor: Tutor) -> int:
    """How many words and phrases were met."""
    with tutor.database.read() as connection:
        return cards.count_open(connection, tutor.learner.id, Track.VISUAL)


def voice_all(tutor: Tutor, told: Told = untold) -> Voiced:
    """Make the sounds of every word and phrase that was met, and of its sentences, in the voice in use.

    Raises SpeechError where there is no voice or it fails, and Cancelled where it was stopped; what was made
    by then stays.
    """
    if not tutor.voice.name:
        raise SpeechError(
            _("No voice is installed; `tutor doctor` says how to get one."), doing="making sounds"
        )
    with tutor.database.read() as connection:
        met = sorted(cards.open_items(connection, tutor.learner.id, Track.VISUAL))
    said: set[str] = set()
    milliseconds = 0
    make = tutor.voice.in_turn()
    for number, item in enumerate(_items(tutor, met)):
        told(Progress(number, len(met), Doing.VOICING))
        for text in (item.text, *(sentence.text for sentence in item.sentences)):
            if text not in said:
                said.add(text)
                milliseconds += make(text).duration_ms
    return Voiced(len(said), milliseconds / 1000)


def _items(tutor: Tutor, identities: list[str]) -> Iterator[Item]:
    for begin in range(0, len(identities), _AT_ONCE):
        with tutor.database.read() as connection:
            found = tutor.items.load(connection, identities[begin : begin + _AT_ONCE])
        yield from found
