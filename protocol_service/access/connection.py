"""The socket of one client: an `asyncio.Protocol` that runs commands one after the other.

While there is something to do `_work` runs, mostly within one turn of the event loop (`eager`); an idle
connection is only this object. All output passes `send` and leaves in one write for each answer or batch of
pipelined answers; while the client does not read (`pause_writing`) nothing more is made, and while commands
run at most `BUFFERED_BYTES` of further input are kept. Timeouts are watched by the server's one sweep, by
`expire`.
"""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, cast

from backend.directory.principal import Principal
from backend.directory.protocols import Protocol
from protocol_service.eager import begin
from protocol_service.proxy_protocol import Origin
from protocol_service.sasl import Peer, channel_binding

if TYPE_CHECKING:
    from protocol_service.access.server import AccessServer

log = logging.getLogger(__name__)

FLUSH_BYTES = 64 * 1024
COMMANDS_A_TURN = 16  # of one connection, before others get theirs
BUFFERED_BYTES = 128 * 1024  # unread input while a command runs; more waits in the socket
WRITE_HIGH_BYTES = 512 * 1024
STALLED_WRITE_S = 5 * 60
LOGIN_FACTOR = 3  # so many times the login timeout may pass from the greeting to the end of a sign-in
SHUTTING_DOWN = "The server is shutting down"


class AccessConnection(asyncio.Protocol, ABC):
    """One client's connection; a protocol adds how input is cut, answered and said goodbye to."""

    __slots__ = (
        "_can_write",
        "_heard_at",
        "_input",
        "_is_busy",
        "_is_closing",
        "_is_draining",
        "_is_reading",
        "_origin",
        "_out",
        "_out_size",
        "_peer",
        "_server",
        "_stalled_since",
        "_starts_tls",
        "_stranger_since",
        "_task",
        "_transport",
        "is_secure",
        "remote_address",
    )

    protocol: ClassVar[Protocol]
    _transport: asyncio.Transport

    def __init__(self, server: AccessServer[Any], *, is_secure: bool, origin: Origin | None = None) -> None:
        self._server = server
        self.is_secure = is_secure
        self.remote_address = ""
        self._origin = origin
        self._out: list[bytes] = []
        self._out_size = 0
        self._task: asyncio.Task[None] | None = None
        self._input: asyncio.Future[None] | None = None  # a command waits for more input
        self._can_write: asyncio.Future[None] | None = None  # exists while the client does not read
        self._is_reading = True
        self._is_closing = False
        self._is_draining = False
        self._is_busy = False
        self._starts_tls = False
        self._heard_at = self._stalled_since = self._stranger_since = 0.0
        is_private = is_secure or server.settings.allow_insecure_auth
        self._peer = Peer(self.protocol, "", is_private=is_private, users=server.connections.users)

    # -- what a protocol adds

    @property
    @abstractmethod
    def principal(self) -> Principal | None:
        """Who has signed in."""

    @abstractmethod
    def _greeting(self) -> bytes:
        """The first that a client reads."""

    @abstractmethod
    def _farewell(self, reason: str) -> bytes:
        """The answer with which the server ends a session; may be nothing."""

    def _timed_out(self) -> bytes:
        """What a client reads whose time is over."""
        return self._farewell("Timed out")

    @abstractmethod
    def _feed(self, data: bytes) -> None:
        """Keep input for the commands."""

    @property
    @abstractmethod
    def _buffered(self) -> int:
        """Bytes of input that are kept."""

    @abstractmethod
    def _discard_input(self) -> None:
        """Forget what came in plain text before TLS."""

    @abstractmethod
    async def _answer_all(self) -> None:
        """Run commands until no whole one is left or `_is_closing`."""

    @abstractmethod
    def _close_session(self) -> None:
        """The connection has ended."""

    # -- the transport calls these

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._adopt(cast(asyncio.Transport, transport))  # of a stream, so it is one
        peer = self._origin or transport.get_extra_info("peername")
        self.remote_address = self._peer.remote_address = str(peer[0]) if isinstance(peer, tuple) else ""
        self._heard_at = self._stranger_since = self._server.now()
        refusal = self._server.admit(self)
        if refusal:
            self._end(self._farewell(refusal))
        else:
            self._transport.write(self._greeting())

    def connection_lost(self, exc: Exception | None) -> None:
        self._is_closing = True
        self._out.clear()
        if self._task is not None:
            self._task.cancel()
        self._close_session()
        self._peer.leave()
        self._server.forget(self)

    def data_received(self, data: bytes) -> None:
        if self._is_closing:
            return
        self._feed(data)
        if self._input is not None and not self._input.done():
            self._input.set_result(None)
        elif not self._is_busy:
            self._start()
        elif self._is_reading and self._buffered > BUFFERED_BYTES:
            self._is_reading = False
            self._transport.pause_reading()

    def eof_received(self) -> bool:
        return False

    def pause_writing(self) -> None:
        self._stalled_since = self._server.now()
        self._can_write = self._server.loop.create_future()

    def resume_writing(self) -> None:
        waiter, self._can_write = self._can_write, None
        if waiter is not None and not waiter.done():
            waiter.set_result(None)

    # -- the session calls these

    def send(self, data: bytes) -> None:
        """Put bytes to the output; they leave with the next `flush` or at the end of the command."""
        self._out.append(data)
        self._out_size += len(data)

    async def flush(self) -> None:
        """Write what was put, and wait while the client does not read."""
        self._write()
        while self._can_write is not None:
            await asyncio.shield(self._can_write)

    def close_after_answer(self) -> None:
        """Close once all that was put has been written."""
        self._is_closing = True

    def start_tls_after_answer(self) -> None:
        """Begin TLS once all that was put has been written.

        Nothing that comes before the handshake may be read: neither what is here nor what is on its way.
        """
        self._starts_tls = True
        self._transport.pause_reading()

    def abort(self) -> None:
        """Drop the connection at once."""
        self._is_closing = True
        self._transport.abort()

    # -- the server calls these

    def drain(self) -> None:
        """End the session as soon as the command under way is answered."""
        self._is_draining = True
        if not self._is_busy or self._input is not None:
            self._end(self._farewell(SHUTTING_DOWN))

    def revoke(self, reason: str) -> None:
        """End a session that may not go on."""
        self._end(self._farewell(reason))
        if self._is_busy:
            self._transport.abort()

    def expire(self, now: float) -> None:
        """End the session of a client that says nothing or reads nothing."""
        if self._can_write is not None:
            if now - self._stalled_since > STALLED_WRITE_S:
                self._transport.abort()
            return
        if self._is_busy and self._input is None:
            self._heard_at = now
            return
        quiet_s, limits = now - self._heard_at, self._server.connections.timeouts
        if self.principal is not None:
            self._stranger_since = now  # it may sign out again (RFC 8437)
            is_over = quiet_s > limits.idle_s[self.protocol]
        else:
            is_over = quiet_s > limits.login_s or now - self._stranger_since > LOGIN_FACTOR * limits.login_s
        if is_over:
            self._end(self._timed_out())

    # -- commands

    def _start(self) -> None:
        self._is_busy = True
        self._task = begin(self._server.loop, self._work())

    async def _work(self) -> None:
        """Answer all that has come, then end."""
        try:
            await self._answer_all()
        except asyncio.CancelledError:
            raise
        except Exception:
            log.exception("connection from %s failed", self.remote_address)
            self._transport.abort()
        finally:
            self._task, self._is_busy = None, False
        self._stand_by()

    async def _more(self) -> None:
        """Wait, in a command, for more input."""
        self._write()
        self._input = self._server.loop.create_future()
        try:
            await self._input
        finally:
            self._input = None

    def _stand_by(self) -> None:
        """Nothing is left to be done: write, and close or listen again."""
        self._write()
        if self._is_closing:
            self._transport.close()
        elif not self._is_reading:
            self._is_reading = True
            self._transport.resume_reading()

    async def _start_tls(self) -> None:
        """Go on inside TLS (RFC 3501 §6.2.1, RFC 2595 §4)."""
        self._starts_tls = False
        self._write()
        self._discard_input()
        try:
            transport = await self._server.loop.start_tls(
                self._transport,
                self,
                self._server.tls(),
                server_side=True,
                ssl_handshake_timeout=self._server.connections.timeouts.login_s,
            )
        except (OSError, asyncio.IncompleteReadError) as exc:
            log.info("TLS with %s failed: %s", self.remote_address, exc)
            transport = None
        if transport is None:
            self.abort()
            return
        self._adopt(transport)
        self.is_secure = self._peer.is_private = True

    def _adopt(self, transport: asyncio.Transport) -> None:
        """Go on over this transport."""
        self._transport = transport
        transport.set_write_buffer_limits(high=WRITE_HIGH_BYTES)
        if self._server.connections.binds_channels:
            self._peer.bindings = channel_binding.of(transport.get_extra_info("ssl_object"))

    def _write(self) -> None:
        if not self._out:
            return
        data = self._out[0] if len(self._out) == 1 else b"".join(self._out)
        self._out.clear()
        self._out_size = 0
        self._put(data)

    def _put(self, data: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(data)

    def _end(self, farewell: bytes) -> None:
        """Say farewell and close, where no command is in the middle of its answer."""
        self._is_closing = True
        self._write()
        self._put(farewell)
        self._transport.close()
