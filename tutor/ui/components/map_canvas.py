"""The map as it is drawn: a dot for each word, brighter the longer it holds, and names that have room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import flet as ft
from flet import canvas as cv

from tutor.ui.map_labels import Box, Name, beside, over, written
from tutor.ui.theme import BORDER_FOCUS, CAPTION, FONT, FONT_MEDIUM, RADIUS_TINY, SPACE_4, Look
from tutor.vocabulary_map import Light, Spot

if TYPE_CHECKING:
    from tutor.ui.charting import Charting

_GROWS = 0.35
"""How much of looking closer goes into the dots."""
_SEEN = 0.7
"""Of a halo's radius, what names keep clear of."""
_THIN = 0.8
"""A plate through which dots can still be made out."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a light looks: its radius, that of its halo, and whether it is a ring."""

    radius: float
    halo: float = 0.0
    ring: bool = False


MARKS = {
    Light.UNMET: Mark(1.75),
    Light.NEW: Mark(3.5, ring=True),
    Light.LEARNING: Mark(3.75),
    Light.KNOWN: Mark(4.5, halo=8.0),
    Light.LASTING: Mark(5.5, halo=12.0),
}
"""Told apart by shape and size, too, for who does not tell the colours apart."""


def sample(look: Look, light: Light) -> ft.Control:
    """A dot as it is on the map, for the legend."""
    mark, colours = MARKS[light], look.colours
    side = 2 * max(one.halo for one in MARKS.values())
    dot = ft.Container(
        width=2 * mark.radius,
        height=2 * mark.radius,
        border_radius=mark.radius,
        bgcolor=None if mark.ring else _ink(look, light),
        border=ft.Border.all(1.5, colours.primary) if mark.ring else None,
    )
    halo = ft.Container(
        dot,
        width=2 * mark.halo or None,
        height=2 * mark.halo or None,
        border_radius=mark.halo,
        bgcolor=colours.primary_container if mark.halo else None,
        alignment=ft.Alignment.CENTER if mark.halo else None,
    )
    return ft.Container(ft.Row([halo], alignment=ft.MainAxisAlignment.CENTER), width=side, height=side)


def dots_and_names(look: Look, charting: Charting) -> list[cv.Shape]:
    """Everything on the map but what is chosen, for a map that is looked at as closely as it is now.

    It is drawn so much smaller as the page then draws it larger.
    """
    if charting.map is None or not charting.size[0]:
        return []
    scale, spots = charting.scale, charting.map.spots
    places = [charting.at(spot.x, spot.y) for spot in spots]
    shapes: list[cv.Shape] = []
    for light in Light:
        here = [place for place, spot in zip(places, spots, strict=True) if spot.light is light]
        if here:
            shapes += _dots(look, light, here, scale)
    dots = [
        Name(spot.text, x * scale, y * scale, _radius(spot, scale), spot.light > Light.UNMET)
        for spot, (x, y) in zip(spots, places, strict=True)
    ]
    letter = look.size(CAPTION)
    of_regions, of_dots = written(_regions(charting), dots, letter, _ground(charting))
    for name, box in of_dots:
        ink = look.colours.on_surface if name.lit else look.colours.on_surface_variant
        shapes += _name(look, name.text, box, scale, ink, plate=_THIN if name.lit else 0)
    for name, box in of_regions:
        shapes += _name(look, name.text, box, scale, look.colours.primary, FONT_MEDIUM, plate=_THIN)
    return shapes


def chosen(look: Look, charting: Charting) -> list[cv.Shape]:
    """A ring round the word that is chosen, and its name over all others."""
    spot, scale = charting.chosen, charting.scale
    if spot is None or not charting.size[0]:
        return []
    x, y = charting.at(spot.x, spot.y)
    radius = _radius(spot, scale) + SPACE_4
    ring = ft.Paint(
        color=look.colours.on_surface, style=ft.PaintingStyle.STROKE, stroke_width=BORDER_FOCUS / scale
    )
    letter, ground = look.size(CAPTION), _ground(charting)
    taken = [over(region, letter)[0] for region in _regions(charting)]
    boxes = beside(Name(spot.text, x * scale, y * scale, radius), letter)
    box = min(boxes, key=lambda box: (not box.is_within(ground), any(map(box.meets, taken))))
    name = _name(look, spot.text, box, scale, look.colours.on_surface, FONT_MEDIUM, plate=1)
    return [cv.Circle(x, y, radius / scale, paint=ring), *name]


def region_name(topic: str) -> str:
    """What a topic is called on the map."""
    return topic.replace("-", " ")


def _ink(look: Look, light: Light) -> str:
    return look.colours.outline if light is Light.UNMET else look.colours.primary


def _dots(look: Look, light: Light, places: Sequence[tuple[float, float]], scale: float) -> list[cv.Shape]:
    mark, colours = MARKS[light], look.colours
    layers = [(mark.radius, _ink(look, light))]
    if mark.halo:
        layers.insert(0, (mark.halo, colours.primary_container))
    if mark.ring:
        layers.append((mark.radius - 1.5, colours.surface_container_lowest))
    return [
        cv.Points(
            points=list(places),
            paint=ft.Paint(
                color=colour, stroke_width=2 * radius * scale**_GROWS / scale, stroke_cap=ft.StrokeCap.ROUND
            ),
        )
        for radius, colour in layers
    ]


def _name(
    look: Look, text: str, box: Box, scale: float, ink: str, font: str = FONT, *, plate: float
) -> list[cv.Shape]:
    """A name in the middle of its box; on a `plate`, so dense, it can be read among dots."""
    shapes: list[cv.Shape] = []
    wide, high = (box.right - box.left) / scale, (box.bottom - box.top) / scale
    if plate:
        ground = ft.Paint(color=ft.Colors.with_opacity(plate, look.colours.surface_container_lowest))
        shapes.append(
            cv.Rect(box.left / scale, box.top / scale, wide, high, RADIUS_TINY / scale, paint=ground)
        )
    style = ft.TextStyle(size=look.size(CAPTION) / scale, color=ink, font_family=font, letter_spacing=0)
    middle = box.left / scale + wide / 2, box.top / scale + high / 2
    return [*shapes, cv.Text(*middle, text, style, alignment=ft.Alignment.CENTER)]


def _regions(charting: Charting) -> list[Name]:
    """What parts of the map are called, where their words are."""
    found = []
    for region in charting.map.regions if charting.map else ():
        x, y = charting.at(region.x, region.y)
        found.append(Name(region_name(region.topic), x * charting.scale, y * charting.scale))
    return found


def _radius(spot: Spot, scale: float) -> float:
    """Of a dot with its halo, in pixels as it is looked at."""
    mark = MARKS[spot.light]
    return max(mark.radius, mark.halo * _SEEN) * float(scale**_GROWS)


def _ground(charting: Charting) -> Box:
    return Box(0, 0, charting.size[0] * charting.scale, charting.size[1] * charting.scale)
