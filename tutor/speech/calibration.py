"""The score's constants, refitted so that it says what people said of the same recordings.

No sound is needed here: what was heard in a clip is a few numbers for each word, and the score is made of
these anew with other constants.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tutor.errors import FittingError
from tutor.i18n import _
from tutor.speech import scores
from tutor.speech.evaluation import SpeechResult
from tutor.speech.scores import CONSTANTS, Constants

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Values = npt.NDArray[np.float64]

FEWEST_CLIPS = 20
"""With fewer, constants would tell of chance more than of people."""

FOLDS = 5
SURE = 0.95
"""How sure it must be that fitted constants are better before they are taken."""

_DRAWS = 400


def _steps(low: float, high: float, step: float) -> tuple[float, ...]:
    return tuple(round(low + step * n, 4) for n in range(round((high - low) / step) + 1))


GRIDS: Mapping[str, tuple[float, ...]] = {
    "fit_share": _steps(0, 1, 0.05),
    "fit_power": (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.5, 2.0),
    "phones_power": (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0),
    "worst_share": _steps(0, 1, 0.05),
    "lowest_share": _steps(0.35, 1, 0.05),
    "easy_rate": _steps(2, 14, 1),
}
"""What is tried for each constant that is fitted.

Those by which a word counts as missing are not: they decide which words were said, not how well.
"""

_ROUNDS = 10
_GAIN = 1e-6
"""Less is no gain: constants stay where they are rather than drift."""


@dataclass(frozen=True, slots=True)
class WordFeatures:
    """What the score of a word is made of."""

    fit: float
    """Its forced probability, 0 to 1."""
    cost: float
    """The mean cost of its phones, 0 to 1."""
    phones: int


@dataclass(frozen=True, slots=True)
class Features:
    """What the scores of a phrase are made of."""

    words: tuple[WordFeatures, ...]
    seconds: float
    """From the first sound to the last."""
    pauses: float
    """Seconds of silence in between."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was heard in a clip, and what people thought of it, from 0 to 100."""

    features: Features
    total: float
    words: tuple[float, ...]
    speaker: str


Scored = tuple[float, list[float]]
"""A total, and the score of each word."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like our scores are to people's. Each is 0 where one of the two never varies."""

    pearson: float
    spearman: float
    concordance: float
    """Lin's (1989): as Pearson's, and less where ours are higher, lower or more alike than people's."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How like people's scores are ours, of words and of phrases."""

    words: Likeness
    totals: Likeness

    @property
    def whole(self) -> float:
        """In one number, by which constants are chosen: the mean concordance."""
        return (self.words.concordance + self.totals.concordance) / 2


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What a calibration found."""

    clips: int
    words: int
    folds: int
    before: Agreement
    """With the constants in use."""
    after: Agreement
    """With fitted ones, each clip scored by those that were fitted without its speaker."""
    sureness: float
    """How often, 0 to 1, fitted constants agree better when speakers are drawn anew from those there are."""
    constants: Constants
    """Fitted to all clips."""

    @property
    def better(self) -> bool:
        """Whether fitted constants agree better with people, by more than chance would have it."""
        return self.sureness >= SURE


def features_of(result: SpeechResult, constants: Constants = CONSTANTS) -> Features:
    """What the scores of a result were made of; `constants` are those with which they were made."""
    words = tuple(
        WordFeatures(word.fit, word.cost, sum(phone is not None for phone, _heard in word.pairs))
        for word in result.words
    )
    # A result tells fluency, and not the pauses that made it.
    steady = scores.fluency(sum(word.phones for word in words), result.seconds, 0, constants)
    pauses = result.seconds * (1 - result.fluency / steady) if steady else 0.0
    return Features(words, result.seconds, max(0.0, pauses))


def rescored(features: Features, constants: Constants) -> Scored:
    """The total, and the score of each word, with these constants."""
    words = [scores.word_score(word.fit, word.cost, constants) for word in features.words]
    phones = [word.phones for word in features.words]
    said = sum(not scores.is_missed(word.fit, word.cost, word.phones, constants) for word in features.words)
    parts = (
        scores.accuracy(list(zip(words, phones, strict=True)), constants),
        scores.fluency(sum(phones), features.seconds, features.pauses, constants),
        scores.completeness(said, len(words)),
    )
    return scores.total(parts, constants), words


def calibrate(judged: Sequence[Judged], start: Constants = CONSTANTS, folds: int = FOLDS) -> Calibrated:
    """Fit constants to all clips, and tell how well such constants agree with people on other clips.

    The same clips give the same constants. Raises FittingError where there are too few clips, or where
    people gave all of them the same score.
    """
    if len(judged) < FEWEST_CLIPS:
        raise FittingError(
            _(
                "There are {count} clips that can be graded, and {fewest} are needed to calibrate. The "
                "constants in use stay: add clips and try again."
            ).format(count=len(judged), fewest=FEWEST_CLIPS),
            doing="calibrating",
        )
    if len({clip.total for clip in judged}) == 1 or len({s for clip in judged for s in clip.words}) == 1:
        raise FittingError(
            _(
                "People gave all clips the same score, so there is nothing to calibrate by. The constants in "
                "use stay: add clips that are better and worse."
            ),
            doing="calibrating",
        )
    places = folds_of([clip.speaker for clip in judged], folds)
    used = sorted(set(places))
    outside: list[Scored] = [(0.0, [])] * len(judged)
    for fold in used:
        fitted = fit([clip for clip, place in zip(judged, places, strict=True) if place != fold], start)
        for n, place in enumerate(places):
            if place == fold:
                outside[n] = rescored(judged[n].features, fitted)
    before = [rescored(clip.features, start) for clip in judged]
    return Calibrated(
        clips=len(judged), words=sum(len(clip.words) for clip in judged), folds=len(used),
        before=agreement(judged, before), after=agreement(judged, outside),
        sureness=_sureness(judged, before, outside), constants=fit(judged, start),
    )  # fmt: skip


def _sureness(judged: Sequence[Judged], before: Sequence[Scored], after: Sequence[Scored]) -> float:
    """In what share of draws of speakers, each put back, `after` agrees better with people (Efron 1979)."""
    import numpy as np

    clips_of: dict[str, list[int]] = {}
    for n, clip in enumerate(judged):
        clips_of.setdefault(clip.speaker, []).append(n)
    speakers = list(clips_of.values()) if len(clips_of) > 1 else [[n] for n in range(len(judged))]
    random = np.random.default_rng(0)
    gains = 0
    for _draw in range(_DRAWS):
        drawn = [n for who in random.integers(len(speakers), size=len(speakers)) for n in speakers[who]]
        theirs = [judged[n] for n in drawn]
        gains += (
            _whole(theirs, [after[n] for n in drawn]) > _whole(theirs, [before[n] for n in drawn]) + _GAIN
        )
    return gains / _DRAWS


def folds_of(speakers: Sequence[str], folds: int = FOLDS) -> list[int]:
    """Which fold each clip is in: those of one speaker are together, and the folds about as large.

    Else constants would be tried on voices that they were fitted to. Where there are fewer speakers than
    two, clips are shared out in turn.
    """
    counts = {speaker: speakers.count(speaker) for speaker in dict.fromkeys(speakers)}
    if len(counts) < 2:
        return [n % folds for n in range(len(speakers))]
    sizes = [0] * min(folds, len(counts))
    fold_of = {}
    for speaker in sorted(counts, key=lambda one: (-counts[one], one)):
        fold_of[speaker] = sizes.index(min(sizes))
        sizes[fold_of[speaker]] += counts[speaker]
    return [fold_of[speaker] for speaker in speakers]


def fit(judged: Sequence[Judged], start: Constants = CONSTANTS) -> Constants:
    """Constants of the grids with which the scores agree best with people's, found one after another.

    Coordinate descent: each constant in turn takes the value that agrees best while the others stay, until
    none changes.
    """
    best, reached = start, _agreement_with(judged, start)
    for _round in range(_ROUNDS):
        before = best
        for name, grid in GRIDS.items():
            for value in grid:
                tried = replace(best, **{name: value})
                found = _agreement_with(judged, tried)
                if found > reached + _GAIN:
                    best, reached = tried, found
        if best == before:
            break
    return best


def _agreement_with(judged: Sequence[Judged], constants: Constants) -> float:
    return _whole(judged, [rescored(clip.features, constants) for clip in judged])


def _whole(judged: Sequence[Judged], ours: Sequence[Scored]) -> float:
    """As `Agreement.whole`, without what is not needed for it."""
    words, totals = _side_by_side(judged, ours)
    return (concordance(*words) + concordance(*totals)) / 2


def agreement(judged: Sequence[Judged], ours: Sequence[Scored]) -> Agreement:
    """How like people's scores of some clips are ours."""
    words, totals = _side_by_side(judged, ours)
    return Agreement(likeness(*words), likeness(*totals))


_Rows = tuple[list[float], list[float]]


def _side_by_side(judged: Sequence[Judged], ours: Sequence[Scored]) -> tuple[_Rows, _Rows]:
    """Our scores and people's: of words, and of phrases."""
    words = [score for _total, spoken in ours for score in spoken], [s for clip in judged for s in clip.words]
    return words, ([total for total, _words in ours], [clip.total for clip in judged])


def likeness(ours: Sequence[float], theirs: Sequence[float]) -> Likeness:
    """How like two rows of scores are."""
    return Likeness(pearson(ours, theirs), spearman(ours, theirs), concordance(ours, theirs))


def pearson(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Pearson's correlation, -1 to 1; 0 where one of the two never varies."""
    one, other, together = _spread(ours, theirs)
    return together / (one * other) ** 0.5 if one > 0 and other > 0 else 0.0


def spearman(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Spearman's correlation: Pearson's of the ranks, equal values sharing theirs."""
    return pearson(_ranks(ours), _ranks(theirs))


def concordance(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Lin's concordance, -1 to 1: 1 only where both are the same numbers."""
    import numpy as np

    one, other, together = _spread(ours, theirs)
    apart = float(np.mean(ours) - np.mean(theirs)) ** 2
    whole = one + other + apart
    return 2 * together / whole if whole > 0 else 0.0


def _spread(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float, float]:
    """The variance of each, and the covariance; rounding is no variance."""
    import numpy as np

    one, other = np.asarray(ours, np.float64), np.asarray(theirs, np.float64)
    a, b = one - one.mean(), other - other.mean()
    within = [0.0 if np.ptp(values) < 1e-9 else float(np.mean(values**2)) for values in (a, b)]
    return within[0], within[1], float(np.mean(a * b))


def _ranks(values: Sequence[float]) -> list[float]:
    import numpy as np

    _same, where, counts = np.unique(np.asarray(values, np.float64), return_inverse=True, return_counts=True)
    last: Values = np.cumsum(counts).astype(np.float64)
    middle = last - (counts - 1) / 2
    return [float(rank) for rank in middle[where]]
