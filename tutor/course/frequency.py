"""How frequent each Polish lemma is: counts of words as they are written, shared out among their lemmas.

For making courses, not for learning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from tutor.course.morphology import Morphology

ROUNDS = 3
"""How often the shares are made anew; more change nothing that matters."""

_UNINFLECTED = frozenset({"adv", "comp", "conj", "part", "pred", "prep"})

_LISTED = 60_000
"""Written words that are taken from wordfreq's list; the rest is rarer than anything a beginner meets."""


def lemma_counts(words: Mapping[str, float], morphology: Morphology) -> dict[str, float]:
    """What each lemma's forms count together, from counts of words.

    A word of several lemmas (`mnie`: *ja*, and *miąć*) is shared out in proportion to what else each lemma is
    seen in; so a rare homonym does not take half of a frequent word. What may be a word that does not inflect
    (`tam`: also a form of *tama*) is taken for that.
    """
    lemmas = {word: _lemmas(word, morphology) for word in words}
    weights: Mapping[str, float] = {}
    shared: dict[str, float] = {}
    for _ in range(ROUNDS):
        shared = defaultdict(float)
        for word, count in words.items():
            of = lemmas[word]
            total = sum(weights.get(lemma, 0) for lemma in of)
            for lemma in of:
                shared[lemma] += count * (weights.get(lemma, 0) / total if total else 1 / len(of))
        weights = _by_other_words(words, lemmas, shared)
    return dict(shared)


def _lemmas(word: str, morphology: Morphology) -> set[str]:
    readings = morphology.readings(word)
    fixed = any(reading.lemma == word and reading.values & _UNINFLECTED for reading in readings)
    return {word} if fixed else {reading.lemma for reading in readings}


def _by_other_words(
    words: Mapping[str, float], lemmas: Mapping[str, set[str]], shared: Mapping[str, float]
) -> dict[str, float]:
    """What each lemma counts by its unmistakable forms, and a little of what it was given."""
    own: dict[str, float] = defaultdict(float)
    for word, count in words.items():
        if len(lemmas[word]) == 1:
            own[next(iter(lemmas[word]))] += count
    return {lemma: own[lemma] + 0.01 * count for lemma, count in shared.items()}


def ranks(morphology: Morphology) -> dict[str, int]:
    """Lemma -> its rank in Polish of all kinds, 1 for the most frequent, by wordfreq's counts."""
    from wordfreq import get_frequency_dict, top_n_list

    listed = get_frequency_dict("pl")
    counts = lemma_counts({word: listed[word] for word in top_n_list("pl", _LISTED)}, morphology)
    ordered = sorted(counts, key=lambda lemma: (-counts[lemma], lemma))
    found: dict[str, int] = {}
    for rank, lemma in enumerate(ordered, 1):
        found.setdefault(lemma.casefold(), rank)
    return found


def rank_of(text: str, of: Mapping[str, int], morphology: Morphology) -> int | None:
    """The rank of a word, or of the lemma that it is a form of (*pierogi*: *pieróg*)."""
    word = text.removesuffix(" się").casefold()
    known = [of[lemma] for reading in morphology.readings(word) if (lemma := reading.lemma.casefold()) in of]
    return of.get(word) or min(known, default=None)
