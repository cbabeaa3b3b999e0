"""RSET (RFC 1939 §5)."""

from __future__ import annotations

from protocol_service.pop3 import grammar
from protocol_service.pop3.command import TRANSACTION, Command
from protocol_service.pop3.session import Session


async def run(session: Session, argument: bytes) -> bytes:
    """Take back every DELE."""
    grammar.nothing(argument)
    maildrop = session.maildrop
    maildrop.undelete()
    return b"+OK The maildrop has %d messages (%d octets)" % (maildrop.messages, maildrop.size_bytes)


RSET = Command(run, TRANSACTION)
