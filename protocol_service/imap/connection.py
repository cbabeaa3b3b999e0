"""The socket of one client: an `asyncio.Protocol` that feeds the framer and runs commands one after the
other.

While there is something to do `_work` runs, mostly within one turn of the event loop (`eager`); an idle
connection is only this object. All output passes `send` and leaves in one write for each answer or batch of
pipelined answers; while the client does not read (`pause_writing`) nothing more is made, and while commands
run at most `BUFFERED_BYTES` of further input are kept. Timeouts are watched by the server's one sweep, by
`expire`.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import zlib
from typing import TYPE_CHECKING, cast

from protocol_service.eager import begin
from protocol_service.imap import dispatch
from protocol_service.imap.command import State
from protocol_service.imap.compression import PIECE_BYTES, Compression
from protocol_service.imap.errors import BadCommand, text_of
from protocol_service.imap.framing import Frame, Framer, Overrun, Wanted
from protocol_service.imap.limits import (
    BUFFERED_BYTES,
    IDLE_TIMEOUT_S,
    LOGIN_TIMEOUT_S,
    QUIET_SWEEPS,
    STALLED_WRITE_S,
    WRITE_HIGH_BYTES,
    Limits,
)
from protocol_service.imap.session import Session
from protocol_service.proxy_protocol import Origin
from protocol_service.sasl import Peer, channel_binding

if TYPE_CHECKING:
    from protocol_service.imap.server import Server

log = logging.getLogger(__name__)

FLUSH_BYTES = 64 * 1024
COMMANDS_A_TURN = 16  # of one connection, before others get theirs


class Connection(asyncio.Protocol):
    """One client's connection."""

    __slots__ = (
        "_can_write",
        "_compression",
        "_framer",
        "_input",
        "_is_busy",
        "_is_closing",
        "_is_draining",
        "_is_reading",
        "_last_input",
        "_origin",
        "_out",
        "_out_size",
        "_peer",
        "_push_wanted",
        "_quiet_sweeps",
        "_server",
        "_stalled_since",
        "_starts_compression",
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
        self._framer = Framer()
        self._compression: Compression | None = None
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
        self._starts_compression = False
        self._push_wanted = False
        self._quiet_sweeps = 0  # since anything was written
        self._last_input = 0.0
        self._stalled_since = 0.0
        is_private = is_secure or server.settings.allow_insecure_auth
        self._peer = Peer("imap", "", is_private=is_private, users=server.connections.users)
        self.session = Session(self, server.watches, self._peer)

    # -- the transport calls these

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # of a stream, so it is one
        self._transport.set_write_buffer_limits(high=WRITE_HIGH_BYTES)
        sock = transport.get_extra_info("socket")
        if sock is not None and sock.family in {socket.AF_INET, socket.AF_INET6}:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        peer = self._origin or transport.get_extra_info("peername")
        self.remote_address = self._peer.remote_address = str(peer[0]) if isinstance(peer, tuple) else ""
        self._peer.bindings = channel_binding.of(transport.get_extra_info("ssl_object"))
        self._last_input = self._server.now()
        refusal = self._server.admit(self)
        if refusal:
            self._end(b"* BYE %b\r\n" % text_of(refusal))
        else:
            self._transport.write(b"* OK [CAPABILITY %b] Postroom is ready\r\n" % self.session.capabilities)

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
        self._last_input = self._server.now()
        if self._compression is None:
            self._framer.feed(data)
        else:
            self._compression.inflater.feed(data)
        if self._input is not None and not self._input.done():
            self._input.set_result(None)
        elif not self._is_busy:
            self._start()
        elif self._is_reading and self._buffered > BUFFERED_BYTES:
            self._is_reading = False
            self._transport.pause_reading()

    @property
    def _buffered(self) -> int:
        compressed = 0 if self._compression is None else self._compression.inflater.buffered
        return self._framer.buffered + compressed

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
        if self._compression is not None and self._out_size > PIECE_BYTES:
            await self._compress_in_pieces()
        self._write()
        while self._can_write is not None:
            await asyncio.shield(self._can_write)

    async def ask(self, prompt: bytes) -> bytes:
        self.send(b"+ %b\r\n" % prompt)
        unit = await self._next()
        if isinstance(unit, Frame) and not unit.literals:
            return unit.text
        raise BadCommand("Expected a line")

    def set_limits(self, limits: Limits) -> None:
        self._framer.limits = limits

    def close_after_answer(self) -> None:
        self._is_closing = True

    def start_tls_after_answer(self) -> None:
        # Nothing that comes before the handshake may be read: neither what is here nor what is on its way.
        self._starts_tls = True
        self._transport.pause_reading()

    @property
    def is_compressed(self) -> bool:
        return self._compression is not None

    @property
    def may_sign_out(self) -> bool:
        # Compression would have to end with the command (RFC 8437 §4.1).
        return self._server.settings.imap_unauthenticate and self._compression is None

    def compress_after_answer(self) -> None:
        self._starts_compression = True

    def abort(self) -> None:
        self._is_closing = True
        self._transport.abort()

    def wake(self) -> None:
        """Something happened to the mailbox that an idling client watches."""
        if not self._push_wanted:
            self._push_wanted = True
            self._server.loop.call_soon(self._resume)

    # -- the server calls these

    def drain(self) -> None:
        """End the session as soon as the command under way is answered."""
        self._is_draining = True
        if not self._is_busy or self._input is not None:
            self._end(b"* BYE The server is shutting down\r\n")

    def revoke(self) -> None:
        """End the session of a user who may no longer be signed in."""
        self._end(b"* BYE Sign in again\r\n")
        if self._is_busy:
            self._transport.abort()

    def expire(self, now: float) -> None:
        """End the session of a client that says nothing or reads nothing; tell one that waits of the work."""
        if self._can_write is not None:
            if now - self._stalled_since > STALLED_WRITE_S:
                self._transport.abort()
            return
        self._quiet_sweeps += 1
        if self._is_busy and self._input is None:
            if self._quiet_sweeps > QUIET_SWEEPS:
                self.session.send(self.session.still_working())
                self._write()
            return
        is_new = self.session.state is State.NOT_AUTHENTICATED
        if now - self._last_input > (LOGIN_TIMEOUT_S if is_new else IDLE_TIMEOUT_S):
            self._end(b"* BYE Timed out\r\n")
        elif self._compression is not None and self._quiet_sweeps > QUIET_SWEEPS:
            self._compression.deflater.rest()

    # -- commands

    def _start(self) -> None:
        self._is_busy = True
        self._task = begin(self._server.loop, self._work())

    def _resume(self) -> None:
        """Look whether there is something to do; a command under way will find it by itself."""
        if not self._is_busy and not self._is_closing:
            self._start()

    async def _work(self) -> None:
        """Answer all that has come, then end."""
        commands = 0
        try:
            while not self._is_closing:
                if self._push_wanted:
                    self._push_wanted = False
                    await self.session.push()
                unit = self._framer.next()
                if unit is None:
                    if self._compression is not None and await self._inflate(self._compression):
                        continue
                    break
                await self._take(unit)
                commands += 1
                if self._is_draining:
                    self.session.bye("The server is shutting down")
                elif self._starts_tls:
                    await self._start_tls()
                elif self._starts_compression:
                    self._start_compression()
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
        self._rest()

    async def _take(self, unit: Frame | Wanted | Overrun) -> None:
        if isinstance(unit, Frame):
            await dispatch.execute(self.session, unit)
        elif isinstance(unit, Wanted):
            self.send(b"+ Ready\r\n")
        else:
            dispatch.refuse(self.session, unit)

    async def _next(self) -> Frame | Wanted | Overrun:
        """The next unit, for a command that asked the client for more."""
        while (unit := self._framer.next()) is None:
            if self._compression is not None and await self._inflate(self._compression):
                continue
            self._write()
            self._input = self._server.loop.create_future()
            try:
                await self._input
            finally:
                self._input = None
        return unit

    def _rest(self) -> None:
        """Nothing is left to be done: write, and close or listen again."""
        self._write()
        if self._is_closing:
            self._transport.close()
            return
        if not self._is_reading:
            self._is_reading = True
            self._transport.resume_reading()
        if self._push_wanted:
            self._server.loop.call_soon(self._resume)

    async def _start_tls(self) -> None:
        """Go on inside TLS (RFC 3501 §6.2.1)."""
        self._starts_tls = False
        self._write()
        self._framer.discard()
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

    def _start_compression(self) -> None:
        """Go on compressed (RFC 4978 §3): what came behind the command is compressed already."""
        self._starts_compression = False
        self._write()
        self._compression = Compression()
        self._compression.inflater.feed(self._framer.take_rest())

    async def _inflate(self, compression: Compression) -> bool:
        """Read one more piece of what came compressed; whether there was one. Others get a turn after it."""
        try:
            data = compression.inflater.next()
        except zlib.error:
            log.info("%s sends what is not DEFLATE", self.remote_address)
            self._end(b"* BYE The compressed data cannot be read\r\n")
            return False
        self._framer.feed(data)
        if len(data) == PIECE_BYTES:
            await asyncio.sleep(0)
        return bool(data)

    async def _compress_in_pieces(self) -> None:
        """Write much output such that others get their turn: to compress a megabyte takes a while."""
        data = b"".join(self._out)
        self._out.clear()
        self._out_size = self._quiet_sweeps = 0
        was_within, self.session.is_within_response = self.session.is_within_response, True
        try:
            for at in range(0, len(data), PIECE_BYTES):
                self._put(data[at : at + PIECE_BYTES])
                await asyncio.sleep(0)
        finally:
            self.session.is_within_response = was_within

    def _write(self) -> None:
        if not self._out:
            return
        data = self._out[0] if len(self._out) == 1 else b"".join(self._out)
        self._out.clear()
        self._out_size = self._quiet_sweeps = 0
        self._put(data)

    def _put(self, data: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(
                data if self._compression is None else self._compression.deflater.compress(data)
            )

    def _end(self, farewell: bytes) -> None:
        """Say farewell and close, where no command is in the middle of its answer."""
        self._is_closing = True
        self._write()
        self._put(self.session.in_language(farewell))
        self._transport.close()
