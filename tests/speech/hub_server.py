"""A hub on this machine: two made-up repositories, served as the real one does, and a network's faults."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Event, Thread
from typing import Any
from urllib.parse import unquote, urlsplit

BASE = "Systran/faster-whisper-base"
VOICES = "rhasspy/piper-voices"
GOSIA = "pl/pl_PL/gosia/medium/pl_PL-gosia-medium.onnx"
MODEL_BYTES = 300_000


def revision(number: int) -> str:
    """A commit's name."""
    return hashlib.sha1(b"%d" % number).hexdigest()


def noise(size: int, seed: int = 0) -> bytes:
    return Random(seed).randbytes(size)


@dataclass
class Fault:
    """What is wrong with how one path is served."""

    status: int = 0
    silent: bool = False
    """Nothing is answered."""
    stall_after: int | None = None
    """After so many bytes nothing more comes, and the connection stays."""
    drop_after: int | None = None
    """After so many bytes the connection is closed, though more was announced."""
    content: bytes | None = None
    """This in the place of the content, announced honestly."""
    more: bytes = b""
    """This after the content."""
    unannounced: bool = False
    """Nobody says how much there will be: it ends with the connection."""
    ignores_range: bool = False
    begins_at: int | None = None
    """A part is begun here, whatever was asked for."""
    packed: bool = False
    """Sent as gzip, though nobody asked for that."""


@dataclass
class Asked:
    """What was asked of the hub."""

    path: str
    range: str
    headers: dict[str, str]


@dataclass
class HubServer:
    """Serves `files` (by repository and path); `large` ones with a SHA-256, as the hub keeps them."""

    files: dict[str, dict[str, bytes]] = field(default_factory=dict)
    revision: str = field(default_factory=lambda: revision(1))
    faults: dict[str, Fault] = field(default_factory=dict)
    """By the last part of a path; `revision/main` is the listing."""
    listing: Any = None
    """Told in the place of what is true."""
    lies: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By path: what the listing says of a file, else than is true."""
    asked: list[Asked] = field(default_factory=list)
    stalled: Event = field(default_factory=Event)
    """Set once a stall has begun."""
    closing: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        small = {"config.json": b'{"made": "up"}', "tokenizer.json": b"{}", "vocabulary.txt": b"a\nb\n"}
        self.files[BASE] = {
            **small,
            "model.bin": noise(MODEL_BYTES),
            "README.md": b"Read me.",
            "../../evil": b"evil",
        }
        self.files[VOICES] = {
            GOSIA: noise(5000, 1),
            f"{GOSIA}.json": b'{"audio": {}}',
            "pl/other.onnx": noise(9, 2),
        }

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def fetched(self, name: str) -> list[Asked]:
        """What was asked for files of this name."""
        return [one for one in self.asked if one.path.endswith(f"/{name}") and "/resolve/" in one.path]

    def __enter__(self) -> HubServer:
        hub = self

        class Handler(_Handler):
            server_hub = hub

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def told(self, repo: str) -> Any:
        """The answer of `/api/models/<repo>/revision/main?blobs=true`."""
        if self.listing is not None:
            return self.listing
        siblings = []
        for path, content in self.files[repo].items():
            blob = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
            one: dict[str, Any] = {"rfilename": path, "size": len(content), "blobId": blob}
            if path.endswith((".bin", ".onnx")):
                one["lfs"] = {
                    "sha256": hashlib.sha256(content).hexdigest(),
                    "size": len(content),
                    "pointerSize": 134,
                }
            siblings.append({**one, **self.lies.get(path, {})})
        return {"id": repo, "modelId": repo, "sha": self.revision, "private": False, "siblings": siblings}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_hub: HubServer

    def log_message(self, *_words: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        hub, path = self.server_hub, unquote(urlsplit(self.path).path)
        hub.asked.append(
            Asked(path, self.headers.get("Range", ""), {k.lower(): v for k, v in self.headers.items()})
        )
        fault = next((fault for end, fault in hub.faults.items() if path.endswith(f"/{end}")), Fault())
        if fault.silent:
            self._stall()
        elif fault.status:
            self._answer(b"", fault, status=fault.status)
        elif found := re.fullmatch(r"/api/models/(.+)/revision/main", path):
            if found[1] in hub.files:
                self._answer(json.dumps(hub.told(found[1])).encode(), fault)
            else:
                self._answer(b"", fault, status=404)
        elif found := re.fullmatch(r"/(.+?/.+?)/resolve/([0-9a-f]{40})/(.+)", path):
            # As the real one: large files come from another place.
            place = f"/content/{found[1]}/{found[3]}"
            if found[2] != hub.revision or found[3] not in hub.files.get(found[1], {}):
                self._answer(b"", fault, status=404)
            elif found[3].endswith((".bin", ".onnx")):
                self._answer(b"", Fault(), status=302, headers={"Location": place})
            else:
                self._answer(hub.files[found[1]][found[3]], fault)
        elif found := re.fullmatch(r"/content/(.+?/.+?)/(.+)", path):
            self._answer(hub.files[found[1]][found[2]], fault)
        else:
            self._answer(b"", fault, status=404)

    def _stall(self) -> None:
        self.wfile.flush()
        self.server_hub.stalled.set()
        self.server_hub.closing.wait(60)
        self.close_connection = True

    def _answer(
        self, content: bytes, fault: Fault, status: int = 200, headers: dict[str, str] | None = None
    ) -> None:
        headers = dict(headers or {})
        if fault.content is not None and status == 200:
            content = fault.content
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if wanted and status == 200 and not fault.ignores_range:
            begin = int(wanted[1]) if fault.begins_at is None else fault.begins_at
            status, headers["Content-Range"] = 206, f"bytes {begin}-{len(content) - 1}/{len(content)}"
            content = content[begin:]
        if fault.packed:
            content, headers["Content-Encoding"] = gzip.compress(content), "gzip"
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if fault.unannounced:
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        cut = fault.stall_after if fault.stall_after is not None else fault.drop_after
        self.wfile.write(content[:cut] + fault.more if cut is None else content[:cut])
        if fault.stall_after is not None:
            self._stall()
        if fault.drop_after is not None or fault.unannounced:
            self.close_connection = True
