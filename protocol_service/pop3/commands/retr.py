"""RETR (RFC 1939 §5)."""

from __future__ import annotations

from protocol_service.pop3 import grammar, message_answer
from protocol_service.pop3.command import TRANSACTION, Command
from protocol_service.pop3.limits import BLOCK_BYTES, WHOLE_BYTES
from protocol_service.pop3.session import Session


async def run(session: Session, argument: bytes) -> bytes:
    """A message as it is stored, byte for byte."""
    maildrop, number = session.maildrop, grammar.number(argument)
    size = maildrop.size(number)
    status = b"+OK %d octets\r\n" % size
    if size > WHOLE_BYTES:
        blocks = session.octets.in_blocks(number, BLOCK_BYTES)
        return await message_answer.send_blocks(session, status, blocks)
    return message_answer.send_whole(session, status, await session.octets.whole(number))


RETR = Command(run, TRANSACTION)
