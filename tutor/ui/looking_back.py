"""How it goes, as the learner looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor import progress, weak_sounds
from tutor.progress import Progress
from tutor.ui.sound import Sound
from tutor.ui.telling_apart import TellingApart
from tutor.ui.turns import Turns
from tutor.weak_sounds import WeakSound

if TYPE_CHECKING:
    from tutor.practice import Tutor


class LookingBack(TellingApart):
    """The state of the screen: it is there at once, and its figures when they are counted."""

    def __init__(self, tutor: Tutor, turns: Turns, sound: Sound | None = None) -> None:
        super().__init__(tutor, turns, sound)
        self.progress: Progress | None = None
        self.sounds: tuple[WeakSound, ...] | None = None
        """Those to work on; None where nothing was said lately, so that none could stand out."""
        self.years = False
        """Whether every day since the first is shown, and not the last weeks alone."""

    async def count(self) -> None:
        """Count everything, in the background."""
        self.progress = await self.turns.call(progress.look, self._tutor)
        found = await self.turns.call(weak_sounds.sounds_to_work_on, self._tutor)
        spoke = await self.turns.call(weak_sounds.spoke_lately, self._tutor)
        self.sounds = found if found or spoke else None

    async def widen(self, years: bool) -> None:
        """Show the last weeks, or all the years."""
        self.years = years
        self.turns.advance()
