"""STATUS (RFC 3501 §6.3.10, RFC 7162 §3.1.7, RFC 7889, RFC 8438, RFC 8474, RFC 9208): a mailbox
row, nothing is counted.
"""

from __future__ import annotations

from collections.abc import Callable

from backend.mailstore import quota
from backend.mailstore.rights import Rights
from backend.mailstore.types import MailboxRow
from protocol_service.imap import object_ids
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.grammar import mailboxes as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.reached import reach
from protocol_service.imap.session import Session

_VALUES: dict[bytes, Callable[[MailboxRow], int]] = {
    b"MESSAGES": lambda row: row.exists,
    b"RECENT": lambda row: 0,
    b"UIDNEXT": lambda row: row.uidnext,
    b"UIDVALIDITY": lambda row: row.uidvalidity,
    b"UNSEEN": lambda row: row.unseen,
    b"DELETED": lambda row: row.deleted,
    b"SIZE": lambda row: row.size_bytes,
    b"HIGHESTMODSEQ": lambda row: row.modseq,
}


async def run(session: Session, lexer: Lexer) -> bytes:
    """Answer the counters of one mailbox."""
    lexer.space()
    name = grammar.mailbox(lexer)
    lexer.space()
    items = grammar.status_items(lexer)
    lexer.end()
    row = (await reach(session, name, Rights.READ)).row
    if b"HIGHESTMODSEQ" in items:
        session.enable_condstore()
    session.send(line(session, row, items, await deleted_bytes(row, items)))
    return b"OK STATUS completed"


async def deleted_bytes(row: MailboxRow, items: tuple[bytes, ...]) -> int:
    """The size of messages marked \\Deleted, where it is asked for: the one value that is added up."""
    if b"DELETED-STORAGE" not in items or not row.deleted:
        return 0
    return await quota.deleted_bytes(row.id)


def line(session: Session, row: MailboxRow, items: tuple[bytes, ...], deleted_bytes: int = 0) -> bytes:
    """`* STATUS mailbox (…)`, for LIST RETURN (STATUS) too."""
    pairs = b" ".join([b"%b %b" % (item, _value(session, row, item, deleted_bytes)) for item in items])
    return b"* STATUS %b (%b)\r\n" % (session.mailbox_name(row.name), pairs)


def _value(session: Session, row: MailboxRow, item: bytes, deleted_bytes: int) -> bytes:
    if item == b"DELETED-STORAGE":
        return b"%d" % deleted_bytes
    if item == b"MAILBOXID":
        return b"(%b)" % object_ids.of_mailbox(row.id)
    return b"%d" % (session.max_message_bytes if item == b"APPENDLIMIT" else _VALUES[item](row))


STATUS = Command(run, AUTHENTICATED)
