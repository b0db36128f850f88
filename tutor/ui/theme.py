"""Every colour, size, space and duration of the user interface, and nothing else knows any."""

from __future__ import annotations

from dataclasses import dataclass, replace

import flet as ft

from tutor.drills.feedback import Verdict
from tutor.memory.tracks import Track
from tutor.settings import LARGEST_TEXT, Settings, Theme

FONT = "Tutor"
FONT_MEDIUM = "Tutor Medium"
FONTS = {FONT: "fonts/Roboto-Regular.ttf", FONT_MEDIUM: "fonts/Roboto-Medium.ttf"}
"""Two families: in a one-file family a weight changes nothing."""


@dataclass(frozen=True, slots=True)
class Hue:
    """Ink for text, icons and filled shapes; soft for containers; on_ink for text on a filled shape."""

    ink: str
    soft: str
    on_ink: str


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme's colours. The hues of tracks and verdicts are used for nothing else."""

    surface: str
    surface_container_lowest: str
    surface_container: str
    surface_container_high: str
    on_surface: str
    on_surface_variant: str
    outline: str
    outline_variant: str
    outline_control: str
    primary: str
    on_primary: str
    primary_container: str
    on_primary_container: str
    ring_track: str
    error: str
    on_error: str
    error_container: str
    read: Hue
    listen: Hue
    use: Hue
    speak: Hue
    good: Hue
    nearly: Hue
    again: Hue

    def track(self, track: Track) -> Hue:
        """The hue of a track."""
        hues = {Track.VISUAL: self.read, Track.AUDIO: self.listen}
        return hues.get(track) or (self.use if track is Track.CONTEXT else self.speak)

    def verdict(self, verdict: Verdict) -> Hue:
        """The hue of a verdict."""
        return {Verdict.GOOD: self.good, Verdict.NEARLY: self.nearly, Verdict.AGAIN: self.again}[verdict]


LIGHT = Palette(
    surface="#FBFAF7",
    surface_container_lowest="#FFFFFF",
    surface_container="#F3F1EA",
    surface_container_high="#EAE7DE",
    on_surface="#1B2422",
    on_surface_variant="#55605D",
    outline="#798481",
    outline_variant="#E3E0D7",
    outline_control="#C3CAC5",
    primary="#1F6F6B",
    on_primary="#FFFFFF",
    primary_container="#D5ECE8",
    on_primary_container="#0C4542",
    ring_track="#DCE6E3",
    error="#B3261E",
    on_error="#FFFFFF",
    error_container="#FBE4E1",
    read=Hue("#2A5EA8", "#E2ECF9", "#FFFFFF"),
    listen=Hue("#6C4BB4", "#ECE6FA", "#FFFFFF"),
    use=Hue("#75533A", "#F1E7DC", "#FFFFFF"),
    speak=Hue("#B2401E", "#FDE7DE", "#FFFFFF"),
    good=Hue("#2B6F35", "#E3F2E3", "#FFFFFF"),
    nearly=Hue("#865C00", "#FAF0D6", "#FFFFFF"),
    again=Hue("#AE2A5C", "#FBE7ED", "#FFFFFF"),
)

DARK = Palette(
    surface="#101716",
    surface_container_lowest="#182120",
    surface_container="#1E2827",
    surface_container_high="#283432",
    on_surface="#E5EAE7",
    on_surface_variant="#AAB6B2",
    outline="#85918D",
    outline_variant="#2D3937",
    outline_control="#465451",
    primary="#7ED0C8",
    on_primary="#00322F",
    primary_container="#164A47",
    on_primary_container="#BFEEE8",
    ring_track="#2B3A38",
    error="#FFB4AB",
    on_error="#601410",
    error_container="#4D1B18",
    read=Hue("#9DC4F6", "#1C3049", "#101716"),
    listen=Hue("#CAB8F7", "#32284E", "#101716"),
    use=Hue("#CDBAA6", "#383029", "#101716"),
    speak=Hue("#FF9F78", "#46291E", "#101716"),
    good=Hue("#95D69D", "#1B3522", "#101716"),
    nearly=Hue("#EBC765", "#362D16", "#101716"),
    again=Hue("#FFABC4", "#501B30", "#101716"),
)

SHADE = "#000000"
"""What is laid, thinly, over a screen that waits."""

SPACE_4, SPACE_8, SPACE_12, SPACE_16, SPACE_24, SPACE_32 = 4, 8, 12, 16, 24, 32

RADIUS = 16
RADIUS_SMALL = 12
RADIUS_TINY = 6
HIT = 48
"""Nothing that can be tapped is smaller, but for the Polish letters on a narrow phone."""
BUTTON = 56
BUTTON_START = 64
FIELD = 60
RATE = 72
ROW = 72
"""A row of a list, or of the settings."""
MARK = 24
"""The sign of a track in a list."""
ICON = 24
BORDER = 1
BORDER_CONTROL = 1.5
BORDER_FOCUS = 2
RING = 3
"""The width of a focus ring, and of the line below a letter."""
CONTENT_WIDTH = 720
RAIL = 96
"""The rail of places on wide windows."""
WIDE = 700
ROOMY = 1100
NARROW = 320
"""Windows narrower than any phone: a page that was made larger in the browser."""
COMPACT = 720
"""Windows lower than this are compact."""
LONG_WORD = 14
"""Letters from which a word in a prompt is set smaller."""
ROOMY_TEXT = 1.3
"""Text size from which rows that do not fit any more are stacked."""

LETTERS_APART, LINES_APART = 0.06, 1.2
"""Where letters and lines stand further apart: ems between letters, and by how much lines grow."""

QUICK = 150
SLIDE = 200
FILL = 250
PATIENCE = 0.3
"""Seconds before a spinner is shown."""


@dataclass(frozen=True, slots=True)
class Type:
    """A kind of text: its size, its size on a wide window, whether it is medium, its line height."""

    size: float
    wide: float
    medium: bool
    line: float


WORD = Type(40, 48, True, 1.2)
SENTENCE = Type(24, 28, False, 1.35)
GREETING = Type(24, 28, True, 1.25)
HEADING = Type(22, 22, True, 1.25)
MEANING = Type(22, 24, False, 1.35)
POLISH = Type(20, 20, True, 1.3)
EXAMPLE = Type(20, 22, False, 1.35)
BODY = Type(16, 16, False, 1.4)
LABEL = Type(16, 16, True, 1.35)
START = Type(18, 18, True, 1.3)
CAPTION = Type(13, 13, False, 1.35)
CHIP = Type(13, 13, True, 1.35)
TILE = Type(14, 14, True, 1.35)
LETTER = Type(20, 20, False, 1.2)

WORD_SMALL = 32
WORD_STOPS = 1.3
"""Prompt words grow no further than this."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the layout hangs on: the window, the theme and the learner's text size."""

    width: float
    height: float
    device_dark: bool = False
    """Whether the device is in its dark theme."""
    text: float = 1.0
    theme: Theme = Theme.SYSTEM
    still: bool = False
    """Whether things fade instead of moving."""
    spaced: bool = False
    """Whether letters and lines stand further apart."""
    rings: bool = False
    """Whether it is shown where the focus is: from a key on, until something is pointed at."""

    def set_by(self, settings: Settings) -> Look:
        """As the learner set it."""
        return replace(
            self, text=settings.text_size, theme=settings.theme, still=settings.less_motion,
            spaced=settings.spacing,
        )  # fmt: skip

    @property
    def dark(self) -> bool:
        return self.device_dark if self.theme is Theme.SYSTEM else self.theme is Theme.DARK

    @property
    def colours(self) -> Palette:
        return DARK if self.dark else LIGHT

    @property
    def wide(self) -> bool:
        """A tablet or a desktop window."""
        return self.width >= WIDE

    @property
    def compact(self) -> bool:
        """A phone's browser with its bars, or a low window."""
        return self.height < COMPACT

    @property
    def big_text(self) -> bool:
        """Whether rows have to be stacked, because of the text size or because the window is very narrow."""
        return self.text >= ROOMY_TEXT or self.width < NARROW

    @property
    def margin(self) -> int:
        """The space between the content and the edge of the window."""
        return SPACE_16 if not self.wide else SPACE_24 if self.width < ROOMY else SPACE_32

    @property
    def inset(self) -> int:
        """The space beside what stands in a session: none where the session is a column of its own."""
        return 0 if self.wide else SPACE_16

    @property
    def content(self) -> float:
        """The width beside the rail of places, where there is one."""
        return self.width - RAIL if self.wide else self.width

    @property
    def column(self) -> float:
        """How wide the content of a place may be."""
        return min(self.content - 2 * self.margin, CONTENT_WIDTH)

    def size(self, kind: Type) -> float:
        """The size of a kind of text in this window."""
        return round((kind.wide if self.wide else kind.size) * self.text, 2)

    def word(self, text: str) -> float:
        """The size of the words in a prompt: smaller where they are long or the window is low."""
        size = WORD.wide if self.wide else WORD.size
        if len(text) > LONG_WORD or self.compact:
            size = WORD_SMALL
        if len(text) > 2 * LONG_WORD and not self.wide:
            size = SENTENCE.size
        return round(size * min(self.text, WORD_STOPS), 2)

    def grown(self, length: float, most: float = LARGEST_TEXT) -> float:
        """A length that grows with the text."""
        return round(length * max(1.0, min(self.text, most)), 2)


def flet_theme(colours: Palette) -> ft.Theme:
    """The Material theme of a palette: every slot that Flet's controls read, set by hand."""
    return ft.Theme(
        font_family=FONT,
        color_scheme=ft.ColorScheme(
            primary=colours.primary,
            on_primary=colours.on_primary,
            primary_container=colours.primary_container,
            on_primary_container=colours.on_primary_container,
            secondary=colours.primary,
            on_secondary=colours.on_primary,
            secondary_container=colours.primary_container,
            on_secondary_container=colours.on_primary_container,
            tertiary=colours.primary,
            on_tertiary=colours.on_primary,
            tertiary_container=colours.primary_container,
            on_tertiary_container=colours.on_primary_container,
            error=colours.error,
            on_error=colours.on_error,
            error_container=colours.error_container,
            on_error_container=colours.on_surface,
            surface=colours.surface,
            on_surface=colours.on_surface,
            on_surface_variant=colours.on_surface_variant,
            outline=colours.outline,
            outline_variant=colours.outline_variant,
            inverse_surface=colours.on_surface,
            on_inverse_surface=colours.surface,
            inverse_primary=colours.primary_container,
            surface_tint=colours.surface,
            surface_bright=colours.surface_container_lowest,
            surface_dim=colours.surface_container_high,
            surface_container_lowest=colours.surface_container_lowest,
            surface_container_low=colours.surface,
            surface_container=colours.surface_container,
            surface_container_high=colours.surface_container_high,
            surface_container_highest=colours.surface_container_high,
            shadow=SHADE,
            scrim=SHADE,
        ),
        page_transitions=ft.PageTransitionsTheme(
            android=ft.PageTransitionTheme.NONE,
            ios=ft.PageTransitionTheme.NONE,
            linux=ft.PageTransitionTheme.NONE,
            macos=ft.PageTransitionTheme.NONE,
            windows=ft.PageTransitionTheme.NONE,
        ),
    )
