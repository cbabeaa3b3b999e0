"""CLOSE and UNSELECT (RFC 3501 §6.4.2, RFC 3691)."""

from __future__ import annotations

from backend.mailstore import expunge
from backend.mailstore.rights import Rights
from protocol_service.imap.command import SELECTED, Command, Sync
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session


async def run_close(session: Session, lexer: Lexer) -> bytes:
    """Remove what is marked \\Deleted, untold, and leave the mailbox."""
    lexer.end()
    selected = session.mailbox()
    # RFC 4314 §4: without the right to expunge CLOSE removes nothing and succeeds.
    if not selected.is_read_only and await session.rights(Rights.NONE) & Rights.EXPUNGE:
        await expunge.expunge(selected.mailbox_id, selected.account_id)
    session.unselect()
    return b"OK CLOSE completed"


async def run_unselect(session: Session, lexer: Lexer) -> bytes:
    """Leave the mailbox as it is."""
    lexer.end()
    session.unselect()
    return b"OK UNSELECT completed"


CLOSE = Command(run_close, SELECTED, Sync.NOTHING)
UNSELECT = Command(run_unselect, SELECTED, Sync.NOTHING)
