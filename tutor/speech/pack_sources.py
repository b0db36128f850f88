"""A folder or an archive that a learner has: which files are in it, and what is in them.

Nothing is ever unpacked as an archive says: its files are read one by one, by whoever wants one, and written
where that one decides. An archive that points outside of itself is refused as a whole.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, Any, Protocol, cast

from tutor.errors import PackError
from tutor.i18n import _

_AT_ONCE = 1 << 20
_MOST_FILES = 2000
_DEEPEST = 4
"""Folders between what was named and the files; what `huggingface_hub` keeps is three down."""
_MOST_BYTES = 64 * 10**9
_LONGEST_HEADER = 16_000_000


class Source(Protocol):
    """Where files can be read from."""

    sizes: Mapping[str, int]
    """How large each says it is, by its path with `/`, in the order in which they are best read."""

    def read(self, path: str) -> Iterator[bytes]:
        """The content of a file, piece by piece; of an archive never more than it says. Raises PackError."""
        ...


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """A folder, a ZIP or a tar (plain, gz, bz2, xz), or a voice's `.onnx` with what lies beside it.

    Raises PackError where it is none of these, cannot be read, or points outside of itself.
    """
    with ExitStack() as stack:
        with _readable(path):
            source = _found(path, stack)
        yield source


def _found(path: Path, stack: ExitStack) -> Source:
    if path.is_dir():
        return _Folder(path, _walked(path))
    if not path.exists():
        raise PackError(
            _("There is no {path}. Name the folder or the archive that holds the model or voice.").format(
                path=path
            ),
            doing="importing a pack",
        )
    if path.suffix == ".onnx":
        beside = (path, path.with_name(f"{path.name}.json"))
        return _Folder(path.parent, [file for file in beside if file.is_file()])
    file = stack.enter_context(path.open("rb"))
    begin = file.read(512)
    file.seek(0)
    if begin.startswith((b"PK\3\4", b"PK\5\6")):
        return _Zip(path, stack.enter_context(zipfile.ZipFile(file)))
    unpacked = _unpacked(file, begin, stack)
    if unpacked is None:
        raise PackError(
            _(
                "{path} is neither a folder nor an archive (zip, tar, tar.gz, tar.xz). Name the folder or "
                "the archive that holds the model or voice; nothing was changed."
            ).format(path=path),
            doing="importing a pack",
        )
    archive = stack.enter_context(tarfile.TarFile(fileobj=cast(IO[bytes], _Careful(unpacked))))
    source = _Tar(path, archive)
    _read_to_the_end(path, unpacked)
    return source


def _unpacked(file: IO[bytes], begin: bytes, stack: ExitStack) -> IO[bytes] | None:
    if begin.startswith(b"\x1f\x8b"):
        return cast(IO[bytes], stack.enter_context(gzip.GzipFile(fileobj=file)))
    if begin.startswith(b"\xfd7zXZ\0"):
        return stack.enter_context(lzma.LZMAFile(file))
    if begin.startswith(b"BZh"):
        return stack.enter_context(bz2.BZ2File(file))
    return file if begin[257:262] == b"ustar" else None


def _read_to_the_end(path: Path, unpacked: IO[bytes]) -> None:
    """After the last file: only there is what was unpacked compared with its checksum."""
    for _more in range(_LONGEST_HEADER // _AT_ONCE):
        if not unpacked.read(_AT_ONCE):
            return
    raise _too_much(path)


class _Careful:
    """A file for `tarfile`, which believes a header that says it is ten gigabytes long."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _LONGEST_HEADER:
            raise tarfile.ReadError("a header of this length")
        return self._file.read(size)


class _Folder:
    def __init__(self, root: Path, files: Iterable[Path]) -> None:
        self._root = root
        self.sizes: Mapping[str, int] = {
            file.relative_to(root).as_posix(): file.stat().st_size for file in files
        }

    def read(self, path: str) -> Iterator[bytes]:
        with _readable(self._root), (self._root / path).open("rb") as file:
            yield from _pieces(file)


def _walked(root: Path) -> list[Path]:
    """The files not too deep in a folder. Links to files are followed: `huggingface_hub` keeps models so."""
    found: list[Path] = []
    next(root.iterdir(), None)  # `walk` would take a folder that cannot be read for an empty one.
    for place, folders, names in os.walk(root):
        if len(Path(place).relative_to(root).parts) >= _DEEPEST:
            folders.clear()
        found += [file for name in sorted(names) if (file := Path(place, name)).is_file()]
        folders.sort()
        if len(found) > _MOST_FILES:
            raise _too_much(root)
    return found


class _Zip:
    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path, self._archive = path, archive
        members = archive.infolist()
        kinds = {stat.S_IFMT(member.external_attr >> 16) for member in members}
        _refuse_links(path, bool(kinds - {0, stat.S_IFREG, stat.S_IFDIR}))
        self.sizes: Mapping[str, int] = _sizes(
            path, ((one.orig_filename, None if one.is_dir() else one.file_size) for one in members)
        )

    def read(self, path: str) -> Iterator[bytes]:
        with _readable(self._path), self._archive.open(path) as file:
            yield from _pieces(file)


class _Tar:
    def __init__(self, path: Path, archive: tarfile.TarFile) -> None:
        self._path, self._archive = path, archive
        self.sizes: Mapping[str, int] = _sizes(path, self._listed())

    def _listed(self) -> Iterator[tuple[str, int | None]]:
        for member in self._archive:
            _refuse_links(self._path, not (member.isreg() or member.isdir()))
            yield member.name, None if member.isdir() else member.size

    def read(self, path: str) -> Iterator[bytes]:
        with _readable(self._path):
            file = self._archive.extractfile(path)
            if file is not None:
                yield from _pieces(file)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_AT_ONCE):
        yield piece


def _sizes(path: Path, members: Iterable[tuple[str, int | None]]) -> dict[str, int]:
    """The files among an archive's members, each looked at before the next is searched for."""
    sizes: dict[str, int] = {}
    seen: set[PurePosixPath] = set()
    total = 0
    for number, (name, size) in enumerate(members):
        if not _is_inside(name):
            raise PackError(
                _(
                    "{path} holds {name!r}, which would lie outside of its own folder. Such an archive is "
                    "not to be trusted, so nothing of it was taken: get it from another place."
                ).format(path=path, name=name),
                doing="importing a pack",
            )
        if size is None:
            continue
        if PurePosixPath(name) in seen:
            raise PackError(
                _(
                    "{path} holds {name!r} twice, so it cannot be told which is meant, and nothing was "
                    "taken: get it from another place."
                ).format(path=path, name=name),
                doing="importing a pack",
            )
        seen.add(PurePosixPath(name))
        sizes[name] = size
        total += max(size, 0)
        if number >= _MOST_FILES or total > _MOST_BYTES:
            raise _too_much(path)
    return sizes


def _is_inside(name: str) -> bool:
    """Whether a member's name leads to no other place than below the archive's own folder, on any system."""
    windows = PureWindowsPath(name)
    inside = not windows.drive and not windows.root and ".." not in windows.parts
    return inside and "\0" not in name and bool(PurePosixPath(name).parts or name == ".")


def _refuse_links(path: Path, has_links: bool) -> None:
    if has_links:
        raise PackError(
            _(
                "{path} holds links or devices beside files, so nothing of it was taken. Pack the files "
                "themselves, or import their folder."
            ).format(path=path),
            doing="importing a pack",
        )


def _too_much(path: Path) -> PackError:
    return PackError(
        _(
            "{path} holds far more than a model or a voice. Name the folder or archive of that alone; "
            "nothing was changed."
        ).format(path=path),
        doing="importing a pack",
    )


_DAMAGED = (
    OSError, zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error,
    EOFError, RuntimeError, ValueError, OverflowError, KeyError, MemoryError,
)  # fmt: skip
"""What reading a damaged archive ends with, or one packed in a way that is not known here."""


@contextmanager
def _readable(path: Path) -> Iterator[Any]:
    try:
        yield
    except _DAMAGED as error:
        raise PackError(
            _(
                "{path} cannot be read to its end ({why}), so nothing of it was taken. It may be damaged or "
                "only half there: copy or download it once more."
            ).format(path=path, why=str(error) or type(error).__name__),
            doing="importing a pack",
        ) from error
