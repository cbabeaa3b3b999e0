"""UIDL (RFC 1939 §7)."""

from __future__ import annotations

from protocol_service.pop3 import grammar
from protocol_service.pop3.command import TRANSACTION, Command
from protocol_service.pop3.session import Session


async def run(session: Session, argument: bytes) -> bytes:
    """The unique id of one message, or of all."""
    maildrop, number = session.maildrop, grammar.optional_number(argument)
    if number is not None:
        return b"+OK %d %b" % (number, maildrop.unique_id(number))
    session.send(b"+OK Unique ids follow\r\n")
    for lines in maildrop.unique_id_listing():
        session.send(lines)
        await session.channel.rest()
    return b"."


UIDL = Command(run, TRANSACTION)
