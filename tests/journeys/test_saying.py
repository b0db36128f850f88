"""Saying an item for oneself: heard and kept with what was off in it, and no review, whatever comes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from spoken import COFFEE, SLIP, hearing, opened, rows, said, write_spoken_course

from tutor import library, settings
from tutor.clock import ManualClock
from tutor.course.item import Item
from tutor.drills.feedback import Verdict
from tutor.drills.speaker import Speaker
from tutor.errors import DatabaseError
from tutor.practice import Tutor
from tutor.saying import listen, say_for_oneself
from tutor.speech.ear import Take
from tutor.speech.evaluation import Hearing, SpeechResult
from tutor.speech.recording import Recording, read_recording
from tutor.speech.recordings import KeepRecordings

SILENCE = Recording(np.zeros(32_000, np.float32))


@pytest.fixture(scope="module")
def spoken_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_spoken_course(tmp_path_factory.mktemp("spoken"))


@pytest.fixture
def speaker(tmp_path: Path, spoken_course: Path, clock: ManualClock) -> Iterator[Tutor]:
    """A tutor that hears; nothing was learned yet."""
    with opened(tmp_path / "data", spoken_course, clock) as tutor:
        hearing(tutor)
        yield tutor


def coffee(tutor: Tutor) -> Item:
    """The phrase that the model of the tests knows."""
    (row,) = library.find(tutor, library.Wanted(query=COFFEE)).rows
    return library.page(tutor, row.id).item


def recordings(tutor: Tutor) -> list[Path]:
    return list((tutor.folder / "recordings").rglob("*.ogg"))


def test_what_was_said_right_is_an_attempt_of_nobodys_answer_with_its_recording(speaker: Tutor) -> None:
    item = coffee(speaker)
    take = listen(speaker, item, said(COFFEE))
    told = say_for_oneself(speaker, item, take)
    assert told
    assert [(word.text, word.verdict) for word in told.words] == [
        (word.strip("."), Verdict.GOOD) for word in COFFEE.split()
    ]
    (attempt,) = rows(speaker, "phrase_attempt")
    assert (attempt["answer_id"], attempt["item"], attempt["expected"]) == (None, item.id, COFFEE)
    assert attempt["accuracy"] == pytest.approx(take.result.accuracy / 100)
    assert [word["text"] for word in json.loads(attempt["words"])] == COFFEE.split()
    file = speaker.speaking.recordings.find(attempt["audio_ref"])
    assert file and abs(read_recording(file).seconds - take.recording.seconds) < 0.1


def test_a_sound_that_was_off_is_a_mistake_that_is_told_and_never_costs(speaker: Tutor) -> None:
    item = coffee(speaker)
    before = speaker.stats()
    told = say_for_oneself(speaker, item, listen(speaker, item, said(SLIP)))
    assert told and told.worst == 1
    assert told.words[1].told.startswith("*w* sounded like *b*. ")
    (mistake,) = rows(speaker, "mistake")
    assert (mistake["answer_id"], mistake["concept"], mistake["raw_text"]) == (None, "sound:w", "v b kawę")
    assert rows(speaker, "review") == []
    assert speaker.stats() == before
    assert library.page(speaker, item.id).stories == ()


def test_the_stamp_of_an_attempt_is_kept_so_that_later_ones_come_after_it(speaker: Tutor) -> None:
    item = coffee(speaker)
    say_for_oneself(speaker, item, listen(speaker, item, said(COFFEE)))
    (attempt,) = rows(speaker, "phrase_attempt")
    with speaker.database.read() as connection:
        (kept,) = connection.exec_driver_sql("SELECT hlc FROM device").one()
    assert kept >= attempt["hlc"]


def test_silence_leaves_nothing_behind(speaker: Tutor) -> None:
    item = coffee(speaker)
    take = listen(speaker, item, SILENCE)
    assert take.result.hearing is Hearing.NOTHING
    assert say_for_oneself(speaker, item, take) is None
    assert (rows(speaker, "phrase_attempt"), recordings(speaker)) == ([], [])


def test_what_no_model_heard_is_kept_to_be_compared_by_ear(speaker: Tutor) -> None:
    item = coffee(speaker)
    take = Take(said(COFFEE), SpeechResult(Hearing.UNHEARD, item.text, ""))
    assert say_for_oneself(speaker, item, take) is None
    (attempt,) = rows(speaker, "phrase_attempt")
    assert (attempt["accuracy"], attempt["words"], attempt["expected"]) == (None, None, COFFEE)
    assert speaker.speaking.recordings.find(attempt["audio_ref"])


def test_recordings_that_are_never_kept_are_not_kept_here(speaker: Tutor) -> None:
    settings.change(speaker, recordings=KeepRecordings.NEVER)
    item = coffee(speaker)
    say_for_oneself(speaker, item, listen(speaker, item, said(COFFEE)))
    (attempt,) = rows(speaker, "phrase_attempt")
    assert (attempt["audio_ref"], recordings(speaker)) == (None, [])


def test_what_cannot_be_saved_leaves_no_recording(speaker: Tutor) -> None:
    item = coffee(speaker)
    take = listen(speaker, item, said(COFFEE))
    speaker.database.raw.execute(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON phrase_attempt"
        " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    )
    with pytest.raises(DatabaseError):
        say_for_oneself(speaker, item, take)
    assert (rows(speaker, "phrase_attempt"), recordings(speaker)) == ([], [])


def test_it_is_judged_as_it_is_written_or_as_this_learner_says_it_of_themselves(speaker: Tutor) -> None:
    phrase = replace(
        coffee(speaker), text="Chciałbym kawę z mlekiem.",
        accept=("Chciałabym kawę z mlekiem.", "Poproszę kawę z mlekiem."),
    )  # fmt: skip
    by_a_woman = said("Chciałabym kawę z mlekiem")
    assert listen(speaker, phrase, by_a_woman).result.expected == phrase.text
    assert listen(speaker, phrase, said(COFFEE)).result.expected == phrase.text
    settings.change(speaker, speaker=Speaker.FEMININE)
    assert listen(speaker, phrase, by_a_woman).result.expected == phrase.accept[0]
