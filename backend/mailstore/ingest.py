"""The one door for every message (rule 4): delivery, APPEND, drafts, import and restore all pass it.

In one transaction: quota and modseq, UID and counters, thread, body, what was derived from it, the row, the
queue of the full-text index, the announcement. A refusal (OverQuota, NotFound) leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict, Unpack

from backend.kit import clock, db
from backend.kit.db import Tx
from backend.mailstore import email_rows, mailboxes, quota, threads
from backend.mailstore.counters import allot, tally
from backend.mailstore.flag_bits import ALL_MASK
from backend.mailstore.keywords import keyword_bits
from backend.mailstore.prepared import Prepared, prepare
from backend.mailstore.types import MailboxId, ModSeq, Uid, place, uid_of
from schema.events import MailboxChanged

__all__ = ["Filing", "Ingested", "Prepared", "ingest", "ingest_all", "prepare", "store"]


class Filing(TypedDict):
    """How a message is filed.

    `flags` is a bit set and `keywords` are names of further flags; `internal_at` is now where it is not
    given; `prefix` are header lines of this recipient before the body's bytes; `quota_bytes` is the limit to
    keep, None for none.
    """

    flags: NotRequired[int]
    keywords: NotRequired[Sequence[str]]
    internal_at: NotRequired[int | None]
    prefix: NotRequired[bytes]
    quota_bytes: NotRequired[int | None]


@dataclass(frozen=True, slots=True)
class Ingested:
    """Where a message came to lie."""

    mailbox_id: MailboxId
    uid: Uid
    uidvalidity: int
    modseq: ModSeq
    ref: int
    email_id: int
    thread_id: int


async def store(raw: bytes, account_id: int, mailbox: int | str, **filing: Unpack[Filing]) -> Ingested:
    """Prepare and ingest a message in a transaction of its own. Raises OverQuota, NotFound."""
    prepared = await prepare(raw)

    async def verb(tx: Tx) -> Ingested:
        return await ingest(tx, prepared, account_id, mailbox, **filing)

    return await db.write(verb)


async def ingest(
    tx: Tx,
    prepared: Prepared,
    account_id: int,
    mailbox: int | str,
    *,
    is_new_blob: bool = True,
    **filing: Unpack[Filing],
) -> Ingested:
    """Put a prepared message into a mailbox, given by id, or by use (`inbox`, `sent`, …).

    `is_new_blob` is False from the second time on that the same `Prepared` is ingested. Raises OverQuota,
    NotFound and, for keywords, what `keyword_bits` raises.
    """
    return (await ingest_all(tx, [(prepared, filing)], account_id, mailbox, is_new_blob=is_new_blob))[0]


async def ingest_all(
    tx: Tx,
    messages: Sequence[tuple[Prepared, Filing]],
    account_id: int,
    mailbox: int | str,
    *,
    is_new_blob: bool = True,
) -> list[Ingested]:
    """`ingest` of one or more messages, all or none, with one modseq and the first one's quota limit."""
    mailbox_id = await mailboxes.find(tx, account_id, mailbox)
    filings = [filing for _, filing in messages]
    emails = [(prepared, filing.get("prefix", b"")) for prepared, filing in messages]
    sizes = [len(prefix) + prepared.size_bytes for prepared, prefix in emails]
    modseq = await quota.take_and_charge(
        tx, account_id, sum(sizes), messages=len(sizes), quota_bytes=filings[0].get("quota_bytes")
    )
    flags = [
        filing.get("flags", 0) & ALL_MASK | await keyword_bits(tx, account_id, filing.get("keywords", ()))
        for filing in filings
    ]
    added = tally(zip(flags, sizes, strict=True))
    first, uidvalidity = await allot(tx, account_id, mailbox_id, modseq, added)
    thread_ids = await threads.assign_all(tx, account_id, [prepared.clues for prepared, _ in emails])
    email_ids = await email_rows.insert(tx, account_id, emails, is_new_blob=is_new_blob)
    now, start = clock.now(), place(mailbox_id, first)
    dates = [filing.get("internal_at") for filing in filings]
    new = list(zip(range(start, start + len(sizes)), email_ids, thread_ids, strict=True))
    await tx.execute_many(
        "INSERT INTO message (id, ref, account_id, mailbox_id, email_id, thread_id, flags, modseq,"
        " arrived_modseq, size_bytes, internal_at, saved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (*(at, at, account_id, mailbox_id, email_id, thread_id, bits, modseq, modseq, size),
             now if date is None else date, now)
            for (at, email_id, thread_id), bits, size, date in zip(new, flags, sizes, dates, strict=True)
        ],
    )  # fmt: skip
    tx.announce(MailboxChanged(account_id, mailbox_id, modseq))
    return [
        Ingested(mailbox_id, uid_of(at), uidvalidity, modseq, at, email_id, thread_id)
        for at, email_id, thread_id in new
    ]
