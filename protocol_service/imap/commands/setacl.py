"""SETACL (RFC 4314 §3.1): give rights to an identifier, add to those it has, or take some."""

from __future__ import annotations

from backend.mailstore import grants
from backend.mailstore.grants import Change
from backend.mailstore.rights import Rights, parse
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.grammar import acl
from protocol_service.imap.grammar import mailboxes as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.reached import reach
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Change one identifier's rights on one mailbox."""
    lexer.space()
    name = grammar.mailbox(lexer)
    lexer.space()
    who = acl.identifier(lexer)
    lexer.space()
    mode, text = acl.rights_change(lexer)
    lexer.end()
    change = Change(who.name, parse(text), mode, who.is_negative)
    box = await reach(session, name, Rights.ADMINISTER)
    await grants.put(session.signed_in_as, box.row, box.path, change)
    return b"OK SETACL completed"


SETACL = Command(run, AUTHENTICATED)
