"""What a learner speaks to: the model that hears, the sounds that are told of, and where recordings stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from tutor.clock import Clock
from tutor.config import RECORDINGS
from tutor.course.item import Item
from tutor.course.spoken_sounds import SpokenSounds, read_spoken_sounds
from tutor.drills.drill import Drill
from tutor.memory.tracks import MIX_WEIGHTS, SPOKEN_MIX_WEIGHTS, Track
from tutor.settings import Settings
from tutor.speech.ear import Ear, Take, can_listen
from tutor.speech.packs import Packs
from tutor.speech.recording import Recording, read_recording
from tutor.speech.recordings import KEPT_DAYS, KeepRecordings, Recordings
from tutor.speech.synthesizer import phone_writer


class Speaking:
    """Of one learner in their folder."""

    def __init__(
        self, folder: Path, learner: str, courses: Path, clock: Clock, settings: Callable[[], Settings],
        says_the_same: Callable[[str, Sequence[str]], bool] = lambda heard, accepted: False,
    ) -> None:  # fmt: skip
        """`says_the_same` tells of what was heard whether it is one of several answers in other words."""
        self.packs = Packs(folder)
        """The models and voices of this folder."""
        self.recordings = Recordings(folder / RECORDINGS / learner)
        self.ear = Ear(self._model, phone_writer())
        self._courses, self._clock, self._settings = courses, clock, settings
        self._says_the_same = says_the_same

    def _model(self) -> Path | None:
        return self.packs.speech_model(self._settings().speech_model) if can_listen() else None

    @property
    def hears(self) -> bool:
        """Whether what is said can be judged here."""
        return self.ear.hears

    @property
    def mix(self) -> Mapping[Track, int]:
        """The tracks that a mixed session draws on: speaking, too, once what is said can be judged."""
        return SPOKEN_MIX_WEIGHTS if self.hears else MIX_WEIGHTS

    def listen(self, drill: Drill, recording: Recording, waited_ms: int | None = None) -> Take:
        """Judge a recording of what a drill asks to be said.

        `waited_ms`: how long after the end of what was played the recording began. Raises SpeechError.
        """

        def same(heard: str) -> bool:
            return drill.in_own_words and self._says_the_same(heard, drill.accepted)

        result = self.ear.evaluate(recording, drill.answer, drill.accepted, drill.form_names, same)
        response = None if waited_ms is None else max(0, waited_ms + result.start_ms)
        return Take(recording, result, response)

    def listen_to(self, drill: Drill, file: Path) -> Take:
        """As `listen`, to a file in any format. Raises SpeechError."""
        return self.listen(drill, read_recording(file))

    def sounds(self, item: Item) -> SpokenSounds:
        """The sounds of an item's language; of the learner's own items, those of the course."""
        folder = self._courses / item.course
        if not item.course:
            folder = next((path.parent for path in sorted(self._courses.glob("*/course.yaml"))), folder)
        return read_spoken_sounds(folder)

    @contextmanager
    def keeping(self, attempt: str, recording: Recording) -> Iterator[str | None]:
        """Keep the recording of an attempt as long as the learner set, if what is done within succeeds.

        Gives what the attempt remembers it by; None where recordings are never kept. Raises SpeechError.
        """
        if self._settings().recordings is KeepRecordings.NEVER:
            yield None
            return
        with self.recordings.kept(attempt, recording.samples) as ref:
            yield ref

    def clear_recordings(self) -> int:
        """Delete the recordings that were kept long enough; how many."""
        match self._settings().recordings:
            case KeepRecordings.ALWAYS:
                return 0
            case KeepRecordings.NEVER:
                return self.recordings.clear()
            case KeepRecordings.WEEK:
                return self.recordings.clear(self._clock.now() - timedelta(days=KEPT_DAYS))
