"""Opens the doors: MX and submission with STARTTLS, submission with TLS from the first byte (RFC 8314), and
LMTP where a port is set for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from protocol_service.listeners import Listener, bind, listen
from protocol_service.smtp.reception import DiskReserve, Reception
from protocol_service.smtp.server import Server
from protocol_service.smtp.session import Door
from schema.events import SessionRevoked, UserChanged

if TYPE_CHECKING:
    from protocol_service.service import Addresses, Service

CLOSE_S = 1.0


@dataclass(slots=True)
class SmtpRole:
    """The running doors."""

    reception: Reception
    listeners: list[Listener]
    unsubscribe: list[Callable[[], None]]

    @property
    def addresses(self) -> Addresses:
        """Where each door is."""
        return {listener.name: listener.address for listener in self.listeners}

    async def drain(self) -> None:
        """Take no new connection, say goodbye between messages, and wait for the messages under way."""
        self.reception.is_draining = True
        for listener in self.listeners:
            listener.stop()
        for server in tuple(self.reception.servers):
            server.drain()
        await self.reception.empty()

    async def close(self) -> None:
        """Close every connection; a commit that has begun is still waited for."""
        self.reception.is_draining = True
        for unsubscribe in self.unsubscribe:
            unsubscribe()
        for listener in self.listeners:
            listener.stop()
        for server in tuple(self.reception.servers):
            server.abort()
        if self.reception.accepting:
            await asyncio.wait(set(self.reception.accepting), timeout=CLOSE_S)


async def start(service: Service) -> SmtpRole:
    """Listen on every door."""
    settings = service.settings
    reception = Reception(settings, service.tls_context, service.connections, DiskReserve(settings.data))
    ports = {
        Door.MX: settings.smtp_port,
        Door.SUBMISSION: settings.submission_port,
        Door.SUBMISSIONS: settings.submissions_port,
    }
    if settings.lmtp_port is not None:
        ports[Door.LMTP] = settings.lmtp_port
    # All are bound before the first listens: a port that is taken must not leave half a service behind.
    bound = {
        door: bind(settings.bind, port, setting=f"POSTROOM_{door.value.upper()}_PORT")
        for door, port in ports.items()
    }
    listeners = []
    for door, sock in bound.items():
        tls = service.tls_context() if door is Door.SUBMISSIONS else None
        factory = partial(Server, door, reception)
        listeners.append(await listen(door.value, factory, sock, tls=tls, proxies=settings.proxy_networks))
    bus = service.rt.bus
    unsubscribe = [
        bus.subscribe(UserChanged, reception.user_changed),
        bus.subscribe(SessionRevoked, reception.session_revoked),
    ]
    return SmtpRole(reception, listeners, unsubscribe)
