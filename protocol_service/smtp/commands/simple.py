"""NOOP, RSET, QUIT, HELP, VRFY and EXPN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from protocol_service.smtp import replies
from protocol_service.smtp.session import Hangup

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

_HELP = replies.reply(214, "2.0.0", "RFC 5321 tells it all")
# Whether an address exists is said at RCPT, where it costs the asker a transaction (RFC 5321 §7.3).
_NO_VERIFY = replies.reply(252, "2.5.0", "Send some mail and it will be seen")


async def smtp_NOOP(server: Server, argument: bytes) -> bytes:
    """Nothing, whatever the argument."""
    return replies.OK


async def smtp_RSET(server: Server, argument: bytes) -> bytes:
    """Forget the transaction."""
    if argument:
        return replies.NO_ARGUMENT
    server.end_transaction()
    return replies.OK


async def smtp_QUIT(server: Server, argument: bytes) -> bytes:
    """Say goodbye and close."""
    if argument:
        return replies.NO_ARGUMENT
    raise Hangup(replies.CLOSING)


async def smtp_HELP(server: Server, argument: bytes) -> bytes:
    """A polite nothing."""
    return _HELP


async def smtp_VRFY(server: Server, argument: bytes) -> bytes:
    """Neither yes nor no."""
    return _NO_VERIFY


async def smtp_EXPN(server: Server, argument: bytes) -> bytes:
    """Members of an address are nobody's business."""
    return replies.NOT_IMPLEMENTED
