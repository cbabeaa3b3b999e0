"""Opens the two doors of POP3: with STLS, and with TLS from the first byte (RFC 8314)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from protocol_service.listeners import Listener, bind, listen
from protocol_service.pop3.connection import Connection
from protocol_service.pop3.server import Server

if TYPE_CHECKING:
    from protocol_service.service import Addresses, Service


@dataclass(slots=True)
class Pop3Role:
    """The running doors."""

    server: Server
    listeners: list[Listener]

    @property
    def addresses(self) -> Addresses:
        """Where each door is."""
        return {listener.name: listener.address for listener in self.listeners}

    async def drain(self) -> None:
        """Take no new connection, finish the commands under way, end the sessions."""
        self._stop()
        await self.server.drain()

    async def close(self) -> None:
        """Close every connection."""
        self._stop()
        await self.server.close()

    def _stop(self) -> None:
        for listener in self.listeners:
            listener.stop()


async def start(service: Service) -> Pop3Role:
    """Listen on both doors."""
    settings = service.settings
    # Both are bound before the first listens: a port that is taken must not leave half a service behind.
    pop3 = bind(settings.bind, settings.pop3_port, setting="POSTROOM_POP3_PORT")
    pop3s = bind(settings.bind, settings.pop3s_port, setting="POSTROOM_POP3S_PORT")
    server = Server(settings, service.rt.bus, service.tls_context, service.connections)
    plain = partial(Connection, server, is_secure=False)
    secure = partial(Connection, server, is_secure=True)
    proxies = settings.proxy_networks
    listeners = [
        await listen("pop3", plain, pop3, proxies=proxies),
        await listen("pop3s", secure, pop3s, tls=service.tls_context(), proxies=proxies),
    ]
    return Pop3Role(server, listeners)
