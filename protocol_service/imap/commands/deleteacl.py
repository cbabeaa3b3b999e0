"""DELETEACL (RFC 4314 §3.2): take every right from an identifier."""

from __future__ import annotations

from backend.mailstore import grants
from backend.mailstore.grants import Change
from backend.mailstore.rights import Rights
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.grammar import acl
from protocol_service.imap.grammar import mailboxes as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.reached import reach
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Remove one entry of a mailbox's list; one that is not there is no error."""
    lexer.space()
    name = grammar.mailbox(lexer)
    lexer.space()
    who = acl.identifier(lexer)
    lexer.end()
    change = Change(who.name, Rights.NONE, is_negative=who.is_negative)
    box = await reach(session, name, Rights.ADMINISTER)
    await grants.put(session.signed_in_as, box.row, box.path, change)
    return b"OK DELETEACL completed"


DELETEACL = Command(run, AUTHENTICATED)
