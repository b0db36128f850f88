"""Which encoder this process uses: the one chosen for this device, else the one that comes with the app."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from tutor.errors import EncoderBroken
from tutor.resources import ASSETS

if TYPE_CHECKING:
    from tutor.meaning.encoder import Encoder

log = logging.getLogger(__name__)

SHIPPED = ASSETS / "models" / "static-pl-en-1"


class EncoderInUse:
    """The first of some encoders that works, loaded when it is first needed.

    One that cannot be loaded, or fails at work, is not tried again in this process: an item has one vector,
    and they would all be made by the one and by the other in turn.
    """

    def __init__(self, *ways: Callable[[], Encoder]) -> None:
        """How each is loaded, the one that is wanted most first; they raise EncoderBroken."""
        self._ways = list(ways)
        self._encoder: Encoder | None = None
        self._lock = threading.Lock()
        self.problem = ""
        """What is wrong with those that were passed over, a sentence for each."""

    def get(self) -> Encoder | None:
        """The encoder; None where none works."""
        with self._lock:
            while self._encoder is None and self._ways:
                try:
                    self._encoder = self._ways[0]()
                except EncoderBroken as error:
                    self._pass_over(error)
            return self._encoder

    @property
    def loaded(self) -> Encoder | None:
        """The encoder, where it was loaded by now."""
        return self._encoder

    def give_up(self, encoder: Encoder, error: EncoderBroken) -> None:
        """It failed at work: from now on the next one is used, by everybody."""
        with self._lock:
            # Of two who saw it fail, the second finds another in its place.
            if encoder is self._encoder:
                self._encoder = None
                self._pass_over(error)

    def _pass_over(self, error: EncoderBroken) -> None:
        log.warning("an encoder is passed over: %s", error.message, exc_info=error)
        del self._ways[0]
        self.problem = f"{self.problem} {error.message}".strip()


@lru_cache
def encoder_in_use(chosen: str) -> EncoderInUse:
    """For a choice of this device, empty for none; one in memory for all in this process."""
    return EncoderInUse(*([partial(_sentence_encoder, chosen)] if chosen else []), _shipped)


def _sentence_encoder(chosen: str) -> Encoder:
    from tutor.meaning.sentence_encoder import sentence_encoder

    return sentence_encoder(chosen)


def _shipped() -> Encoder:
    from tutor.meaning.static_encoder import StaticEncoder

    return StaticEncoder(SHIPPED)
