"""All POP3 connections of a process: who may come in, which maildrops they hold, when they must go.

One sweep looks at every connection some times a minute and renews the locks of all, so an idle connection
needs no timer of its own. What must be done to its end though a client has gone (`spawn`) is owned here.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Callable, Coroutine

from backend.kit import metrics
from backend.kit.config import Settings
from backend.kit.events import Bus
from protocol_service.connections import Connections
from protocol_service.pop3.connection import Connection
from protocol_service.pop3.limits import LOCK_S, SWEEP_S
from protocol_service.pop3.maildrop_lock import MaildropLocks
from schema.events import UserChanged

log = logging.getLogger(__name__)

_sessions = metrics.gauge("postroom_pop3_connections", "POP3 connections that are open now")


class Server:
    """What the connections of a process share."""

    def __init__(
        self, settings: Settings, bus: Bus, tls: Callable[[], ssl.SSLContext], connections: Connections
    ) -> None:
        self.settings = settings
        self.tls = tls
        self.loop = asyncio.get_running_loop()
        self.locks = MaildropLocks()
        self.open: set[Connection] = set()
        self.is_draining = False
        self._all_gone = asyncio.Event()
        self.connections = connections
        self._tasks: set[asyncio.Task[None]] = set()
        self._unsubscribe = bus.subscribe(UserChanged, self._user_changed)
        self._sweeper = self.loop.create_task(self._sweep(), name="pop3-sweep")

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

    def spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Do something to its end, whatever becomes of the client that it is for."""
        task = self.loop.create_task(work, name="pop3-maildrop")
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    async def drain(self) -> None:
        """End every session at the end of its command; returns when all have gone and their work is done."""
        self.is_draining = True
        for connection in tuple(self.open):
            connection.drain()
        if self.open:
            await self._all_gone.wait()
        await self._finish()

    async def close(self) -> None:
        """Drop what is still open; what clients have asked for by QUIT is still finished."""
        self.is_draining = True
        self._sweeper.cancel()
        await asyncio.gather(self._sweeper, return_exceptions=True)
        self._unsubscribe()
        for connection in tuple(self.open):
            connection.abort()
        if self.open:
            await self._all_gone.wait()
        await self._finish()

    async def renew_locks(self) -> None:
        """Keep the maildrops that are open here; a session whose maildrop another one has by now must go."""
        lost = set(await self.locks.renew())
        for connection in tuple(self.open):
            if connection.session.account_id in lost:
                log.warning("the maildrop of account %d is another's now", connection.session.account_id)
                connection.revoke("Another program has the maildrop open")

    async def _finish(self) -> None:
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.warning("closing a maildrop failed: %s", task.exception())

    async def _sweep(self) -> None:
        renewed_at = self.now()
        while True:
            await asyncio.sleep(SWEEP_S)
            now = self.now()
            for connection in tuple(self.open):
                connection.expire(now)
            if now - renewed_at >= LOCK_S / 3:
                renewed_at = now
                try:
                    await self.renew_locks()
                except Exception:
                    log.exception("maildrop locks cannot be renewed")

    def _user_changed(self, event: UserChanged) -> None:
        """Whoever signed in with a password that is no longer right, or is disabled, must sign in anew."""
        if not event.credentials:
            return
        for connection in tuple(self.open):
            if connection.session.account_id == event.user_id:
                connection.revoke("Sign in again")
