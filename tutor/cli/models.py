"""`tutor models`: speech models that hear and voices that speak, got from the hub or from one's own files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.shared import Data, Json, prepared, tell, watched
from tutor.errors import Cancelled
from tutor.i18n import _
from tutor.speech.known_packs import Kind, KnownPack

if TYPE_CHECKING:
    from tutor.speech.pack_files import InstalledPack
    from tutor.speech.packs import Offer

models = typer.Typer(help=_("Models that hear you and voices that speak."), no_args_is_help=True)

Yes = Annotated[bool, typer.Option("--yes", help=_("Do it without asking."))]

_AGREES = ("y", "yes", "t", "tak")


@models.command("list")
def models_list(data: Data = None, as_json: Json = False) -> None:
    """What can be installed and what is, how large it is and what it is for."""
    folder, _config = prepared(data)
    from tutor.speech.packs import Packs

    packs = Packs(folder)
    known = {one.name: one for one in packs.known()}
    there = {one.name: one for one in packs.installed()}
    rows = [_row(name, known.get(name), there.get(name)) for name in [*known, *(there.keys() - known.keys())]]
    tell([asdict(row) for row in rows], "\n".join(_line(row) for row in rows), as_json)


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    kind: Kind | None
    state: str
    bytes: int
    about: str
    source: str
    revision: str
    path: Path | None


def _row(name: str, known: KnownPack | None, there: InstalledPack | None) -> _Row:
    """What is told of a pack; what it is for, as long as it is what is known by this name."""
    if there and there.whole:
        about = known.about if known and known.repo == there.source else ""
        return _Row(
            name, there.kind, "installed", there.bytes, about, there.source, there.revision, there.path
        )
    state, size, path = ("incomplete", there.bytes, there.path) if there else ("available", 0, None)
    if known is None:
        return _Row(name, None, state, size, "", "", "", path)
    return _Row(name, known.kind, state, size or known.bytes, known.about, known.repo, "", path)


def _line(row: _Row) -> str:
    states = {
        "available": _("not installed"),
        "installed": _("installed"),
        "incomplete": _("incomplete: install it again or remove it"),
    }
    kinds = {Kind.SPEECH: _("hears what you say"), Kind.VOICE: _("a voice")}
    about = _(row.about) if row.about else kinds[row.kind] if row.kind else ""
    line = f"{row.name:12} {row.bytes / 1e6:6.0f} MB  {states[row.state]}"
    return f"{line}  ({about})" if about else line


@models.command("install")
def models_install(
    name: Annotated[str, typer.Argument(help=_("A name from `tutor models list`."))] = "base",
    data: Data = None,
    as_json: Json = False,
    yes: Yes = False,
) -> None:
    """Download a model or a voice; the next try goes on where one broke off."""
    folder, _config = prepared(data, create=True)
    from tutor.speech.packs import Packs

    packs = Packs(folder)
    with _stoppable(_("That was stopped. What came so far is kept: install it again to go on from there.")):
        offer = packs.look_up(name)
        if not as_json:
            typer.echo(_offered(offer, packs.endpoint), err=True)
        _ask(_("Download it?"), yes)
        with watched(_("Downloading"), as_json) as told:
            done = packs.install(offer, told)
    tell(asdict(done), _("{name} is installed.").format(name=done.name), as_json)


def _offered(offer: Offer, endpoint: str) -> str:
    return _("{name}: {size:.1f} MB from {source}, revision {revision}\nSHA-256 {checksum}").format(
        name=offer.name, size=offer.bytes / 1e6, source=f"{endpoint}/{offer.source}",
        revision=offer.revision[:12], checksum=offer.sha256,
    )  # fmt: skip


@models.command("import")
def models_import(
    path: Annotated[Path, typer.Argument(help=_("A folder or an archive (zip, tar, tar.gz, tar.xz)."))],
    data: Data = None,
    as_json: Json = False,
    name: Annotated[str, typer.Option(help=_("What to call it; its own name if left out."))] = "",
) -> None:
    """Take in a model or a voice that you have already, with no network."""
    folder, _config = prepared(data, create=True)
    from tutor.speech.packs import Packs

    with (
        _stoppable(_("That was stopped. Nothing was changed.")),
        watched(_("Copying"), as_json) as told,
    ):
        done = Packs(folder).import_from(path, name, told)
    tell(asdict(done), _("{name} is installed.").format(name=done.name), as_json)


@models.command("remove")
def models_remove(
    name: Annotated[str, typer.Argument(help=_("A name from `tutor models list`."))],
    data: Data = None,
    as_json: Json = False,
    yes: Yes = False,
) -> None:
    """Delete a model or a voice from this device."""
    folder, _config = prepared(data)
    from tutor.speech.packs import Packs

    packs = Packs(folder)
    packs.find(name)
    with _stoppable(_("Nothing was removed.")):
        _ask(_("Remove {name}?").format(name=name), yes)
        packs.remove(name)
    tell({"removed": name}, _("{name} is removed.").format(name=name), as_json)


def _ask(question: str, yes: bool) -> None:
    """Go on only where it is wished. No answer is no."""
    if yes:
        return
    # Not `typer.confirm`, which writes a space where the answer of the command should stand alone.
    typer.echo(f"{question} [y/N] ", nl=False, err=True)
    if sys.stdin.readline().strip().casefold() not in _AGREES:
        raise typer.Abort


@contextmanager
def _stoppable(sentence: str) -> Iterator[None]:
    """Ctrl+C, and no for an answer, end in a sentence."""
    try:
        yield
    except (KeyboardInterrupt, typer.Abort) as error:
        raise Cancelled(sentence, doing="changing packs") from error
