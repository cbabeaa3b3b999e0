"""LOGOUT (RFC 3501 §6.1.3)."""

from __future__ import annotations

from protocol_service.imap.command import ANY_STATE, Command, Sync
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Say goodbye and close."""
    lexer.end()
    session.bye("Logging out")
    return b"OK LOGOUT completed"


LOGOUT = Command(run, ANY_STATE, Sync.NOTHING)
