"""LIST (RFC 1939 §5)."""

from __future__ import annotations

from protocol_service.pop3 import grammar
from protocol_service.pop3.command import TRANSACTION, Command
from protocol_service.pop3.session import Session


async def run(session: Session, argument: bytes) -> bytes:
    """The size of one message, or of all."""
    maildrop, number = session.maildrop, grammar.optional_number(argument)
    if number is not None:
        return b"+OK %d %d" % (number, maildrop.size(number))
    session.send(b"+OK %d messages (%d octets)\r\n" % (maildrop.messages, maildrop.size_bytes))
    for lines in maildrop.scan_listing():
        session.send(lines)
        await session.channel.rest()
    return b"."


LIST = Command(run, TRANSACTION)
