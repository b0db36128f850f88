"""The folder of the packs on disk: `<name>/` with its `pack.json`, and how a pack comes there in one step.

<name>/            a pack; without a `pack.json` that is true of its files it is incomplete
.partial-<name>/   one that is being put together
.old-<name>/       what `<name>` was, for the moment in which the new one takes its place
.gone-<name>/      one that is being deleted
.lock              held by whoever changes anything here
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tutor.errors import PackError, UsageError
from tutor.i18n import _
from tutor.speech.known_packs import Kind

MANIFEST = "pack.json"
_PARTIAL, _OLD, _GONE, _LOCK = ".partial-", ".old-", ".gone-", ".lock"
_LARGEST_MANIFEST = 1_000_000
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*")
_LONGEST_NAME = 64
_OF_WINDOWS = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
"""What Windows takes for a device wherever it stands."""


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file of a pack."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class InstalledPack:
    """A pack on this device, or what is there of one."""

    name: str
    path: Path
    whole: bool
    """Whether it can be used. What is not whole can be installed anew, which goes on with it, or removed."""
    bytes: int
    """What it takes on the disk."""
    kind: Kind | None = None
    """None where it is not whole."""
    source: str = ""
    """Where it came from: a repository of the hub, or the name of what was imported."""
    revision: str = ""
    files: tuple[PackFile, ...] = ()


def valid_name(name: str) -> str:
    """`name`, where a pack can be called so on every system. Raises UsageError."""
    if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name) or _OF_WINDOWS.fullmatch(name):
        raise UsageError(
            _(
                "A model or voice cannot be called {name!r}. Use small letters a to z, digits, and - _ . "
                "between them."
            ).format(name=name)
        )
    return name


def name_like(text: str) -> str:
    """A valid name that is as much like `text` as can be."""
    parts = re.split(r"[^a-z0-9_-]+", text.lower())
    name = ".".join(part for part in (part.strip("-_") for part in parts) if part)[:_LONGEST_NAME].strip(
        ".-_"
    )
    return "pack" if not name or _OF_WINDOWS.fullmatch(name) else name


def read_pack(path: Path) -> InstalledPack:
    """What stands in a pack's folder. One whose `pack.json` is missing, wrong or untrue is not whole."""
    incomplete = InstalledPack(path.name, path, whole=False, bytes=_bytes_of(path))
    try:
        if (path / MANIFEST).stat().st_size > _LARGEST_MANIFEST:
            return incomplete
        told = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        files = tuple(
            PackFile(str(one["name"]), int(one["size"]), str(one["sha256"])) for one in told["files"]
        )
        kind, source, revision = Kind(told["kind"]), str(told["source"]), str(told["revision"])
        plain = all(re.fullmatch(r"\w[\w.-]*", file.name) for file in files)
        true = plain and all((path / file.name).stat().st_size == file.size for file in files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return incomplete
    if not files or not true:
        return incomplete
    return InstalledPack(path.name, path, True, incomplete.bytes, kind, source, revision, files)


def packs(models: Path) -> list[InstalledPack]:
    """Every pack in the folder, whole or not, by name."""
    if not models.is_dir():
        return []
    settle(models)
    found = {path.name: read_pack(path) for path in models.iterdir() if path.is_dir() and is_name(path.name)}
    for path in models.glob(f"{_PARTIAL}*"):
        name = path.name.removeprefix(_PARTIAL)
        if path.is_dir() and is_name(name) and name not in found:
            found[name] = InstalledPack(name, path, whole=False, bytes=_bytes_of(path))
    return [found[name] for name in sorted(found)]


def is_name(name: str) -> bool:
    """Whether `valid_name` takes it."""
    try:
        valid_name(name)
    except UsageError:
        return False
    return True


def partial(models: Path, name: str) -> Path:
    """The folder in which a pack is put together; made where it is not there."""
    path = models / f"{_PARTIAL}{name}"
    path.mkdir(parents=True, exist_ok=True)
    return path


def discard_partial(models: Path, name: str) -> None:
    """Delete what was put together of a pack. Raises OSError."""
    _delete(models / f"{_PARTIAL}{name}")


def write_manifest(path: Path, kind: Kind, source: str, revision: str, files: list[PackFile]) -> None:
    """Write `pack.json`, once all files are there."""
    told: dict[str, Any] = {
        "kind": kind, "name": path.name.removeprefix(_PARTIAL), "source": source, "revision": revision,
        "bytes": sum(file.size for file in files), "files": [asdict(file) for file in files],
    }  # fmt: skip
    with (path / MANIFEST).open("w", encoding="utf-8") as out:
        json.dump(told, out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())


def put_in_place(models: Path, name: str) -> InstalledPack:
    """Make what was put together the pack. Wherever this is interrupted, the old or the new one is whole.

    Raises OSError where the old one is held by another program; it then stays.
    """
    path, new, old = models / name, models / f"{_PARTIAL}{name}", models / f"{_OLD}{name}"
    # A folder cannot replace one that holds files, so there is a moment without either: `settle` mends it.
    if path.exists() or path.is_symlink():
        path.rename(old)
    try:
        new.rename(path)
    except OSError:
        if old.exists():
            old.rename(path)
        raise
    _delete(old)
    return read_pack(path)


def settle(models: Path) -> None:
    """Mend what was interrupted, unless somebody is just at work here."""
    if not any(path.name.startswith((_OLD, _GONE)) for path in models.iterdir()):
        return
    with suppress(PackError, OSError), alone(models):
        for old in models.glob(f"{_OLD}*"):
            path = models / old.name.removeprefix(_OLD)
            if path.exists():
                _delete(old)
            else:
                old.rename(path)
        for gone in models.glob(f"{_GONE}*"):
            _delete(gone)


def delete(models: Path, name: str) -> None:
    """Delete a pack and what was put together of it. In one step it is no pack any more. Raises OSError."""
    for path in (models / name, models / f"{_PARTIAL}{name}"):
        if path.exists() or path.is_symlink():
            gone = models / f"{_GONE}{name}"
            _delete(gone)
            path.rename(gone)
            _delete(gone)


def _delete(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def _bytes_of(path: Path) -> int:
    try:
        return sum(file.stat().st_size for file in path.iterdir() if file.is_file())
    except OSError:
        return 0


@contextmanager
def alone(models: Path) -> Iterator[None]:
    """Hold the folder: two that put the same pack together would spoil it. Raises PackError where it is held.

    The system gives it free when the process ends, however it ends.
    """
    models.mkdir(parents=True, exist_ok=True)
    with (models / _LOCK).open("a+b") as file:
        try:
            _hold(file.fileno())
        except OSError as error:
            raise PackError(
                _(
                    "Another model or voice is just being installed or removed. Nothing was changed: try "
                    "again when that is done."
                ),
                doing="changing packs",
            ) from error
        # Closing the file gives it free.
        yield


if sys.platform == "win32":
    import msvcrt

    def _hold(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _hold(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
