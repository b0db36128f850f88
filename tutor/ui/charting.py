"""The map of the vocabulary, as it is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from math import hypot
from typing import TYPE_CHECKING

import flet as ft

from tutor import vocabulary_map
from tutor.errors import Cancelled
from tutor.i18n import _
from tutor.ui.theme import PATIENCE
from tutor.ui.turns import Turns
from tutor.ui.watched import Watched
from tutor.vocabulary_map import Spot, VocabularyMap

if TYPE_CHECKING:
    from tutor.practice import Tutor

RIM = 24.0
"""Pixels at the rim of the map without dots."""
CLOSEST = 8.0
"""How much larger than the whole it can be looked at."""
_CLOSER = 2.0
_REACH = 32.0
"""Pixels from a dot within which a tap means it."""
_REDRAWN = 1.15
"""How much larger or smaller it must be for names to be chosen anew."""


class Charting(ft.Observable):
    """The state of the screen: it is there at once, and the map when it is laid out."""

    def __init__(
        self, tutor: Tutor, turns: Turns, to_page: Callable[[str], Awaitable[None]], item: str = ""
    ) -> None:
        self.turns, self.to_page = turns, to_page
        self.map: VocabularyMap | None = None
        self.work: Watched | None = None
        """The laying out, where it takes so long that it is to be seen."""
        self.stopped = False
        """Whether there is no map because that was stopped, or went wrong."""
        self.chosen: Spot | None = None
        self.listed = False
        """Whether the words are shown as a list."""
        self.unfolded = ""
        """The topic in the list that is unfolded."""
        self.size = (0.0, 0.0)
        """Of the map in pixels, as it was drawn; zeros until it was."""
        self.scale = 1.0
        """How much larger than the whole it is looked at, as the names on it were chosen for."""
        self.viewer: ft.Ref[ft.InteractiveViewer] = ft.Ref()
        self.views = 0
        """How often the whole had to be shown anew, by a viewer that was not moved."""
        self._item, self._tutor = item, tutor
        self._going: Watched | None = None
        self._given_up = False
        self._began_at = self._now = 1.0
        self._kept: dict[str, tuple[object, ft.Control]] = {}

    def kept(self, name: str, of: object, made: Callable[[], ft.Control]) -> ft.Control:
        """A part of the screen, the same one as long as what it is made `of` is: Flet passes over it."""
        if name not in self._kept or self._kept[name][0] != of:
            self._kept[name] = of, made()
        return self._kept[name][1]

    async def load(self) -> None:
        """Lay the map out, or read it; what is over soon is not shown as work."""
        if self._given_up:
            return
        self.stopped = False
        self._going = work = Watched(_("Laying out the map"), lambda: self._notify("work"))
        going = asyncio.ensure_future(self.turns.call(vocabulary_map.look, self._tutor, work.told))
        await asyncio.wait({going}, timeout=PATIENCE)
        if not going.done():
            self.work = work
        try:
            self.map = await going
            self.chosen = next((spot for spot in self.map.spots if spot.item == self._item), None)
        except Cancelled:
            pass  # As it was asked for; the screen says how to begin again.
        finally:
            self.work = self._going = None
            self.stopped = self.map is None

    def give_up(self) -> None:
        """Nobody waits for the map any more."""
        self._given_up = True
        if self._going:
            self._going.stop()

    async def again(self) -> None:
        """Begin again, after it was stopped."""
        self.turns.beside(self.load)

    # Pointing at words.

    async def point(self, x: float, y: float) -> None:
        """Choose the word nearest to a place on the map, in pixels; none is chosen where none is near."""
        near = min(self.map.spots if self.map else (), key=lambda spot: self._far(spot, x, y), default=None)
        found = near if near and self._far(near, x, y) * self._now <= _REACH else None
        if found is not self.chosen:
            self.chosen = found
            self.turns.advance()

    def _far(self, spot: Spot, x: float, y: float) -> float:
        there = self.at(spot.x, spot.y)
        return hypot(there[0] - x, there[1] - y)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A place of the unit square, in pixels of the map: its rim is kept clear."""
        wide, high = self.size
        return RIM + x * (wide - 2 * RIM), RIM + y * (high - 2 * RIM)

    async def put_away(self) -> None:
        """Choose none."""
        self.chosen = None
        self.turns.advance()

    @property
    def at_rest(self) -> bool:
        """Whether nothing is open that could be closed."""
        return self.chosen is None and not self.listed

    async def close(self) -> None:
        """Out of what was opened: the word, then the list."""
        if self.chosen is not None:
            await self.put_away()
        else:
            await self.list(False)

    async def list(self, listed: bool) -> None:
        """Show the words as a list, or on the map."""
        self.listed, self.chosen = listed, None
        self._look_at(1.0)
        self.turns.advance()

    async def unfold(self, topic: str) -> None:
        """Show the words of a topic; asked for once more, no more."""
        self.unfolded = "" if self.unfolded == topic else topic
        self.turns.advance()

    # Looking closer. The page moves the map by itself, and tells of it.

    def drawn(self, width: float, height: float) -> None:
        """The map has a size. Where it is another than it was looked at closely in, the whole is shown."""
        if (width, height) != self.size:
            self.size = width, height
            if self._now > 1:
                self.views += 1
                self._look_at(1.0)

    def took_hold(self) -> None:
        """Fingers, or the wheel, begin to move it."""
        self._began_at = self._now

    def moved(self, scale: float) -> None:
        """It is so much larger than as they began."""
        self._now = min(max(self._began_at * scale, 1.0), CLOSEST)

    def let_go(self) -> None:
        """They let go of it: names are chosen for how large it is now."""
        if not 1 / _REDRAWN < self._now / self.scale < _REDRAWN:
            self.scale = self._now

    async def closer(self) -> None:
        """Look closer: at the word that is chosen, else at the middle."""
        await self._magnify(min(self._now * _CLOSER, CLOSEST))

    async def further(self) -> None:
        """See more of it."""
        await self._magnify(max(self._now / _CLOSER, 1.0))

    async def _magnify(self, scale: float) -> None:
        x, y = self.at(self.chosen.x, self.chosen.y) if self.chosen else self.at(0.5, 0.5)
        if viewer := self.viewer.current:
            # From the whole on: where it was moved to by hand, the page alone knows.
            await viewer.reset()
            await viewer.zoom(scale)
            await viewer.pan(self.size[0] / 2 / scale - x, self.size[1] / 2 / scale - y)
        self._look_at(scale)
        self.turns.advance()

    def _look_at(self, scale: float) -> None:
        self.scale = self._now = self._began_at = scale
