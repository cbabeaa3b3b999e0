"""The socket of one client: cuts lines and runs commands one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING

from backend.directory.principal import Principal
from protocol_service.access.connection import (
    COMMANDS_A_TURN,
    FLUSH_BYTES,
    SHUTTING_DOWN,
    AccessConnection,
)
from protocol_service.pop3 import dispatch
from protocol_service.pop3.errors import BadCommand, no
from protocol_service.pop3.lines import Lines, Overlong
from protocol_service.pop3.session import Session
from protocol_service.proxy_protocol import Origin

if TYPE_CHECKING:
    from protocol_service.pop3.server import Server


class Connection(AccessConnection):
    """One client's connection."""

    __slots__ = ("_lines", "session")

    protocol = "pop3"
    _server: Server

    def __init__(self, server: Server, *, is_secure: bool, origin: Origin | None = None) -> None:
        super().__init__(server, is_secure=is_secure, origin=origin)
        self._lines = Lines()
        self.session = Session(self, server.locks, self._peer)

    # -- what the connection asks

    @property
    def principal(self) -> Principal | None:
        return self.session.principal

    def _greeting(self) -> bytes:
        return b"+OK Postroom is ready\r\n"

    def _farewell(self, reason: str) -> bytes:
        return no(reason, "SYS/TEMP") + b"\r\n"

    def _timed_out(self) -> bytes:
        return b""  # RFC 1939 §3

    def _feed(self, data: bytes) -> None:
        self._lines.feed(data)

    @property
    def _buffered(self) -> int:
        return self._lines.buffered

    def _discard_input(self) -> None:
        self._lines.discard()

    def _close_session(self) -> None:
        self.session.close()

    # -- the session calls these (`session.Channel`)

    async def rest(self) -> None:
        """`flush`, and give others a turn."""
        await self.flush()
        await asyncio.sleep(0)

    async def ask(self, prompt: bytes) -> bytes:
        """Write `+ prompt` and give the client's next line."""
        self.send(b"+ %b\r\n" % prompt)
        while (line := self._lines.next()) is None:
            await self._more()
        if isinstance(line, Overlong):
            raise BadCommand("The line is too long")
        return line

    async def finish(self, work: Coroutine[None, None, None]) -> None:
        """Have something done to its end, whether the client stays for it or not."""
        await asyncio.shield(self._server.spawn(work))

    def leave(self, work: Coroutine[None, None, None]) -> None:
        """Have something done without waiting for it."""
        _ = self._server.spawn(work)

    # -- commands

    async def _answer_all(self) -> None:
        commands = 0
        while not self._is_closing and (line := self._lines.next()) is not None:
            await self._take(line)
            commands += 1
            if self._is_draining and not self._is_closing:
                self.send(self._farewell(SHUTTING_DOWN))
                self._is_closing = True
            elif self._starts_tls:
                await self._start_tls()
            elif self._out_size > FLUSH_BYTES or self._can_write is not None:
                await self.flush()
            if commands % COMMANDS_A_TURN == 0:
                await asyncio.sleep(0)

    async def _take(self, line: bytes | Overlong) -> None:
        if isinstance(line, Overlong):
            dispatch.refuse(self.session, line)
            return
        # Bytes that make no line do not keep a maildrop locked.
        self._heard_at = self._server.now()
        await dispatch.execute(self.session, line)
        self._heard_at = self._server.now()
