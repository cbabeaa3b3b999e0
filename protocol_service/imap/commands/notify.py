"""NOTIFY (RFC 5465 §3.1)."""

from __future__ import annotations

from backend.kit.errors import LimitExceeded
from protocol_service.imap.command import AUTHENTICATED, Command, Sync
from protocol_service.imap.errors import Refused
from protocol_service.imap.grammar.notify import notify_request
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.notify.notifier import Notifier
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Replace what the client wants to hear of; a refusal leaves it as it was.

    SET tells first what is new in the selected mailbox, wanted or not, as NOOP does.
    """
    request = notify_request(lexer)
    if any(b"MODSEQ" in group.items for group in request.groups):
        session.enable_condstore()
    if request.groups and session.selected is not None:
        session.selected.must_look = True
        await session.tell_changes(may_expunge=True)
        session.send(await session.changes(may_expunge=True))  # what was not wanted before
    before = session.notify
    notifier = Notifier(session, request.groups)
    try:
        await notifier.begin(before, with_status=request.with_status)
    except LimitExceeded as exc:
        raise Refused(exc.public, "NOTIFICATIONOVERFLOW") from exc
    if before is not None:
        before.close()
    session.notify = notifier
    return b"OK NOTIFY completed"


NOTIFY = Command(run, AUTHENTICATED, Sync.NOTHING)
