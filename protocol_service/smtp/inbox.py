"""What a peer has sent and nobody has read yet.

Lines are taken whole; a line beyond the limit is thrown away as it comes in, so no peer makes us keep more
than `LINE_LIMIT` of it. DATA reads the same buffer by itself.
"""

from __future__ import annotations

import asyncio

LINE_LIMIT = 12_300  # an AUTH line may be 12,288 octets and its line end (RFC 4954 §4)


class LineTooLong(Exception):
    """A line passed the limit; it is gone up to its end, or goes as it comes."""


class Inbox:
    """Received bytes of one connection and the one task that waits for more."""

    __slots__ = ("_is_skipping", "_loop", "_waiter", "buffer", "is_at_end", "skipped_bytes")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiter: asyncio.Future[None] | None = None
        self._is_skipping = False
        self.buffer = bytearray()
        self.is_at_end = False
        self.skipped_bytes = 0

    def feed(self, data: bytes) -> None:
        """Bytes from the transport."""
        self.buffer += data
        self.wake()

    def feed_end(self) -> None:
        """The peer will send no more."""
        self.is_at_end = True
        self.wake()

    def clear(self) -> None:
        """Forget what was received (RFC 3207 §4.2: nothing from before TLS may count within it)."""
        self.buffer.clear()
        self._is_skipping = False

    def take_line(self) -> bytes | None:
        """The next line with its end, None when it is not here yet; raises `LineTooLong`."""
        buffer = self.buffer
        end = buffer.find(b"\n")
        if self._is_skipping or end >= LINE_LIMIT or (end < 0 and len(buffer) > LINE_LIMIT):
            self._skip(end)
            return None
        if end < 0:
            return None
        line = bytes(buffer[: end + 1])
        del buffer[: end + 1]
        return line

    def _skip(self, end: int) -> None:
        """Throw the too long line away: what is here of it (`end` below 0), or up to its end."""
        count = end + 1 if end >= 0 else len(self.buffer)
        self.skipped_bytes += count
        del self.buffer[:count]
        self._is_skipping = end < 0
        if end >= 0:
            raise LineTooLong

    async def more(self) -> None:
        """Wait until something arrives; raises EOFError when nothing will."""
        if self.is_at_end:
            raise EOFError
        waiter = self._waiter = self._loop.create_future()
        try:
            await waiter
        finally:
            self._waiter = None

    def wake(self) -> None:
        """End a wait, whether something has arrived or not."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
