"""Sound in a session: made when needed, made ahead, and never in the way."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from helpers import START, ZONE

from tests.speech.voices import QuietVoice
from tutor.clock import ManualClock
from tutor.practice import Tutor


@pytest.fixture
def voice() -> QuietVoice:
    return QuietVoice()


def opened(folder: Path, courses: Path, voice: QuietVoice) -> Tutor:
    return Tutor.open(folder, ManualClock(START), timezone=ZONE, courses=courses, voices=(voice,))


def rows(tutor: Tutor) -> int:
    with tutor.database.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM cached_audio").scalar_one())


def test_what_the_next_three_drills_say_is_spoken_before_it_is_needed(
    tmp_path: Path, courses: Path, voice: QuietVoice
) -> None:
    with opened(tmp_path, courses, voice) as tutor:
        wanted: set[str] = set()
        session = tutor.start(seed=1)
        while session.progress.done < 4 and (drill := session.next()):
            assert drill.item
            wanted |= {drill.say, *([drill.sentence.text] if drill.sentence else [])}
            session.answer(drill) if drill.meeting else session.answer(drill, rating=3)
        while session.undo():
            pass
        made = threading.Event()
        voice.meanwhile = lambda: made.set() if wanted <= {text for text, _ in voice.asked} else None
        session.prepare_speech()
        assert made.wait(30), wanted - {text for text, _ in voice.asked}


def test_what_was_spoken_once_is_not_made_again(tmp_path: Path, courses: Path, voice: QuietVoice) -> None:
    with opened(tmp_path, courses, voice) as tutor:
        first, second = tutor.voice.clip("kawa"), tutor.voice.clip("kawa")
        slow = tutor.voice.clip("kawa", slow=True)
    assert first and second and slow
    assert first.path == second.path != slow.path
    assert voice.asked == [("kawa", 1.0), ("kawa", 0.75)]


def test_a_voice_that_fails_leaves_nothing_behind_and_the_session_goes_on(
    tmp_path: Path, courses: Path, voice: QuietVoice
) -> None:
    voice.broken = True
    with opened(tmp_path, courses, voice) as tutor:
        session = tutor.start(seed=1)
        drill = session.next()
        assert drill
        session.prepare_speech()
        assert tutor.voice.clip(drill.say) is None
        session.answer(drill)
        assert session.progress.done == 1
        assert rows(tutor) == 0
    assert not [path for path in (tmp_path / "audio").rglob("*") if path.is_file()]


def test_a_clip_that_is_asked_for_while_it_is_made_ahead_is_made_once(
    tmp_path: Path, courses: Path, voice: QuietVoice
) -> None:
    with opened(tmp_path, courses, voice) as tutor:
        tutor.voice.ahead(["kawa"] * 3)
        assert tutor.voice.clip("kawa")
    with opened(tmp_path, courses, voice) as tutor:
        assert rows(tutor) == 1
    assert voice.asked == [("kawa", 1.0)]
