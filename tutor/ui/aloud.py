"""What is said aloud: recorded, judged, played back, or judged by the learner."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TYPE_CHECKING

import flet as ft

from tutor.errors import SpeechError
from tutor.i18n import _
from tutor.speech.ear import Take, can_listen
from tutor.speech.evaluation import Hearing, SpeechResult
from tutor.speech.recording import Recording, read_recording
from tutor.speech.voice import Clip
from tutor.speech.wav import as_wav
from tutor.ui.microphone import Microphone, Pcm
from tutor.ui.recorder import Recorder, Stage
from tutor.ui.sound import Sound
from tutor.ui.turns import Turns

if TYPE_CHECKING:
    from tutor.practice import Tutor

_HOLD_SECONDS = 0.5
"""Who lets go of the microphone sooner tapped it."""


Listen = Callable[[Recording, int | None], Take]
"""Judges a recording that began so many milliseconds after what was played had ended. Raises SpeechError."""


def not_counted(hearing: Hearing) -> str:
    """Why a recording counts for nothing in a session; empty where it counts."""
    match hearing:
        case Hearing.NOTHING:
            return _("I heard nothing. Nothing was counted: say it once more, a little louder.")
        case Hearing.UNCLEAR:
            return _("I could not make that out. Nothing was counted: say it again, or judge it yourself.")
        case Hearing.NOISY:
            return _("There is too much noise to hear you. Nothing was counted: try where it is quieter.")
        case Hearing.HEARD | Hearing.UNHEARD:
            return ""


class Aloud(ft.Observable):
    """What there is to say, one thing after the other: a drill, an answer in a dialogue, a word."""

    def __init__(
        self, tutor: Tutor, turns: Turns, sound: Sound | None, microphone: Microphone | None,
        judged: Callable[[Take], Awaitable[None]], heard_by_oneself: Callable[[], Awaitable[None]],
        since: Callable[[], float] = lambda: 0.0, not_heard: Callable[[Hearing], str] = not_counted,
    ) -> None:  # fmt: skip
        """`judged` is handed each take that was looked at, `heard_by_oneself` is told of one that nobody
        judges; `since` tells how many seconds ago what was played ended, `not_heard` what to say of one that
        could not be heard well enough."""
        super().__init__()
        self.recorder = Recorder(microphone)
        # Held here: the recorder itself holds on to nobody who watches it.
        self._relay = lambda _sender, _field: self._notify("recorder")
        self.recorder.subscribe(self._relay)
        self.mine: Clip | None = None
        """What was said last, to be played."""
        self.told = ""
        """What is said of a recording that was not judged."""
        self.hears = False
        """Whether there is a model that judges."""
        self.word: int | None = None
        """The place of the word whose sounds are shown."""
        self.writing = False
        """Whether it is written instead of said."""
        self.weak = 0
        """Tries in a row that were not good yet."""
        self._tutor, self._turns, self._sound = tutor, turns, sound
        self._judged, self._heard_by_oneself = judged, heard_by_oneself
        self._since, self._not_heard = since, not_heard
        self._expected = ""
        self._listen: Listen | None = None
        self._recording: Recording | None = None
        self._waited_ms: int | None = None
        self._held_at = 0.0

    @property
    def unheard(self) -> Take | None:
        """What was said last, for the learner to judge; None where nothing was recorded."""
        recording = self._recording
        return Take(recording, SpeechResult(Hearing.UNHEARD, self._expected, "")) if recording else None

    def begin(self, expected: str, listen: Listen) -> None:
        """There is something else to say, and `listen` judges it."""
        self.give_up()
        self._expected, self._listen, self._recording = expected, listen, None
        self.mine, self.told, self.word, self.weak = None, "", None, 0
        self.writing = False
        self.recorder.problem = ""
        self.hears = self._tutor.speaking.hears

    @property
    def loading(self) -> bool:
        """Whether the model is just being loaded."""
        return self._tutor.speaking.ear.loading

    @property
    def busy(self) -> bool:
        """Whether it listens, or looks at what it heard."""
        return self.recorder.stage is not Stage.IDLE

    async def press(self) -> None:
        """Begin to listen; while it listens, that was all."""
        if self.recorder.stage is Stage.LISTENING:
            self.recorder.end()
        elif self.recorder.stage is Stage.IDLE and self._listen:
            # Perhaps it left the memory meanwhile; while somebody speaks it can be loaded.
            self._tutor.speaking.ear.prepare()
            if self._sound:
                # Not to be heard by the microphone.
                await self._sound.stop()
            self.told = ""
            self._turns.beside(self._say, self._turns.step)

    async def hold(self) -> None:
        """A finger went down on the microphone: as a press, and where it stays down it listens till then."""
        self._held_at = monotonic() if self.recorder.stage is Stage.IDLE else 0.0
        await self.press()

    async def let_go(self) -> None:
        """The finger went up: after a tap it goes on listening, after a hold that was all."""
        if self._held_at and monotonic() - self._held_at >= _HOLD_SECONDS:
            self.recorder.end()
        self._held_at = 0.0

    async def _say(self, step: int) -> None:
        waited = self._since()
        pcm = await self.recorder.record()
        if pcm is None or step != self._turns.step:
            return
        self._waited_ms = round(1000 * waited)
        self.recorder.stage = Stage.JUDGING
        try:
            await self._turns.take(step, self._look_at, pcm)
        finally:
            self.recorder.stage = Stage.IDLE

    async def _look_at(self, pcm: Pcm) -> None:
        listen, wav = self._listen, as_wav(pcm.samples, pcm.rate)
        assert listen
        # With a name of its own each time: by that the player knows what it holds.
        self.mine = Clip(f"said {monotonic()}", round(pcm.seconds * 1000), wav)
        self._recording = recording = None
        if can_listen():
            try:
                self._recording = recording = await self._turns.call(read_recording, wav)
            except SpeechError as error:
                self.told = error.message
                return
        if recording is None or not self.hears:
            await self._heard_by_oneself()
            return
        try:
            take = await self._turns.call(listen, recording, self._waited_ms)
        except SpeechError as error:
            # Without its judgement it is compared by ear.
            self.hears, self.told = False, error.message
            await self._heard_by_oneself()
            return
        self.told = self._not_heard(take.result.hearing)
        await self._judged(take)

    def give_up(self) -> None:
        """Nobody waits for what is being recorded."""
        self.recorder.give_up()

    async def play_mine(self) -> None:
        """Play what was said last."""
        if self.mine and self._sound:
            self._turns.later(self._sound.play(self.mine))

    async def choose_word(self, place: int) -> None:
        """Show the sounds of a word."""
        self.word = place
