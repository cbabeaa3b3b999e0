"""EXPUNGE and UID EXPUNGE (RFC 3501 §6.4.3, RFC 4315 §2.1)."""

from __future__ import annotations

from backend.mailstore import expunge
from backend.mailstore.rights import Rights
from protocol_service.imap import sequence_set
from protocol_service.imap.command import SELECTED, Command
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Remove the messages marked \\Deleted; the news after the command tell them."""
    lexer.end()
    selected = session.writable()
    await session.rights(Rights.EXPUNGE)
    _, modseq = await expunge.expunge(selected.mailbox_id, selected.account_id)
    return b"OK [HIGHESTMODSEQ %d] EXPUNGE completed" % modseq if session.has_condstore else _DONE


async def run_uid(session: Session, lexer: Lexer) -> bytes:
    """The same among some UIDs."""
    lexer.space()
    pairs = sequence_set.take(lexer)
    lexer.end()
    selected = session.writable()
    await session.rights(Rights.EXPUNGE)
    uids = await selected.uids(await selected.spans(pairs, by_uid=True))
    _, modseq = await expunge.expunge(selected.mailbox_id, selected.account_id, uids)
    return b"OK [HIGHESTMODSEQ %d] EXPUNGE completed" % modseq if session.has_condstore else _DONE


_DONE = b"OK EXPUNGE completed"
EXPUNGE = Command(run, SELECTED, removes=True)
UID_EXPUNGE = Command(run_uid, SELECTED, removes=True)
