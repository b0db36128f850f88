"""What Flet 1.0.5 gets wrong and cannot be done from outside, mended in one place."""

from __future__ import annotations

from typing import Any

from flet.messaging.session import Session

ORIGINAL = Session.handle_invoke_method_results


def mend() -> None:
    """Let the answer of a control that is gone by now pass.

    A field is asked to take the focus and is drawn anew before it says that it did: then Flet raises an error
    where it reads the page's messages, stops reading, and the page is dead until it is loaded again.
    """
    Session.handle_invoke_method_results = _told  # type: ignore[method-assign]


def _told(self: Any, control_id: int, call_id: str, result: Any, error: str | None) -> None:
    """As Flet's, for a control that is gone, too: whoever waits for it goes on."""
    done = self._Session__method_calls.pop(call_id, None)
    if done is None:
        return
    gone = control_id not in self._Session__index
    self._Session__method_call_results[done] = (result, None if gone else error)
    done.set()
