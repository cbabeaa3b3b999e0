"""RENAME (RFC 3501 §6.3.5)."""

from __future__ import annotations

from backend.mailstore import mailboxes
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.grammar import mailboxes as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Rename a mailbox with its children."""
    lexer.space()
    name = grammar.mailbox(lexer)
    lexer.space()
    new_name = grammar.mailbox(lexer)
    lexer.end()
    await mailboxes.rename(session.account_id, name, new_name)
    return b"OK RENAME completed"


RENAME = Command(run, AUTHENTICATED)
