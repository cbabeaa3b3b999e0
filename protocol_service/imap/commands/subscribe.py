"""SUBSCRIBE and UNSUBSCRIBE (RFC 3501 §6.3.6, §6.3.7): a mark on a mailbox that exists."""

from __future__ import annotations

from backend.mailstore import mailboxes, readers, shares
from backend.mailstore.mailbox_names import normal
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.grammar import mailboxes as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.reached import reach
from protocol_service.imap.session import Session


async def run_subscribe(session: Session, lexer: Lexer) -> bytes:
    """Put a mailbox among those that LSUB shows."""
    await _set(session, lexer, is_subscribed=True)
    return b"OK SUBSCRIBE completed"


async def run_unsubscribe(session: Session, lexer: Lexer) -> bytes:
    """Take a mailbox from those that LSUB shows."""
    await _set(session, lexer, is_subscribed=False)
    return b"OK UNSUBSCRIBE completed"


async def _set(session: Session, lexer: Lexer, *, is_subscribed: bool) -> None:
    lexer.space()
    name = grammar.mailbox(lexer)
    lexer.end()
    if not shares.is_of_others(name):
        await mailboxes.subscribe(session.account_id, name, is_subscribed)
        session.caused(normal(name))
        return
    row = (await reach(session, name)).row
    await readers.subscribe(session.account_id, row.account_id, row.id, is_subscribed)
    session.caused(row.name)


SUBSCRIBE = Command(run_subscribe, AUTHENTICATED)
UNSUBSCRIBE = Command(run_unsubscribe, AUTHENTICATED)
