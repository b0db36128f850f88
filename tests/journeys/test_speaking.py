"""Saying it aloud in a session: what is heard is judged, kept and remembered; what failed counts nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from helpers import START
from spoken import (
    COFFEE,
    SLIP,
    coffee,
    heard,
    hearing,
    opened,
    ready,
    rows,
    said,
    speaking,
    spoken_reviews,
    write_spoken_course,
)

from tutor import settings
from tutor.clock import ManualClock
from tutor.drills.drill import Ask
from tutor.drills.feedback import Verdict
from tutor.errors import UsageError
from tutor.memory.review import Help, Rating
from tutor.memory.tracks import Mode, Track
from tutor.practice import Tutor
from tutor.speech.ear import Take
from tutor.speech.evaluation import Hearing
from tutor.speech.recording import Recording, read_recording
from tutor.speech.recordings import KeepRecordings

np = pytest.importorskip("numpy")


@pytest.fixture(scope="module")
def spoken_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lesson whose phrases the model of the tests knows, and the sounds of Polish."""
    return write_spoken_course(tmp_path_factory.mktemp("spoken"))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def speaker(tmp_path: Path, spoken_course: Path, clock: ManualClock) -> Iterator[Tutor]:
    """A tutor that hears, with both phrases ready to be spoken."""
    with opened(tmp_path / "data", spoken_course, clock) as tutor:
        hearing(tutor)
        ready(tutor)
        yield tutor


def test_a_phrase_said_right_is_good_and_comes_back_later(speaker: Tutor) -> None:
    session, drill = speaking(speaker)
    outcome = session.speak(drill, heard(speaker, drill, drill.answer))
    assert outcome and outcome.feedback and outcome.due
    assert (outcome.feedback.verdict, outcome.feedback.rating) == (Verdict.GOOD, Rating.GOOD)
    assert outcome.feedback.said and outcome.feedback.said.total >= 80
    assert [word.verdict for word in outcome.feedback.said.words] == [Verdict.GOOD] * len(
        drill.answer.split()
    )


def test_a_sound_that_differs_is_nearly_named_with_what_to_do_and_never_again(speaker: Tutor) -> None:
    session, drill = coffee(speaker)
    outcome = session.speak(drill, heard(speaker, drill, SLIP))
    assert outcome and outcome.feedback and outcome.feedback.said
    assert (outcome.feedback.verdict, outcome.feedback.rating) == (Verdict.NEARLY, Rating.HARD)
    worst = outcome.feedback.said.words[outcome.feedback.said.worst or 0]
    assert worst.text == "kawę"
    assert [(sound.letters, sound.phone) for sound in worst.sounds if sound.differs] == [("w", "v")]
    assert worst.told.startswith("*w* sounded like *b*. ")
    assert outcome.feedback.headline == "Nearly, one sound"


@pytest.mark.parametrize("wrong", ["Poproszę herbatę z mlekiem", "Poproszę kawę"])
def test_a_wrong_or_a_missing_word_is_again(speaker: Tutor, wrong: str) -> None:
    session, drill = coffee(speaker)
    outcome = session.speak(drill, heard(speaker, drill, wrong))
    assert outcome and outcome.feedback
    assert (outcome.feedback.verdict, outcome.feedback.rating) == (Verdict.AGAIN, Rating.AGAIN)


def test_an_attempt_keeps_scores_words_time_recording_and_the_review_that_it_led_to(speaker: Tutor) -> None:
    session, drill = coffee(speaker)
    before = len(spoken_reviews(speaker))
    take = heard(speaker, drill, SLIP, waited_ms=700)
    session.speak(drill, take)
    (attempt,) = [row for row in rows(speaker, "phrase_attempt") if row["accuracy"]]
    review = spoken_reviews(speaker)[before]
    assert attempt["answer_id"] == review["id"]
    assert attempt["response_ms"] == review["response_ms"] == 700 + take.result.start_ms
    assert attempt["transcript"] == take.result.heard
    assert attempt["accuracy"] == pytest.approx(take.result.accuracy / 100)
    assert attempt["fluency"] == pytest.approx(take.result.fluency / 100)
    assert attempt["completeness"] == 1.0
    assert 0 < attempt["phonetic_distance"] < 0.2
    assert 0 < attempt["semantic_score"] < 1
    words = json.loads(attempt["words"])
    assert [word["text"] for word in words] == COFFEE.split()
    assert ["v", "b"] in words[1]["phones"]
    file = speaker.speaking.recordings.find(attempt["audio_ref"])
    assert file and abs(read_recording(file).seconds - take.recording.seconds) < 0.1


def test_a_weak_sound_is_a_mistake_with_its_concept(speaker: Tutor) -> None:
    session, drill = coffee(speaker)
    session.speak(drill, heard(speaker, drill, SLIP))
    (mistake,) = rows(speaker, "mistake")
    assert (mistake["concept"], mistake["subtype"], mistake["raw_text"]) == (
        "sound:w", "sound", "v b kawę",
    )  # fmt: skip
    assert mistake["answer_id"] == spoken_reviews(speaker)[-1]["id"]


def test_silence_counts_for_nothing_and_the_drill_waits(speaker: Tutor) -> None:
    session, drill = speaking(speaker)
    silent = Recording(np.zeros(32_000, np.float32))
    take = speaker.speaking.listen(drill, silent)
    assert take.result.hearing is Hearing.NOTHING
    assert session.speak(drill, take) is None
    assert session.next() == drill
    assert rows(speaker, "phrase_attempt") == []
    assert not list((speaker.folder / "recordings").rglob("*.ogg"))


def test_noise_that_hides_what_was_said_is_an_attempt_and_no_review(speaker: Tutor) -> None:
    session, drill = coffee(speaker)
    loud = said(COFFEE).samples
    padded = np.pad(loud, 8000)
    noise = np.random.default_rng(3).normal(size=len(padded)).astype(np.float32)
    take = speaker.speaking.listen(drill, Recording(np.clip(padded + noise * np.abs(loud).mean() * 3, -1, 1)))
    assert take.result.hearing is Hearing.NOISY
    before = spoken_reviews(speaker)
    assert session.speak(drill, take) is None
    assert spoken_reviews(speaker) == before
    assert [row["answer_id"] for row in rows(speaker, "phrase_attempt") if row["expected"] == COFFEE][
        -1
    ] is None
    assert session.next() == drill


def test_saying_it_again_is_an_attempt_and_costs_nothing(speaker: Tutor) -> None:
    session, drill = coffee(speaker)
    session.speak(drill, heard(speaker, drill, "Poproszę kawę"))
    kept, xp = spoken_reviews(speaker), speaker.stats().xp
    told = session.speak_again(drill, heard(speaker, drill, COFFEE))
    assert told and told.verdict is Verdict.GOOD
    assert spoken_reviews(speaker) == kept
    assert speaker.stats().xp == xp
    tries = [row for row in rows(speaker, "phrase_attempt") if row["answer_id"] == kept[-1]["id"]]
    assert len(tries) == 2


def test_undo_takes_the_attempt_and_its_mistakes_with_the_answer(speaker: Tutor) -> None:
    session, drill = coffee(speaker)
    session.speak(drill, heard(speaker, drill, SLIP))
    answer = spoken_reviews(speaker)[-1]["id"]
    assert session.undo() == drill
    undone = {row["answer_id"] for row in rows(speaker, "undo")}
    assert undone == {answer}
    assert {row["answer_id"] for row in rows(speaker, "mistake")} == {answer}


def test_the_learners_own_verdict_overrides(speaker: Tutor) -> None:
    session, drill = coffee(speaker)
    session.speak(drill, heard(speaker, drill, "Poproszę kawę"))
    outcome = session.was_right()
    assert outcome.feedback and outcome.feedback.said
    assert (outcome.feedback.verdict, outcome.feedback.rating) == (Verdict.GOOD, Rating.GOOD)
    last = spoken_reviews(speaker)[-1]
    assert (last["rating"], last["help"]) == (3, "override")


def test_without_a_model_it_is_graded_by_oneself_with_its_recording(
    tmp_path: Path, spoken_course: Path, clock: ManualClock
) -> None:
    from tutor.speech.evaluation import SpeechResult

    with opened(tmp_path / "data", spoken_course, clock) as tutor:
        ready(tutor)
        assert not tutor.speaking.hears
        session, drill = speaking(tutor)
        take = Take(said(COFFEE), SpeechResult(Hearing.UNHEARD, drill.answer, ""))
        outcome = session.answer(drill, rating=2, take=take)
        assert outcome.feedback and outcome.feedback.rating is Rating.HARD
        (attempt,) = rows(tutor, "phrase_attempt")
        assert (attempt["accuracy"], attempt["words"]) == (None, None)
        assert attempt["answer_id"] == spoken_reviews(tutor)[-1]["id"]
        assert tutor.speaking.recordings.find(attempt["audio_ref"])


def test_a_mixed_session_speaks_once_somebody_can_be_heard(
    tmp_path: Path, spoken_course: Path, clock: ManualClock
) -> None:
    with opened(tmp_path / "data", spoken_course, clock) as tutor:
        ready(tutor, speech=5.0)
        before = tutor.start("mix", 20, seed=1)
        assert not before.speaks
        hearing(tutor)
        assert tutor.start("mix", 20, seed=1).speaks


def test_not_now_puts_speaking_off_and_leaves_it_due(speaker: Tutor) -> None:
    session, _drill = speaking(speaker)
    session.cannot_speak()
    while drill := session.next():
        assert drill.track is not Track.SPEECH
        session.answer(drill, None, help=Help.SHOWN)
    assert spoken_reviews(speaker) == []


def test_who_writes_it_instead_gets_a_verdict_and_the_card_stays_due(speaker: Tutor) -> None:
    session, drill = coffee(speaker)
    kept = spoken_reviews(speaker)
    told = session.write_instead(drill, "poprosze kawe z mlekiem")
    assert told.verdict is Verdict.GOOD
    assert spoken_reviews(speaker) == kept
    following = session.next()
    assert following != drill
    again = speaker.resume()
    assert again is None or again.next() == following


def test_a_strong_phrase_is_answered_to_the_tutors_line(speaker: Tutor) -> None:
    ready(speaker, speech=30.0)
    session = speaker.start(Mode.RESPOND, 20, seed=1)
    drills = []
    while drill := session.next():
        drills.append(drill)
        if drill.ask is Ask.SPEAK:
            session.answer(drill, rating=3)
        elif drill.meeting:
            session.answer(drill)
        else:
            session.answer(drill, None, help=Help.SHOWN)
    answered = [drill for drill in drills if drill.mode is Mode.RESPOND]
    assert answered
    assert answered[0].line == "Co dla pani?"
    assert answered[0].prompt == "Ask for a coffee with milk."
    assert answered[0].accepted == (COFFEE,)


def test_another_accepted_answer_is_as_right(speaker: Tutor) -> None:
    _session, drill = coffee(speaker)
    recording = said("Dziękuję bardzo")
    result = speaker.speaking.ear.evaluate(recording, drill.answer, ("Dziękuję bardzo.",))
    assert result.passed
    assert result.expected == "Dziękuję bardzo."


@pytest.mark.parametrize(
    ("kept", "after_six_days", "after_eight"),
    [(KeepRecordings.NEVER, 0, 0), (KeepRecordings.WEEK, 1, 0), (KeepRecordings.ALWAYS, 1, 1)],
)
def test_recordings_stay_as_long_as_was_set(
    speaker: Tutor, clock: ManualClock, kept: KeepRecordings, after_six_days: int, after_eight: int
) -> None:
    import os

    settings.change(speaker, recordings=kept)
    session, drill = coffee(speaker)
    session.speak(drill, heard(speaker, drill, COFFEE))
    files = list((speaker.folder / "recordings").rglob("*.ogg"))
    for file in files:
        os.utime(file, (START.timestamp(), START.timestamp()))
    for days, left in ((6, after_six_days), (8, after_eight)):
        clock.at = START + timedelta(days=days)
        speaker.start()
        assert len([file for file in files if file.is_file()]) == left
    attempt = [row for row in rows(speaker, "phrase_attempt") if row["accuracy"]][-1]
    assert attempt["words"]


def test_what_cannot_be_kept_leaves_neither_file_nor_row(
    speaker: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tutor.store import attempts

    session, drill = coffee(speaker)
    before = rows(speaker, "phrase_attempt"), spoken_reviews(speaker)

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    take = heard(speaker, drill, COFFEE)
    monkeypatch.setattr(attempts, "append", full)
    with pytest.raises(OSError, match="No space"):
        session.speak(drill, take)
    monkeypatch.undo()
    assert (rows(speaker, "phrase_attempt"), spoken_reviews(speaker)) == before
    assert not [f for f in (speaker.folder / "recordings").rglob("*.ogg") if f.stem not in
                {row["id"] for row in before[0]}]  # fmt: skip
    assert session.speak(drill, take)


def test_only_what_is_to_be_said_can_be_spoken(speaker: Tutor) -> None:
    session, drill = speaking(speaker)
    with pytest.raises(UsageError):
        session.answer(drill, "tekst")
    with pytest.raises(UsageError):
        session.speak_again(drill, heard(speaker, drill, COFFEE))
