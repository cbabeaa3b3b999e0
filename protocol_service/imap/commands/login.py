"""LOGIN (RFC 3501 §6.2.3)."""

from __future__ import annotations

from protocol_service import sasl
from protocol_service.imap import sign_in
from protocol_service.imap.command import NOT_AUTHENTICATED, Command, Sync
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Sign in with an address and a password."""
    lexer.space()
    login = lexer.astring()
    lexer.space()
    password = lexer.astring()
    lexer.end()
    return await sign_in.finish(session, sasl.sign_in(session.peer, login, password))


LOGIN = Command(run, NOT_AUTHENTICATED, Sync.NOTHING)
