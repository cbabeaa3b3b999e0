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
from backend.mailstore.types import MailboxId, ModSeq, Uid, place
from schema.events import MailboxChanged

__all__ = ["Filing", "Ingested", "Prepared", "ingest", "prepare", "store"]


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
    prefix = filing.get("prefix", b"")
    size_bytes = len(prefix) + prepared.size_bytes
    mailbox_id = await mailboxes.find(tx, account_id, mailbox)
    modseq = await quota.take_and_charge(tx, account_id, size_bytes, quota_bytes=filing.get("quota_bytes"))
    flags = filing.get("flags", 0) & ALL_MASK | await keyword_bits(tx, account_id, filing.get("keywords", ()))
    uid, uidvalidity = await allot(tx, account_id, mailbox_id, modseq, tally([(flags, size_bytes)]))
    thread_id = await threads.assign(tx, account_id, prepared.clues)
    email_id = await email_rows.insert(tx, account_id, prepared, prefix, is_new_blob=is_new_blob)
    now, ref = clock.now(), place(mailbox_id, uid)
    internal_at = filing.get("internal_at")
    await tx.execute(
        "INSERT INTO message (id, ref, account_id, mailbox_id, email_id, thread_id, flags, modseq,"
        " arrived_modseq, size_bytes, internal_at, saved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ref,
        ref,
        account_id,
        mailbox_id,
        email_id,
        thread_id,
        flags,
        modseq,
        modseq,
        size_bytes,
        now if internal_at is None else internal_at,
        now,
    )
    tx.announce(MailboxChanged(account_id, mailbox_id, modseq))
    return Ingested(mailbox_id, Uid(uid), uidvalidity, modseq, ref, email_id, thread_id)
