"""STARTTLS (RFC 3501 §6.2.1). What came behind it in clear text is thrown away unread."""

from __future__ import annotations

from protocol_service.imap.command import NOT_AUTHENTICATED, Command, Sync
from protocol_service.imap.errors import BadCommand
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Answer, then begin TLS."""
    lexer.end()
    if not session.may_start_tls:
        raise BadCommand("TLS is active already")
    session.channel.start_tls_after_answer()
    return b"OK Begin TLS now"


STARTTLS = Command(run, NOT_AUTHENTICATED, Sync.NOTHING)
