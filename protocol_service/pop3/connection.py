"""The socket of one client: an `asyncio.Protocol` that cuts lines and runs commands one after the other.

While there is something to do `_work` runs, mostly within one turn of the event loop (`eager`); an idle
connection is only this object. All output passes `send` and leaves in one write for each batch of pipelined
answers; while the client does not read (`pause_writing`) nothing more is made, and while commands run at most
`BUFFERED_BYTES` of further input are kept. Timeouts are watched by the server's one sweep, by `expire`.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Coroutine
from typing import TYPE_CHECKING, cast

from protocol_service.eager import begin
from protocol_service.pop3 import dispatch
from protocol_service.pop3.command import State
from protocol_service.pop3.errors import BadCommand, no
from protocol_service.pop3.limits import (
    BUFFERED_BYTES,
    IDLE_TIMEOUT_S,
    KEEPALIVE_EVERY_S,
    KEEPALIVE_IDLE_S,
    KEEPALIVE_PROBES,
    LOGIN_TIMEOUT_S,
    LOGIN_WITHIN_S,
    STALLED_WRITE_S,
    WRITE_HIGH_BYTES,
)
from protocol_service.pop3.lines import Lines, Overlong
from protocol_service.pop3.session import Session
from protocol_service.proxy_protocol import Origin
from protocol_service.sasl import Peer, channel_binding

if TYPE_CHECKING:
    from protocol_service.pop3.server import Server

log = logging.getLogger(__name__)

FLUSH_BYTES = 64 * 1024
COMMANDS_A_TURN = 16  # of one connection, before others get theirs
_SHUTTING_DOWN = no("The server is shutting down", "SYS/TEMP") + b"\r\n"


class Connection(asyncio.Protocol):
    """One client's connection."""

    __slots__ = (
        "_can_write",
        "_input",
        "_is_busy",
        "_is_closing",
        "_is_draining",
        "_is_reading",
        "_last_line_at",
        "_lines",
        "_made_at",
        "_origin",
        "_out",
        "_out_size",
        "_peer",
        "_server",
        "_stalled_since",
        "_starts_tls",
        "_task",
        "_transport",
        "is_secure",
        "remote_address",
        "session",
    )

    _transport: asyncio.Transport

    def __init__(self, server: Server, *, is_secure: bool, origin: Origin | None = None) -> None:
        self._server = server
        self.is_secure = is_secure
        self.remote_address = ""
        self._origin = origin
        self._lines = Lines()
        self._out: list[bytes] = []
        self._out_size = 0
        self._task: asyncio.Task[None] | None = None
        self._input: asyncio.Future[None] | None = None  # a command waits for a line
        self._can_write: asyncio.Future[None] | None = None  # exists while the client does not read
        self._is_reading = True
        self._is_closing = False
        self._is_draining = False
        self._is_busy = False
        self._starts_tls = False
        self._made_at = self._last_line_at = self._stalled_since = 0.0
        is_private = is_secure or server.settings.allow_insecure_auth
        self._peer = Peer("pop3", "", is_private=is_private, users=server.connections.users)
        self.session = Session(self, server.locks, self._peer)

    # -- the transport calls these

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # of a stream, so it is one
        self._transport.set_write_buffer_limits(high=WRITE_HIGH_BYTES)
        _prepare(transport.get_extra_info("socket"))
        peer = self._origin or transport.get_extra_info("peername")
        self.remote_address = self._peer.remote_address = str(peer[0]) if isinstance(peer, tuple) else ""
        self._peer.bindings = channel_binding.of(transport.get_extra_info("ssl_object"))
        self._made_at = self._last_line_at = self._server.now()
        refusal = self._server.admit(self)
        if refusal:
            self._end(no(refusal, "SYS/TEMP") + b"\r\n")
        else:
            self._transport.write(b"+OK Postroom is ready\r\n")

    def connection_lost(self, exc: Exception | None) -> None:
        self._is_closing = True
        self._out.clear()
        if self._task is not None:
            self._task.cancel()
        self.session.close()
        self._peer.leave()
        self._server.forget(self)

    def data_received(self, data: bytes) -> None:
        if self._is_closing:
            return
        self._lines.feed(data)
        if self._input is not None and not self._input.done():
            self._input.set_result(None)
        elif not self._is_busy:
            self._is_busy = True
            self._task = begin(self._server.loop, self._work())
        elif self._lines.buffered > BUFFERED_BYTES and self._is_reading:
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

    # -- the session calls these (`session.Channel`)

    def send(self, data: bytes) -> None:
        self._out.append(data)
        self._out_size += len(data)

    async def flush(self) -> None:
        self._write()
        while self._can_write is not None:
            await asyncio.shield(self._can_write)

    async def rest(self) -> None:
        await self.flush()
        await asyncio.sleep(0)

    async def ask(self, prompt: bytes) -> bytes:
        self.send(b"+ %b\r\n" % prompt)
        while (line := self._lines.next()) is None:
            self._write()
            self._input = self._server.loop.create_future()
            try:
                await self._input
            finally:
                self._input = None
        if isinstance(line, Overlong):
            raise BadCommand("The line is too long")
        return line

    def close_after_answer(self) -> None:
        self._is_closing = True

    def start_tls_after_answer(self) -> None:
        # Nothing that comes before the handshake may be read: neither what is here nor what is on its way.
        self._starts_tls = True
        self._transport.pause_reading()

    def abort(self) -> None:
        self._is_closing = True
        self._transport.abort()

    async def finish(self, work: Coroutine[None, None, None]) -> None:
        await asyncio.shield(self._server.spawn(work))

    def leave(self, work: Coroutine[None, None, None]) -> None:
        _ = self._server.spawn(work)

    # -- the server calls these

    def drain(self) -> None:
        """End the session as soon as the command under way is answered; nothing is deleted."""
        self._is_draining = True
        if not self._is_busy or self._input is not None:
            self._end(_SHUTTING_DOWN)

    def revoke(self, reason: str) -> None:
        """End a session that may not go on."""
        self._end(no(reason, "SYS/TEMP") + b"\r\n")
        if self._is_busy:
            self._transport.abort()

    def expire(self, now: float) -> None:
        """End the session of a client that says nothing or reads nothing, without a word (RFC 1939 §3)."""
        if self._can_write is not None:
            if now - self._stalled_since > STALLED_WRITE_S:
                self._transport.abort()
            return
        if self._is_busy and self._input is None:
            return
        is_new = self.session.state is State.AUTHORIZATION
        if now - self._last_line_at > (LOGIN_TIMEOUT_S if is_new else IDLE_TIMEOUT_S) or (
            is_new and now - self._made_at > LOGIN_WITHIN_S
        ):
            self._end(b"")

    # -- commands

    async def _work(self) -> None:
        """Answer all that has come, then end."""
        commands = 0
        try:
            while not self._is_closing:
                line = self._lines.next()
                if line is None:
                    break
                await self._take(line)
                commands += 1
                if self._is_draining and not self._is_closing:
                    self.send(_SHUTTING_DOWN)
                    self._is_closing = True
                elif self._starts_tls:
                    await self._start_tls()
                elif self._out_size > FLUSH_BYTES or self._can_write is not None:
                    await self.flush()
                if commands % COMMANDS_A_TURN == 0:
                    await asyncio.sleep(0)
        except asyncio.CancelledError:
            raise
        except Exception:
            log.exception("connection from %s failed", self.remote_address)
            self._transport.abort()
        finally:
            self._task, self._is_busy = None, False
        self._stand_by()

    async def _take(self, line: bytes | Overlong) -> None:
        if isinstance(line, Overlong):
            dispatch.refuse(self.session, line)
            return
        self._last_line_at = self._server.now()
        await dispatch.execute(self.session, line)
        self._last_line_at = self._server.now()

    def _stand_by(self) -> None:
        """Nothing is left to be done: write, and close or listen again."""
        self._write()
        if self._is_closing:
            self._transport.close()
        elif not self._is_reading:
            self._is_reading = True
            self._transport.resume_reading()

    async def _start_tls(self) -> None:
        """Go on inside TLS (RFC 2595 §4)."""
        self._starts_tls = False
        self._write()
        self._lines.discard()
        try:
            transport = await self._server.loop.start_tls(
                self._transport,
                self,
                self._server.tls(),
                server_side=True,
                ssl_handshake_timeout=LOGIN_TIMEOUT_S,
            )
        except (OSError, asyncio.IncompleteReadError) as exc:
            log.info("TLS with %s failed: %s", self.remote_address, exc)
            transport = None
        if transport is None:
            self.abort()
            return
        self._transport = transport
        transport.set_write_buffer_limits(high=WRITE_HIGH_BYTES)
        self.is_secure = self._peer.is_private = True
        self._peer.bindings = channel_binding.of(transport.get_extra_info("ssl_object"))

    def _write(self) -> None:
        if not self._out:
            return
        data = self._out[0] if len(self._out) == 1 else b"".join(self._out)
        self._out.clear()
        self._out_size = 0
        if not self._transport.is_closing():
            self._transport.write(data)

    def _end(self, farewell: bytes) -> None:
        """Say farewell and close, where no command is in the middle of its answer."""
        self._is_closing = True
        self._write()
        if not self._transport.is_closing():
            self._transport.write(farewell)
            self._transport.close()


def _prepare(sock: socket.socket | None) -> None:
    """Answers leave at once; a client that vanished is found within two minutes and its maildrop freed."""
    if sock is None or sock.family not in {socket.AF_INET, socket.AF_INET6}:
        return
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, KEEPALIVE_EVERY_S)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, KEEPALIVE_PROBES)
    if hasattr(socket, "TCP_KEEPIDLE"):  # not on every system
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, KEEPALIVE_IDLE_S)
