"""All IMAP connections of a process: who may come in, what they watch, when they must go.

One sweep looks at every connection some times a minute, so an idle connection needs no timer of its own.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Callable

from backend.kit import metrics
from backend.kit.config import Settings
from backend.kit.events import Bus
from protocol_service.connections import Connections
from protocol_service.imap.connection import Connection
from protocol_service.imap.limits import SWEEP_S
from protocol_service.imap.watch import Watches
from schema.events import (
    DomainChanged,
    MailboxChanged,
    MailboxListChanged,
    SeenChanged,
    SessionRevoked,
    SharesChanged,
    UserChanged,
)

log = logging.getLogger(__name__)

_sessions = metrics.gauge("postroom_imap_connections", "IMAP connections that are open now")


class Server:
    """What the connections of a process share."""

    def __init__(
        self, settings: Settings, bus: Bus, tls: Callable[[], ssl.SSLContext], connections: Connections
    ) -> None:
        self.settings = settings
        self.tls = tls
        self.loop = asyncio.get_running_loop()
        self.watches = Watches()
        self.open: set[Connection] = set()
        self.is_draining = False
        self._all_gone = asyncio.Event()
        self.connections = connections
        self._unsubscribe = [
            bus.subscribe(MailboxChanged, self.watches.changed),
            bus.subscribe(MailboxListChanged, self.watches.list_changed),
            bus.subscribe(SeenChanged, self.watches.seen_changed),
            bus.subscribe(SharesChanged, self.watches.shares_changed),
            bus.subscribe(DomainChanged, self.watches.rights_changed),
            bus.subscribe(UserChanged, self._user_changed),
            bus.subscribe(SessionRevoked, self._session_revoked),
            bus.on_gap(self.watches.gap),
        ]
        self._sweeper = self.loop.create_task(self._sweep(), name="imap-sweep")

    def now(self) -> float:
        """The loop's clock in seconds."""
        return self.loop.time()

    def admit(self, connection: Connection) -> str:
        """Count a connection in; otherwise why not, for the client to read."""
        if self.is_draining:
            return "The server is shutting down"
        if not self.connections.admit(connection.remote_address):
            return "Too many connections, try again later"
        self.open.add(connection)
        _sessions.inc()
        return ""

    def forget(self, connection: Connection) -> None:
        """Count a connection out, if it was admitted."""
        if connection in self.open:
            self.open.discard(connection)
            self.connections.release(connection.remote_address)
            _sessions.dec()
            if self.is_draining and not self.open:
                self._all_gone.set()

    async def drain(self) -> None:
        """End every session at the end of its command; returns when all have gone."""
        self.is_draining = True
        for connection in tuple(self.open):
            connection.drain()
        if self.open:
            await self._all_gone.wait()

    async def close(self) -> None:
        """Drop what is still open and listen to no announcements any more."""
        self.is_draining = True
        self._sweeper.cancel()
        await asyncio.gather(self._sweeper, return_exceptions=True)
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        for connection in tuple(self.open):
            connection.abort()

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_S)
            now = self.now()
            for connection in tuple(self.open):
                connection.expire(now)

    def _user_changed(self, event: UserChanged) -> None:
        """Whoever signed in with a password that is no longer right, or is disabled, must sign in anew."""
        if not event.credentials:
            return
        for connection in tuple(self.open):
            if connection.session.account_id == event.user_id:
                connection.revoke()

    def _session_revoked(self, event: SessionRevoked) -> None:
        """Whoever signed in by an app password or API key that is no more has to go."""
        for connection in tuple(self.open):
            principal = connection.session.principal
            if principal is not None and principal.session_id == event.session_id:
                connection.revoke()
