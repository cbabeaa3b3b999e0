"""Opens the two doors of a protocol: one where TLS begins by command, one with TLS from the first byte
(RFC 8314).
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from protocol_service.access.connection import AccessConnection
from protocol_service.access.server import AccessServer
from protocol_service.listeners import Listener, bind, listen

if TYPE_CHECKING:
    from protocol_service.service import Addresses, Service

# A client that has vanished without a word holds what it has locked until the kernel has found out.
KEEPALIVE_IDLE_S, KEEPALIVE_EVERY_S, KEEPALIVE_PROBES = 60, 15, 4

S = TypeVar("S", bound=AccessServer[Any])


@dataclass(slots=True)
class AccessRole(Generic[S]):
    """The running doors."""

    server: S
    listeners: list[Listener]

    @property
    def addresses(self) -> Addresses:
        """Where each door is."""
        return {listener.name: listener.address for listener in self.listeners}

    async def drain(self) -> None:
        """Take no new connection, finish the commands under way, say goodbye."""
        self._stop()
        await self.server.drain()

    async def close(self) -> None:
        """Close every connection."""
        self._stop()
        await self.server.close()

    def _stop(self) -> None:
        for listener in self.listeners:
            listener.stop()


async def open_doors(
    service: Service,
    server: S,
    connection: Callable[..., AccessConnection],
    bound: Mapping[str, socket.socket],
) -> AccessRole[S]:
    """Listen on `bound`, by the names of the doors; those whose name ends with `s` speak TLS at once."""
    listeners = []
    for name, sock in bound.items():
        is_secure = name.endswith("s")
        listeners.append(
            await listen(
                name,
                partial(connection, server, is_secure=is_secure),
                sock,
                tls=service.tls_context() if is_secure else None,
                proxies=service.settings.proxy_networks,
            )
        )
    return AccessRole(server, listeners)


def bind_doors(service: Service, ports: Mapping[str, int]) -> dict[str, socket.socket]:
    """Sockets for the doors, bound before anything is made: a port that is taken must not leave half a
    service behind.
    """
    bound = {
        name: bind(
            service.settings.bind,
            port,
            setting=f"POSTROOM_{name.upper()}_PORT",
            is_shared=service.shares_ports,
        )
        for name, port in ports.items()
    }
    for sock in bound.values():
        _prepare(sock)
    return bound


def _prepare(sock: socket.socket) -> None:
    """Answers leave at once; a client that vanished is found within two minutes. Connections have this from
    the socket that accepts them, so that none of them has to be set.
    """
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, KEEPALIVE_EVERY_S)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, KEEPALIVE_PROBES)
    if hasattr(socket, "TCP_KEEPIDLE"):  # not on every system
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, KEEPALIVE_IDLE_S)
