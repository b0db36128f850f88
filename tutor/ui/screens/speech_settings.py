"""Settings, Speaking: the model that hears, models and voices to install, and recordings."""

from __future__ import annotations

import flet as ft

from tutor.i18n import _, plural
from tutor.speech.known_packs import DEFAULT, Kind, KnownPack
from tutor.speech.pack_files import InstalledPack
from tutor.speech.packs import Offer
from tutor.speech.recordings import KEPT_DAYS, KeepRecordings
from tutor.ui.adjusting import Adjusting
from tutor.ui.components.buttons import filled, named, outlined, textual
from tutor.ui.components.choices import choice
from tutor.ui.components.long_work import long_work
from tutor.ui.components.rows import line, unfolding
from tutor.ui.components.text import in_parts, words
from tutor.ui.speech_models import IMPORT, RECORDINGS, Said, SpeechModels, shown
from tutor.ui.theme import (
    BODY,
    CAPTION,
    CHIP,
    FONT_MEDIUM,
    ICON,
    LABEL,
    RADIUS_SMALL,
    RADIUS_TINY,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_24,
    Look,
)

_DIGITS = 12
"""Of a checksum, those that people compare; the others follow them."""


def speech_rows(look: Look, adjusting: Adjusting) -> list[ft.Control]:
    """The rows of the group. What this device cannot do is said, and nothing is offered for it."""
    speech = adjusting.speech
    rows: list[ft.Control] = []
    if speech.can_listen:
        rows += [_in_use(look, adjusting), _packs(look, adjusting, Kind.SPEECH)]
    else:
        lacking = _("This device cannot listen: packages are missing, and `tutor doctor` says which")
        rows.append(line(look, _("Speech model"), lacking))
    if speech.can_speak:
        rows.append(_packs(look, adjusting, Kind.VOICE))
    else:
        lacking = _("They need the package piper-tts; `tutor doctor` says how to get it")
        rows.append(line(look, _("More voices"), lacking))
    if speech.can_listen or speech.can_speak:
        rows.append(_from_file(look, adjusting))
    if speech.can_listen or speech.recordings:
        rows.append(_recordings(look, adjusting))
    return rows


def _in_use(look: Look, adjusting: Adjusting) -> ft.Control:
    """The model that hears; where there are several, a choice."""
    speech, title = adjusting.speech, _("Speech model")
    there = [one for one in speech.installed if one.whole and one.kind is Kind.SPEECH]
    now = next((one for one in there if one.name == speech.in_use), None)
    if now is None:
        return named("speech-model", line(look, title, _("None: you judge yourself")))
    said = speech.problem or _("{name}, {size}").format(name=shown(now.name), size=size_text(now.bytes))
    if len(there) == 1:
        return named("speech-model", line(look, title, said))
    chosen = adjusting.settings.speech_model
    chosen = chosen if chosen in {one.name for one in there} else ""
    choices = [("", _("The best one")), *((one.name, shown(one.name)) for one in there)]
    return named("speech-model", choice(look, adjusting, "speech_model", title, said, chosen, choices))


# Packs.


def _packs(look: Look, adjusting: Adjusting, kind: Kind) -> ft.Control:
    """What can be installed of a kind, and what is. Folded, it still shows what is going on."""
    speech, name = adjusting.speech, f"packs-{kind}"
    press = adjusting.turns.press(f"open-{name}", adjusting.unfold, name)
    known = {one.name: one for one in speech.known(kind)}
    # Of one that is not whole it may not be known what it is; it stands where models do.
    kinds = {kind} if kind is Kind.VOICE else {kind, None}
    others = [
        one.name for one in speech.installed if one.kind in kinds and not any(
            one.name == pack.name for every in Kind for pack in speech.known(every)
        )
    ]  # fmt: skip
    if kind is Kind.VOICE:
        title, effect = _("More voices"), _("Voices that sound human, to install or remove")
    elif speech.in_use:
        title, effect = _("More models"), _("Larger ones hear better and take longer")
    else:
        size = size_text(known[DEFAULT].bytes)
        title = _("Install a model")
        effect = _("With one the app hears how you say it. {name}, {size}, is the one to begin with").format(
            name=shown(DEFAULT), size=size
        )
    if adjusting.open != name:
        head = unfolding(look, press, title, effect, "", None)
        bars = [_bar(look, speech, one) for one in [*known, *others] if one in speech.working]
        return ft.Column([head, *bars], spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    rows = [_pack(look, adjusting, one, known.get(one)) for one in [*known, *others]]
    return unfolding(look, press, title, effect, "", rows)


def _bar(look: Look, speech: SpeechModels, name: str) -> ft.Control:
    """What goes on about a pack."""
    work = long_work(look, speech.turns, speech.working[name], f"{name}-work")
    parts = [words(look, shown(name), LABEL), work]
    return ft.Container(
        ft.Column(parts, spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        padding=ft.Padding.symmetric(vertical=SPACE_8),
    )


def _pack(look: Look, adjusting: Adjusting, name: str, known: KnownPack | None) -> ft.Control:
    """One pack: what it is for, how large it is, and what can be done about it now."""
    speech = adjusting.speech
    if name in speech.working:
        return named(f"pack-{name}", _bar(look, speech, name))
    there = speech.there(name)
    if speech.asked == name and there:
        return named(f"pack-{name}", _removal(look, speech, there))
    if name in speech.offers and name not in speech.said and not (there and there.whole):
        return named(f"pack-{name}", _offer(look, speech, speech.offers[name], there))
    parts = [_with_buttons(look, speech, name, _described(look, speech, name, known, there))]
    if said := speech.said.get(name):
        parts.append(_said(look, said))
    column = ft.Column(parts, spacing=SPACE_4, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return named(f"pack-{name}", ft.Container(column, padding=ft.Padding.symmetric(vertical=SPACE_4)))


def _described(
    look: Look, speech: SpeechModels, name: str, known: KnownPack | None, there: InstalledPack | None
) -> ft.Column:
    colours = look.colours
    head: list[ft.Control] = [words(look, shown(name), LABEL)]
    whole = bool(there and there.whole)
    if whole and name == speech.in_use:
        head.append(_mark(look, _("In use")))
    elif name == DEFAULT and not speech.in_use:
        head.append(_mark(look, _("The one to take")))
    if there and whole:
        state = _("{size}, installed").format(size=size_text(there.bytes))
    elif there:
        state = _("incomplete: {size} is here").format(size=size_text(there.bytes))
    else:
        state = size_text(known.bytes) if known else ""
    about = _about(name) if known else ""
    return ft.Column(
        [
            ft.Row(head, spacing=SPACE_8, run_spacing=SPACE_4, wrap=True),
            words(look, " · ".join(filter(None, (about, state))), CAPTION, colour=colours.on_surface_variant),
        ],
        spacing=2,
        tight=True,
        expand=True,
    )


def _about(name: str) -> str:
    """What a pack is for, where its kind is told above it."""
    return {
        "tiny": _("The fastest, and the least exact"),
        "base": _("Exact enough on most computers"),
        "small": _("The most exact, for a faster computer"),
        "gosia": _("A woman’s voice"),
        "darkman": _("A man’s voice"),
        "mc-speech": _("Another man’s voice"),
    }.get(name, "")


def _mark(look: Look, said: str) -> ft.Control:
    colours = look.colours
    return ft.Container(
        words(look, said, CHIP, colour=colours.on_primary_container),
        bgcolor=colours.primary_container,
        border_radius=RADIUS_TINY,
        padding=ft.Padding.symmetric(horizontal=SPACE_8, vertical=2),
    )


def _with_buttons(look: Look, speech: SpeechModels, name: str, said: ft.Column) -> ft.Control:
    """What is said of a pack, with its buttons beside it or, where there is no room, below."""
    there, last, turns = speech.there(name), speech.said.get(name), speech.turns
    ways = []
    if not (there and there.whole):
        label = _("Try again") if last and last.again else _("Go on") if there else _("Install")
        ways.append((turns.press(f"install-{name}", speech.install, name), label))
    if there:
        ways.append((turns.press(f"remove-{name}", speech.ask, name), _("Remove")))
    if not look.wide and (look.big_text or len(ways) > 1):
        said.expand = None
        below: list[ft.Control] = [textual(look, press, label, pad=0) for press, label in ways]
        return ft.Column([said, ft.Row(below, wrap=True, spacing=SPACE_24, run_spacing=0)], spacing=0)
    return ft.Row([said, *(textual(look, press, label, pad=SPACE_8) for press, label in ways)], spacing=0)


def _offer(look: Look, speech: SpeechModels, offer: Offer, there: InstalledPack | None) -> ft.Control:
    """What installing would bring: how much, from where, and its checksum to compare."""
    turns, quiet = speech.turns, look.colours.on_surface_variant
    host = speech.hub.partition("://")[2]
    said = _("{size} come from {source} and stay on this device.").format(
        size=exact_size(offer.bytes), source=f"{host}/{offer.source}"
    )
    if there:
        said += " " + _("{size} of that is here already.").format(size=exact_size(there.bytes))
    checksum = words(look, "", CAPTION, colour=quiet, selectable=True)
    label = words(look, _("Checksum (SHA-256)"), CAPTION, colour=quiet)
    first = ft.TextStyle(font_family=FONT_MEDIUM, color=look.colours.on_surface)
    in_parts(checksum, (offer.sha256[:_DIGITS], first), (offer.sha256[_DIGITS:], None))
    return _box(look, f"offer-{offer.name}", [
        words(look, _("Install {name}?").format(name=shown(offer.name)), LABEL),
        words(look, said, BODY),
        ft.Column([label, checksum], spacing=2, tight=True),
        filled(look, turns.press(f"accept-{offer.name}", speech.install, offer.name), _("Install")),
        outlined(look, turns.press(f"decline-{offer.name}", speech.decline, offer.name), _("Cancel")),
    ])  # fmt: skip


def _removal(look: Look, speech: SpeechModels, there: InstalledPack) -> ft.Control:
    turns, name = speech.turns, shown(there.name)
    said = _("Remove {name}? That frees {size}; it can be installed again.").format(
        name=name, size=size_text(there.bytes)
    )
    return _box(look, f"removal-{there.name}", [
        words(look, said, BODY),
        filled(look, turns.press(f"really-remove-{there.name}", speech.remove, there.name), _("Remove it")),
        outlined(look, turns.press(f"keep-{there.name}", speech.ask, ""), _("Keep it")),
    ])  # fmt: skip


def _box(look: Look, name: str, parts: list[ft.Control]) -> ft.Control:
    """Something that is asked."""
    column = ft.Column(parts, spacing=SPACE_12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return named(name, ft.Container(
        column, bgcolor=look.colours.surface_container, border_radius=RADIUS_SMALL, padding=SPACE_12
    ))  # fmt: skip


def _said(look: Look, said: Said) -> ft.Control:
    """How something ended, read out at once."""
    colours = look.colours
    ink = colours.error if said.fault else colours.primary
    text = words(look, said.text, BODY, expand=True)
    row = ft.Row(
        [ft.Icon(ft.Icons.INFO_ROUNDED, color=ink, size=ICON), text],
        spacing=SPACE_8,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    return ft.Semantics(live_region=True, content=ft.Container(row, padding=ft.Padding.only(bottom=SPACE_8)))


# From a file.


def _from_file(look: Look, adjusting: Adjusting) -> ft.Control:
    speech, turns = adjusting.speech, adjusting.turns
    press = turns.press("open-import", adjusting.unfold, "import")
    title, effect = _("From a file"), _("A model or a voice that you have already; no network is needed")
    parts: list[ft.Control] = []
    if IMPORT in speech.working:
        parts.append(long_work(look, turns, speech.working[IMPORT], "import-work"))
    elif speech.picker:
        parts += [
            outlined(look, turns.press("import-archive", speech.import_archive), _("Choose an archive")),
            outlined(look, turns.press("import-folder", speech.import_folder), _("Choose a folder")),
        ]
    else:
        said = _("On the computer on which the app runs, with the path of a folder or of an archive:")
        command = words(look, "tutor models import PATH", BODY, medium=True, selectable=True)
        parts += [words(look, said, BODY), named("import-command", command)]
    if said_last := speech.said.get(IMPORT):
        parts.append(_said(look, said_last))
    open_now = adjusting.open == "import"
    head = unfolding(look, press, title, effect, "", parts if open_now else None)
    if open_now or IMPORT not in speech.working:
        return head
    return ft.Column([head, parts[0]], spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


# Recordings.


def _recordings(look: Look, adjusting: Adjusting) -> ft.Control:
    """How long they stay, how many there are, and a way to be rid of them at once."""
    speech, turns = adjusting.speech, adjusting.turns
    choices = (
        (KeepRecordings.NEVER, _("Never stored")),
        (KeepRecordings.WEEK, plural("{count} day", "{count} days", KEPT_DAYS)),
        (KeepRecordings.ALWAYS, _("Kept")),
    )
    count = speech.recordings
    now = adjusting.settings.recordings
    if not count:
        effect = _("What you say to the app; none is on this device")
    elif now is KeepRecordings.NEVER:
        effect = plural("{count} is on this device until the next session",
                        "{count} are on this device until the next session", count)  # fmt: skip
    else:
        effect = plural("{count} is on this device", "{count} are on this device", count)
    more: list[ft.Control] = []
    if speech.asked == RECORDINGS and count:
        asked = plural("Delete {count} recording? It cannot be brought back.",
                       "Delete {count} recordings? They cannot be brought back.", count)  # fmt: skip
        more.append(_box(look, "recordings-asked", [
            words(look, asked, BODY),
            filled(look, turns.press("really-clear", speech.clear_recordings), _("Delete them")),
            outlined(look, turns.press("keep-recordings", speech.ask, ""), _("Keep them")),
        ]))  # fmt: skip
    elif count:
        ask = turns.press("clear-recordings", speech.ask, RECORDINGS)
        more.append(outlined(look, ask, _("Delete recordings now")))
    if said := speech.said.get(RECORDINGS):
        more.append(_said(look, said))
    return choice(look, adjusting, "recordings", _("Recordings"), effect, now, choices, more)


# Words.


def size_text(count: int) -> str:
    """How large something is, no more exactly than matters."""
    return _together(_("{size:.0f} MB").format(size=count / 1e6)) if count >= 10e6 else exact_size(count)


def exact_size(count: int) -> str:
    """How large something is."""
    return _together(_("{size:.1f} MB").format(size=max(count / 1e6, 0.1)))


def _together(figure: str) -> str:
    """A figure and its unit, on one line."""
    return figure.replace(" ", "\N{NO-BREAK SPACE}")
