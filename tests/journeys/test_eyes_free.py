"""The Audio Gym with eyes free: a word is heard, turned over and graded, on the Listen track alone."""

from __future__ import annotations

import pytest
from helpers import assert_projections_are_folds, described

from tutor.drills.drill import Ask
from tutor.errors import UsageError
from tutor.memory.review import Rating
from tutor.memory.tracks import EYES_FREE, Mode, Track
from tutor.practice import Tutor


def test_each_word_is_only_heard_and_graded_by_two_buttons(practising: Tutor) -> None:
    session = practising.start(EYES_FREE, 6, seed=1)
    graded = 0
    while (drill := session.next()) and graded < 4:
        if drill.meeting:
            session.answer(drill)
            continue
        assert (drill.ask, drill.track, drill.mode) == (Ask.GRADE, Track.AUDIO, Mode.AUDIO)
        assert drill.item
        assert (drill.say, drill.answer) == (drill.item.text, drill.item.meaning)
        assert list(session.previews(drill)) == [Rating.AGAIN, Rating.GOOD]
        rating = 1 if graded == 0 else 3
        assert session.answer(drill, rating=rating, response_ms=2000).due
        graded += 1
    assert graded == 4
    kept = practising.database.raw.execute(
        "SELECT track, mode, rating FROM review ORDER BY hlc DESC LIMIT 4"
    ).fetchall()
    assert kept == [("audio", "audio", 3)] * 3 + [("audio", "audio", 1)]
    assert_projections_are_folds(practising)


def test_it_resumes_as_it_was(practising: Tutor) -> None:
    session = practising.start(EYES_FREE, 6, seed=1)
    drill = session.next()
    again = practising.resume()
    assert again
    assert described(again.next()) == described(drill)


def test_an_unknown_mode_tells_of_it(practising: Tutor) -> None:
    with pytest.raises(UsageError, match="eyes-free"):
        practising.start("nonsense")
