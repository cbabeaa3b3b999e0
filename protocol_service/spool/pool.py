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
        self._idle: dict[str, list[tuple[SmtpClient, asyncio.TimerHandle]]] = {}
        self._quitting: set[asyncio.Task[None]] = set()

    def take(self, hop: str) -> SmtpClient | None:
        """An open connection to that hop, no longer the pool's."""
        idle = self._idle.get(hop, [])
        while idle:
            client, timer = idle.pop()
            timer.cancel()
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
        timer = asyncio.get_running_loop().call_later(self._idle_s, self._expire, hop, client)
        idle.append((client, timer))

    async def close(self) -> None:
        """Say goodbye to every idle connection."""
        for idle in self._idle.values():
            for client, timer in idle:
                timer.cancel()
                self._quit(client)
        self._idle.clear()
        if self._quitting:
            await asyncio.wait(self._quitting)

    def _expire(self, hop: str, client: SmtpClient) -> None:
        left = [entry for entry in self._idle.get(hop, []) if entry[0] is not client]
        if left:
            self._idle[hop] = left
        else:
            self._idle.pop(hop, None)
        self._quit(client)

    def _quit(self, client: SmtpClient) -> None:
        if not client.is_open:
            client.close()
            return
        task = asyncio.get_running_loop().create_task(client.quit())
        self._quitting.add(task)
        task.add_done_callback(self._quitting.discard)
