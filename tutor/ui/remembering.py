"""How the learner remembers, track by track: what they want, what it costs, and weights of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import flet as ft

from tutor import days, tuning
from tutor.errors import Cancelled, FittingError
from tutor.i18n import _
from tutor.long_work import Told
from tutor.memory.offered import WEEKDAYS
from tutor.memory.tracks import Track
from tutor.tuning import Costs, Overview, Tuned
from tutor.ui.turns import Turns
from tutor.ui.watched import Watched

if TYPE_CHECKING:
    from tutor.practice import Tutor

TRACKS = (Track.VISUAL, Track.AUDIO, Track.CONTEXT)


_SHOWN_AFTER = 0.3
"""Seconds after which work is shown: what is over sooner would only flicker."""

SHARES = (1.0, 0.5, 0.0)
"""What a weekday may hold of a usual one, one tap after the other."""


@dataclass(frozen=True, slots=True)
class TrackMemory:
    """What is shown of one track."""

    overview: Overview
    costs: Costs | None = None
    """None until they are simulated, or where nothing can simulate them."""
    work: Watched | None = None
    """The fit, while it goes on."""
    tuned: Tuned | None = None
    """How the last fit went."""
    refused: str = ""
    """Why nothing could be fitted."""


class Remembering(ft.Observable):
    """The state of the screen."""

    def __init__(self, tutor: Tutor, turns: Turns, overviews: dict[Track, Overview]) -> None:
        self.turns = turns
        self.tracks = {track: TrackMemory(overview) for track, overview in overviews.items()}
        self.week = days.wanted(tutor.learner.settings)
        self._tutor = tutor

    @classmethod
    async def of(cls, tutor: Tutor, turns: Turns) -> Remembering:
        """As it stands now; what retentions cost is simulated behind it."""
        overviews = {track: await turns.call(tuning.overview, tutor, track) for track in TRACKS}
        return cls(tutor, turns, overviews)

    async def simulate(self) -> None:
        """Find out what each retention costs."""
        for track in TRACKS:
            await self._simulate(track)

    async def _simulate(self, track: Track) -> None:
        # Where nothing can simulate, the choice is there without its costs.
        with suppress(FittingError):
            self._change(track, costs=await self.turns.call(tuning.costs, self._tutor, track))

    async def fit(self, track: Track) -> None:
        """Fit a track's weights, in the background."""
        if self.tracks[track].work is None:
            work = Watched(_("Reading your answers"), lambda: self._notify("tracks"))
            self._change(track, work=work, tuned=None, refused="")
            self.turns.beside(self._fit, track, work)

    async def _fit(self, track: Track, work: Watched) -> None:
        try:
            tuned = await self.turns.call(tuning.optimize, self._tutor, track, work.told)
        except (FittingError, Cancelled) as error:
            self._change(track, refused=error.message)
        else:
            self._change(track, tuned=tuned)
            await self._simulate(track)
        finally:
            await self._look(track)

    async def retain(self, track: Track, retention: float) -> None:
        """Want another share remembered."""
        await self._refold(track, lambda told: tuning.retain(self._tutor, track, retention, told))

    async def _refold(self, track: Track, change: Callable[[Told], object]) -> None:
        """Go through all answers of a track anew; where that takes a while, it is shown."""
        work = Watched(_("Going through your answers"), lambda: self._notify("tracks"))
        going = asyncio.ensure_future(self.turns.call(change, work.told))
        self._change(track, tuned=None, refused="")
        await asyncio.wait({going}, timeout=_SHOWN_AFTER)
        if not going.done():
            self._change(track, work=work)
        try:
            await going
        except Cancelled as error:
            self._change(track, refused=error.message)
        finally:
            await self._look(track)

    async def ease(self, day: str) -> None:
        """Make a weekday the next lighter: half, nothing, and as usual again."""
        share = self.week.shares.get(day, 1.0)
        lighter = next((step for step in SHARES if step < share), SHARES[0])
        shares = {**self.week.shares, day: lighter}
        if not any(shares.get(weekday, 1.0) for weekday in WEEKDAYS):
            # Some day has to hold what the others do not.
            shares[day] = SHARES[0]
        await self._want(shares, even=self.week.even)

    async def even_out(self) -> None:
        """Even out the load between days, or leave it as it falls."""
        await self._want(self.week.shares, even=not self.week.even)

    async def _want(self, shares: Mapping[str, float], *, even: bool) -> None:
        await self.turns.call(days.want, self._tutor, shares, even=even)
        self.week = days.wanted(self._tutor.learner.settings)

    async def put_back(self, track: Track) -> None:
        """Take up again what was in use before."""
        await self._refold(track, lambda told: tuning.put_back(self._tutor, track, told))
        await self._simulate(track)

    async def _look(self, track: Track) -> None:
        overview = await self.turns.call(tuning.overview, self._tutor, track)
        self._change(track, overview=overview, work=None)

    def _change(self, track: Track, **fields: object) -> None:
        self.tracks = self.tracks | {track: replace(self.tracks[track], **fields)}  # type: ignore[arg-type]
