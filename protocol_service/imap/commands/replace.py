"""REPLACE and UID REPLACE (RFC 8508): a new message takes the place of an old one, which may be in another
mailbox.

The old one goes and the new one comes in one transaction; if either cannot be, neither is. The new one
inherits nothing. APPENDUID is told before the expunge (§4.3).
"""

from __future__ import annotations

from functools import partial

from backend.directory import limits
from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import NotFound
from backend.mailstore import expunge, ingest
from backend.mailstore import modseq as modseqs
from backend.mailstore.foreign_copy import mark_new
from backend.mailstore.ingest import Ingested
from backend.mailstore.rights import Rights
from backend.mailstore.selection import by_uids
from protocol_service.imap import composition, sequence_set
from protocol_service.imap.command import SELECTED, Command
from protocol_service.imap.commands.copy import destination
from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.grammar import append as grammar
from protocol_service.imap.grammar import mailboxes
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.selected import Selected
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer, *, by_uid: bool) -> bytes:
    """Store a message in place of another."""
    lexer.space()
    number = sequence_set.take_one(lexer)
    lexer.space()
    name = mailboxes.mailbox(lexer)
    message = grammar.message(lexer)
    lexer.end()
    selected = session.writable()
    await session.rights(Rights.DELETE_MESSAGES | Rights.EXPUNGE)
    uid = await _uid_of(selected, number, by_uid=by_uid)
    target = await destination(session, name)
    [raw] = await composition.read(session, [message])
    account_id, mailbox_id = target.row.account_id, target.row.id
    quota_bytes = await limits.delivery_quota(account_id)
    prepared = await ingest.prepare(raw)
    filing = composition.filing(message, quota_bytes or None)
    seen = composition.limit([filing], target)

    async def verb(tx: Tx) -> Ingested:
        for locked in sorted({selected.account_id, account_id}):
            await modseqs.lock(tx, locked)
        modseq = await modseqs.take(tx, selected.account_id)
        old = by_uids(selected.mailbox_id, [uid])
        # It goes first, so that a full mailbox has room for its successor.
        if not await expunge.remove(tx, selected.account_id, selected.mailbox_id, old, modseq):
            raise NotFound("The message is gone")
        stored = await ingest.ingest(tx, prepared, account_id, mailbox_id, **filing)
        if seen:
            await mark_new(tx, target.user_id, account_id, mailbox_id, stored.modseq, [stored.uid])
        return stored

    try:
        stored = await db.write(verb)
    except NotFound as exc:
        raise Refused(exc.public, "EXPUNGEISSUED") from exc
    session.brought(mailbox_id, [stored.uid])
    told = b"* OK [APPENDUID %d %d] Replacement stored\r\n" % (stored.uidvalidity, stored.uid)
    session.send(session.in_language(told))
    return b"OK REPLACE completed"


async def _uid_of(selected: Selected, number: sequence_set.SequenceSet, *, by_uid: bool) -> int:
    uids = await selected.uids(await selected.spans(number, by_uid=by_uid))
    if uids:
        return uids[0]
    if by_uid:
        raise Refused("There is no such message")
    raise BadCommand("There is no such message number")


REPLACE = Command(partial(run, by_uid=False), SELECTED, removes=True)
UID_REPLACE = Command(partial(run, by_uid=True), SELECTED, removes=True)
