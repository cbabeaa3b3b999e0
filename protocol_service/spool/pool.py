"""Open connections that wait a moment for the next message to the same next hop."""

from __future__ import annotations

import asyncio

from protocol_service.spool.smtp_client import SmtpClient

IDLE_S = 10.0
IDLE_PER_HOP = 10
MESSAGES_PER_CONNECTION = 500


class Pool:
    """Idle connections by next hop; the one used last is taken first, so that surplus ones grow old and
    go.
    """

    def __init__(self, idle_s: float = IDLE_S) -> None:
        self._idle_s = idle_s
        self._idle: dict[str, list[tuple[SmtpClient, float]]] = {}  # each with its end
        self._timer: asyncio.TimerHandle | None = None
        self._quitting: set[asyncio.Task[None]] = set()

    def take(self, hop: str) -> SmtpClient | None:
        """An open connection to that hop, no longer the pool's."""
        idle = self._idle.get(hop)
        while idle:
            client, _ = idle.pop()
            if client.is_open:
                return client
            client.close()
        return None

    def give(self, hop: str, client: SmtpClient) -> None:
        """Keep a connection for a while, or say goodbye to it."""
        idle = self._idle.setdefault(hop, [])
        is_worn = client.message_count >= MESSAGES_PER_CONNECTION
        if not client.is_open or is_worn or len(idle) >= IDLE_PER_HOP:
            self._quit(client)
            return
        loop = asyncio.get_running_loop()
        idle.append((client, loop.time() + self._idle_s))
        if self._timer is None:  # one for all: most connections are taken again at once
            self._timer = loop.call_later(self._idle_s, self._expire)

    async def close(self) -> None:
        """Say goodbye to every idle connection."""
        if self._timer is not None:
            self._timer.cancel()
        for idle in self._idle.values():
            for client, _ in idle:
                self._quit(client)
        self._idle.clear()
        if self._quitting:
            await asyncio.wait(self._quitting)

    def _expire(self) -> None:
        """Let go of those whose time is over, and look again when that of the next one is."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        for hop, idle in list(self._idle.items()):
            kept = [(client, end) for client, end in idle if end > now]
            for client, end in idle:
                if end <= now:
                    self._quit(client)
            if kept:
                self._idle[hop] = kept
            else:
                del self._idle[hop]
        ends = [end for idle in self._idle.values() for _, end in idle]
        self._timer = loop.call_at(min(ends), self._expire) if ends else None

    def _quit(self, client: SmtpClient) -> None:
        if not client.is_open:
            client.close()
            return
        task = asyncio.get_running_loop().create_task(client.quit())
        self._quitting.add(task)
        task.add_done_callback(self._quitting.discard)
