"""What is written on a screen, without a page."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft
from flet.components.component import Component, Renderer


def drawn(screen: Callable[[], ft.Control]) -> list[str]:
    """Everything that a screen says, in its order."""
    with Renderer().with_context():
        # A reader sees no difference between a space and one that keeps a line together.
        return [text.replace("\N{NO-BREAK SPACE}", " ") for text in _texts(screen())]


def _texts(control: ft.Control | Component) -> list[str]:
    found: list[str] = []
    if isinstance(control, ft.Text):
        found.append(control.value or "".join(span.text or "" for span in control.spans or []))
    if isinstance(control, Component):
        found += [text for one in control.args if isinstance(one, ft.Control) for text in _texts(one)]
    for name in ("content", "controls"):
        inside = getattr(control, name, None)
        for one in inside if isinstance(inside, list) else [inside]:
            if isinstance(one, ft.Control | Component):
                found += _texts(one)
    return found
