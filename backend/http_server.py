"""The backend as a process: uvicorn around `backend.app`, one socket, an orderly end.

The application's lifespan is run here and not by uvicorn, so that what stops a start (a database of another
version, for one) is an error of ours with one line, not a trace in a log.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socket import socket

import uvicorn

from backend.kit.config import Settings

BACKLOG = 1024
GRACE_S = 8
_LARGEST_MESSAGE = 1024 * 1024

Ready = Callable[[dict[str, tuple[str, int]]], None]


class _Server(uvicorn.Server):
    """Says when it listens, and leaves the signals to us (uvicorn raises them again at its end)."""

    def __init__(self, config: uvicorn.Config, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_started()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def run(settings: Settings, sock: socket, ready: Ready) -> None:
    """Serve on the bound socket until SIGTERM or SIGINT; `ready` is told the address once it listens."""
    from backend.app import create_app

    app = create_app(settings)
    config = uvicorn.Config(
        app,
        loop="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_graceful_shutdown=GRACE_S,
        ws_max_size=_LARGEST_MESSAGE,
        proxy_headers=True,
        forwarded_allow_ips=["127.0.0.1", "::1", *map(str, settings.trusted_networks)],
    )
    host, port = sock.getsockname()[:2]
    server = _Server(config, lambda: ready({"http": (host, port)}))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _stop, server)
    async with app.router.lifespan_context(app):
        await server.serve(sockets=[sock])


def _stop(server: uvicorn.Server) -> None:
    server.should_exit = True
