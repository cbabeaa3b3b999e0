"""DELETE (RFC 3501 §6.3.4)."""

from __future__ import annotations

from backend.kit.errors import Conflict
from backend.mailstore import mailboxes
from backend.mailstore.mailbox_names import INBOX
from backend.mailstore.rights import Rights
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.errors import Refused
from protocol_service.imap.grammar import mailboxes as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.reached import reach
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Delete a mailbox with its messages; the client's own selected one is left first."""
    lexer.space()
    name = grammar.mailbox(lexer)
    lexer.end()
    box = await reach(session, name, Rights.DELETE_MAILBOX)
    row = box.row
    if box.path == INBOX:
        raise Refused("INBOX cannot be deleted", "CANNOT")
    try:
        await mailboxes.delete(row.account_id, box.path)
    except Conflict as exc:
        raise Refused(exc.public, "HASCHILDREN") from exc
    session.caused(row.name)
    if session.selected is not None and session.selected.mailbox_id == row.id:
        session.unselect()
        session.send(session.in_language(b"* OK [CLOSED] The selected mailbox was deleted\r\n"))
    return b"OK DELETE completed"


DELETE = Command(run, AUTHENTICATED)
