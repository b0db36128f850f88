"""Everything that is pressed. Each is a real button, with its focus ring, under a stable identifier."""

from __future__ import annotations

import flet as ft

from tutor.ui.components.text import words
from tutor.ui.theme import (
    BORDER_CONTROL,
    BORDER_FOCUS,
    BUTTON,
    CHIP,
    HIT,
    ICON,
    LABEL,
    RADIUS,
    RADIUS_TINY,
    RING,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    Look,
)
from tutor.ui.turns import Press

_RING_OFF, _RING_FAR_OFF = 7 / 3, 15 / 3
"""Draw a ring of width 3 two pixels outside the button, and six where the button ends with its text."""


_SHORT = 24
"""Letters of a label that stand on one line even where the text is large."""
_LONG_PAD = 15
"""Above and below a longer label, so that a single line of it can still be hit."""


def named(name: str, content: ft.Control, *, expand: bool | int | None = None) -> ft.Control:
    """`content` under the identifier by which tests and tools find it."""
    return ft.Semantics(identifier=name, content=content, expand=expand)


def pressable(
    look: Look,
    press: Press,
    content: ft.Control,
    *,
    bgcolor: str = ft.Colors.TRANSPARENT,
    colour: str | None = None,
    side: ft.BorderSide | None = None,
    hover_side: ft.BorderSide | None = None,
    height: float | None = None,
    width: float | None = None,
    padding: ft.PaddingValue = 0,
    radius: float = RADIUS,
    expand: bool | int | None = None,
    autofocus: bool = False,
    disabled: bool = False,
    circle: bool = False,
    bare: bool = False,
    align: ft.Alignment = ft.Alignment.CENTER,
    ref: ft.Ref[ft.TextButton] | None = None,
    key: str = "",
) -> ft.Control:
    """A button of any content. For who uses keys a ring shows where the focus is.

    `bare` says that it ends where its text does, so that the ring keeps its distance. Under the same `key`
    another button takes its place, which is quicker drawn than a new one.
    """
    colours = look.colours
    ink = colour or colours.on_surface
    none = ft.BorderSide(0, ft.Colors.TRANSPARENT)
    rest = side or none
    ring = ft.BorderSide(RING, colours.primary, stroke_align=_RING_FAR_OFF if bare else _RING_OFF)
    button = ft.TextButton(
        ref=ref,
        content=content,
        on_click=press.click,
        on_focus=None if press.default else press.focus,
        on_blur=None if press.default else press.blur,
        autofocus=autofocus,
        disabled=disabled,
        height=height,
        width=width,
        expand=expand,
        key=key or f"{press.name}-{content.__class__.__name__}",
        style=ft.ButtonStyle(
            color=ink,
            bgcolor=bgcolor,
            overlay_color={
                ft.ControlState.PRESSED: ft.Colors.with_opacity(0.12, ink),
                ft.ControlState.HOVERED: ft.Colors.with_opacity(0.06, ink),
                ft.ControlState.DEFAULT: ft.Colors.TRANSPARENT,
            },
            side={
                ft.ControlState.FOCUSED: ring if look.rings else rest,
                ft.ControlState.HOVERED: hover_side or rest,
                ft.ControlState.DEFAULT: rest,
            },
            shape=ft.CircleBorder() if circle else ft.RoundedRectangleBorder(radius=radius),
            padding=padding,
            alignment=align,
            elevation=0,
            visual_density=ft.VisualDensity.STANDARD,
        ),
    )
    return named(press.name, button, expand=expand)


def filled(
    look: Look,
    press: Press,
    label: str,
    *,
    key: str = "",
    expand: bool | int | None = None,
    width: float | None = None,
) -> ft.Control:
    """The one main button of a screen. `key` is shown in a box on wide windows."""
    colours = look.colours
    return pressable(
        look,
        press,
        _labelled(look, label, key, colours.on_primary),
        bgcolor=colours.primary,
        colour=colours.on_primary,
        height=look.grown(BUTTON),
        width=width,
        padding=ft.Padding.symmetric(horizontal=SPACE_16),
        expand=expand,
        autofocus=press.grab,
    )


def _labelled(look: Look, label: str, key: str, colour: str) -> ft.Control:
    """A label, and on wide windows the key that does the same."""
    parts: list[ft.Control] = [words(look, label, LABEL, colour=colour, align=ft.TextAlign.CENTER)]
    if key and look.wide:
        parts.append(key_box(look, key, colour))
    return ft.Row(parts, alignment=ft.MainAxisAlignment.CENTER, spacing=SPACE_8, tight=True)


def outlined(
    look: Look,
    press: Press,
    label: str,
    *,
    key: str = "",
    expand: bool | int | None = None,
    width: float | None = None,
) -> ft.Control:
    """The second button beside the main one, as high as that."""
    colours = look.colours
    return pressable(
        look,
        press,
        _labelled(look, label, key, colours.primary),
        colour=colours.primary,
        side=ft.BorderSide(BORDER_CONTROL, colours.primary),
        hover_side=hover_side(look),
        height=look.grown(BUTTON),
        width=width,
        padding=ft.Padding.symmetric(horizontal=SPACE_12),
        expand=expand,
    )


def textual(
    look: Look,
    press: Press,
    label: str,
    *,
    icon: ft.IconData | None = None,
    pad: float = SPACE_12,
    colour: str | None = None,
) -> ft.Control:
    """A quiet button: its word, and an icon before it where there is one. A long label breaks."""
    colour = colour or look.colours.primary
    said = words(look, label, LABEL, colour=colour)
    said.expand, said.expand_loose = True, True
    parts: list[ft.Control] = [said]
    if icon is not None:
        parts.insert(0, ft.Icon(icon, color=colour, size=look.grown(20)))
    return pressable(
        look,
        press,
        ft.Row(parts, alignment=ft.MainAxisAlignment.CENTER, spacing=SPACE_8, tight=True),
        colour=colour,
        height=look.grown(HIT) if len(label) < _SHORT else None,
        padding=ft.Padding.symmetric(horizontal=pad, vertical=0 if len(label) < _SHORT else _LONG_PAD),
        bare=not pad,
    )


def in_the_middle(button: ft.Control) -> ft.Control:
    """A quiet button in the middle of its line; a label that is longer than the line breaks."""
    button.expand, button.expand_loose = True, True
    return ft.Row([button], alignment=ft.MainAxisAlignment.CENTER)


def icon_only(
    look: Look,
    press: Press,
    icon: ft.IconData,
    label: str,
    *,
    colour: str | None = None,
    bgcolor: str = ft.Colors.TRANSPARENT,
    size: float = HIT,
    icon_size: float = ICON,
    disabled: bool = False,
) -> ft.Control:
    """A round button with an icon; `label` is what it says to those who cannot see it."""
    ink = look.colours.outline if disabled else colour or look.colours.on_surface
    return pressable(
        look,
        press,
        ft.Icon(icon, color=ink, size=icon_size, semantics_label=label),
        bgcolor=bgcolor,
        colour=ink,
        height=size,
        width=size,
        disabled=disabled,
        circle=True,
    )


def key_box(look: Look, key: str, colour: str) -> ft.Control:
    """The key that does the same, in a box; screen readers pass over it."""
    said = words(look, key, CHIP, colour=colour, align=ft.TextAlign.CENTER)
    said.semantics_label = ""
    return ft.Container(
        said,
        border=ft.Border.all(1, colour),
        border_radius=RADIUS_TINY,
        height=look.grown(24),
        width=look.grown(24) if len(key) == 1 else None,
        # A word in the middle by its padding: aligned, its box would grow as wide as it can.
        padding=0 if len(key) == 1 else ft.Padding.symmetric(horizontal=7, vertical=2 * look.text),
        alignment=ft.Alignment.CENTER if len(key) == 1 else None,
    )


def control_side(look: Look) -> ft.BorderSide:
    """The border of a control at rest."""
    return ft.BorderSide(BORDER_CONTROL, look.colours.outline_control)


def hover_side(look: Look) -> ft.BorderSide:
    """The border of a control under the pointer."""
    return ft.BorderSide(BORDER_FOCUS, look.colours.primary)
