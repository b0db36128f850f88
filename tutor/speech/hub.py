"""The hub that packs come from: what a repository holds, and its files, each gone on with where it broke off.

This asks the hub by itself and not through `huggingface_hub`: that one retries for minutes without a word,
hands over ten megabytes at a time, and changes its HTTP library between versions. All that httpx raises ends
here.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from queue import Empty, Full, Queue
from threading import Event, Thread
from time import monotonic
from typing import Any
from urllib.parse import quote

from tutor import __version__
from tutor.errors import HubError, PackError
from tutor.i18n import _

HUB = "https://huggingface.co"
STALL_SECONDS = 30.0

_TICK_SECONDS = 0.2
_LARGEST_LISTING = 32_000_000
_AT_ONCE = 1 << 20

Tick = Callable[[], None]
"""Is called every now and then while something is waited for. What it raises ends the waiting."""


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a repository."""

    path: str
    """Where it is in the repository."""
    size: int
    sha256: str
    """Of what the hub keeps as a large file; empty for a small one."""
    blob: str
    """Git's own checksum of a small file; empty for a large one."""

    @property
    def name(self) -> str:
        """What it is called, without its folder."""
        return PurePosixPath(self.path).name


@dataclass(frozen=True, slots=True)
class Listing:
    """What a repository holds at one revision, which never changes."""

    revision: str
    files: Mapping[str, HubFile]


@dataclass(frozen=True, slots=True)
class _Head:
    status: int
    headers: Mapping[str, str]


def _no_tick() -> None:
    """Nobody watches."""


class Hub:
    """A hub with the addresses of Hugging Face's. It is told nothing but which files are wanted."""

    def __init__(self, endpoint: str = "", stall: float = STALL_SECONDS) -> None:
        """`endpoint`: another hub than that of `HF_ENDPOINT`; `stall`: seconds of silence borne."""
        self.endpoint = (endpoint or os.environ.get("HF_ENDPOINT") or HUB).rstrip("/")
        self._stall = stall

    def listing(self, repo: str, tick: Tick = _no_tick) -> Listing:
        """What the newest revision holds. Raises HubError, PackError where there is no such repository."""
        url = f"{self.endpoint}/api/models/{quote(repo)}/revision/main?blobs=true"
        content = bytearray()
        with closing(self._ask(url, {}, tick)) as parts:
            self._head(parts, repo)
            for part in parts:
                content += part if isinstance(part, bytes) else b""
                if len(content) > _LARGEST_LISTING:
                    raise self._unexpected(repo)
        try:
            return _listing(json.loads(content))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise self._unexpected(repo) from error

    def fetch(self, repo: str, revision: str, file: HubFile, into: Path, came: Callable[[int], None]) -> None:
        """Bring a file to its full size, going on from what `into` has of it. Its content is not looked at.

        `came` is told how many bytes are there, and may raise to stop. Whatever ends it, what came is kept,
        unless it cannot belong to this file. Raises HubError.
        """
        into.touch()
        have = into.stat().st_size
        if have > file.size:
            have = 0
        came(have)
        if have != file.size:
            url = f"{self.endpoint}/{quote(repo)}/resolve/{revision}/{quote(file.path)}"
            self._rest(url, file, into, have, came)

    def _rest(self, url: str, file: HubFile, into: Path, have: int, came: Callable[[int], None]) -> None:
        # No If-Range: the address names a revision, so the file behind it is the same, and its checksum is
        # compared in the end.
        wanted = {"Range": f"bytes={have}-"} if have else {}
        with closing(self._ask(url, wanted, lambda: came(have))) as parts, into.open("r+b") as out:
            head = self._head(parts, file.name)
            if head.status == 416:
                out.truncate(0)
                raise self._other_size(file.name)
            goes_on = head.status == 206
            if goes_on and not head.headers.get("content-range", "").startswith(f"bytes {have}-"):
                raise self._unexpected(file.name)
            begin = have if goes_on else 0
            announced = head.headers.get("content-length", "")
            plain = "content-encoding" not in head.headers
            # Looked at before anything is overwritten: the page of a network that wants a login is no file.
            if plain and announced.isdecimal() and begin + int(announced) != file.size:
                raise self._other_size(file.name)
            have = begin
            out.truncate(have)
            out.seek(have)
            for part in parts:
                if not isinstance(part, bytes):
                    continue
                if have + len(part) > file.size:
                    out.truncate(0)
                    raise self._other_size(file.name)
                out.write(part)
                have += len(part)
                came(have)
            if have < file.size:
                raise self._broke_off()
            out.flush()
            os.fsync(out.fileno())

    def _head(self, parts: Iterator[_Head | bytes], what: str) -> _Head:
        """The first of the parts, where it says that what was asked for follows."""
        head = next(parts, None)
        if not isinstance(head, _Head):
            raise self._broke_off()
        if head.status in (200, 206, 416):
            return head
        if head.status in (401, 403, 404, 410):
            raise PackError(
                _(
                    "{hub} does not have {what} for everybody to take (it answers {status}). What is "
                    "installed stays; a newer version of this app may know another place."
                ).format(hub=self.endpoint, what=what, status=head.status),
                doing=f"asking {self.endpoint}",
            )
        raise HubError(
            _(
                "{hub} cannot help just now (it answers {status}). What came so far is kept: try again later."
            ).format(hub=self.endpoint, status=head.status),
            doing=f"asking {self.endpoint}",
        )

    def _ask(self, url: str, headers: Mapping[str, str], tick: Tick) -> Generator[_Head | bytes]:
        """The head of the answer and then its content as it comes. Raises HubError.

        A thread of its own reads it: what is read from a network cannot be left before it ends, and whoever
        presses Cancel, or waits for a hub that went silent, should not have to wait for that.
        """
        arrived: Queue[_Head | bytes | Exception | None] = Queue(64)
        left = Event()
        reader = Thread(
            target=_read, args=(url, headers, self._stall, arrived, left), name="hub", daemon=True
        )
        reader.start()
        heard, begun = monotonic(), False
        try:
            while True:
                try:
                    part = arrived.get(timeout=min(_TICK_SECONDS, self._stall / 4))
                except Empty:
                    tick()
                    if monotonic() - heard > self._stall:
                        raise self._went_silent() from None
                    continue
                heard = monotonic()
                if part is None:
                    return
                if isinstance(part, Exception):
                    raise self._translated(part, begun) from part
                begun = True
                yield part
        finally:
            left.set()

    def _translated(self, error: Exception, begun: bool) -> HubError:
        """The one seam to httpx: whatever it fails with, either nothing came or not all."""
        if begun:
            return self._broke_off()
        return HubError(
            _(
                "{hub} cannot be reached ({why}). What is installed stays and works without a network: try "
                "again when there is one, or bring the files from another computer with `tutor models "
                "import`."
            ).format(hub=self.endpoint, why=str(error) or type(error).__name__),
            doing=f"asking {self.endpoint}",
        )

    def _went_silent(self) -> HubError:
        return HubError(
            _(
                "{hub} sent nothing for {seconds:g} seconds, so this was ended. What came so far is kept: "
                "the next try goes on from there."
            ).format(hub=self.endpoint, seconds=self._stall),
            doing=f"asking {self.endpoint}",
        )

    def _broke_off(self) -> HubError:
        return HubError(
            _(
                "The connection to {hub} broke off. What came so far is kept: the next try goes on from "
                "there."
            ).format(hub=self.endpoint),
            doing=f"asking {self.endpoint}",
        )

    def _other_size(self, name: str) -> HubError:
        return HubError(
            _(
                "{hub} sent {name} in another size than it had said, so it was not taken. What is installed "
                "stays: try again later."
            ).format(hub=self.endpoint, name=name),
            doing=f"asking {self.endpoint}",
        )

    def _unexpected(self, what: str) -> HubError:
        return HubError(
            _(
                "{hub} answered something about {what} that this app does not understand. What is installed "
                "stays: try again later, or with a newer version of this app."
            ).format(hub=self.endpoint, what=what),
            doing=f"asking {self.endpoint}",
        )


class _Left(Exception):
    """Nobody waits for the answer any more."""


def _read(
    url: str,
    headers: Mapping[str, str],
    stall: float,
    arrived: Queue[_Head | bytes | Exception | None],
    left: Event,
) -> None:
    """Hand over an answer: its head, its content, None; or in their place what went wrong."""

    def hand_over(part: _Head | bytes | Exception | None) -> None:
        while not left.is_set():
            try:
                return arrived.put(part, timeout=_TICK_SECONDS)
            except Full:
                continue
        raise _Left

    try:
        try:
            import httpx

            # Packed content could not be gone on with in the middle.
            asked = {"User-Agent": f"patient-tutor/{__version__}", "Accept-Encoding": "identity", **headers}
            with (
                # Silence is noticed where the answer is waited for; this ends the thread some time after.
                httpx.Client(timeout=2 * stall, follow_redirects=True) as client,
                client.stream("GET", url, headers=asked) as answer,
            ):
                hand_over(_Head(answer.status_code, dict(answer.headers)))
                for part in answer.iter_bytes():
                    hand_over(part)
                hand_over(None)
        except _Left:
            raise
        except Exception as error:  # noqa: BLE001  It is raised, translated, where the answer is waited for.
            hand_over(error)
    except _Left:
        return


def _listing(answer: dict[str, Any]) -> Listing:
    """Raises ValueError, KeyError, TypeError or AttributeError where the answer has another shape."""
    files = {}
    for one in answer["siblings"]:
        large = one.get("lfs") or {}
        sha256 = _hexadecimal(large["sha256"], 64) if large else ""
        size = large.get("size", one["size"]) if large else one["size"]
        if type(size) is not int or size < 0:
            raise ValueError(size)
        blob = "" if large else _hexadecimal(one["blobId"], 40)
        files[str(one["rfilename"])] = HubFile(str(one["rfilename"]), size, sha256, blob)
    return Listing(_hexadecimal(answer["sha"], 40), files)


def _hexadecimal(text: str, letters: int) -> str:
    if not re.fullmatch(rf"[0-9a-f]{{{letters}}}", text):
        raise ValueError(text)
    return text


def is_whole(path: Path, file: HubFile, tick: Tick = _no_tick) -> bool:
    """Whether what came is, to the byte, what the hub has."""
    if path.stat().st_size != file.size:
        return False
    if file.sha256:
        return sha256_of(path, tick) == file.sha256
    # What Git calls a file: the checksum of its kind, its length and its content.
    git = hashlib.sha1(b"blob %d\0" % file.size, usedforsecurity=False)
    return _digested(path, git, tick) == file.blob


def sha256_of(path: Path, tick: Tick = _no_tick) -> str:
    """The checksum of a file."""
    return _digested(path, hashlib.sha256(), tick)


def _digested(path: Path, checksum: hashlib._Hash, tick: Tick) -> str:
    with path.open("rb") as file:
        while part := file.read(_AT_ONCE):
            checksum.update(part)
            tick()
    return checksum.hexdigest()
