"""DATA: reads the message block by block and hands it over (RFC 5321 §4.1.1.4, §4.5.2).

Only CR LF . CR LF ends it. The receive buffer is searched for a line that begins with a dot, with an overlap
of four bytes: in most messages the first one is the end, and then there are no dots to take off. Past the
size limit, or when all connections together hold too much, what comes is thrown away and the refusal is said
at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from protocol_service.smtp import handler, replies
from protocol_service.smtp.checks import sender
from protocol_service.smtp.session import Hangup, Transaction

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

IDLE_S = 300.0
WHOLE_S = 3600.0
DISCARD_LIMIT = 256 * 1024 * 1024
_END = b"\r\n.\r\n"
_DOT = _END[:3]
_BDAT_ONLY = replies.reply(503, "5.5.1", "This message comes by BDAT")


class _Refused(Exception):
    """The data was read to its end and thrown away."""

    def __init__(self, answer: bytes) -> None:
        super().__init__()
        self.answer = answer


async def smtp_DATA(server: Server, argument: bytes) -> bytes:
    """Take the message of the transaction."""
    if argument:
        return replies.NO_ARGUMENT
    transaction = server.transaction
    if transaction is None:
        return replies.BAD_SEQUENCE if server.session.helo else replies.NEED_HELO
    if transaction.chunks is not None or transaction.is_binary:
        return _BDAT_ONLY
    if not transaction.recipients:
        return replies.NO_RECIPIENTS if transaction.each is None else replies.NO_RECIPIENTS_YET
    await sender.take_turn(server, transaction)
    server.say(replies.START_DATA)
    server.each = transaction.each
    try:
        raw = await _Reader(server, transaction).read()
        return await handler.accept(server, transaction, raw)
    except _Refused as refused:
        return refused.answer
    finally:
        server.end_transaction()


class _Reader:
    """Reads one message out of the inbox."""

    __slots__ = ("_has_dots", "_limit_bytes", "_server", "_share")

    def __init__(self, server: Server, transaction: Transaction) -> None:
        self._server = server
        self._share = transaction.share
        self._limit_bytes = transaction.size_limit
        self._has_dots = False

    async def read(self) -> bytes:
        """The message without its dots; `_Refused` when it is too large, EOFError when the peer leaves."""
        buffer = self._server.inbox.buffer
        ends_at = self._server.loop.time() + WHOLE_S
        searched = 0
        while True:
            if buffer.startswith(b".\r\n"):
                del buffer[:3]
                return b""
            end = self._find_end(buffer, max(0, searched - 4))
            if end >= 0:
                if end + 2 > self._limit_bytes:
                    del buffer[: end + 5]
                    raise _Refused(replies.TOO_LARGE)
                return self._take(end)
            searched = len(buffer)
            if searched > self._limit_bytes + len(_END):
                await self._discard(replies.TOO_LARGE)
            if not self._share.hold(searched):
                await self._discard(replies.NO_STORAGE)
            await self._more(ends_at)

    def _find_end(self, buffer: bytearray, start: int) -> int:
        """Where the line end before the final dot is, below 0 while that is not here."""
        if not self._has_dots:
            start = buffer.find(_DOT, start)
            if start < 0 or buffer.startswith(_END, start):
                return start
            # The rest of the line may not be here yet; if so it is looked at again.
            self._has_dots = len(buffer) >= start + len(_END)
        return buffer.find(_END, start)

    def _take(self, end: int) -> bytes:
        buffer = self._server.inbox.buffer
        raw = bytes(memoryview(buffer)[: end + 2])
        del buffer[: end + 5]
        # A line's first dot is taken off whatever follows it (RFC 5321 §4.5.2).
        if raw.startswith(b"."):
            raw = raw[1:]
        return raw.replace(_DOT, b"\r\n") if self._has_dots else raw

    async def _discard(self, answer: bytes) -> None:
        """Read to the end without keeping anything; always raises."""
        self._share.release()
        buffer = self._server.inbox.buffer
        ends_at = self._server.loop.time() + WHOLE_S
        discarded = 0
        while (end := buffer.find(_END)) < 0:
            discarded += len(buffer)
            if discarded > DISCARD_LIMIT:
                raise Hangup(answer)
            del buffer[: max(0, len(buffer) - 4)]
            await self._more(ends_at)
        del buffer[: end + 5]
        raise _Refused(answer)

    async def _more(self, ends_at: float) -> None:
        now = self._server.loop.time()
        if now > ends_at:
            raise Hangup(replies.IDLE)
        await self._server.more(now + IDLE_S)
