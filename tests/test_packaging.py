"""What `flet build` reads: it names what is there, and phones get nothing that has no build for them."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from helpers import ROOT

from tutor.ui.app import TITLE
from tutor.ui.theme import DARK, LIGHT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FLET = PROJECT["tool"]["flet"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
WINDOW = "flet-desktop"
"""Of the extra `desktop`, what a built app has of its own."""


def packages(requirements: list[str]) -> set[str]:
    """Their names, without versions."""
    return {re.split(r"[\s<>=!~;\[]", one, maxsplit=1)[0] for one in requirements}


def test_names_are_those_of_the_app_and_fit_every_store() -> None:
    assert FLET["product"] == TITLE
    assert FLET["artifact"] == PROJECT["project"]["name"]
    assert FLET["bundle_id"].startswith(f"{FLET['org']}.")
    assert re.fullmatch(r"[a-z]+(\.[a-z][a-z0-9]*)+", FLET["bundle_id"])


def test_what_is_packed_is_there_and_what_is_not_needed_stays_out() -> None:
    app = ROOT / FLET["app"]["path"]
    assert (app / f"{FLET['app']['module']}.py").is_file()
    assert (app / "assets" / "icon.png").is_file()
    packed = {path.name for path in app.iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    assert {"tutor", "migrations"} <= packed - set(FLET["app"]["exclude"])
    assert {"tests", "benchmarks", "tools", "docs"} <= set(FLET["app"]["exclude"])


def test_phones_get_none_of_what_only_desktops_can_have() -> None:
    only_there = packages(EXTRAS["desktop"])
    assert "espeakng-loader" in only_there
    assert not only_there & packages(PROJECT["project"]["dependencies"])
    for phone in ("android", "ios"):
        assert "dependencies" not in FLET.get(phone, {})


@pytest.mark.parametrize("desktop", ["macos", "windows", "linux"])
def test_desktops_get_all_of_it_but_the_window(desktop: str) -> None:
    wanted = [one for one in EXTRAS["desktop"] if packages([one]) != {WINDOW}]
    assert sorted(FLET[desktop]["dependencies"]) == sorted(wanted)


def test_the_microphone_is_asked_for_with_a_reason() -> None:
    assert FLET["permissions"] == ["microphone"]
    assert FLET["android"]["permission"] == {"android.permission.RECORD_AUDIO": True}
    for apple in ("ios", "macos"):
        assert "stays on this device" in FLET[apple]["info"]["NSMicrophoneUsageDescription"]


def test_icon_and_splash_have_the_colours_of_the_theme() -> None:
    assert FLET["icon_background"] == FLET["web"]["pwa_theme_color"] == LIGHT.primary
    assert (FLET["splash"]["color"], FLET["splash"]["dark_color"]) == (LIGHT.surface, DARK.surface)


def test_the_web_build_asks_no_other_machine_for_anything() -> None:
    assert FLET["web"]["cdn"] is False
