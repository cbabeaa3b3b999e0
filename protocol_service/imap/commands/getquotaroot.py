"""GETQUOTAROOT (RFC 9208 §4.1.2): which root a mailbox counts to, and how full that is."""

from __future__ import annotations

from backend.mailstore.rights import Rights
from protocol_service.imap import quota_root
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.grammar import mailboxes as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.reached import reach
from protocol_service.imap.responses import string
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Show the root; how full another's account is concerns only who may add to it."""
    lexer.space()
    name = grammar.mailbox(lexer)
    lexer.end()
    box = await reach(session, name, Rights.READ)
    root = box.owner
    shown = session.mailbox_name(box.row.name)
    if not box.rights & Rights.INSERT:
        session.send(b"* QUOTAROOT %b\r\n" % shown)
        return b"OK GETQUOTAROOT completed"
    session.send(b"* QUOTAROOT %b %b\r\n" % (shown, string(root.encode())))
    session.send(await quota_root.response(root, box.row.account_id))
    return b"OK GETQUOTAROOT completed"


GETQUOTAROOT = Command(run, AUTHENTICATED)
