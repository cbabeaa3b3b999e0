"""LISTRIGHTS (RFC 4314 §3.4): what may be granted to an identifier. No right is tied to another."""

from __future__ import annotations

from backend.mailstore import grants
from backend.mailstore.rights import LETTERS, OBSOLETE, Rights
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.grammar import acl
from protocol_service.imap.grammar import mailboxes as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.reached import reach
from protocol_service.imap.responses import string
from protocol_service.imap.session import Session

_EACH = (LETTERS + "".join(OBSOLETE)).encode()
_FOR_OTHERS = b'"" ' + b" ".join(b"%c" % letter for letter in _EACH)


async def run(session: Session, lexer: Lexer) -> bytes:
    """Show the rights: the owner always has all, everybody else may have any."""
    lexer.space()
    name = grammar.mailbox(lexer)
    lexer.space()
    who = acl.identifier(lexer)
    lexer.end()
    row = (await reach(session, name, Rights.ADMINISTER)).row
    owner = await grants.require_administer(session.signed_in_as, row.account_id, row.id)
    rights = _EACH
    if who.name.lower() != owner.address:
        await grants.find_holder(owner, who.name)
        rights = _FOR_OTHERS
    shown = string(("-" * who.is_negative + who.name).encode())
    session.send(b"* LISTRIGHTS %b %b %b\r\n" % (session.mailbox_name(row.name), shown, rights))
    return b"OK LISTRIGHTS completed"


LISTRIGHTS = Command(run, AUTHENTICATED)
