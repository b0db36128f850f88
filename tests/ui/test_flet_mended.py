"""A page lives on where a control is gone before it says that it did what it was asked."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from flet.messaging.session import Session

from tutor.ui import flet_mended


class Asked:
    """As much of a session as answers of controls need, with one call under way."""

    def __init__(self, *controls: int) -> None:
        self.done = asyncio.Event()
        self._Session__index: dict[int, Any] = dict.fromkeys(controls)
        self._Session__method_calls = {"call": self.done}
        self._Session__method_call_results: dict[Any, Any] = {}


def test_flet_itself_still_fails_where_a_control_is_gone() -> None:
    """When this fails, Flet has been mended, and our own mending can go."""
    with pytest.raises(RuntimeError, match="not registered"):
        flet_mended.ORIGINAL(Asked(), 7, "call", None, None)


def test_whoever_waits_for_a_control_that_is_gone_goes_on() -> None:
    flet_mended.mend()
    for controls in ((), (7,)):
        session = Asked(*controls)
        Session.handle_invoke_method_results(session, 7, "call", "result", None)  # type: ignore[arg-type]
        assert session.done.is_set()
        assert session._Session__method_call_results == {session.done: ("result", None)}
        Session.handle_invoke_method_results(session, 7, "call", "late", None)  # type: ignore[arg-type]


def test_what_a_control_complains_of_is_told_where_it_is_still_there() -> None:
    flet_mended.mend()
    session = Asked(7)
    Session.handle_invoke_method_results(session, 7, "call", None, "no focus")  # type: ignore[arg-type]
    assert session._Session__method_call_results == {session.done: (None, "no focus")}
