"""Hybrid logical clock: stamps that order what several devices did, close to the time it happened.

After Kulkarni et al., "Logical Physical Clocks" (2014). A stamp is text that sorts as it should:
milliseconds since 1970 (12 hex digits), a counter (4), and the end of the device's id (8).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from tutor.clock import Clock, from_milliseconds, milliseconds

MAX_DRIFT = timedelta(minutes=5)
"""How far another device's clock may pull ours ahead of our own."""

_COUNTER_LIMIT = 0xFFFF
_STAMP = re.compile(r"([0-9a-f]{12})\.([0-9a-f]{4})\.([^.\s]{1,8})")


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """One moment on one device."""

    ms: int
    counter: int
    node: str

    def __str__(self) -> str:
        return f"{self.ms:012x}.{self.counter:04x}.{self.node}"

    @classmethod
    def parse(cls, text: str) -> Stamp:
        """Read a stamp back. Raises ValueError for text that is none."""
        read = _STAMP.fullmatch(text)
        if read is None:
            raise ValueError(f"{text!r} is no stamp")
        ms, counter, node = read.groups()
        return cls(int(ms, 16), int(counter, 16), node)

    @property
    def at(self) -> datetime:
        """The physical time in the stamp, UTC."""
        return from_milliseconds(self.ms)


class HybridClock:
    """Gives out stamps that never go back, whatever the machine's clock does.

    `last` is the newest stamp this device wrote, so that a restart cannot reuse one.
    """

    def __init__(self, clock: Clock, device: str, last: Stamp | None = None) -> None:
        self._clock = clock
        self._node = device[-8:]
        self._ms = last.ms if last else 0
        self._counter = last.counter if last else 0

    @property
    def last(self) -> Stamp:
        """The newest stamp given out or received."""
        return Stamp(self._ms, self._counter, self._node)

    def tick(self) -> Stamp:
        """The next stamp: later than every one given or received before."""
        now = milliseconds(self._clock.now())
        if now > self._ms:
            self._ms, self._counter = now, 0
        elif self._counter < _COUNTER_LIMIT:
            self._counter += 1
        else:
            self._ms, self._counter = self._ms + 1, 0
        return self.last

    def receive(self, other: Stamp) -> None:
        """Take note of another device's stamp; never moves ours more than `MAX_DRIFT` past now."""
        limit = milliseconds(self._clock.now() + MAX_DRIFT)
        seen = (other.ms, other.counter) if other.ms <= limit else (limit, 0)
        self._ms, self._counter = max((self._ms, self._counter), seen)
