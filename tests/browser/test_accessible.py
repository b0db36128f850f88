"""What screen readers are given, by the rules of axe-core, which travels in a package without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from .conftest import PHONE, Learner, Server
from .test_layout import SCREENS, opened

NOT_ASKED = {
    "color-contrast": "the tree is transparent, over a canvas; the colours are measured in ui/test_theme.py",
    "landmark-no-duplicate-banner": "Flutter makes a heading that cannot be selected a banner",
    "landmark-unique": "for the same reason",
}
"""Rules that say nothing of this app; each with its reason."""


def complaints(at: Learner) -> list[str]:
    """What axe says of the page, without what is exempt."""
    rules = {rule: {"enabled": False} for rule in NOT_ASKED}
    context = {"include": [["flt-semantics-host"]]}
    found: list[dict[str, Any]] = (
        Axe().run(at.page, context=context, options={"rules": rules}).response["violations"]
    )
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def test_axe_finds_nothing_on_any_screen(chromium: Browser, server: Server, practised: Path) -> None:
    server.start()
    found = []
    with opened(chromium, server, PHONE, 1.0) as at:
        for go in SCREENS:
            go(at)
            found += [f"{go.__name__.removeprefix('to_')}: {complaint}" for complaint in complaints(at)]
        at.click("nav-today")
        at.click("start-session")
        at.sees("drill-prompt")
        found += [f"session: {complaint}" for complaint in complaints(at)]
    assert found == []
