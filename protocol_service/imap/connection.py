"""The socket of one client: feeds the framer and runs commands one after the other."""

from __future__ import annotations

import asyncio
import logging
import zlib
from typing import TYPE_CHECKING

from backend.directory.principal import Principal
from protocol_service.access.connection import (
    COMMANDS_A_TURN,
    FLUSH_BYTES,
    SHUTTING_DOWN,
    AccessConnection,
)
from protocol_service.imap import dispatch
from protocol_service.imap.compression import PIECE_BYTES, Compression
from protocol_service.imap.errors import BadCommand, text_of
from protocol_service.imap.framing import Frame, Framer, Overrun, Wanted
from protocol_service.imap.limits import QUIET_SWEEPS, Limits
from protocol_service.imap.session import Session
from protocol_service.proxy_protocol import Origin

if TYPE_CHECKING:
    from protocol_service.imap.server import Server

log = logging.getLogger(__name__)


class Connection(AccessConnection):
    """One client's connection."""

    __slots__ = (
        "_compression",
        "_framer",
        "_push_wanted",
        "_quiet_sweeps",
        "_starts_compression",
        "session",
    )

    protocol = "imap"
    _server: Server

    def __init__(self, server: Server, *, is_secure: bool, origin: Origin | None = None) -> None:
        super().__init__(server, is_secure=is_secure, origin=origin)
        self._framer = Framer()
        self._compression: Compression | None = None
        self._starts_compression = False
        self._push_wanted = False
        self._quiet_sweeps = 0  # since anything was written
        self.session = Session(self, server.watches, self._peer)

    # -- what the connection asks

    @property
    def principal(self) -> Principal | None:
        return self.session.principal

    def _greeting(self) -> bytes:
        return b"* OK [CAPABILITY %b] Postroom is ready\r\n" % self.session.capabilities

    def _farewell(self, reason: str) -> bytes:
        return self.session.in_language(b"* BYE %b\r\n" % text_of(reason))

    def _feed(self, data: bytes) -> None:
        self._heard_at = self._server.now()
        if self._compression is None:
            self._framer.feed(data)
        else:
            self._compression.inflater.feed(data)

    @property
    def _buffered(self) -> int:
        compressed = 0 if self._compression is None else self._compression.inflater.buffered
        return self._framer.buffered + compressed

    def _discard_input(self) -> None:
        self._framer.discard()

    def _close_session(self) -> None:
        self.session.close()

    # -- the session calls these (`session.Channel`)

    async def flush(self) -> None:
        """Write what was put, and wait while the client does not read."""
        if self._compression is not None and self._out_size > PIECE_BYTES:
            await self._compress_in_pieces()
        await super().flush()

    async def ask(self, prompt: bytes) -> bytes:
        """Write `+ prompt` and give the client's next line."""
        self.send(b"+ %b\r\n" % prompt)
        unit = await self._next()
        if isinstance(unit, Frame) and not unit.literals:
            return unit.text
        raise BadCommand("Expected a line")

    def set_limits(self, limits: Limits) -> None:
        """Limits of the commands to come."""
        self._framer.limits = limits

    @property
    def is_compressed(self) -> bool:
        """Whether COMPRESS is active."""
        return self._compression is not None

    @property
    def may_sign_out(self) -> bool:
        """Whether UNAUTHENTICATE is possible: compression would have to end with it (RFC 8437 §4.1)."""
        return self._server.settings.imap_unauthenticate and self._compression is None

    def compress_after_answer(self) -> None:
        """Compress both directions once all that was put has been written."""
        self._starts_compression = True

    def wake(self) -> None:
        """Something happened to the mailbox that an idling client watches."""
        if not self._push_wanted:
            self._push_wanted = True
            self._server.loop.call_soon(self._resume)

    # -- the server calls this

    def expire(self, now: float) -> None:
        """End the session of a client that says nothing or reads nothing; tell one that waits of the work."""
        super().expire(now)
        if self._is_closing or self._can_write is not None:
            return
        self._quiet_sweeps += 1
        if self._quiet_sweeps <= QUIET_SWEEPS:
            return
        if self._is_busy and self._input is None:
            self.session.send(self.session.still_working())
            self._write()
        elif self._compression is not None:
            self._compression.deflater.rest()

    # -- commands

    def _resume(self) -> None:
        """Look whether there is something to do; a command under way will find it by itself."""
        if not self._is_busy and not self._is_closing:
            self._start()

    async def _answer_all(self) -> None:
        commands = 0
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
                self.session.bye(SHUTTING_DOWN)
            elif self._starts_tls:
                await self._start_tls()
            elif self._starts_compression:
                self._start_compression()
            elif self._out_size > FLUSH_BYTES or self._can_write is not None:
                await self.flush()
            if commands % COMMANDS_A_TURN == 0:
                await asyncio.sleep(0)

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
            await self._more()
        return unit

    def _stand_by(self) -> None:
        super()._stand_by()
        if self._push_wanted and not self._is_closing:
            self._server.loop.call_soon(self._resume)

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
            self._end(self._farewell("The compressed data cannot be read"))
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
        if self._out:
            self._quiet_sweeps = 0
            super()._write()

    def _put(self, data: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(
                data if self._compression is None else self._compression.deflater.compress(data)
            )
