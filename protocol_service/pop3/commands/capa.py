"""CAPA (RFC 2449 §5)."""

from __future__ import annotations

from protocol_service.pop3 import grammar
from protocol_service.pop3.command import ANY_STATE, Command
from protocol_service.pop3.session import Session


async def run(session: Session, argument: bytes) -> bytes:
    """Tell what the server can do here and now."""
    grammar.nothing(argument)
    session.send(b"+OK Capabilities follow\r\n")
    session.send(b"".join(b"%b\r\n" % line for line in session.capabilities))
    return b"."


CAPA = Command(run, ANY_STATE)
