"""Which key does what. Pure: a key and what is on the screen in, the name of an action out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Does(StrEnum):
    """What a key can do."""

    DEFAULT = "default"
    """The one thing to do here: Start, Show, Next, Finish."""
    PICK = "pick"
    BACK = "back"
    REPLAY = "replay"
    SLOWER = "slower"
    TRY_AGAIN = "try again"
    UNDO = "undo"
    MENU = "menu"
    HELP = "help"
    """What the keys do here."""
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Key:
    """A key as Flet tells it."""

    name: str
    ctrl: bool = False
    alt: bool = False
    meta: bool = False


_LETTERS = {
    "R": Does.REPLAY,
    "S": Does.SLOWER,
    "T": Does.TRY_AGAIN,
    "U": Does.UNDO,
    "M": Does.MENU,
    "?": Does.HELP,
}
PICKS = "1234567890QWE"
"""The keys that pick the first, the second, ... of what is offered: a sentence has thirteen parts at most."""

_PICKS = {key: place for place, key in enumerate(PICKS, 1)} | {f"Numpad {n}": n for n in range(1, 10)}
_ENTER = frozenset({"Enter", "Numpad Enter"})
_SPACE = frozenset({" ", "Space"})
PRESSING = _ENTER | _SPACE
"""The keys that press the button that has the focus."""


def meaning(key: Key, *, typing: bool, focused: bool) -> tuple[Does, int] | None:
    """What a key does, and for PICK which one; None where it is not ours.

    In a text field (`typing`) only Escape and Ctrl+Space are: Enter is the field's own, and AltGr,
    which arrives as Alt, stays Polish. Where a button has the focus (`focused`), Enter and Space are
    that button's.
    """
    if key.name == "Escape":
        return Does.LEAVE, 0
    if key.alt or key.meta:
        return None
    if key.ctrl:
        if key.name in _SPACE:
            return Does.REPLAY, 0
        return (Does.UNDO, 0) if key.name == "Z" and not typing else None
    if typing:
        return None
    if key.name in _ENTER or key.name in _SPACE:
        return None if focused else (Does.DEFAULT, 0)
    if key.name == "Backspace":
        return Does.BACK, 0
    if key.name in _PICKS:
        return Does.PICK, _PICKS[key.name]
    return (_LETTERS[key.name], 0) if key.name in _LETTERS else None
