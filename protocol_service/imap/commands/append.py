"""APPEND (RFC 3501 §6.3.11), several messages at once (RFC 3502), out of parts that are here already (RFC
4469), with APPENDUID (RFC 4315 §3).

All messages are stored in one transaction and are durable when the answer goes out; if one is refused, none
is stored.
"""

from __future__ import annotations

import asyncio

from backend.directory import limits
from backend.kit import db
from backend.kit.db import Tx
from backend.mailstore import ingest
from backend.mailstore.foreign_copy import mark_new
from backend.mailstore.ingest import Ingested
from protocol_service.imap import composition, sequence_set
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.commands.copy import destination
from protocol_service.imap.grammar import append as grammar
from protocol_service.imap.grammar import mailboxes
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session

_A_TURN = 16  # messages that are read before others get theirs


async def run(session: Session, lexer: Lexer) -> bytes:
    """Store messages that the client has."""
    lexer.space()
    name = mailboxes.mailbox(lexer)
    messages = grammar.messages(lexer)
    target = await destination(session, name)
    raws = await composition.read(session, messages)
    account_id, mailbox_id = target.row.account_id, target.row.id
    quota_bytes = await limits.delivery_quota(account_id)
    prepared = []
    for number, raw in enumerate(raws, 1):
        prepared.append(await ingest.prepare(raw))
        if number % _A_TURN == 0:
            await asyncio.sleep(0)
    filings = [composition.filing(message, quota_bytes or None) for message in messages]
    seen = composition.limit(filings, target)

    async def verb(tx: Tx) -> list[Ingested]:
        messages = list(zip(prepared, filings, strict=True))
        stored = await ingest.ingest_all(tx, messages, account_id, mailbox_id)
        uids = [stored[at].uid for at in seen]
        await mark_new(tx, target.user_id, account_id, mailbox_id, stored[-1].modseq, uids)
        return stored

    stored = await db.write(verb)
    session.brought(mailbox_id, [one.uid for one in stored])
    uids = sequence_set.render(one.uid for one in stored)
    return b"OK [APPENDUID %d %b] APPEND completed" % (stored[0].uidvalidity, uids)


APPEND = Command(run, AUTHENTICATED)
