"""All POP3 connections of a process and the maildrops they hold.

The sweep renews the locks of all. What must be done to its end though a client has gone (`spawn`) is owned
here.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Callable, Coroutine

from backend.kit import metrics
from backend.kit.config import Settings
from backend.kit.events import Bus
from protocol_service.access.server import AccessServer
from protocol_service.connections import Connections
from protocol_service.pop3.connection import Connection
from protocol_service.pop3.limits import LOCK_S
from protocol_service.pop3.maildrop_lock import MaildropLocks

log = logging.getLogger(__name__)

_sessions = metrics.gauge("postroom_pop3_connections", "POP3 connections that are open now")


class Server(AccessServer[Connection]):
    """What the connections of a process share."""

    def __init__(
        self, settings: Settings, bus: Bus, tls: Callable[[], ssl.SSLContext], connections: Connections
    ) -> None:
        super().__init__(settings, bus, tls, connections, gauge=_sessions)
        self.locks = MaildropLocks()
        self._tasks: set[asyncio.Task[None]] = set()
        self._renewed_at = self.now()

    def spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Do something to its end, whatever becomes of the client that it is for."""
        task = self.loop.create_task(work, name="pop3-maildrop")
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    async def drain(self) -> None:
        """End every session at the end of its command; returns when all have gone and their work is done."""
        await super().drain()
        await self._finish()

    async def close(self) -> None:
        """Drop what is still open; what clients have asked for by QUIT is still finished."""
        await super().close()
        await self._finish()

    async def renew_locks(self) -> None:
        """Keep the maildrops that are open here; a session whose maildrop another one has by now must go."""
        lost = set(await self.locks.renew())
        for connection in tuple(self.open):
            if connection.session.account_id in lost:
                log.warning("the maildrop of account %d is another's now", connection.session.account_id)
                connection.revoke("Another program has the maildrop open")

    async def _swept(self, now: float) -> None:
        if now - self._renewed_at < LOCK_S / 3:
            return
        self._renewed_at = now
        try:
            await self.renew_locks()
        except Exception:
            log.exception("maildrop locks cannot be renewed")

    async def _finish(self) -> None:
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.warning("closing a maildrop failed: %s", task.exception())
