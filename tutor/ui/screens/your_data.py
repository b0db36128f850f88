"""Settings, Your data: where it is, its backups, taking it along, and deleting it."""

from __future__ import annotations

import flet as ft

from tutor.i18n import _, plural
from tutor.store.backup import Backup
from tutor.ui.adjusting import Adjusting
from tutor.ui.components.buttons import filled, named, outlined, pressable, textual
from tutor.ui.components.field import plain_field
from tutor.ui.components.frame import card
from tutor.ui.components.long_work import long_work
from tutor.ui.components.rows import line, link, unfolding
from tutor.ui.components.text import day_text, words
from tutor.ui.state import AppState
from tutor.ui.theme import (
    BODY,
    BORDER,
    BUTTON,
    CAPTION,
    LABEL,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    Look,
)

SHOWN = 20
"""Backups that are listed; older ones are in the folder."""


def data_rows(look: Look, state: AppState, adjusting: Adjusting) -> list[ft.Control]:
    """The rows of the group."""
    turns = adjusting.turns
    folder = ft.Column(
        [
            words(look, _("Where it is kept"), LABEL),
            words(look, adjusting.folder, CAPTION, colour=look.colours.on_surface_variant, selectable=True),
        ],
        spacing=2,
    )
    return [
        ft.Container(folder, padding=ft.Padding.symmetric(vertical=SPACE_12)),
        working(look, adjusting, "back-up")
        or link(look, turns.press("back-up", adjusting.back_up), _("Make a backup now"), _last(adjusting)),
        _backups(look, state, adjusting),
        working(look, adjusting, "export")
        or link(look, turns.press("export", adjusting.export), _("Export"), _exported(adjusting)),
        _faults(look, adjusting),
    ]


def _faults(look: Look, adjusting: Adjusting) -> ft.Control:
    """What was noted as wrong with the course, to hand on."""
    title = _("Faults you noted")
    if not adjusting.faults:
        return line(look, title, _("None yet. Where a drill is wrong, its menu notes that"))
    said = plural(
        "{count} so far; export it for who makes the course",
        "{count} so far; export them for who makes the course",
        adjusting.faults,
    )
    if adjusting.faults_done:
        said = _("Written to {path}").format(path=adjusting.faults_done)
    return link(look, adjusting.turns.press("export-faults", adjusting.export_faults), title, said)


def working(look: Look, adjusting: Adjusting, name: str) -> ft.Control | None:
    """What goes on in the place of a row; None where nothing does."""
    if name not in adjusting.working:
        return None
    work = long_work(look, adjusting.turns, adjusting.working[name], f"{name}-work")
    return ft.Container(work, padding=ft.Padding.symmetric(vertical=SPACE_12))


def _last(adjusting: Adjusting) -> str:
    if not adjusting.backups:
        return _("None yet")
    count = plural("{count} is kept", "{count} are kept", len(adjusting.backups))
    return _("Last one on {when}; {count}").format(when=when(adjusting.backups[0]), count=count)


def when(made: Backup) -> str:
    """The day and the time at which a backup was made."""
    at = made.made_at.astimezone()
    return _("{day} at {time}").format(day=day_text(at.date()), time=f"{at:%H:%M}")


def _exported(adjusting: Adjusting) -> str:
    if adjusting.done:
        return _("Written to {path}").format(path=adjusting.done)
    return _("All your words and answers in one file")


# Backups.


def _backups(look: Look, state: AppState, adjusting: Adjusting) -> ft.Control:
    press = adjusting.turns.press("open-backups", adjusting.unfold, "backups")
    title, effect = _("Bring a backup back"), _("Everything becomes as it was then")
    if adjusting.open != "backups":
        return unfolding(look, press, title, effect, "", None)
    quiet = look.colours.on_surface_variant
    rows = [_backup(look, state, adjusting, one) for one in adjusting.backups[:SHOWN]]
    if not rows:
        rows = [words(look, _("There is no backup yet. One is made before each upgrade."), BODY)]
    if older := len(adjusting.backups) - SHOWN:
        more = plural("{count} older one is in the folder.", "{count} older ones are in the folder.", older)
        rows += [words(look, more, CAPTION, colour=quiet)] if older > 0 else []
    return unfolding(look, press, title, effect, "", rows)


def _backup(look: Look, state: AppState, adjusting: Adjusting, one: Backup) -> ft.Control:
    turns, quiet = adjusting.turns, look.colours.on_surface_variant
    name = one.path.name
    told = ft.Column(
        [
            words(look, when(one), LABEL),
            words(look, f"{why(one)} · {size(one)}", CAPTION, colour=quiet),
        ],
        spacing=2,
        tight=True,
        expand=True,
    )
    if adjusting.asked != one:
        choose = textual(
            look, turns.press(f"backup-{name}", adjusting.ask, one), _("Bring back"), pad=SPACE_8
        )
        if look.big_text and not look.wide:
            told.expand = None
            return ft.Column([told, choose], spacing=0)
        return ft.Row([told, choose], spacing=SPACE_8)
    lost = plural(
        "{count} answer given since then goes from here.",
        "{count} answers given since then go from here.",
        adjusting.lost,
    )
    if not adjusting.lost:
        lost = _("No answer was given since then.")
    kept = _("What is here now is kept as a backup first.")
    if not adjusting.alone:
        kept += " " + _("Everyone who learns here goes back with you.")
    yes = filled(look, turns.press("restore", state.restore, one), _("Bring it back"))
    no = outlined(look, turns.press("keep", adjusting.ask, None), _("Keep what is here"))
    return named(
        "restore-asked",
        ft.Container(
            ft.Column(
                [told, words(look, f"{lost} {kept}", BODY), yes, no],
                spacing=SPACE_12,
                horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
            ),
            bgcolor=look.colours.surface_container,
            border_radius=SPACE_12,
            padding=SPACE_12,
        ),
    )


def why(one: Backup) -> str:
    """Why a backup was made."""
    if one.reason == "before-restore":
        return _("Before a backup was brought back")
    if one.reason == "before-deletion":
        return _("Before everything was deleted")
    if one.reason.startswith("before-"):
        return _("Before an upgrade")
    return _("Made by hand")


def size(one: Backup) -> str:
    """How large a backup is."""
    return _("{size:.1f} MB").format(size=max(one.bytes / 1e6, 0.1))


# Deletion.


def deletion(look: Look, state: AppState, adjusting: Adjusting) -> ft.Control:
    """A card of its own, at the end and red: everything is deleted once its word is written."""
    turns, red = adjusting.turns, look.colours.error
    press = turns.press("open-delete", adjusting.unfold, "delete")
    title = _("Delete everything")
    effect = _("All your words, answers and settings")
    if not adjusting.alone:
        effect = _("All words, answers and settings of everyone who learns here")
    offered: list[ft.Control] | None = None
    if adjusting.open == "delete":
        said = _(
            "You begin anew, as on the first day. A backup is made first and stays in the folder, with all"
            " earlier backups and exports: to be rid of those, too, delete the folder {folder}."
        ).format(folder=adjusting.folder)
        ask = _("Write “{word}” to go on.").format(word=adjusting.word)
        field = plain_field(
            look, turns, "delete-word", _("The word"), adjusting.wrote, state.delete_everything
        )
        button = pressable(
            look,
            turns.press("delete-everything", state.delete_everything),
            words(look, title, LABEL, colour=look.colours.on_error),
            bgcolor=red,
            colour=look.colours.on_error,
            height=look.grown(BUTTON),
            padding=ft.Padding.symmetric(horizontal=SPACE_16),
        )
        offered = [words(look, said, BODY), words(look, ask, BODY), field, button]
    row = unfolding(look, press, title, effect, "", offered, colour=red)
    box = card(look, row, padding=ft.Padding.symmetric(horizontal=SPACE_16, vertical=SPACE_4))
    box.border = ft.Border.all(BORDER, red)
    return box
