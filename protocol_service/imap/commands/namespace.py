"""NAMESPACE (RFC 2342): own mailboxes below no prefix, those of other users, those of no person."""

from __future__ import annotations

from backend.mailstore import shares
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session

_OTHERS = (shares.OTHER_USERS.encode(), shares.SHARED.encode())


async def run(session: Session, lexer: Lexer) -> bytes:
    """Name the namespaces: personal, other users', shared."""
    lexer.end()
    session.send(b'* NAMESPACE (("" "/")) (("%b/" "/")) (("%b/" "/"))\r\n' % _OTHERS)
    return b"OK NAMESPACE completed"


NAMESPACE = Command(run, AUTHENTICATED)
