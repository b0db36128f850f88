"""Model packs: speech models and voices, installed from the hub or from files that the learner has.

A pack is put together beside those that are there and takes its place in one step, whole or not at all.
Nothing asks a network but `look_up` and `install`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tutor.errors import HubError, PackError, UsageError
from tutor.folder import MODELS
from tutor.i18n import _
from tutor.long_work import Doing, Progress, Told, untold
from tutor.speech import pack_files
from tutor.speech.hub import STALL_SECONDS, Hub, HubFile, is_whole, sha256_of
from tutor.speech.known_packs import BEST_FIRST, KNOWN, Kind, KnownPack
from tutor.speech.pack_files import InstalledPack, PackFile, valid_name
from tutor.speech.pack_kinds import Recognised, another_kind, check, damaged, for_another_program, recognised
from tutor.speech.pack_sources import Source, opened

_SPARE = 1.05
"""How much more room there must be than the files take."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What installing a pack would bring: exactly these files, whatever becomes of the hub meanwhile."""

    name: str
    kind: Kind
    source: str
    """The repository."""
    revision: str
    files: tuple[HubFile, ...]

    @property
    def bytes(self) -> int:
        """How much all files take."""
        return sum(file.size for file in self.files)

    @property
    def sha256(self) -> str:
        """The checksum of the model itself, the largest of the files."""
        return max(self.files, key=lambda file: file.size).sha256


class Packs:
    """The packs of a learner's folder. It raises UsageError, PackError, HubError; Cancelled where stopped."""

    def __init__(self, folder: Path, endpoint: str = "", stall: float = STALL_SECONDS) -> None:
        """`folder`: the learner's. `endpoint` and `stall`: see `Hub`."""
        self._models = folder / MODELS
        self._hub = Hub(endpoint, stall)

    @property
    def endpoint(self) -> str:
        """The hub's address."""
        return self._hub.endpoint

    def known(self) -> tuple[KnownPack, ...]:
        """What can be installed by name."""
        return KNOWN

    def installed(self) -> list[InstalledPack]:
        """What is on this device, whole or not."""
        with _reading():
            return pack_files.packs(self._models)

    def path(self, name: str) -> Path:
        """Where an installed pack is. Raises PackError where there is none that is whole."""
        found = self._found(name)
        if found is None or not found.whole:
            raise PackError(
                _(
                    "{name} is not installed, or only in part; `tutor models install` and `tutor models "
                    "import` bring models and voices."
                ).format(name=name),
                doing="looking for a pack",
            )
        return found.path

    def speech_model(self, preferred: str = "") -> Path | None:
        """The model to hear with: the preferred one, else the best there is; None where there is none."""
        there = {one.name: one.path for one in self.installed() if one.whole and one.kind is Kind.SPEECH}
        for name in (preferred, *BEST_FIRST, *there):
            if name in there:
                return there[name]
        return None

    def voices(self) -> list[InstalledPack]:
        """The voices that can speak."""
        return [one for one in self.installed() if one.whole and one.kind is Kind.VOICE]

    def look_up(self, name: str, told: Told = untold) -> Offer:
        """Ask the hub what installing a known pack would bring. Nothing is changed."""
        pack = next((one for one in KNOWN if one.name == name), None)
        if pack is None:
            raise UsageError(
                _(
                    "There is no model or voice named {name!r} to install; there are {known}. "
                    "Files that you have already are brought by `tutor models import`."
                ).format(name=name, known=", ".join(one.name for one in KNOWN))
            )
        listing = self._hub.listing(pack.repo, lambda: told(Progress(0, 0, Doing.DOWNLOADING)))
        lacking = pack.lacks(listing.files)
        if lacking:
            raise PackError(
                _(
                    "{repo} does not hold {files} any more, so {name} cannot be installed from there. What "
                    "is installed stays; a newer version of this app may know another place."
                ).format(repo=pack.repo, files=", ".join(lacking), name=name),
                doing="looking for a pack",
            )
        files = tuple(listing.files[path] for path in pack.files(listing.files))
        return Offer(name, pack.kind, pack.repo, listing.revision, files)

    def install(self, offer: Offer, told: Told = untold) -> InstalledPack:
        """Bring what was offered, going on with what an earlier try left.

        However it ends, the packs that are installed stay whole. One that is there already is left as it is.
        """
        valid_name(offer.name)
        with self._changing():
            there = self._found(offer.name)
            if there and there.whole and (there.source, there.revision) == (offer.source, offer.revision):
                return there
            folder = pack_files.partial(self._models, offer.name)
            parts = _parts(folder, offer.files)
            came = sum(part.stat().st_size for part in parts if part.exists())
            self._make_sure_of_room(offer.bytes - came)
            done = 0
            for part, file in parts.items():
                self._bring(part, file, offer, done, told)
                done += file.size
            files = []
            for part, file in parts.items():
                files.append(PackFile(file.name, file.size, file.sha256 or sha256_of(part)))
                part.rename(folder / file.name)
            pack_files.write_manifest(folder, offer.kind, offer.source, offer.revision, files)
            return pack_files.put_in_place(self._models, offer.name)

    def _bring(self, part: Path, file: HubFile, offer: Offer, done: int, told: Told) -> None:
        """Bring one file, after `done` bytes of others, and compare its checksum."""
        self._hub.fetch(
            offer.source, offer.revision, file, part,
            lambda came: told(Progress(done + came, offer.bytes, Doing.DOWNLOADING)),
        )  # fmt: skip
        if not is_whole(part, file, lambda: told(Progress(done + file.size, offer.bytes, Doing.CHECKING))):
            part.unlink()
            raise HubError(
                _(
                    "{file} came with another content than {hub} says it has, so it was thrown away. What is "
                    "installed stays: try again, and if it happens again, not over this network."
                ).format(file=file.name, hub=self._hub.endpoint),
                doing="installing a pack",
            )

    def import_from(self, path: Path, name: str = "", told: Told = untold) -> InstalledPack:
        """Copy a model or a voice from a folder or an archive, with no network.

        `name`: what to call it; where it is left out, the name of the voice or of the model's folder. A pack
        of that name and kind is replaced.
        """
        if name:
            valid_name(name)
        if path.is_file() and for_another_program(path.name):
            raise another_kind(path)
        with opened(path) as source:
            found = recognised(source.sizes, path)
            name = name or _name_of(found, path)
            with self._changing():
                there = self._found(name)
                if there and there.whole and there.kind is not found.kind:
                    raise UsageError(
                        _(
                            "{name} is the name of something else that is installed. Nothing was changed: "
                            "give another name with --name."
                        ).format(name=name)
                    )
                self._make_sure_of_room(sum(source.sizes[one] for one in found.paths))
                pack_files.discard_partial(self._models, name)
                try:
                    folder = pack_files.partial(self._models, name)
                    files = _copied(source, found.paths, folder, path, told)
                    check(found.kind, folder, path)
                    pack_files.write_manifest(folder, found.kind, path.name, "", files)
                    return pack_files.put_in_place(self._models, name)
                except BaseException:
                    # The source is still there to copy from: nothing is gained by keeping half.
                    pack_files.discard_partial(self._models, name)
                    raise

    def find(self, name: str) -> InstalledPack:
        """A pack on this device, whole or not. Raises UsageError where there is nothing of that name."""
        found = self._found(name)
        if found is None:
            raise UsageError(
                _(
                    "{name} is not installed, so there is nothing to remove; `tutor models list` tells what "
                    "is."
                ).format(name=name)
            )
        return found

    def remove(self, name: str) -> None:
        """Delete a pack, or what is there of one. Raises UsageError where there is nothing of that name."""
        self.find(name)
        with self._changing():
            pack_files.delete(self._models, name)

    def _found(self, name: str) -> InstalledPack | None:
        valid_name(name)
        return next((one for one in self.installed() if one.name == name), None)

    def _make_sure_of_room(self, size: int) -> None:
        free = shutil.disk_usage(self._models).free
        if size * _SPARE > free:
            raise PackError(
                _(
                    "That takes {size:.0f} MB, and there are {free:.0f} MB free where your words are. "
                    "Nothing was changed: make room and try again."
                ).format(size=size * _SPARE / 1e6, free=free / 1e6),
                doing="installing a pack",
            )

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Hold the folder for a change; what the disk refuses is told in one sentence."""
        try:
            with pack_files.alone(self._models):
                yield
        except OSError as error:
            raise PackError(
                _(
                    "The models and voices in {folder} cannot be changed ({why}). What is installed stays: "
                    "look whether the disk is full or the files are in use, and try again."
                ).format(folder=self._models, why=error.strerror or error),
                doing="changing packs",
            ) from error


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PackError(
            _("The models and voices cannot be read ({why}); all else works without them.").format(
                why=error.strerror or error
            ),
            doing="looking for packs",
        ) from error


def _parts(folder: Path, files: Iterable[HubFile]) -> dict[Path, HubFile]:
    """Where each file is put together. What an earlier try left of other files is deleted.

    A part is named by what it is a part of, so that one of an older revision is never gone on with.
    """
    parts = {folder / f"{file.name}.{(file.sha256 or file.blob)[:16]}": file for file in files}
    for part, file in parts.items():
        # An earlier try may have ended in the moment in which all was there.
        ready = folder / file.name
        if ready.exists() and not part.exists():
            ready.rename(part)
    for other in set(folder.iterdir()) - set(parts):
        other.unlink()
    return parts


def _copied(source: Source, paths: tuple[str, ...], folder: Path, what: Path, told: Told) -> list[PackFile]:
    """Copy files out of a source, in its order. Raises PackError where one is not as long as it said."""
    wanted = [path for path in source.sizes if path in paths]
    total, done, files = sum(source.sizes[path] for path in wanted), 0, []
    for path in wanted:
        name = PurePosixPath(path).name
        checksum, size = hashlib.sha256(), 0
        with (folder / name).open("wb") as out:
            for piece in source.read(path):
                out.write(piece)
                checksum.update(piece)
                size += len(piece)
                told(Progress(done + size, total, Doing.WRITING))
            out.flush()
            os.fsync(out.fileno())
        if size != source.sizes[path]:
            raise damaged(what, name)
        done += size
        files.append(PackFile(name, size, checksum.hexdigest()))
    return files


def _name_of(found: Recognised, path: Path) -> str:
    """What to call an import: as the known pack that it is, else after the voice or the model's folder."""
    for pack in KNOWN:
        if found.kind is Kind.VOICE and PurePosixPath(pack.voice).stem == found.name:
            return pack.name
    archive = path.name
    for ending in (".gz", ".xz", ".bz2", ".tar", ".tgz", ".txz", ".zip"):
        archive = archive.removesuffix(ending)
    name = pack_files.name_like(found.name or (path.resolve().name if path.is_dir() else archive))
    return name.removeprefix("faster-whisper-") or name
