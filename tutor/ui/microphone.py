"""Records what the learner says into the microphone of their device.

In a browser the recording plugin hands on whatever rate and number of channels the device has (44,100 Hz
and two channels where 16,000 and one were asked for) and tells neither. `record.worklet.js`, which travels
with the assets and is served in place of the plugin's own, mixes to mono and says the rate before the first
sound. A plugin of the desktop does as it is asked, and says nothing.
"""

from __future__ import annotations

import asyncio
import logging
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeVar

import flet_audio_recorder as far  # type: ignore[import-untyped]

from tutor.errors import MicrophoneRefused, NoMicrophone, SpeechError
from tutor.i18n import _

log = logging.getLogger("tutor.ui")

LONGEST = 10.5
"""Seconds of a recording that are kept; at their end the microphone is let go."""

_ANSWERED_WITHIN = 60.0
"""Seconds that the learner may take to answer the browser's question."""
_STARTS_WITHIN = 5.0
"""Seconds until the first sound is here. Of a device that cannot be opened nothing is ever heard."""
_STOPS_WITHIN = 3.0
_BROKEN_OFF = 1.0
"""Seconds without any sound, not even silence, after which a recording has ended by itself."""
_GONE = 3.0
"""The same while it still goes on: a connection that only stumbles is waited for."""

_RATE = 16000
_HEADER = struct.Struct("<HHI")
_MAGIC, _AGREED = 0x5450, 1
"""How the message before the first sound begins; after it comes the rate."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pcm:
    """16-bit little-endian mono samples, and how many of them make a second."""

    samples: bytes
    rate: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / 2 / self.rate


class Microphone:
    """One page's recorder, made and used while that page is Flet's current one. One recording at a time."""

    def __init__(self) -> None:
        self._recorder = self._made()
        self._on_sound: Callable[[bytes], None] | None = None
        self._ending: asyncio.Task[None] | None = None
        self._left: set[asyncio.Task[None]] = set()
        self._listening = False
        self._clear()

    @property
    def recording(self) -> bool:
        """Whether sound is being kept."""
        return self._listening

    @property
    def rate(self) -> int:
        """Samples a second, once sound comes in."""
        rate: int = self._rate
        return rate

    async def start(self, on_sound: Callable[[bytes], None] | None = None) -> None:
        """Record, and return once sound comes in; `on_sound` is given each piece of it, some 20 ms long.

        Where the browser asks the learner first, this waits for the answer; cancel the task to give up. A
        recording that was going on is dropped. Raises MicrophoneRefused and NoMicrophone.
        """
        if self._listening:
            await self.cancel()
        self._clear()
        try:
            await self._allowed()
            self._on_sound, self._listening = on_sound, True
            await self._started()
        except asyncio.CancelledError:
            self._renew()
            raise
        except SpeechError:
            self._drop()
            raise

    @property
    def gone(self) -> bool:
        """Whether nothing comes any more, such as from a page that was loaded anew."""
        return self._listening and not self.full and monotonic() - self._heard_at > _GONE

    async def stop(self) -> Pcm:
        """End the recording; what was said, at most `LONGEST` seconds.

        Raises NoMicrophone where it broke off or holds no sound at all, not even noise.
        """
        broken = self._listening and not self.full and monotonic() - self._heard_at > _BROKEN_OFF
        await self._quiet()
        self._listening = False
        recording = Pcm(bytes(self._samples), self._rate)
        self._drop()
        if broken:
            raise NoMicrophone(
                _("The recording broke off. Nothing is lost: say it once more."), doing="recording"
            )
        if not any(recording.samples):
            raise NoMicrophone(
                _("The microphone gave no sound; perhaps it is muted. Nothing is lost: say it once more."),
                doing="recording",
            )
        return recording

    async def cancel(self) -> None:
        """End the recording, if there is one, and forget it."""
        self._drop()
        await self._quiet()

    @property
    def full(self) -> bool:
        """Whether as much is kept as will be; what is said now is not."""
        return len(self._samples) >= self._room

    @property
    def _room(self) -> int:
        return 2 * int(LONGEST * self._rate)

    def _made(self) -> Any:
        """A recorder; Flet adds it to its page by itself, and puts one away that nobody holds any more."""
        return far.AudioRecorder(
            configuration=far.AudioRecorderConfiguration(
                encoder=far.AudioEncoder.PCM16BITS, channels=1, sample_rate=_RATE
            ),
            on_stream=self._heard,
        )

    def _renew(self) -> None:
        """Take another recorder: one that once did not answer answers nothing any more.

        Should it come to itself it is told to end at once; till then it may hold the device.
        """
        self._drop()
        left = asyncio.create_task(self._told(self._recorder.cancel_recording()))
        self._left.add(left)
        left.add_done_callback(self._left.discard)
        self._recorder = self._made()

    async def _allowed(self) -> None:
        """Ask for the microphone, and wait until it is given."""
        try:
            allowed = await asyncio.wait_for(self._recorder.has_permission(), _ANSWERED_WITHIN)
        except TimeoutError as error:
            self._renew()
            raise _refused() from error
        except RuntimeError as error:
            # A page that is neither of this machine nor encrypted is given no microphone at all.
            raise MicrophoneRefused(
                _(
                    "The browser lets only a page at localhost or one with https use the microphone. "
                    "Nothing is lost: open the app on this computer to speak."
                ),
                doing="recording",
            ) from error
        if not allowed:
            raise _refused() if await self._found() else _none()

    async def _started(self) -> None:
        """Begin, and wait for the first sound."""
        try:
            async with asyncio.timeout(_STARTS_WITHIN):
                if await self._recorder.start_recording():
                    await self._sound.wait()
                    return
        except TimeoutError:
            self._renew()
        if not await self._found():
            raise _none()
        raise NoMicrophone(
            _(
                "The microphone could not be started; another program may be using it. "
                "Nothing is lost: try again, or go on without speaking."
            ),
            doing="recording",
        )

    async def _found(self) -> bool:
        """Whether there is a microphone, as far as can be told."""
        devices = await self._told(self._recorder.get_input_devices())
        if devices is None:
            self._renew()
        return devices != []

    def _heard(self, event: Any) -> None:
        if not self._listening or event.control is not self._recorder:
            return
        sound: bytes = event.chunk
        if event.sequence == 1 and len(sound) == _HEADER.size:
            magic, agreed, rate = _HEADER.unpack(sound)
            if (magic, agreed) == (_MAGIC, _AGREED):
                self._rate = rate
                return
        self._heard_at = monotonic()
        self._sound.set()
        kept = sound[: self._room - len(self._samples)]
        self._samples += kept
        if kept and self._on_sound:
            self._on_sound(kept)
        if self.full and self._ending is None:
            self._ending = asyncio.create_task(self._quiet())

    async def _quiet(self) -> None:
        """Let the device go. All its sound has come in by then."""
        await self._told(self._recorder.stop_recording())

    async def _told(self, call: Awaitable[T]) -> T | None:
        try:
            return await asyncio.wait_for(call, _STOPS_WITHIN)
        except Exception as error:  # noqa: BLE001 - as above; there is nothing left to do
            log.info("the microphone did not answer: %s", error)
            return None

    def _drop(self) -> None:
        self._listening, self._on_sound = False, None
        self._samples = bytearray()

    def _clear(self) -> None:
        """As before the first sound of a recording."""
        self._drop()
        self._rate = _RATE
        self._sound = asyncio.Event()
        self._heard_at = monotonic()
        self._ending = None


def _refused() -> MicrophoneRefused:
    return MicrophoneRefused(
        _(
            "The app may not use the microphone. Nothing is lost: allow it where the browser shows "
            "the page's address, or go on without speaking."
        ),
        doing="recording",
    )


def _none() -> NoMicrophone:
    return NoMicrophone(
        _("No microphone was found. Nothing is lost: connect one, or go on without speaking."),
        doing="recording",
    )
