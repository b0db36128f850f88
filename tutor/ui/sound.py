"""Plays clips on the learner's device, and tells whether it is playing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import flet as ft
import flet_audio as fa  # type: ignore[import-untyped]

from tutor.speech.voice import Clip
from tutor.speech.wav import as_wav
from tutor.ui.turns import Turns

if TYPE_CHECKING:
    from tutor.practice import Tutor

log = logging.getLogger("tutor.ui")

_STARTS_WITHIN = 3.0
"""Seconds that a device may take to begin; then the drill goes on without it."""


class Sound:
    """One page's player. A clip that is played takes the place of the one before."""

    def __init__(self, page: ft.Page, on_playing: Callable[[bool], None]) -> None:
        self._on_playing = on_playing
        self._clip: Clip | None = None
        # Made with the page and not with the first clip, which would then come a second late.
        self._audio = fa.Audio(
            src=_silence(), release_mode=fa.ReleaseMode.STOP, on_state_change=self._changed
        )
        page.services.append(self._audio)

    async def play(self, clip: Clip) -> bool:
        """Play a clip from its beginning. False where the browser forbids it until the page is tapped."""
        try:
            # A browser's player that is sent to the beginning before it has loaded never begins.
            start: int | None = 0
            if self._clip != clip:
                self._audio.src = clip.content or await asyncio.to_thread(Path(clip.path).read_bytes)
                self._clip, start = clip, None
                self._audio.update()
            await asyncio.wait_for(self._audio.play(start), _STARTS_WITHIN)
        except Exception as error:  # noqa: BLE001 - the player raises whatever the platform says
            log.info("a sound was not played: %s", error)
            self._on_playing(False)
            return "NotAllowed" not in str(error)
        return True

    async def stop(self) -> None:
        """Fall silent."""
        try:
            await asyncio.wait_for(self._audio.pause(), _STARTS_WITHIN)
        except Exception as error:  # noqa: BLE001 - as above; there is nothing left to do
            log.info("a sound was not stopped: %s", error)

    def _changed(self, event: Any) -> None:
        self._on_playing(event.state is fa.AudioState.PLAYING)


async def speak(tutor: Tutor, turns: Turns, sound: Sound | None, text: str, slow: bool = False) -> bool:
    """Say a text on the learner's device. False where the browser forbids it until the page is tapped."""
    clip = await turns.call(tutor.voice.clip, text, slow) if sound else None
    return await sound.play(clip) if clip and sound else True


def _silence() -> bytes:
    """A moment of silence: a player without a source reports an error."""
    return as_wav(bytes(2 * 1000), 22050)
