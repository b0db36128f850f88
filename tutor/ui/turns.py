"""What the learner does is done in order, one thing at a time, and only while it still makes sense.

A tap carries the number of the step it was drawn for. When it arrives after that step is over (a
second tap, or the click that Enter gives to a focused button after the key itself was handled), it
does nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, ParamSpec, TypeVar

from tutor.errors import Cancelled, TutorError, UsageError
from tutor.i18n import _, use

log = logging.getLogger("tutor.ui")

_SAME_PRESS = 0.3
"""Seconds within which a click belongs to the key before it."""

_HELD = 0.7
"""Seconds after a step within which its button, pressed without a key, is pressed by a key that is held."""

Handler = Callable[[Any], Coroutine[Any, Any, None]]
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Press:
    """What a button is called and what it does. `name` is its handle for tests and screen readers' ids."""

    name: str
    click: Handler
    focus: Callable[[Any], None]
    blur: Callable[[Any], None]
    default: bool
    """Whether Enter means this button whatever has the focus."""
    grab: bool
    """Whether it takes the focus when it appears: only where keys are used, so that a tap shows no ring."""


@dataclass(frozen=True, slots=True)
class Way:
    """What can be done about something that is told: a button's name and label, and what it does."""

    name: str
    label: str
    action: Callable[[], Awaitable[None]]


def way_back(action: Callable[[], Awaitable[None]]) -> Way:
    """The way to take back what is told."""
    return Way("take-back", _("Undo"), action)


class Turns:
    """One web session's queue of actions.

    `report` is told what could not be done, and whether by a fault; `pointed`, that something was pressed by
    touch or mouse.
    """

    def __init__(
        self, report: Callable[[str, bool], None], pointed: Callable[[], None] = lambda: None
    ) -> None:
        self.step = 0
        self.language = ""
        """What the app speaks here, as `tutor.i18n.use` takes it."""
        self.by_key = False
        """Whether the last thing done was done by a key: only then is focus moved to buttons."""
        self._key_at = 0.0
        self.typing = False
        """Whether a text field takes the keys."""
        self._focused: tuple[str, int] | None = None
        self.way: Way | None = None
        """What can be done about what was told last."""
        self._report, self._pointed = report, pointed
        self._told = self._pressing = False
        self._clicked_at = self._stepped_at = 0.0
        self._lock = asyncio.Lock()
        self._working = asyncio.Lock()
        self._tasks: set[asyncio.Task[object]] = set()

    def keyed(self, *, presses: bool = True) -> None:
        """A key was pressed. Of one that `presses` the focused button, the click comes right after."""
        self.by_key, self._key_at, self._pressing = True, monotonic(), presses

    def advance(self) -> None:
        """The step is over: what was drawn for it does nothing any more, and what was said of it is gone."""
        self.step += 1
        self._stepped_at = monotonic()
        if self._told:
            self._told, self.way = False, None
            self._report("", False)

    def tell(self, message: str, *, fault: bool = False, way: Way | None = None) -> None:
        """Say something about this step, and what can be done about it."""
        self._told, self.way = True, way
        self._report(message, fault)

    async def take(self, step: int | None, action: Callable[P, Awaitable[None]], *args: P.args,
                   **kwargs: P.kwargs) -> None:  # fmt: skip
        """Do `action` after everything before it, unless `step` is over by then. Never raises."""
        use(self.language)
        async with self._lock:
            if step is not None and step != self.step:
                return
            await self._guarded(action, *args, **kwargs)

    async def _guarded(self, action: Callable[P, Awaitable[None]], *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            await action(*args, **kwargs)
        except (UsageError, Cancelled) as error:
            self.tell(error.message)
        except TutorError as error:
            log.warning("%s: %s", error.doing or "answering", error.message)
            self.tell(error.message, fault=True)
        except Exception:
            log.exception("an action failed")
            self.tell(
                _("Something went wrong here. Nothing you answered is lost: try that again."), fault=True
            )

    def beside(self, action: Callable[P, Awaitable[None]], *args: P.args, **kwargs: P.kwargs) -> None:
        """Begin something that nothing else has to wait for. What goes wrong is said, as of all the rest."""
        self.later(self._guarded(action, *args, **kwargs))

    async def call(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do the tutor's work off the event loop, one piece at a time: it is not made for two threads."""
        async with self._working:
            return await asyncio.to_thread(work, *args, **kwargs)

    def later(self, work: Coroutine[Any, Any, object]) -> None:
        """Start work that nothing waits for, such as playing a sound."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def press(self, name: str, action: Callable[..., Awaitable[None]], *args: Any,
              default: bool = False) -> Press:  # fmt: skip
        """A button of this step."""
        step, grab = self.step, default and self.by_key

        async def click(_event: Any) -> None:
            if grab and self._is_held():
                return
            if step == self.step:
                self.by_key = monotonic() - self._key_at < _SAME_PRESS
                if not self.by_key:
                    self._pressing = False
                    # A button that was pointed at gets the focus, too, but Enter stays that of the step.
                    self._clicked_at, self._focused = monotonic(), None
                    self._pointed()
            await self.take(step, action, *args)

        def focus(_event: Any) -> None:
            if monotonic() - self._clicked_at >= _SAME_PRESS:
                self._focused = (name, step)

        def blur(_event: Any) -> None:
            if self._focused and self._focused[0] == name:
                self._focused = None

        return Press(name, click, focus, blur, default, grab)

    def at_once(self, name: str, action: Callable[[], None]) -> Press:
        """A button that does not wait for what is going on, such as the one that stops it."""

        async def click(_event: Any) -> None:
            action()

        return replace(self.press(name, _nothing), click=click)

    def _is_held(self) -> bool:
        """Whether a click on a button that took the focus is a key being held down, which repeats as clicks.

        A new press of a key is told before its click.
        """
        now = monotonic()
        if not self._pressing or now - self._key_at < _SAME_PRESS or now - self._stepped_at >= _HELD:
            return False
        self._stepped_at = now
        return True

    def lost_focus(self) -> None:
        """The button that had the focus went away, which no event tells."""
        self._focused = None

    @property
    def focused(self) -> str:
        """The name of the button that has the focus, which Enter and Space then belong to."""
        if self._focused is None:
            return ""
        name, step = self._focused
        return name if step == self.step or name in STANDING else ""


async def _nothing() -> None:
    pass


STANDING = frozenset({"close-session", "undo", "replay", "slower", "drill-menu"})
"""Buttons that stay, and keep the focus, from step to step."""
