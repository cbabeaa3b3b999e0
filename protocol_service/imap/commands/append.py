"""APPEND (RFC 3501 §6.3.11), several messages at once (RFC 3502), with APPENDUID (RFC 4315 §3).

All messages are stored in one transaction and are durable when the answer goes out; if one is refused, none
is stored.
"""

from __future__ import annotations

from backend.directory import limits
from backend.kit import db
from backend.kit.db import Tx
from backend.mailstore import ingest
from backend.mailstore.ingest import Filing, Ingested, Prepared
from protocol_service.imap import flag_names, sequence_set
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.commands.copy import destination
from protocol_service.imap.errors import Refused
from protocol_service.imap.grammar import append as grammar
from protocol_service.imap.grammar import mailboxes
from protocol_service.imap.grammar.append import Appended
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Store messages that the client has."""
    lexer.space()
    name = mailboxes.mailbox(lexer)
    messages = grammar.messages(lexer)
    if not all(message.raw for message in messages):
        raise Refused("A message cannot be empty", "CANNOT")
    target = await destination(session, name)
    quota_bytes = await limits.delivery_quota(session.account_id)
    prepared = [await ingest.prepare(message.raw) for message in messages]
    filings = [_filing(message, quota_bytes or None) for message in messages]

    async def verb(tx: Tx) -> list[Ingested]:
        return [
            await ingest.ingest(tx, one, session.account_id, target.id, **filing)
            for one, filing in _pairs(prepared, filings)
        ]

    stored = await db.write(verb)
    uids = sequence_set.render(one.uid for one in stored)
    return b"OK [APPENDUID %d %b] APPEND completed" % (stored[0].uidvalidity, uids)


def _pairs(prepared: list[Prepared], filings: list[Filing]) -> list[tuple[Prepared, Filing]]:
    return list(zip(prepared, filings, strict=True))


def _filing(message: Appended, quota_bytes: int | None) -> Filing:
    flags, keywords = flag_names.system_bits(message.flags)
    return {
        "flags": flags,
        "keywords": keywords,
        "internal_at": message.internal_at,
        "quota_bytes": quota_bytes,
    }


APPEND = Command(run, AUTHENTICATED)
