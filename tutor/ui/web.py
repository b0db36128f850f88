"""The app as a page in the browser, served to this machine alone and without any network."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import flet as ft
import uvicorn

from tutor.errors import UsageError
from tutor.i18n import _
from tutor.resources import ASSETS

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
_HOST = re.compile(r"[\w.:\[\]-]+")

GONE_SECONDS = 0.5
"""How long the app may take to put a page away that is gone; less than a server that ends waits for it."""

App = Callable[[Scope, Receive, Send], Awaitable[None]]


def serve(main: Callable[[ft.Page], Awaitable[None]], host: str, port: int) -> None:
    """Serve until interrupted. The address is printed once the port is ours."""
    listener = _listen(host, port)
    with contextlib.closing(listener):
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}"
        print(_("Patient Tutor is at {address}").format(address=address), flush=True)  # noqa: T201
        config = uvicorn.Config(
            asgi_app(main), log_level="warning", ws="websockets-sansio", timeout_graceful_shutdown=1
        )
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def asgi_app(main: Callable[[ft.Page], Awaitable[None]]) -> App:
    """The whole app for a web server: fonts and drawing code from here, and nothing from elsewhere."""
    return _only_from_here(ft.run(main, export_asgi_app=True, no_cdn=True, assets_dir=str(ASSETS)))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    # A server that has just ended leaves its port waiting. (On Windows this would take another's port.)
    if os.name != "nt":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise UsageError(
            _(
                "Port {port} on {host} cannot be used ({reason}). Perhaps Patient Tutor is open already: "
                "look at http://{host}:{port}, or choose another port with --port."
            ).format(port=port, host=host, reason=error.strerror),
            doing="starting the app",
        ) from error
    return listener


def _only_from_here(app: App) -> App:
    """`app`, with a policy that keeps the page from asking any other machine for anything.

    Flet's client asks a CDN for a part it does not need here even where it is told to use none.
    """

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await _until_gone(app, scope, receive, send)
            return
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
        policy = _policy(host).encode("latin-1")

        async def with_policy(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", ()), (b"content-security-policy", policy)]
                message = {**message, "headers": headers}
            await send(message)

        await app(scope, receive, with_policy)

    return guarded


async def _until_gone(app: App, scope: Scope, receive: Receive, send: Send) -> None:
    """`app` over one page's socket, brought to its end when the page is gone.

    Flet 1.0.5 forgets to put a page away when it is writing to it just as it goes, and waits for ever
    for one that went before it had said who it is.
    """
    gone = asyncio.Event()

    async def received() -> MutableMapping[str, Any]:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            gone.set()
        return message

    async def sent(message: MutableMapping[str, Any]) -> None:
        # What cannot arrive any more is dropped: `received` is where it is told that nobody listens.
        with contextlib.suppress(OSError):
            await send(message)

    serving = asyncio.ensure_future(app(scope, received, sent))
    leaving = asyncio.ensure_future(gone.wait())
    await asyncio.wait({serving, leaving}, return_when=asyncio.FIRST_COMPLETED)
    leaving.cancel()
    await asyncio.wait({serving}, timeout=GONE_SECONDS if gone.is_set() else None)
    if not serving.done():
        serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving


def _policy(host: str) -> str:
    here = "'self' blob: data:"
    sockets = f"ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return "; ".join(
        [
            f"default-src {here}",
            f"script-src {here} 'unsafe-inline' 'unsafe-eval'",
            f"style-src {here} 'unsafe-inline'",
            f"connect-src {here} {sockets}".rstrip(),
            "frame-ancestors 'none'",
        ]
    )
