"""What tests of speaking share: a microphone into which a recording is played, and what is on a screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import flet as ft
import numpy as np
from flet.components.component import Component, Renderer

from tutor.errors import SpeechError
from tutor.speech.recording import RATE, Recording
from tutor.ui.microphone import Microphone, Pcm

_PIECE = RATE // 50 * 2
"""Bytes of 20 ms."""
_BEFORE, _AFTER = bytes(RATE), bytes(2 * RATE * 3)
"""Half a second of quiet; and three, after which whoever listens knows that all was said."""


class Played(Microphone):
    """Hears what is put into `heard`, at once and whole; with nothing there it goes on listening."""

    def __init__(self) -> None:
        self.heard = b""
        self.refuses: SpeechError | None = None
        self.open = False
        """Whether the device is in use."""
        self.given_up = False
        """Whether what was being said was dropped, and not taken to its end."""
        self._kept = b""

    def hears(self, said: Recording) -> None:
        """This is what it hears from now on."""
        samples = (np.clip(said.samples, -1, 1) * 32767).astype("<i2").tobytes()
        self.heard = _BEFORE + samples + _AFTER

    @property
    def rate(self) -> int:
        return RATE

    @property
    def gone(self) -> bool:
        return False

    async def start(self, on_sound: Callable[[bytes], None] | None = None) -> None:
        if self.refuses:
            raise self.refuses
        self.open, self._kept = True, self.heard
        for at in range(0, len(self.heard), _PIECE):
            if on_sound:
                on_sound(self.heard[at : at + _PIECE])

    async def stop(self) -> Pcm:
        self.open = False
        return Pcm(self._kept, RATE)

    async def cancel(self) -> None:
        self.open, self.given_up = False, True


async def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.01)


def identifiers(screen: Callable[[], ft.Control]) -> list[str]:
    """The names of everything on a screen that has one."""
    with Renderer().with_context():
        return _named(screen())


def _named(control: ft.Control | Component) -> list[str]:
    found = [control.identifier] if isinstance(control, ft.Semantics) and control.identifier else []
    inside = list(control.args) if isinstance(control, Component) else []
    for name in ("content", "controls"):
        held = getattr(control, name, None)
        inside += held if isinstance(held, list) else [held]
    return found + [
        one for part in inside if isinstance(part, ft.Control | Component) for one in _named(part)
    ]
