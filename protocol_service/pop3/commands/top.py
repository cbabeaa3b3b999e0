"""TOP (RFC 1939 §7). Of a large message no more is read than is sent."""

from __future__ import annotations

from protocol_service.pop3 import grammar, message_answer
from protocol_service.pop3.command import TRANSACTION, Command
from protocol_service.pop3.limits import TOP_BLOCK_BYTES
from protocol_service.pop3.session import Session
from protocol_service.pop3.top_cut import TopCut


async def run(session: Session, argument: bytes) -> bytes:
    """The header of a message and the first lines of its body."""
    number, lines = grammar.two_numbers(argument)
    blocks = session.octets.in_blocks(number, TOP_BLOCK_BYTES)
    return await message_answer.send_blocks(session, b"+OK Top of message follows\r\n", blocks, TopCut(lines))


TOP = Command(run, TRANSACTION)
