"""GETACL (RFC 4314 §3.3): who holds rights on a mailbox, its owner first."""

from __future__ import annotations

from backend.mailstore import grants
from backend.mailstore.rights import ALL, Rights, letters_with_obsolete
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.grammar import mailboxes as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.reached import reach
from protocol_service.imap.responses import string
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Show the grants; only who may change them sees them."""
    lexer.space()
    name = grammar.mailbox(lexer)
    lexer.end()
    row = (await reach(session, name, Rights.ADMINISTER)).row
    owner = await grants.owner_of(row.account_id)
    found = [(owner.address, ALL)]
    for grant in await grants.list_grants(session.signed_in_as, row):
        found.append(("-" * grant.is_negative + grant.holder.name, grant.rights))
    pairs = b"".join(
        b" %b %b" % (string(who.encode()), letters_with_obsolete(rights).encode()) for who, rights in found
    )
    session.send(b"* ACL %b%b\r\n" % (session.mailbox_name(row.name), pairs))
    return b"OK GETACL completed"


GETACL = Command(run, AUTHENTICATED)
