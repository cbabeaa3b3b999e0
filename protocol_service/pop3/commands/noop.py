"""NOOP (RFC 1939 §5)."""

from __future__ import annotations

from protocol_service.pop3 import grammar
from protocol_service.pop3.command import TRANSACTION, Command
from protocol_service.pop3.session import Session


async def run(session: Session, argument: bytes) -> bytes:
    """Nothing but an answer."""
    grammar.nothing(argument)
    return b"+OK"


NOOP = Command(run, TRANSACTION)
