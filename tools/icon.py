"""Draw `assets/icon.png`, from which `flet build` makes every icon and splash: an ą on spruce.

python -m tools.icon
"""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

from tutor.resources import ASSETS
from tutor.ui.theme import FONT_MEDIUM, FONTS, LIGHT

SIZE = 1024
FINE = 4
"""Drawn so many times larger, for smooth edges."""
CORNER, LETTER = 0.22, 0.8
"""Of the whole: the radius of a corner, and the size of the type."""


def draw() -> Image.Image:
    """The mark."""
    whole = SIZE * FINE
    image = Image.new("RGBA", (whole, whole), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, whole - 1, whole - 1), whole * CORNER, LIGHT.primary)
    font = ImageFont.truetype(ASSETS / FONTS[FONT_MEDIUM], whole * LETTER)
    left, top, right, bottom = pen.textbbox((0, 0), "ą", font)
    pen.text(((whole - left - right) / 2, (whole - top - bottom) / 2), "ą", LIGHT.on_primary, font)
    return image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    # Few colours are enough for one on another.
    draw().quantize(64).save(ASSETS / "icon.png", optimize=True)
