"""Work that takes a while: what it is doing, a bar, how long it will go on, and a way to stop it."""

from __future__ import annotations

from math import ceil

import flet as ft

from tutor.i18n import _, plural
from tutor.long_work import Doing, Progress
from tutor.ui.components.buttons import named, textual
from tutor.ui.components.text import words
from tutor.ui.theme import CAPTION, LABEL, SPACE_4, SPACE_8, Look
from tutor.ui.turns import Turns
from tutor.ui.watched import Watched


def long_work(look: Look, turns: Turns, work: Watched, name: str = "long-work") -> ft.Control:
    """How far the work is. Before it told anything the bar just moves."""
    colours = look.colours
    progress = work.progress
    share = progress.share if progress else None
    doing = doing_now(progress.what) if progress else work.title
    left = _("Stopping") if work.stopping else how_far(progress, work.left)
    stop = textual(look, turns.at_once(f"stop-{name}", work.stop), _("Cancel"), pad=0)
    said = ft.Column(
        [
            words(look, doing, LABEL),
            words(look, left, CAPTION, colour=colours.on_surface_variant),
        ],
        spacing=2,
        tight=True,
        expand=True,
    )
    bar = ft.ProgressBar(
        value=share,
        color=colours.primary,
        bgcolor=colours.ring_track,
        border_radius=SPACE_4,
        bar_height=6,
        semantics_label=doing,
        semantics_value=round(100 * share) if share is not None else None,
    )
    parts: list[ft.Control] = [said] if work.stopping else [said, stop]
    return named(
        name,
        ft.Column(
            [ft.Row(parts, spacing=SPACE_8), bar],
            spacing=SPACE_8,
            tight=True,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
    )


def doing_now(what: Doing) -> str:
    """What is being done, in words."""
    return {
        Doing.CHECKING: _("Checking that everything is whole"),
        Doing.SAVING: _("Making a backup"),
        Doing.RESTORING: _("Bringing the backup back"),
        Doing.CLEARING: _("Deleting"),
        Doing.UPGRADING: _("Bringing your words up to date"),
        Doing.FOLDING: _("Going through your answers"),
        Doing.WRITING: _("Writing the file"),
        Doing.READING: _("Reading your answers"),
        Doing.FITTING: _("Fitting the memory model"),
        Doing.VOICING: _("Making sounds"),
        Doing.EMBEDDING: _("Looking at what your words mean"),
        Doing.MAPPING: _("Laying out the map"),
        Doing.DOWNLOADING: _("Downloading"),
    }[what]


def how_far(progress: Progress | None, seconds: float | None) -> str:
    """How much of a download is there, and how long any work will go on, as far as that can be told."""
    said = []
    if progress and progress.what is Doing.DOWNLOADING and progress.total:
        done, total = progress.done / 1e6, progress.total / 1e6
        said.append(_("{done:.1f} of {total:.1f} MB").format(done=done, total=total))
    if seconds is not None:
        said.append(time_left(seconds))
    return " · ".join(said)


def time_left(seconds: float) -> str:
    """How long it will go on, as exactly as can be told."""
    if seconds < 10:
        return _("A few seconds left")
    if seconds < 60:
        return _("About {seconds} seconds left").format(seconds=ceil(seconds / 10) * 10)
    return plural("About {count} minute left", "About {count} minutes left", ceil(seconds / 60))
