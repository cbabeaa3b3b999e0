"""RENAME (RFC 3501 §6.3.5; OLDNAME: RFC 9051 §6.3.6)."""

from __future__ import annotations

from backend.mailstore import mailboxes, shares
from backend.mailstore.mailbox_names import INBOX, is_below, parents
from backend.mailstore.rights import Rights
from backend.mailstore.types import MailboxRow
from protocol_service.imap import list_line
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.errors import Refused
from protocol_service.imap.grammar import mailboxes as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.reached import Reached, place_below, reach
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
    box = await reach(session, name, Rights.DELETE_MAILBOX)
    account_id, path = await place_below(session, new_name)
    if account_id != box.row.account_id:
        raise Refused("A mailbox stays with its owner", "CANNOT")
    if box.user_id:
        await _require_over_children(session, box)
    row = await mailboxes.rename(account_id, box.path, path)
    shown = box.row.name.removesuffix(box.path) + row.name  # with the namespace of another's
    session.caused(shown, *parents(shown))
    if session.manner.is_rev2 and box.path != INBOX:
        await _tell_names(session, box, row)
    return b"OK RENAME completed"


async def _tell_names(session: Session, old: Reached, renamed: MailboxRow) -> None:
    """The new names with the old ones, of children too (RFC 9051 §6.3.6)."""
    before = old.row.name.removesuffix(old.path)  # the namespace of another's
    for row in await mailboxes.list_mailboxes(renamed.account_id):
        if row.id == renamed.id or is_below(row.name, renamed.name):
            was = list_line.old_name(session, old.row.name + row.name[len(renamed.name) :])
            session.send(list_line.line(session, (), before + row.name, was))


async def _require_over_children(session: Session, box: Reached) -> None:
    """Another's mailboxes below go along: the client must be allowed to take each of them away."""
    for row in await mailboxes.list_mailboxes(box.row.account_id):
        if is_below(row.name, box.path):
            await shares.require(session.account_id, row.account_id, row.id, Rights.DELETE_MAILBOX)


RENAME = Command(run, AUTHENTICATED)
