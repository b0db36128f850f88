"""The voice that the learner chose, and making all sounds at once."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from helpers import START, ZONE

from tests.speech.voices import QuietVoice
from tutor import settings, voicing
from tutor.clock import ManualClock
from tutor.errors import Cancelled, SpeechError, UsageError
from tutor.long_work import Doing, Progress
from tutor.practice import Tutor


@pytest.fixture
def voices() -> tuple[QuietVoice, QuietVoice]:
    return QuietVoice("low"), QuietVoice("high")


def opened(used: Path, courses: Path, voices: tuple[QuietVoice, ...]) -> Tutor:
    return Tutor.open(used, ManualClock(START), timezone=ZONE, courses=courses, voices=voices)


def test_the_chosen_voice_speaks_also_after_a_restart(
    used: Path, courses: Path, voices: tuple[QuietVoice, QuietVoice]
) -> None:
    low, high = voices
    with opened(used, courses, voices) as tutor:
        assert tutor.voice.name == "low", "the first where none was chosen"
        settings.change(tutor, voice="high")
        assert tutor.voice.clip("kawa")
    with opened(used, courses, voices) as tutor:
        assert tutor.voice.clip("herbata")
    assert (low.asked, high.asked) == ([], [("kawa", 1.0), ("herbata", 1.0)])


def test_on_a_device_without_the_chosen_voice_the_first_speaks(
    used: Path, courses: Path, voices: tuple[QuietVoice, QuietVoice]
) -> None:
    with opened(used, courses, voices) as tutor:
        settings.change(tutor, voice="high")
    with opened(used, courses, voices[:1]) as tutor:
        assert tutor.voice.name == "low"
        assert tutor.settings.voice == "high", "and the choice stays for the device that has it"


def test_a_voice_that_is_not_here_cannot_be_chosen(
    used: Path, courses: Path, voices: tuple[QuietVoice, QuietVoice]
) -> None:
    with opened(used, courses, voices) as tutor:
        with pytest.raises(UsageError, match="low, high"):
            settings.change(tutor, voice="higher")
        assert tutor.settings.voice == ""


def test_every_sound_of_what_was_met_is_made_once_and_in_the_chosen_voice_again(
    used: Path, courses: Path, voices: tuple[QuietVoice, QuietVoice]
) -> None:
    low, high = voices
    with opened(used, courses, voices) as tutor:
        told: list[Progress] = []
        done = voicing.voice_all(tutor, told.append)
        assert done.sounds == len(low.asked) == len(set(low.asked)) > voicing.count(tutor) == len(told)
        assert done.seconds == pytest.approx(0.5 * done.sounds)
        assert {one.what for one in told} == {Doing.VOICING}
        assert [one.share for one in told] == sorted(one.share for one in told)
        with tutor.database.read() as connection:
            met = connection.exec_driver_sql(
                "SELECT text FROM item WHERE id IN (SELECT item FROM user_progress WHERE track = 'visual')"
            )
            assert {text for (text,) in met} <= {text for text, _rate in low.asked}
        assert voicing.voice_all(tutor) == done
        assert len(low.asked) == done.sounds, "what is there is not made again"
        settings.change(tutor, voice="high")
        voicing.voice_all(tutor)
        assert high.asked == low.asked


def test_it_can_be_stopped_anywhere_and_goes_on_from_there(
    used: Path, courses: Path, voices: tuple[QuietVoice, QuietVoice]
) -> None:
    low, _high = voices
    count = itertools.count()

    def told(_progress: Progress) -> None:
        if next(count) == 3:
            raise Cancelled("Stopped.")

    with opened(used, courses, voices) as tutor:
        with pytest.raises(Cancelled):
            voicing.voice_all(tutor, told)
        made = len(low.asked)
        assert made
        done = voicing.voice_all(tutor)
        assert len(low.asked) == len(set(low.asked)) == done.sounds > made


def test_a_tutor_that_is_closed_meanwhile_ends_it(
    used: Path, courses: Path, voices: tuple[QuietVoice, QuietVoice]
) -> None:
    with opened(used, courses, voices) as tutor, pytest.raises(Cancelled):
        voicing.voice_all(tutor, lambda progress: tutor.close() if progress.done == 2 else None)


def test_what_goes_wrong_is_told_and_not_passed_over(
    used: Path, courses: Path, voices: tuple[QuietVoice, QuietVoice]
) -> None:
    voices[0].broken = True
    with opened(used, courses, voices) as tutor, pytest.raises(SpeechError):
        voicing.voice_all(tutor)
    with opened(used, courses, ()) as mute, pytest.raises(SpeechError, match="No voice"):
        voicing.voice_all(mute)
