"""The bytes of one SMTP connection: the peer is waited for, and what is said to it leaves together.

aiosmtpd (pinned) makes the connection, keeps the streams and does STARTTLS; its command loop, its readers
and its verbs are replaced. Replies to commands that arrived together leave together (RFC 2920 §3.2). One
timer a connection is looked at when it fires, not moved at every command, and runs only while we wait for
the peer.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any

from aiosmtpd.smtp import SMTP

from protocol_service.smtp import replies
from protocol_service.smtp.inbox import Inbox
from protocol_service.smtp.session import Hangup

logging.getLogger("mail.log").disabled = True  # aiosmtpd formats every command for it, wanted or not

IDLE_S = 300.0
GREETING_S = 60.0
LINGER_S = 5.0
SKIPPED_LIMIT = 1024 * 1024
_READ_AHEAD = 256 * 1024
_WRITE_BATCH = 16 * 1024


class Wire(SMTP):
    """What is read and written; who converses over it says how long the peer may take (`idle_s`)."""

    def __init__(self, hostname: str) -> None:
        # aiosmtpd's own constructor looks through every method of the class for each connection and warns
        # about uses that are not ours; this sets what the inherited methods read, and a test holds the list
        # against the pin.
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(loop=loop)
        super(SMTP, self).__init__(reader, client_connected_cb=self._cb_client_connected, loop=loop)
        self.loop = loop
        self.event_handler = None
        self.hostname = hostname
        self.tls_context = None
        self.transport: Any = None
        self.envelope = None
        self._handle_hooks = {}
        self._handler_coroutine = None
        self._original_transport = None
        self._timeout_handle = None
        self._tls_handshake_okay = True
        self._tls_protocol = None

        self.inbox = Inbox(loop)
        self._out: list[bytes] = []
        self._out_bytes = 0
        self._deadline: float | None = None
        self._is_reading_paused = False

    def data_received(self, data: bytes) -> None:
        """Bytes from the peer; a peer that runs far ahead of us is not read from."""
        self.inbox.feed(data)
        if len(self.inbox.buffer) > _READ_AHEAD and self._deadline is None and not self._is_reading_paused:
            self._is_reading_paused = True
            self.transport.pause_reading()

    @property
    def local_address(self) -> str:
        """The address of ours that the peer has reached."""
        name = self.transport.get_extra_info("sockname") if self.transport is not None else None
        return str(name[0]) if name else ""

    # -- waiting

    def _reset_timeout(self, duration: float | None = None) -> None:
        self._deadline = self.loop.time() + (duration or GREETING_S)
        if self._timeout_handle is None:
            self._timeout_handle = self.loop.call_later(GREETING_S, self._timeout_cb)

    def _timeout_cb(self) -> None:
        if self.transport is None:
            return
        now = self.loop.time()
        if self._deadline is None or self._deadline > now:
            wait = GREETING_S if self._deadline is None else min(GREETING_S, self._deadline - now)
            self._timeout_handle = self.loop.call_later(wait, self._timeout_cb)
            return
        self.say(replies.IDLE)
        self._close()

    def idle_s(self) -> float:
        """How long the peer may take for its next command."""
        return IDLE_S

    async def more(self, deadline: float) -> None:
        """Send what is to be said, then wait for the peer until `deadline` (loop time); EOFError at its
        end.
        """
        self._write_out()
        self._deadline = deadline
        if self.transport is not None and self.transport.get_write_buffer_size() > _WRITE_BATCH:
            await self._writer.drain()  # it sends commands and does not read our answers
        self._read_on()
        await self.inbox.more()
        self._deadline = None

    async def relieve(self) -> None:
        """Wait until the peer has taken what was said, where that has become much."""
        if self._out_bytes > _WRITE_BATCH:
            self._deadline = self.loop.time() + IDLE_S
            self._write_out()
            await self._writer.drain()
            self._deadline = None

    def _read_on(self) -> None:
        if self._is_reading_paused:
            self._is_reading_paused = False
            self.transport.resume_reading()

    async def hears(self, wait_s: float) -> bool:
        """Whether the peer says something within that time; EOFError when it goes."""
        self._write_out()
        if not self.inbox.buffer:
            timer = self.loop.call_later(wait_s, self.inbox.wake)
            try:
                await self.inbox.more()
            finally:
                timer.cancel()
        if not self.inbox.buffer and self.inbox.is_at_end:
            raise EOFError
        return bool(self.inbox.buffer)

    async def linger(self, wait_s: float) -> None:
        """Do nothing for that long, or until the peer has gone; what it sends meanwhile waits."""
        self._write_out()
        ends_at = self.loop.time() + wait_s
        timer = self.loop.call_at(ends_at, self.inbox.wake)
        try:
            while self.loop.time() < ends_at:
                await self.inbox.more()
        finally:
            timer.cancel()

    async def read_line(self) -> bytes:
        """The next line with its end. A line must be whole before the deadline, however it trickles in."""
        inbox = self.inbox
        line = inbox.take_line()
        if line is None:
            deadline = self.loop.time() + self.idle_s()
            while line is None:
                if inbox.skipped_bytes > SKIPPED_LIMIT:
                    raise Hangup(replies.TOO_MANY_ERRORS)
                await self.more(deadline)
                line = inbox.take_line()
        return line

    # -- saying

    def say(self, answer: bytes) -> None:
        """Put a reply in line; it leaves when we next wait for the peer."""
        self._out.append(answer)
        self._out_bytes += len(answer)

    async def push(self, status: str | bytes) -> None:
        """What inherited code says (the 220 of STARTTLS) goes out at once."""
        line = status.encode("ascii", "replace") if isinstance(status, str) else status
        self.say(line + b"\r\n")
        self._write_out()

    def _write_out(self) -> None:
        if self._out and self.transport is not None and not self.transport.is_closing():
            self._writer.write(self._out[0] if len(self._out) == 1 else b"".join(self._out))
        self._out.clear()
        self._out_bytes = 0

    def _close(self) -> None:
        """Close once everything said has left, but do not wait long for a peer that does not take it."""
        transport = self.transport
        # asyncio's TLS transport that is closed twice can no longer be asked anything.
        if transport is not None and not transport.is_closing():
            self._write_out()
            transport.close()
            if transport.get_write_buffer_size() > 0:
                self.loop.call_later(LINGER_S, transport.abort)

    def abort(self) -> None:
        """Close without waiting."""
        if self.transport is not None:
            with contextlib.suppress(OSError):
                self.transport.abort()
