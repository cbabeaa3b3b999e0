"""CAPABILITY (RFC 3501 §6.1.1)."""

from __future__ import annotations

from protocol_service.imap.command import ANY_STATE, Command, Sync
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Say what the server can do for this client now."""
    lexer.end()
    session.send(b"* CAPABILITY %b\r\n" % session.capabilities)
    return b"OK CAPABILITY completed"


CAPABILITY = Command(run, ANY_STATE, Sync.NO_EXPUNGE)
