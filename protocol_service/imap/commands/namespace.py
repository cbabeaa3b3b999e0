"""NAMESPACE (RFC 2342): all mailboxes are personal, below no prefix."""

from __future__ import annotations

from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Name the namespaces: personal, other users', shared."""
    lexer.end()
    session.send(b'* NAMESPACE (("" "/")) NIL NIL\r\n')
    return b"OK NAMESPACE completed"


NAMESPACE = Command(run, AUTHENTICATED)
