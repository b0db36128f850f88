"""Contrast, computed for every pair that is drawn, in both themes; and nothing is told by colour alone."""

from __future__ import annotations

from dataclasses import fields
from itertools import combinations
from pathlib import Path

import pytest

import tutor.ui
from tutor.drills.feedback import Verdict
from tutor.memory.tracks import Track
from tutor.resources import ASSETS
from tutor.ui.theme import DARK, FONTS, LIGHT, Hue, Look, Palette, flet_theme

TEXT, SHAPE = 4.5, 3.0
THEMES = {"light": LIGHT, "dark": DARK}
SURFACES = ("surface", "surface_container_lowest", "surface_container", "surface_container_high")
ON_SURFACES = ("on_surface", "on_surface_variant", "primary", "error")
HUES = tuple(field.name for field in fields(Palette) if field.type == "Hue")

DECORATIVE = {
    "outline_variant": "hairlines between things that space parts already",
    "outline_control": "the border of a control whose label says what it is",
    "ring_track": "the unfilled part of a ring whose figures stand in it",
}
"""Tokens that carry no meaning of their own and need no contrast."""


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs(palette: Palette) -> list[tuple[str, str, str, float]]:
    """Everything that is drawn on something: its name, its colour, the ground, what is needed."""
    found: list[tuple[str, str, str, float]] = []

    def add(name: str, ink: str, ground: str, need: float) -> None:
        found.append((name, ink, ground, need))

    for surface in SURFACES:
        ground = getattr(palette, surface)
        for ink in ON_SURFACES:
            add(f"{ink} on {surface}", getattr(palette, ink), ground, TEXT)
        add(f"outline on {surface}", palette.outline, ground, SHAPE)
    add("on_primary on primary", palette.on_primary, palette.primary, TEXT)
    add("on_primary_container", palette.on_primary_container, palette.primary_container, TEXT)
    add("primary on primary_container", palette.primary, palette.primary_container, TEXT)
    add("on_surface on primary_container", palette.on_surface, palette.primary_container, TEXT)
    add("on_error on error", palette.on_error, palette.error, TEXT)
    add("error on error_container", palette.error, palette.error_container, TEXT)
    add("on_surface on error_container", palette.on_surface, palette.error_container, TEXT)
    add("ring on its track", palette.primary, palette.ring_track, SHAPE)
    for name in HUES:
        hue: Hue = getattr(palette, name)
        for surface in SURFACES[:3]:
            add(f"{name}.ink on {surface}", hue.ink, getattr(palette, surface), TEXT)
        add(f"{name}.ink on its soft", hue.ink, hue.soft, TEXT)
        add(f"{name}.on_ink on its ink", hue.on_ink, hue.ink, TEXT)
        for ink in ("on_surface", "on_surface_variant"):
            add(f"{ink} on {name}.soft", getattr(palette, ink), hue.soft, TEXT)
        add(f"primary text on {name}.soft", palette.primary, hue.soft, TEXT)
    return found


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_and_shape_stands_out_from_its_ground(theme: str) -> None:
    low = [
        f"{name}: {contrast(ink, ground):.2f} < {need}"
        for name, ink, ground, need in pairs(THEMES[theme])
        if contrast(ink, ground) < need
    ]
    assert low == []


@pytest.mark.parametrize("theme", THEMES)
def test_every_token_is_measured_or_named_as_decorative(theme: str) -> None:
    palette = THEMES[theme]
    measured = {colour for _name, ink, ground, _need in pairs(palette) for colour in (ink, ground)}
    tokens = {field.name: getattr(palette, field.name) for field in fields(Palette)}
    plain = {name: value for name, value in tokens.items() if isinstance(value, str)}
    assert {name for name, value in plain.items() if value not in measured} <= set(DECORATIVE)
    assert set(DECORATIVE) <= set(plain)


@pytest.mark.parametrize("theme", THEMES)
def test_hues_are_told_apart_from_each_other(theme: str) -> None:
    palette = THEMES[theme]
    inks = [getattr(palette, name).ink for name in HUES]
    softs = [getattr(palette, name).soft for name in HUES]
    assert all(one != other for one, other in combinations(inks, 2))
    assert all(one != other for one, other in combinations(softs, 2))
    assert {palette.track(track).ink for track in Track} == {
        palette.read.ink, palette.listen.ink, palette.use.ink, palette.speak.ink,
    }  # fmt: skip
    assert len({palette.verdict(verdict).ink for verdict in Verdict}) == len(Verdict)


@pytest.mark.parametrize("theme", THEMES)
def test_the_material_theme_leaves_no_colour_that_is_drawn_to_chance(theme: str) -> None:
    scheme = flet_theme(THEMES[theme]).color_scheme
    assert scheme is not None
    drawn = (
        "primary on_primary primary_container on_primary_container secondary secondary_container tertiary "
        "error on_error error_container surface on_surface on_surface_variant outline outline_variant "
        "surface_container_lowest surface_container_low surface_container surface_container_high "
        "surface_container_highest inverse_surface on_inverse_surface surface_tint"
    )
    assert [slot for slot in drawn.split() if getattr(scheme, slot) is None] == []


def test_no_other_module_names_a_colour() -> None:
    folder = Path(tutor.ui.__file__).parent
    naming = [
        path.name
        for path in folder.rglob("*.py")
        if path.name != "theme.py" and '"#' in path.read_text(encoding="utf-8")
    ]
    assert naming == []


def test_the_fonts_are_shipped_with_their_licence() -> None:
    assert [name for name in FONTS.values() if not (ASSETS / name).is_file()] == []
    assert "Apache License" in (ASSETS / "fonts" / "LICENSE-Roboto.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", [0.85, 1.0, 1.3, 1.6])
@pytest.mark.parametrize("size", [(360, 640), (390, 664), (390, 844), (768, 1024), (1280, 800)])
def test_sizes_follow_the_window_and_the_text(size: tuple[int, int], text: float) -> None:
    look = Look(*size, text=text)
    assert look.column <= min(720, size[0] - 2 * look.margin)
    assert look.word("kawa") >= look.word("najprawdopodobniej") >= look.word("a" * 40) > 20 * min(text, 1.3)
    assert look.word("kawa") <= 48 * 1.3
    assert look.grown(48) >= 48
