"""Opens the two doors of IMAP: with STARTTLS, and with TLS from the first byte (RFC 8314)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from protocol_service.imap.connection import Connection
from protocol_service.imap.server import Server
from protocol_service.listeners import Listener, bind, listen

if TYPE_CHECKING:
    from protocol_service.service import Addresses, Service


@dataclass(slots=True)
class ImapRole:
    """The running doors."""

    server: Server
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


async def start(service: Service) -> ImapRole:
    """Listen on both doors."""
    settings = service.settings
    # Both are bound before the first listens: a port that is taken must not leave half a service behind.
    imap = bind(settings.bind, settings.imap_port, setting="POSTROOM_IMAP_PORT")
    imaps = bind(settings.bind, settings.imaps_port, setting="POSTROOM_IMAPS_PORT")
    server = Server(settings, service.rt.bus, service.tls_context, service.connections)
    plain = partial(Connection, server, is_secure=False)
    secure = partial(Connection, server, is_secure=True)
    proxies = settings.proxy_networks
    listeners = [
        await listen("imap", plain, imap, proxies=proxies),
        await listen("imaps", secure, imaps, tls=service.tls_context(), proxies=proxies),
    ]
    return ImapRole(server, listeners)
