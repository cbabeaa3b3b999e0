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
    tell(session)
    return b"OK NAMESPACE completed"


def tell(session: Session) -> None:
    """Send the response, for LANGUAGE too."""
    session.send(b'* NAMESPACE (("" "/")) (("%b/" "/")) (("%b/" "/"))\r\n' % _OTHERS)


NAMESPACE = Command(run, AUTHENTICATED)
