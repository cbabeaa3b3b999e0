"""What all connections of the SMTP doors share: settings, counters, and the bounds on memory and disk."""

from __future__ import annotations

import asyncio
import os
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from backend.directory.principal import Principal
from backend.kit.config import Settings, is_within
from protocol_service.connections import Connections
from protocol_service.siblings import Counts, Siblings
from protocol_service.smtp.call_ahead import CallAhead
from protocol_service.smtp.greeted import Greeted
from protocol_service.smtp.refusals import Refusals
from protocol_service.smtp.sender_domains import SenderDomains
from protocol_service.verification.verifier import Verifier
from schema.events import SessionRevoked, UserChanged

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

DATA_BUDGET_BYTES = 256 * 1024 * 1024
DISK_RESERVE_BYTES = 128 * 1024 * 1024
DISK_LOOK_S = 2.0


class DataBudget:
    """Bytes of messages that are being received, over all connections of the processes that share the ports
    of this machine.
    """

    __slots__ = ("_counts", "_limit_bytes", "used_bytes")

    def __init__(self, limit_bytes: int = DATA_BUDGET_BYTES, counts: Counts | None = None) -> None:
        self._limit_bytes = limit_bytes
        self._counts = counts or Counts(Siblings())
        self.used_bytes = 0

    def grow(self, count: int) -> bool:
        """Take that many bytes; False, and nothing taken, when they are not to be had."""
        self.used_bytes += count
        if self.used_bytes + self._counts.hold(self.used_bytes) > self._limit_bytes:
            self.shrink(count)
            return False
        return True

    def shrink(self, count: int) -> None:
        """Give bytes back."""
        self.used_bytes -= count
        self._counts.hold(self.used_bytes)


class Share:
    """What one message holds of the budget, from its first byte until its transaction ends."""

    __slots__ = ("_budget", "held_bytes")

    def __init__(self, budget: DataBudget) -> None:
        self._budget = budget
        self.held_bytes = 0

    def hold(self, size_bytes: int) -> bool:
        """Hold that many bytes in all; False when they are not to be had."""
        if size_bytes <= self.held_bytes:
            return True
        if not self._budget.grow(size_bytes - self.held_bytes):
            return False
        self.held_bytes = size_bytes
        return True

    def release(self) -> None:
        """Give everything back."""
        self._budget.shrink(self.held_bytes)
        self.held_bytes = 0


class DiskReserve:
    """Keeps the last of the disk for what was already promised (reading, expunging, settling the spool)."""

    def __init__(self, folder: Path, reserve_bytes: int = DISK_RESERVE_BYTES) -> None:
        self._folder = folder
        self._reserve_bytes = reserve_bytes
        self._looked_at = -DISK_LOOK_S
        self._free_bytes = 0

    def has_room(self, size_bytes: int) -> bool:
        """Whether a message of that size may be accepted."""
        now = time.monotonic()
        if now - self._looked_at >= DISK_LOOK_S:
            self._looked_at = now
            self._free_bytes = self._measure()
        return self._free_bytes > size_bytes

    def _measure(self) -> int:
        """Free bytes beyond the reserve, which is a twentieth of a small file system."""
        stat = os.statvfs(self._folder)
        reserve = min(self._reserve_bytes, stat.f_blocks * stat.f_frsize // 20)
        return stat.f_bavail * stat.f_frsize - reserve


@dataclass(slots=True)
class Reception:
    """One for each running SMTP role."""

    settings: Settings
    tls_context: Callable[[], ssl.SSLContext]
    connections: Connections
    disk: DiskReserve
    sender_domains: SenderDomains
    call_ahead: CallAhead
    verifier: Verifier
    budget: DataBudget = field(default_factory=DataBudget)
    servers: set[Server] = field(default_factory=set)
    accepting: set[asyncio.Task[None]] = field(default_factory=set)
    greeted: Greeted = field(default_factory=Greeted)
    refusals: Refusals = field(default_factory=Refusals)
    is_draining: bool = False
    _left: asyncio.Event = field(default_factory=asyncio.Event)

    def is_stranger(self, address: str) -> bool:
        """Whether a peer is neither this machine, nor of a trusted network, nor a balancer's own check."""
        if not address or address == "::1" or address.startswith(("127.", "::ffff:127.")):
            return False
        settings = self.settings
        return not settings.is_trusted(address) and not is_within(address, settings.proxy_networks)

    def leave(self, server: Server) -> None:
        """A connection has ended."""
        self.servers.discard(server)
        self._left.set()

    async def empty(self) -> None:
        """Wait until the last connection has ended and the last commit is done."""
        while self.servers:
            self._left.clear()
            await self._left.wait()
        if self.accepting:
            await asyncio.wait(set(self.accepting))

    def user_changed(self, event: UserChanged) -> None:
        """Whoever signed in with a password that is no longer right, or is disabled, must sign in anew."""
        if event.credentials:
            self._revoke(lambda principal: principal.user_id == event.user_id)

    def session_revoked(self, event: SessionRevoked) -> None:
        """Whoever signed in by an app password or API key that is no more has to go."""
        self._revoke(lambda principal: principal.session_id == event.session_id)

    def _revoke(self, concerns: Callable[[Principal], bool]) -> None:
        for server in tuple(self.servers):
            principal = server.session.principal
            if principal is not None and concerns(principal):
                server.revoke()
