"""DELE (RFC 1939 §5)."""

from __future__ import annotations

from protocol_service.pop3 import grammar
from protocol_service.pop3.command import TRANSACTION, Command
from protocol_service.pop3.session import Session


async def run(session: Session, argument: bytes) -> bytes:
    """Mark a message; QUIT removes it."""
    number = grammar.number(argument)
    session.maildrop.delete(number)
    return b"+OK Message %d deleted" % number


DELE = Command(run, TRANSACTION)
