"""From a marked answer to one of FSRS's four ratings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median

from tutor.memory.marking import Mark
from tutor.memory.review import Help, Rating
from tutor.memory.tracks import MODES, Mode

EASY_SHARE = 0.6
"""An answer is Easy when it is faster than this share of the learner's own median."""

SLOW_SHARE = 3.0
"""A choice is Hard when it is slower than this multiple of that median."""

ENOUGH_ANSWERS = 20
"""Answers of one mode and length before a median of the learner's own is trusted."""

FIRST_EASY_MS: Mapping[Mode, int] = {Mode.PHRASE: 1000, Mode.SYNTAX: 2500, Mode.CONTEXT: 5000}
"""What counts as Easy before the learner's own median is known; other choices OTHER_CHOICE_MS."""

OTHER_CHOICE_MS = 1500


def length_band(text: str) -> int:
    """Answers are timed against others of like length: 0 for a word, 1 for up to three, 2 for more."""
    words = len(text.split())
    return 0 if words <= 1 else 1 if words <= 3 else 2


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast this learner usually answers: the median in ms by mode and length band."""

    medians: Mapping[tuple[str, int], float] = field(default_factory=dict)

    @classmethod
    def of(cls, answers: Iterable[tuple[str, int, int]]) -> Pace:
        """From (mode, length band, response ms) of right answers; bands with too few are left out."""
        times: dict[tuple[str, int], list[int]] = {}
        for mode, band, ms in answers:
            times.setdefault((mode, band), []).append(ms)
        return cls({key: median(ms) for key, ms in times.items() if len(ms) >= ENOUGH_ANSWERS})

    def is_easy(self, mode: Mode, band: int, response_ms: int) -> bool:
        """Whether an answer came fast enough to be Easy."""
        usual = self.medians.get((mode, band))
        if usual is not None:
            return response_ms < EASY_SHARE * usual
        limit = FIRST_EASY_MS.get(mode, OTHER_CHOICE_MS if MODES[mode].choice else 0)
        return response_ms < limit

    def is_slow(self, mode: Mode, band: int, response_ms: int) -> bool:
        """Whether a choice took so long that it was hard. Time tells nothing in other modes."""
        usual = self.medians.get((mode, band))
        return MODES[mode].choice and usual is not None and response_ms > SLOW_SHARE * usual


def grade_spoken(
    *,
    right_words: bool,
    well: bool,
    mode: Mode,
    band: int = 0,
    help_used: Help = Help.NONE,
    response_ms: int | None = None,
    pace: Pace | None = None,
    cap: Rating = Rating.EASY,
) -> Rating:
    """The rating of something said aloud. How it sounded alone never gives Again: scores are estimates.

    `right_words`: none is missing, and none is another; `well`: every sound came out.
    """
    mark = Mark.WRONG if not right_words else Mark.EXACT if well else Mark.TAIL
    return grade(mark, mode=mode, band=band, help_used=help_used, response_ms=response_ms, pace=pace, cap=cap)


def grade(
    mark: Mark,
    *,
    mode: Mode,
    band: int = 0,
    help_used: Help = Help.NONE,
    response_ms: int | None = None,
    pace: Pace | None = None,
    cap: Rating = Rating.EASY,
) -> Rating:
    """The rating of a first attempt. `cap` is Good for first tests and returns; no `pace`, no timing."""
    if help_used is Help.OVERRIDE:
        rating = Rating.GOOD
    elif help_used is Help.SHOWN:
        rating = Rating.AGAIN
    elif mark in (Mark.EXACT, Mark.SLIP, Mark.HOMOPHONE, Mark.PARAPHRASE):
        rating = Rating.GOOD
        if help_used is Help.HINT:
            rating = Rating.HARD
        elif pace and response_ms is not None:
            if mark is Mark.EXACT and pace.is_easy(mode, band, response_ms):
                rating = Rating.EASY
            elif pace.is_slow(mode, band, response_ms):
                rating = Rating.HARD
    elif mark is Mark.TAIL:
        rating = Rating.HARD
    else:
        rating = Rating.AGAIN
    return min(rating, cap)
