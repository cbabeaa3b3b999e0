"""Listening sockets of the protocols: bound before anything is promised, a port of 0 being any free one.

A protocol is made by its factory for each connection, with the client's address where a load balancer has
told it (`proxy_protocol`). Without such balancers the event loop accepts by itself.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from backend.kit.config import Network, is_within
from protocol_service import proxy_protocol

log = logging.getLogger(__name__)

# Makes the protocol of a connection; it is given the keyword `origin` where the socket's peer is a balancer.
Factory = Callable[..., asyncio.BaseProtocol]

BACKLOG = 1024
HANDSHAKE_S = 30.0
_NO_DESCRIPTORS_PAUSE_S = 1.0


class PortTaken(Exception):
    """An address cannot be bound; the text is one line for the person who starts the service."""


def bind(address: str, port: int, *, setting: str, is_shared: bool = False) -> socket.socket:
    """A bound socket that does not listen yet; PortTaken names the setting that chose the port.

    One that is shared may be bound by further processes of the same user, if all of them say so; the kernel
    spreads connections over those that listen.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if is_shared:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
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


class Stoppable(Protocol):
    """What accepts connections."""

    def close(self) -> None:
        """Accept no further ones."""


@dataclass(slots=True)
class Listener:
    """One open door."""

    name: str
    address: tuple[str, int]
    server: Stoppable

    def stop(self) -> None:
        """Take no further connections; those that are open stay."""
        self.server.close()


async def listen(
    name: str,
    factory: Factory,
    sock: socket.socket,
    *,
    tls: ssl.SSLContext | None = None,
    proxies: Collection[Network] = (),
) -> Listener:
    """Accept connections on a bound socket; `tls` for the doors that speak TLS from the first byte, `proxies`
    for the networks of load balancers.
    """
    loop = asyncio.get_running_loop()
    host, port = sock.getsockname()[:2]
    if proxies:
        sock.listen(BACKLOG)
        return Listener(name, (host, port), _Doorkeeper(name, factory, sock, tls, proxies))
    extra: dict[str, Any] = {"ssl_handshake_timeout": HANDSHAKE_S} if tls is not None else {}
    server = await loop.create_server(factory, sock=sock, ssl=tls, backlog=BACKLOG, **extra)
    return Listener(name, (host, port), server)


class _Doorkeeper:
    """Accepts connections that may begin with a PROXY header."""

    def __init__(
        self,
        name: str,
        factory: Factory,
        sock: socket.socket,
        tls: ssl.SSLContext | None,
        proxies: Collection[Network],
    ) -> None:
        self._name = name
        self._factory = factory
        self._sock = sock
        self._tls = tls
        self._proxies = proxies
        self._loop = asyncio.get_running_loop()
        self._arriving: set[asyncio.Task[None]] = set()
        self._accepting = self._loop.create_task(self._accept(), name=f"accept-{name}")

    def close(self) -> None:
        """Accept nothing more; who has not shown a header yet is sent away."""
        self._accepting.cancel()
        for task in tuple(self._arriving):
            task.cancel()
        self._sock.close()

    async def _accept(self) -> None:
        while True:
            try:
                sock, peer = await self._loop.sock_accept(self._sock)
            except ConnectionError:
                continue  # it was gone before we came
            except OSError as exc:
                log.error("%s cannot accept connections: %s", self._name, exc)
                await asyncio.sleep(_NO_DESCRIPTORS_PAUSE_S)
                continue
            task = self._loop.create_task(self._hand_over(sock, str(peer[0])), name=f"arrival-{self._name}")
            self._arriving.add(task)
            task.add_done_callback(self._arriving.discard)

    async def _hand_over(self, sock: socket.socket, peer: str) -> None:
        """Read the header where one is due, then make the connection."""
        try:
            origin = await proxy_protocol.origin(sock) if is_within(peer, self._proxies) else None
        except (proxy_protocol.Malformed, OSError) as exc:  # a TimeoutError is an OSError
            log.warning("%s: no PROXY header from %s: %r", self._name, peer, exc)
            sock.close()
            return
        except asyncio.CancelledError:
            sock.close()
            raise
        factory = self._factory if origin is None else partial(self._factory, origin=origin)
        extra: dict[str, Any] = {"ssl_handshake_timeout": HANDSHAKE_S} if self._tls is not None else {}
        try:
            await self._loop.connect_accepted_socket(factory, sock, ssl=self._tls, **extra)
        except OSError as exc:  # TLS says so of its faults as well
            log.info("%s: a connection from %s did not come about: %s", self._name, origin or peer, exc)
