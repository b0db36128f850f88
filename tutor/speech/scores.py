"""How well something was said: from words' fits and phones' differences to a score.

Every constant stands here. They were chosen on synthetic speech, where they tell slips from right renders
(docs/speech.md has the figures), and are not calibrated on people: `tutor speech calibrate` refits them to
recordings that people judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.speech.phone_alignment import Pair, cost_of


@dataclass(frozen=True, slots=True)
class Constants:
    """What the score is made with."""

    fit_share: float = 0.5
    """Of a word's score, what its fit counts against its phones."""
    fit_power: float = 0.5
    """The root that is taken of a fit: a forced probability falls faster than what people hear."""
    phones_power: float = 1.5
    """A second wrong phone weighs more than the first."""
    worst_share: float = 0.35
    """Of a phrase's accuracy, what its worst word counts: one wrong word in ten is heard."""
    lowest_share: float = 0.6
    """Of the total, what the lowest of accuracy, fluency and completeness counts."""
    easy_rate: float = 5.0
    """Phones a second that cost no fluency: Polish is spoken at 12 to 15, learners begin at 4 to 6."""
    missed_cost: float = 0.4
    """With phones that cost this on average, and a fit below `missed_fit`, a word is missing or another."""
    missed_fit: float = 0.8
    missed_phone_fit: float = 0.4
    """The same for words of one phone."""


CONSTANTS = Constants()

GOOD, NEARLY = 80.0, 60.0
"""From here on a score counts as good, and as nearly good; below, it is tried again (docs/speech.md)."""


def word_score(fit: float, cost: float, constants: Constants = CONSTANTS) -> float:
    """0 to 100, from the forced probability of a word and the mean cost of its phones."""
    share = constants.fit_share
    fits: float = max(fit, 0.0) ** constants.fit_power
    said: float = max(0.0, 1.0 - cost) ** constants.phones_power
    return 100 * (share * fits + (1 - share) * said)


def phone_cost(pairs: Sequence[Pair]) -> float:
    """What differs for each phone that was expected, 0 to 1."""
    expected = sum(phone is not None for phone, _heard in pairs)
    return min(1.0, cost_of(pairs) / expected) if expected else 0.0


def is_missed(fit: float, cost: float, phones: int, constants: Constants = CONSTANTS) -> bool:
    """Whether a word of so many phones was left out, or another one said, rather than said badly."""
    bound = constants.missed_fit if phones > 1 else constants.missed_phone_fit
    return cost >= constants.missed_cost and fit < bound


def accuracy(words: Sequence[tuple[float, int]], constants: Constants = CONSTANTS) -> float:
    """Of a phrase, from each word's score and number of phones.

    Longer words weigh more; *w* and *z*, which are hardly there between consonants, are never the worst.
    """
    phones = sum(count for _score, count in words)
    if not phones:
        return 0.0
    mean = sum(score * count for score, count in words) / phones
    worst = min((score for score, count in words if count > 1), default=mean)
    return (1 - constants.worst_share) * mean + constants.worst_share * min(mean, worst)


def fluency(phones: int, seconds: float, pauses: float, constants: Constants = CONSTANTS) -> float:
    """0 to 100: how steadily so many phones were said in so many seconds, of which so many were pauses."""
    if seconds <= 0 or not phones:
        return 0.0
    rate = phones / seconds
    return 100 * min(1.0, rate / constants.easy_rate) * (1 - min(pauses / seconds, 1.0))


def completeness(said: int, expected: int) -> float:
    """0 to 100: how many of the words were said."""
    return 100 * said / expected if expected else 0.0


def total(parts: Sequence[float], constants: Constants = CONSTANTS) -> float:
    """Of accuracy, fluency and completeness; the lowest weighs most."""
    lowest, *others = sorted(parts)
    share = constants.lowest_share
    return share * lowest + (1 - share) * sum(others) / len(others)
