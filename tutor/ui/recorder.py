"""Recording as a screen sees it: waiting, listening with a level, and the end of it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from enum import StrEnum
from time import monotonic

import flet as ft

from tutor.errors import NoMicrophone, SpeechError
from tutor.i18n import _
from tutor.speech.endpoint import LONGEST_SECONDS, Endpoint
from tutor.ui.microphone import Microphone, Pcm

_METER_SECONDS = 0.1
"""The level is drawn anew ten times a second: often enough for eyes, and light."""

_LOOKED_SECONDS = 0.5
"""How often it is looked whether the microphone is still there."""


class Stage(StrEnum):
    """How far a recording is."""

    IDLE = "idle"
    ASKING = "asking"
    """The device is being opened, or asks whether it may be."""
    LISTENING = "listening"
    JUDGING = "judging"
    """What was said is being looked at."""


class Level(ft.Observable):
    """How loud it is now: of its own, so that nothing else is drawn anew with it."""

    def __init__(self) -> None:
        super().__init__()
        self.value = 0.0
        """From 0 to 1."""


class Recorder(ft.Observable):
    """One recording at a time, which ends by itself or when it is told to."""

    def __init__(self, microphone: Microphone | None) -> None:
        super().__init__()
        self.stage = Stage.IDLE
        self.level = Level()
        self.problem = ""
        """Why nothing could be recorded, in a sentence."""
        self._microphone = microphone
        self._over: asyncio.Event | None = None

    async def record(self) -> Pcm | None:
        """Listen until somebody has spoken and is silent, or until `end`; what was recorded.

        None where it was given up, or where it could not be: `problem` then says why.
        """
        self.problem, self.stage = "", Stage.ASKING
        self._over = asyncio.Event()
        try:
            if self._microphone is None:
                raise NoMicrophone(_("This device gives no microphone to the app."), doing="recording")
            return await self._recorded(self._microphone, self._over)
        except SpeechError as error:
            self.problem = error.message
            return None
        finally:
            self.level.value, self.stage, self._over = 0.0, Stage.IDLE, None

    async def _recorded(self, microphone: Microphone, over: asyncio.Event) -> Pcm | None:
        endpoint = Endpoint()
        drawn = 0.0

        def heard(sound: bytes) -> None:
            nonlocal drawn
            endpoint.rate = microphone.rate
            endpoint.hear(sound)
            if monotonic() - drawn >= _METER_SECONDS:
                drawn, self.level.value = monotonic(), endpoint.level
            if endpoint.over:
                over.set()

        await microphone.start(heard)
        if not over.is_set():
            self.stage = Stage.LISTENING
        last = monotonic() + LONGEST_SECONDS + 1
        while not over.is_set() and not microphone.gone and monotonic() < last:
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), _LOOKED_SECONDS)
        if self._over is None:
            await microphone.cancel()
            return None
        return await microphone.stop()

    def end(self) -> None:
        """What was to be said was said."""
        if self._over:
            self._over.set()

    def give_up(self) -> None:
        """Forget the recording: nobody waits for it any more."""
        over, self._over = self._over, None
        if over:
            over.set()
