"""Which sounds stood out in what was said in the last week is told from the log, and from nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from helpers import COURSE, START, ZONE, mini_course

from tests.speech.voices import QuietVoice
from tutor import contrasts, weak_sounds
from tutor.cli.learning import stats
from tutor.clock import ManualClock, SystemClock
from tutor.contrasts import Heard
from tutor.course.item import Note
from tutor.course.spoken_sounds import FILE
from tutor.drills.spoken import mistakes_of
from tutor.ids import new_id
from tutor.practice import Tutor
from tutor.resources import COURSES
from tutor.speech.evaluation import Hearing, SpeechResult, SpokenWord
from tutor.speech.synthesizer import installed_voices
from tutor.store import attempts, mistakes, reviews
from tutor.store.attempts import Attempt, Spoken
from tutor.weak_sounds import sounds_to_work_on, spoke_lately

PROSZE = (("p", "p"), ("r", "r"), ("ɔ", "ɔ"), ("ʃ", "ʃ"), ("ɛ", "ɛ"))
SZUKAM = (("ʃ", "ʃ"), ("u", "u"), ("k", "k"), ("a", "a"), ("m", "m"))
WORDS = {"proszę": PROSZE, "szukam": SZUKAM, "się": (("ɕ", "ɕ"), ("ɛ", "ɛ"))}


@dataclass
class Learner:
    """Someone who says things, as a session would write them down."""

    tutor: Tutor
    clock: ManualClock

    def say(self, text: str, heard: Sequence[tuple[str, str | None]] = (), *, answer: str | None = None,
            missed: bool = False, override: bool = False) -> None:  # fmt: skip
        """Say a word, of which some phones are `heard` as others."""
        pairs = tuple((phone, dict(heard).get(phone, phone)) for phone, _same in WORDS[text])
        word = SpokenWord(text, 50.0, 0.1 if missed else 0.9, pairs, missed, 0.0, 1.0)
        result = SpeechResult(Hearing.HEARD, text, text, (word,))
        stamp = self.tutor.stamps.tick()
        noted = ({"text": text, "score": 50.0, "fit": word.fit, "phones": pairs},)
        attempt = Attempt(
            new_id(stamp.ms), self.tutor.learner.id, self.tutor.device, str(stamp), answer, "item", text,
            text, 0.5, 1000, stamp.at, Spoken(1.0, 1.0, 1.0, 0.1, noted, None),
        )  # fmt: skip
        spoken_sounds = weak_sounds._sounds(self.tutor)
        with self.tutor.database.write() as connection:
            attempts.append(connection, attempt)
            for one in () if override else mistakes_of(result, spoken_sounds):
                mistakes.append(connection, attempt, one.concept, one.subtype, one.raw)

    def take_back(self, answer: str) -> None:
        stamp = self.tutor.stamps.tick()
        with self.tutor.database.write() as connection:
            reviews.undo(
                connection, new_id(stamp.ms), self.tutor.learner.id, self.tutor.device, str(stamp), answer,
                stamp.at,
            )  # fmt: skip

    def hear(self, said: str, chosen: str) -> None:
        note = Note("sz-cz", "", "", "lesson", contrasts=((said, chosen),))
        contrasts.answer(self.tutor, Heard(note, (said, chosen), said), chosen)

    @property
    def told(self) -> dict[str, tuple[int, int]]:
        """Each sound that is told of: how often it was off, and came up."""
        return {one.sound.key: (one.off, one.said) for one in sounds_to_work_on(self.tutor)}


@pytest.fixture(scope="module")
def with_sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small course that tells of the sounds of Polish."""
    root = mini_course(tmp_path_factory.mktemp("with-sounds"))
    shutil.copy(COURSES / "pl-en" / FILE, root / COURSE / FILE)
    return root


@pytest.fixture
def learner(tmp_path: Path, clock: ManualClock, with_sounds: Path) -> Iterator[Learner]:
    with Tutor.open(tmp_path, clock, timezone=ZONE, courses=with_sounds, voices=()) as tutor:
        yield Learner(tutor, clock)


def test_a_sound_that_was_off_again_and_again_is_told_with_its_words(learner: Learner) -> None:
    learner.say("proszę", [("ʃ", "ɕ")])
    learner.say("proszę")
    learner.say("szukam", [("ʃ", "ɕ")])
    learner.say("proszę", [("ʃ", None)])
    (weak,) = sounds_to_work_on(learner.tutor)
    assert (weak.sound.name, weak.off, weak.said) == ("sz", 3, 4)
    assert weak.words == ("proszę", "szukam")
    assert weak.hint == "sz is the darker one: tongue back, lips round."
    assert {pair.sounds for pair in weak.pairs} == {("sz", "s-acute")}


def test_what_it_came_out_as_is_known_by_the_ipa_that_people_are_shown(learner: Learner) -> None:
    for _time in range(2):
        learner.say("się", [("ɕ", "ʃ")])
    (weak,) = sounds_to_work_on(learner.tutor)
    assert weak.hint == "ś is the lighter one: smile, and raise the middle of the tongue."


def test_where_it_came_out_as_many_others_it_is_told_how_it_is_made(learner: Learner) -> None:
    learner.say("proszę", [("ʃ", "ɕ")])
    learner.say("proszę", [("ʃ", "s")])
    (weak,) = sounds_to_work_on(learner.tutor)
    assert weak.hint == weak.sound.hint


def test_once_is_chance_and_so_is_a_slip_in_a_sound_that_comes_up_all_the_time(learner: Learner) -> None:
    learner.say("proszę", [("ʃ", "ɕ")])
    assert learner.told == {}
    for _time in range(19):
        learner.say("proszę")
    learner.say("proszę", [("ʃ", "ɕ")])
    assert learner.told == {}
    learner.say("proszę", [("ʃ", "ɕ")])
    assert learner.told == {"sz": (3, 22)}


def test_those_come_first_that_are_off_often_and_most_of_the_time(learner: Learner) -> None:
    learner.say("proszę", [("p", "b"), ("r", "l"), ("ɔ", "a"), ("ʃ", "ɕ")])
    for _time in range(3):
        learner.say("proszę", [("p", "b"), ("r", "l"), ("ʃ", "ɕ")])
    learner.say("proszę", [("p", "b"), ("ɔ", "a")])
    for _time in range(30):
        learner.say("szukam")
    assert list(learner.told) == ["p", "r", "o"]
    assert [one.sound.key for one in sounds_to_work_on(learner.tutor, most=4)] == ["p", "r", "o", "sz"]


def test_after_a_week_it_is_forgotten(learner: Learner) -> None:
    for _time in range(2):
        learner.say("proszę", [("ʃ", "ɕ")])
    learner.clock.advance(timedelta(days=6, hours=23))
    assert learner.told == {"sz": (2, 2)}
    assert spoke_lately(learner.tutor)
    learner.clock.advance(timedelta(hours=2))
    assert learner.told == {}
    assert not spoke_lately(learner.tutor)


def test_what_was_taken_back_does_not_count(learner: Learner) -> None:
    learner.say("proszę", [("ʃ", "ɕ")], answer="a")
    learner.say("proszę", [("ʃ", "ɕ")], answer="b")
    assert learner.told == {"sz": (2, 2)}
    learner.take_back("a")
    assert learner.told == {}
    assert spoke_lately(learner.tutor)
    learner.take_back("b")
    assert not spoke_lately(learner.tutor)


def test_a_word_that_was_not_said_is_no_word_in_which_a_sound_came_up(learner: Learner) -> None:
    for _time in range(2):
        learner.say("proszę", [("ʃ", "ɕ")])
    learner.say("szukam", [("ʃ", None), ("u", None), ("k", None)], missed=True)
    learner.say("szukam", [("ʃ", "ɕ")], override=True)
    assert learner.told == {"sz": (2, 3)}


def test_nothing_is_told_to_who_never_spoke(learner: Learner) -> None:
    for _time in range(5):
        learner.hear("kasza", "Kasia")
    assert learner.told == {}
    assert not spoke_lately(learner.tutor)


def test_what_was_mistaken_by_ear_counts_with_what_was_off(learner: Learner) -> None:
    learner.say("proszę", [("ʃ", "ɕ")])
    learner.hear("kasza", "kasza")
    assert learner.told == {}
    learner.hear("Kasia", "kasza")
    assert learner.told == {}
    learner.hear("kasza", "Kasia")
    (weak,) = sounds_to_work_on(learner.tutor)
    assert (weak.off, weak.mistaken) == (1, 1)


@pytest.mark.skipif(not installed_voices(), reason="no voice is installed")
@pytest.mark.parametrize(
    ("said", "chosen", "counts"),
    # As the pair is listed; as the phones tell; two sounds differ; not even as many.
    [("szok", "sok", 1), ("szatka", "siatka", 1), ("szok", "ryk", 0), ("robisz", "robiliście", 0)],
)
def test_which_sound_was_mistaken_is_told_of_words_that_differ_in_one(
    learner: Learner, said: str, chosen: str, counts: int
) -> None:
    for _time in range(2):
        learner.say("proszę", [("ʃ", "ɕ")])
    learner.hear(said, chosen)
    assert [one.mistaken for one in sounds_to_work_on(learner.tutor)] == [counts]


def test_its_pairs_are_those_that_the_voice_says_apart(
    tmp_path: Path, clock: ManualClock, with_sounds: Path
) -> None:
    class Slurring(QuietVoice):
        def sounds(self, text: str) -> str:
            return text.casefold().replace("sz", "si").replace("ś", "sz")

    with Tutor.open(tmp_path, clock, timezone=ZONE, courses=with_sounds, voices=(Slurring(),)) as tutor:
        learner = Learner(tutor, clock)
        for _time in range(2):
            learner.say("proszę", [("ʃ", "ɕ")])
        (weak,) = sounds_to_work_on(tutor)
        assert len(weak.pairs) == 3
        assert ("kasza", "Kasia") not in weak.note.contrasts
        assert contrasts.audible(tutor, weak.note) == weak.note.contrasts


def test_another_learner_is_told_nothing_of_it(learner: Learner) -> None:
    for _time in range(2):
        learner.say("proszę", [("ʃ", "ɕ")])
    learner.tutor.learner = replace(learner.tutor.learner, id="another")
    assert learner.told == {}


def test_a_course_without_sounds_tells_of_none(tmp_path: Path, courses: Path) -> None:
    with Tutor.open(tmp_path, ManualClock(START), timezone=ZONE, courses=courses, voices=()) as tutor:
        assert sounds_to_work_on(tutor) == ()


def test_the_command_line_tells_them_with_the_numbers(
    learner: Learner, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = learner.tutor.folder
    stats(folder)
    assert "Sounds to work on" not in capsys.readouterr().out
    now = SystemClock().now()
    with Tutor.open(folder, ManualClock(now), courses=learner.tutor.courses, voices=()) as tutor:
        for _time in range(2):
            Learner(tutor, learner.clock).say("proszę", [("ʃ", "ɕ")])
        (one,) = sounds_to_work_on(tutor)
    stats(folder)
    assert (
        f"Sounds to work on\nsz [{one.sound.phone}]  2 of 2: proszę. sz is the darker one"
        in capsys.readouterr().out
    )
    stats(folder, as_json=True)
    (record,) = json.loads(capsys.readouterr().out)["sounds_to_work_on"]
    assert (record["sound"]["key"], record["off"], record["words"]) == ("sz", 2, ["proszę"])
