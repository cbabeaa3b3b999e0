"""Listening sockets of the protocols: bound before anything is promised, a port of 0 being any free one."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

BACKLOG = 1024


class PortTaken(Exception):
    """An address cannot be bound; the text is one line for the person who starts the service."""


def bind(address: str, port: int, *, setting: str) -> socket.socket:
    """A bound socket that does not listen yet; PortTaken names the setting that chose the port."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            # "::" takes IPv4 as well, whatever the machine's default is.
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        sock.setblocking(False)
        sock.bind((address, port))
    except OSError as exc:
        sock.close()
        reason = exc.strerror or str(exc)
        raise PortTaken(f"{setting}: {address} port {port} cannot be used: {reason}") from exc
    return sock


@dataclass(slots=True)
class Listener:
    """One open door."""

    name: str
    address: tuple[str, int]
    server: asyncio.Server

    def stop(self) -> None:
        """Take no further connections; those that are open stay."""
        self.server.close()


async def listen(
    name: str,
    factory: Callable[[], asyncio.BaseProtocol],
    sock: socket.socket,
    *,
    tls: ssl.SSLContext | None = None,
) -> Listener:
    """Accept connections on a bound socket; `tls` for the doors that speak TLS from the first byte."""
    loop = asyncio.get_running_loop()
    extra: dict[str, Any] = {"ssl_handshake_timeout": 30.0} if tls is not None else {}
    server = await loop.create_server(factory, sock=sock, ssl=tls, backlog=BACKLOG, **extra)
    host, port = sock.getsockname()[:2]
    return Listener(name, (host, port), server)
