"""RETR (RFC 1939 §5)."""

from __future__ import annotations

from protocol_service.pop3 import grammar, message_answer, octets
from protocol_service.pop3.command import TRANSACTION, Command
from protocol_service.pop3.session import Session


async def run(session: Session, argument: bytes) -> bytes:
    """A message as it is stored, byte for byte."""
    maildrop, number = session.maildrop, grammar.number(argument)
    status = b"+OK %d octets\r\n" % maildrop.size(number)
    return await message_answer.send(session, status, octets.whole(maildrop, number))


RETR = Command(run, TRANSACTION)
