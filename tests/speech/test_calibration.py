"""The score is refitted to what people said, and what is told of it holds for clips it was not fitted to."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from speech.clips import MODEL
from tutor.errors import FittingError
from tutor.speech.calibration import (
    FEWEST_CLIPS,
    GRIDS,
    SURE,
    Features,
    Judged,
    WordFeatures,
    agreement,
    calibrate,
    concordance,
    features_of,
    fit,
    folds_of,
    pearson,
    rescored,
    spearman,
)
from tutor.speech.espeak import Espeak
from tutor.speech.evaluation import Evaluator, Hearing
from tutor.speech.recording import RATE, Recording, read_recording
from tutor.speech.scores import CONSTANTS, Constants
from tutor.speech.whisper import Whisper

PLANTED = Constants(
    fit_share=0.25, fit_power=1.5, phones_power=0.5, worst_share=0.7, lowest_share=0.4, easy_rate=11.0
)


def spoken(random: Random) -> Features:
    """What may be heard in a clip: most words well, some badly, some not at all, at any pace."""
    words = []
    for _word in range(random.randint(1, 6)):
        slips = random.choice([0.0, 0.0, 0.1, 0.25, 0.6])
        fit_ = random.random() if slips > 0.2 else 1 - random.random() ** 3 * 0.5
        words.append(WordFeatures(fit_, slips, random.randint(1, 9)))
    seconds = sum(word.phones for word in words) / random.uniform(3, 14)
    return Features(tuple(words), seconds, seconds * random.choice([0, 0, 0.2, 0.5]))


def people(count: int, constants: Constants, seed: int, blur: float = 0.0) -> list[Judged]:
    """Clips that people score by these constants, within so much, two clips to a speaker."""
    random = Random(seed)

    def about(score: float) -> float:
        return min(100.0, max(0.0, random.gauss(score, blur)))

    found = []
    for number in range(count):
        features = spoken(random)
        total, words = rescored(features, constants)
        found.append(Judged(features, about(total), tuple(map(about, words)), f"speaker {number // 2}"))
    return found


def test_what_was_heard_gives_the_score_that_was_given() -> None:
    """Also for a phrase with a slip, a word left out, and a pause."""
    two = [read_recording(Espeak().synthesize(text)).samples for text in ("dziękuję", "barco")]
    halting = Recording(np.concatenate([two[0], np.zeros(RATE, np.float32), two[1]]))
    evaluator = Evaluator(Whisper(MODEL), Espeak())
    result = evaluator.evaluate(halting, "dziękuję bardzo proszę")
    assert result.hearing is Hearing.HEARD
    assert result.fluency < 70
    assert result.completeness < 100
    features = features_of(result)
    assert features.pauses > 0.5
    total, words = rescored(features, CONSTANTS)
    assert total == pytest.approx(result.total)
    assert words == pytest.approx([word.score for word in result.words])
    other = replace(evaluator, constants=PLANTED).evaluate(halting, "dziękuję bardzo proszę")
    assert other.total != pytest.approx(result.total, abs=0.01)
    assert rescored(features, PLANTED)[0] == pytest.approx(other.total)


def test_constants_by_which_people_score_are_found() -> None:
    found = calibrate(people(60, PLANTED, seed=1, blur=2.0))
    assert found.better
    assert found.before.whole < 0.9
    assert found.after.whole > 0.97
    assert found.after.totals.pearson > found.before.totals.pearson
    assert found.after.words.spearman > 0.9
    assert (found.clips, found.folds) == (60, 5)
    assert found.constants.easy_rate == pytest.approx(PLANTED.easy_rate, abs=1)


def test_what_is_told_holds_for_speakers_that_were_not_fitted_to() -> None:
    """Scores by chance can be fitted to, and such constants are worth nothing on other clips."""
    random = Random(4)
    judged = [
        replace(one, total=random.uniform(0, 100), words=tuple(random.uniform(0, 100) for _w in one.words))
        for one in people(24, CONSTANTS, seed=2)
    ]
    found = calibrate(judged)
    within = agreement(judged, [rescored(one.features, found.constants) for one in judged])
    assert within.whole > found.after.whole
    assert found.sureness < SURE
    assert not found.better


def test_people_who_agree_already_change_nothing() -> None:
    found = calibrate(people(30, CONSTANTS, seed=3))
    assert found.constants == CONSTANTS
    assert found.before.totals.concordance == pytest.approx(1)
    assert not found.better


def test_a_constant_of_which_the_clips_tell_nothing_stays() -> None:
    """Nobody spoke slowly, so how slow is too slow cannot be known."""
    planted = replace(PLANTED, easy_rate=CONSTANTS.easy_rate)
    judged = []
    for one in people(25, planted, seed=8):
        quick = replace(
            one.features, seconds=sum(word.phones for word in one.features.words) / 20, pauses=0.0
        )
        total, words = rescored(quick, planted)
        judged.append(replace(one, features=quick, total=total, words=tuple(words)))
    found = fit(judged)
    assert found != CONSTANTS
    assert found.easy_rate == CONSTANTS.easy_rate


def test_constants_stay_within_their_bounds_whatever_people_say() -> None:
    judged = [
        replace(one, total=100 - one.total, words=tuple(100 - s for s in one.words))
        for one in people(25, CONSTANTS, seed=5)
    ]
    found = fit(judged)
    for name, grid in GRIDS.items():
        assert min(grid) <= getattr(found, name) <= max(grid)
        assert getattr(CONSTANTS, name) in grid


def test_one_speakers_clips_are_in_one_fold_and_folds_are_about_as_large() -> None:
    speakers = [f"s{n % 13}" for n in range(100)]
    folds = folds_of(speakers, 5)
    assert all(len({fold for fold, who in zip(folds, speakers, strict=True) if who == s}) == 1
               for s in set(speakers))  # fmt: skip
    sizes = [folds.count(fold) for fold in range(5)]
    assert max(sizes) - min(sizes) <= 8
    assert set(folds_of(["a", "b", "a", "b"], 5)) == {0, 1}
    assert folds_of(["a"] * 7, 5) == [0, 1, 2, 3, 4, 0, 1]


def test_likeness_is_what_the_books_say() -> None:
    ours, theirs = [10.0, 20.0, 20.0, 40.0], [1.0, 3.0, 2.0, 4.0]
    assert pearson(ours, theirs) == pytest.approx(np.corrcoef(ours, theirs)[0, 1])
    # Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4.
    assert spearman(ours, theirs) == pytest.approx(np.corrcoef([1, 2.5, 2.5, 4], [1, 3, 2, 4])[0, 1])
    assert concordance([10.0, 50.0, 90.0], [10.0, 50.0, 90.0]) == pytest.approx(1)
    # As steep, but 20 higher: 2 * var / (2 * var + 20²), var = 3200 / 3.
    assert concordance([30.0, 70.0, 110.0], [10.0, 50.0, 90.0]) == pytest.approx(6400 / 7600)
    assert pearson([5.0, 5.0], [1.0, 2.0]) == spearman([5.0, 5.0], [1.0, 2.0]) == 0.0


def test_too_few_clips_are_told() -> None:
    with pytest.raises(FittingError, match=f"19 clips .* and {FEWEST_CLIPS} are needed"):
        calibrate(people(19, PLANTED, seed=6))


def test_people_who_never_differ_are_told() -> None:
    judged = [replace(one, total=70.0) for one in people(20, PLANTED, seed=7)]
    with pytest.raises(FittingError, match="the same score"):
        calibrate(judged)
