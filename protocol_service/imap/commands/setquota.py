"""SETQUOTA (RFC 9208 §4.1.3): understood and refused; administrators set limits elsewhere (no QUOTASET)."""

from __future__ import annotations

from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.errors import Refused
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Refuse, once it is well formed."""
    lexer.space()
    lexer.astring()
    lexer.space()
    lexer.expect(b"(")
    while not lexer.take(b")"):
        lexer.word()
        lexer.space()
        lexer.number64()
        lexer.take(b" ")
    lexer.end()
    raise Refused("Limits are set by administrators", "NOPERM")


SETQUOTA = Command(run, AUTHENTICATED)
