"""Opens the doors: MX and submission with STARTTLS, submission with TLS from the first byte (RFC 8314), LMTP
where a port is set for it, and whatever further listeners the configuration has.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from backend.kit.config import Settings
from backend.kit.extra_listeners import ExtraListener, TlsMode
from backend.kit.resolver import Resolver
from protocol_service.listeners import Listener, bind, listen
from protocol_service.smtp import call_ahead
from protocol_service.smtp.call_ahead import CallAhead
from protocol_service.smtp.policy import Policy
from protocol_service.smtp.reception import DataBudget, DiskReserve, Reception
from protocol_service.smtp.sender_domains import SenderDomains
from protocol_service.smtp.server import Server
from protocol_service.smtp.session import Door
from protocol_service.verification import verifier
from protocol_service.verification.lookups import DnsLookups
from protocol_service.verification.verifier import Verifier
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
        await self.reception.refusals.close()
        await self.reception.verifier.counts.close()


@dataclass(frozen=True, slots=True)
class _Opening:
    """A bound socket and what it is for; `is_tls` from the first byte."""

    name: str
    policy: Policy
    sock: socket.socket
    is_tls: bool
    takes_proxies: bool = True


def _usual(settings: Settings, *, is_shared: bool) -> list[_Opening]:
    ports = {
        Door.MX: settings.smtp_port,
        Door.SUBMISSION: settings.submission_port,
        Door.SUBMISSIONS: settings.submissions_port,
    }
    if settings.lmtp_port is not None:
        ports[Door.LMTP] = settings.lmtp_port
    return [
        _Opening(
            door.value,
            Policy.usual(door),
            bind(settings.bind, port, setting=f"POSTROOM_{door.value.upper()}_PORT", is_shared=is_shared),
            door is Door.SUBMISSIONS,
        )
        for door, port in ports.items()
    ]


def _extra(settings: Settings, extra: ExtraListener, *, is_shared: bool) -> _Opening:
    address = extra.address or settings.bind
    sock = bind(address, extra.port, setting=f"listener {extra.name}", is_shared=is_shared)
    return _Opening(extra.name, Policy.of(extra), sock, extra.tls is TlsMode.IMPLICIT, extra.proxy)


async def start(service: Service) -> SmtpRole:
    """Listen on every door."""
    settings = service.settings
    resolver = Resolver(settings.dns_servers)
    reception = Reception(
        settings,
        service.tls_context,
        service.connections,
        DiskReserve(settings.data),
        SenderDomains(resolver),
        CallAhead(settings.hostname, at_once=service.siblings.share_of(call_ahead.AT_ONCE)),
        Verifier(DnsLookups(resolver), at_once=service.siblings.share_of(verifier.AT_ONCE)),
        DataBudget(counts=service.counts),
    )
    # All are bound before the first listens: a port that is taken must not leave half a service behind.
    is_shared = service.shares_ports
    openings = _usual(settings, is_shared=is_shared)
    openings += [_extra(settings, extra, is_shared=is_shared) for extra in settings.listeners]
    listeners = []
    for opening in openings:
        tls = service.tls_context() if opening.is_tls else None
        factory = partial(Server, opening.policy, reception)
        proxies = settings.proxy_networks if opening.takes_proxies else ()
        listeners.append(await listen(opening.name, factory, opening.sock, tls=tls, proxies=proxies))
    bus = service.rt.bus
    unsubscribe = [
        bus.subscribe(UserChanged, reception.user_changed),
        bus.subscribe(SessionRevoked, reception.session_revoked),
    ]
    return SmtpRole(reception, listeners, unsubscribe)
