"""All connections of a protocol in a process: who may come in, and when they must go.

One sweep looks at every connection some times a minute, so an idle connection needs no timer of its own.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from typing import Generic, TypeVar

from prometheus_client import Gauge

from backend.kit.config import Settings
from backend.kit.events import Bus
from protocol_service.access.connection import SHUTTING_DOWN, AccessConnection
from protocol_service.connections import Connections
from schema.events import SessionRevoked, UserChanged

SWEEP_S = 5
SIGN_IN_AGAIN = "Sign in again"

C = TypeVar("C", bound=AccessConnection)


class AccessServer(Generic[C]):
    """What the connections of a process share."""

    def __init__(
        self,
        settings: Settings,
        bus: Bus,
        tls: Callable[[], ssl.SSLContext],
        connections: Connections,
        *,
        gauge: Gauge,
    ) -> None:
        self.settings = settings
        self.tls = tls
        self.loop = asyncio.get_running_loop()
        self.open: set[C] = set()
        self.is_draining = False
        self.connections = connections
        self._gauge = gauge
        self._all_gone = asyncio.Event()
        self._unsubscribe = [
            bus.subscribe(UserChanged, self._user_changed),
            bus.subscribe(SessionRevoked, self._session_revoked),
        ]
        self._sweeper = self.loop.create_task(self._sweep(), name="sweep")

    def now(self) -> float:
        """The loop's clock in seconds."""
        return self.loop.time()

    def admit(self, connection: C) -> str:
        """Count a connection in; otherwise why not, for the client to read."""
        if self.is_draining:
            return SHUTTING_DOWN
        if not self.connections.admit(connection.remote_address):
            return "Too many connections, try again later"
        self.open.add(connection)
        self._gauge.inc()
        return ""

    def forget(self, connection: C) -> None:
        """Count a connection out, if it was admitted."""
        if connection in self.open:
            self.open.discard(connection)
            self.connections.release(connection.remote_address)
            self._gauge.dec()
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
        if self.open:
            await self._all_gone.wait()

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_S)
            now = self.now()
            for connection in tuple(self.open):
                connection.expire(now)
            await self._swept(now)

    async def _swept(self, now: float) -> None:
        """What else a protocol does as often."""

    def _user_changed(self, event: UserChanged) -> None:
        """Whoever signed in with a password that is no longer right, or is disabled, must sign in anew."""
        if not event.credentials:
            return
        for connection in tuple(self.open):
            principal = connection.principal
            if principal is not None and principal.user_id == event.user_id:
                connection.revoke(SIGN_IN_AGAIN)

    def _session_revoked(self, event: SessionRevoked) -> None:
        """Whoever signed in by an app password or API key that is no more has to go."""
        for connection in tuple(self.open):
            principal = connection.principal
            if principal is not None and principal.session_id == event.session_id:
                connection.revoke(SIGN_IN_AGAIN)
