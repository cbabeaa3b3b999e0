"""BDAT: a message in chunks whose sizes are said before (RFC 3030).

The octets of a chunk are read whatever becomes of it, since commands follow right behind them; only where the
size itself cannot be read nobody knows where the next command begins, and the connection ends.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backend.kit.errors import MailError
from protocol_service.smtp import handler, replies
from protocol_service.smtp.checks import sender
from protocol_service.smtp.commands.data import DISCARD_LIMIT, IDLE_S, WHOLE_S
from protocol_service.smtp.session import Hangup, Transaction

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

_CHUNK = re.compile(rb"(\d{1,12})(?:[ \t]+(LAST))?", re.IGNORECASE)
MOST_CHUNKS = 10_000
_BAD_CHUNK = replies.reply(501, "5.5.4", "Syntax: BDAT size [LAST]")
_TOO_MANY_CHUNKS = replies.reply(552, "5.3.4", "Message has too many chunks")


async def smtp_BDAT(server: Server, argument: bytes) -> bytes:
    """Take a chunk, and with the last one the message."""
    match = _CHUNK.fullmatch(argument)
    if match is None:
        raise Hangup(_BAD_CHUNK)
    size, is_last = int(match[1]), match[2] is not None
    transaction = server.transaction
    if is_last and transaction is not None and transaction.recipients:
        server.each = transaction.each
    refusal = await _refusal(server, transaction, size)
    if refusal is not None or transaction is None or transaction.chunks is None:
        server.end_transaction()
        await _discard(server, size)
        return refusal or replies.BAD_SEQUENCE
    await _take(server, transaction.chunks, size)
    if not is_last:
        return replies.reply(250, "2.0.0", f"{size} octets received")
    try:
        return await handler.accept(server, transaction, _whole(transaction.chunks))
    finally:
        server.end_transaction()


async def _refusal(server: Server, transaction: Transaction | None, size: int) -> bytes | None:
    if transaction is None:
        return replies.BAD_SEQUENCE if server.session.helo else replies.NEED_HELO
    if not transaction.recipients:
        return replies.NO_RECIPIENTS if transaction.each is None else replies.NO_RECIPIENTS_YET
    if transaction.chunks is None:
        try:
            await sender.take_turn(server, transaction)
        except MailError as refusal:
            return replies.from_error(refusal)
        transaction.chunks = []
    received = transaction.share.held_bytes
    if received + size > transaction.size_limit:
        return replies.TOO_LARGE
    if len(transaction.chunks) >= MOST_CHUNKS:
        return _TOO_MANY_CHUNKS
    return None if transaction.share.hold(received + size) else replies.NO_STORAGE


async def _take(server: Server, chunks: list[bytes], size: int) -> None:
    buffer = server.inbox.buffer
    ends_at = server.loop.time() + WHOLE_S
    while len(buffer) < size:
        await _more(server, ends_at)
    chunks.append(bytes(memoryview(buffer)[:size]))
    del buffer[:size]


async def _discard(server: Server, size: int) -> None:
    if size > DISCARD_LIMIT:
        raise Hangup(replies.TOO_LARGE)
    buffer = server.inbox.buffer
    ends_at = server.loop.time() + WHOLE_S
    while size:
        gone = min(size, len(buffer))
        del buffer[:gone]
        size -= gone
        if size:
            await _more(server, ends_at)


async def _more(server: Server, ends_at: float) -> None:
    now = server.loop.time()
    if now > ends_at:
        raise Hangup(replies.IDLE)
    await server.more(now + IDLE_S)


def _whole(chunks: list[bytes]) -> bytes:
    """The message; what DATA could not carry, a last line without its end, gets one."""
    raw = b"".join(chunks)
    return raw if raw.endswith(b"\r\n") or not raw else raw + b"\r\n"
