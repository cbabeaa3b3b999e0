"""The one door for every message (rule 4): delivery, APPEND, drafts, import and restore all pass it.

In one transaction: quota and modseq, UID and counters, thread, body, what was derived from it, the row, the
queue of the full-text index, the announcement. A refusal (OverQuota, NotFound) leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict, Unpack

from backend.formats.search_text import fold
from backend.kit import blobs, clock, db, ids
from backend.kit.db import Tx
from backend.mailstore import mailboxes, quota, threads
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
    email_id = await _insert_email(tx, account_id, prepared, prefix, is_new_blob)
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


async def _insert_email(tx: Tx, account_id: int, prepared: Prepared, prefix: bytes, is_new_blob: bool) -> int:
    """The rows of what was derived from the bytes, and a reference to the body."""
    if prepared.new_blob is not None and is_new_blob:
        await blobs.insert(tx, prepared.new_blob)
    else:
        await blobs.add_refs(tx, prepared.blob_id)
    email_id, summary = ids.new_id(), prepared.summary
    await tx.execute(
        "INSERT INTO email (id, account_id, blob_id, sent_at, has_attachments, from_name, from_addr, to_text,"
        " subject, preview, message_id, prefix, envelope, bodystructure, body, head, parts)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        email_id,
        account_id,
        prepared.blob_id,
        summary.sent_at,
        int(summary.has_attachments),
        _text(summary.from_name),
        _text(summary.from_addr),
        _text(summary.to_text),
        _text(summary.subject),
        _text(summary.preview),
        _text(summary.message_id),
        prefix,
        summary.envelope,
        summary.bodystructure,
        summary.body,
        summary.head,
        summary.parts,
    )
    await _insert_search_text(tx, email_id, prepared, prefix)
    return email_id


async def _insert_search_text(tx: Tx, email_id: int, prepared: Prepared, prefix: bytes) -> None:
    found, summary = prepared.fields, prepared.summary
    await tx.execute(
        "INSERT INTO email_fields (id, subject, from_text, to_text, cc_text, bcc_text)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        email_id,
        _text(found.subject),
        _text(found.from_text),
        _text(found.to_text),
        _text(found.cc_text),
        _text(found.bcc_text),
    )
    await tx.execute(
        "INSERT INTO email_text (id, headers, body) VALUES (?, ?, ?)",
        email_id,
        _text(f"{fold(prefix.decode('utf-8', 'replace'))} {summary.search_headers}"),
        _text(summary.search_body),
    )
    await tx.execute("INSERT INTO search_pending (id) VALUES (?)", email_id)


def _text(value: str) -> str:
    """The text without what a text column refuses: NUL, lone surrogates."""
    if "\0" in value:
        value = value.replace("\0", " ")
    if value.isascii():
        return value
    return value.encode("utf-8", "replace").decode()
