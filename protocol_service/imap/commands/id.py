"""ID (RFC 2971): who is who. The client's fields are read for their form and not kept."""

from __future__ import annotations

from protocol_service.imap.command import ANY_STATE, Command
from protocol_service.imap.errors import BadCommand
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session

_MAX_FIELDS = 30


async def run(session: Session, lexer: Lexer) -> bytes:
    """Name ourselves, without a version: it would only help those who look for an old one."""
    lexer.space()
    if lexer.take(b"("):
        _pass_over(lexer)
    elif lexer.nstring() is not None:
        raise BadCommand("Expected a list or NIL")
    lexer.end()
    session.send(b'* ID ("name" "Postroom")\r\n')
    return b"OK ID completed"


def _pass_over(lexer: Lexer) -> None:
    fields = 0
    while not lexer.take(b")"):
        if fields:
            lexer.space()
        lexer.string()
        lexer.space()
        lexer.nstring()
        fields += 1
        if fields > _MAX_FIELDS:
            raise BadCommand("Too many fields")


ID = Command(run, ANY_STATE)
