"""IDLE (RFC 2177). While it lasts there is no task: the session is woken by announcements (`watch`)."""

from __future__ import annotations

from protocol_service.imap.command import AUTHENTICATED, Command, Sync
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> None:
    """Tell what is new, then wait; `dispatch` ends it with the client's DONE."""
    lexer.end()
    if session.selected is not None:
        session.selected.must_look = True
    await session.tell_changes(may_expunge=True)
    session.send(b"+ idling\r\n")


IDLE = Command(run, AUTHENTICATED, Sync.NOTHING)
