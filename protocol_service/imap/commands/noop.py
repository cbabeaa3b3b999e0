"""NOOP and CHECK (RFC 3501 §6.1.2, §6.4.1): a chance to hear what has changed."""

from __future__ import annotations

from protocol_service.imap.command import ANY_STATE, SELECTED, Command
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session


async def run_noop(session: Session, lexer: Lexer) -> bytes:
    """Look into the tables, not only at what was announced: an announcement may have been lost."""
    lexer.end()
    _look_again(session)
    return b"OK NOOP completed"


async def run_check(session: Session, lexer: Lexer) -> bytes:
    """What is answered is already stored: there is nothing to check but for changes."""
    lexer.end()
    _look_again(session)
    return b"OK CHECK completed"


def _look_again(session: Session) -> None:
    if session.selected is not None:
        session.selected.must_look = True


NOOP = Command(run_noop, ANY_STATE)
CHECK = Command(run_check, SELECTED)
