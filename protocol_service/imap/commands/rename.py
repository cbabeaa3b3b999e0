"""RENAME (RFC 3501 §6.3.5; OLDNAME: RFC 9051 §6.3.6)."""

from __future__ import annotations

from backend.mailstore import mailboxes
from backend.mailstore.mailbox_names import INBOX, is_below, normal
from backend.mailstore.types import MailboxRow
from protocol_service.imap import list_line
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.errors import Refused
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
    if is_below(new_name, name) and name.upper() != INBOX:
        raise Refused("A mailbox cannot be moved into itself", "CANNOT")
    row = await mailboxes.rename(session.account_id, name, new_name)
    if session.manner.is_rev2 and name.upper() != INBOX:
        await _tell_names(session, normal(name), row)
    return b"OK RENAME completed"


async def _tell_names(session: Session, old: str, renamed: MailboxRow) -> None:
    """The new names with the old ones, of children too (RFC 9051 §6.3.6)."""
    for row in await mailboxes.list_mailboxes(session.account_id):
        if row.id == renamed.id or is_below(row.name, renamed.name):
            was = old + row.name[len(renamed.name) :]
            session.send(list_line.line(session, (), row.name, list_line.old_name(session, was)))


RENAME = Command(run, AUTHENTICATED)
