"""The way into the spool: one verb part for SMTP, the web, notifications and jobs.

The blob must be prepared before (large ones are then durable), the rows come in the caller's transaction,
and only after its COMMIT may anyone say that the message is accepted (rule 5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backend.kit import blobs, clock, ids
from backend.kit.blobs import NewBlob
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax
from backend.spool import queue, recipient_rows
from backend.spool.types import Attempt, Claim, Envelope, SpooledMessage, SpooledRecipient
from schema.events import SpoolReady


async def enqueue(
    tx: Tx,
    envelope: Envelope,
    blob: NewBlob,
    *,
    is_new_blob: bool = True,
    release_at: int | None = None,
    lease_to: str | None = None,
) -> int:
    """Spool a message and return its id; nothing is attempted before `release_at`."""
    claim = await place(tx, envelope, blob, is_new_blob=is_new_blob, release_at=release_at, lease_to=lease_to)
    return claim.message.id


async def place(
    tx: Tx,
    envelope: Envelope,
    blob: NewBlob,
    *,
    is_new_blob: bool = True,
    release_at: int | None = None,
    lease_to: str | None = None,
) -> Claim:
    """`enqueue` for a worker's own process: with `lease_to` the result is work it may begin after COMMIT.

    Without a lease `SpoolReady` wakes whoever works on the spool.
    """
    if not envelope.recipients:
        raise InvalidSyntax("A message needs at least one recipient", field="recipients")
    now = clock.now()
    due_at = now if release_at is None else max(now, release_at)
    if is_new_blob:
        await blobs.insert(tx, blob, refs=1)
    else:
        await blobs.add_refs(tx, blob.id, 1)
    message = spooled(envelope, blob, now)
    recipients = recipients_of(envelope)
    await _insert_message(tx, envelope, message, open_count=len(recipients))
    await recipient_rows.insert(
        tx, recipients, due_at=due_at if lease_to is None else now + queue.LEASE_S, lease_to=lease_to or ""
    )
    if lease_to is None:
        tx.announce(SpoolReady(due_at))
    return Claim(message, recipients)


async def record_delivered(
    tx: Tx,
    envelope: Envelope,
    message: SpooledMessage,
    recipients: Sequence[SpooledRecipient],
    attempts: Mapping[int, Attempt],
) -> None:
    """The history of a message that this transaction delivers by itself, with what is said of each recipient:
    it never stands in the queue and needs no reference on the blob.
    """
    await _insert_message(tx, envelope, message, open_count=0, finished_at=message.created_at)
    await recipient_rows.insert_delivered(tx, recipients, attempts, now=message.created_at)


def recipients_of(envelope: Envelope) -> tuple[SpooledRecipient, ...]:
    """The recipients as rows, with new ids."""
    return tuple(
        SpooledRecipient(
            ids.new_id(),
            envelope.id,
            rcpt.localpart,
            rcpt.domain,
            rcpt.orcpt,
            rcpt.notify,
            rcpt.via,
            envelope.priority_class,
        )
        for rcpt in envelope.recipients
    )


def spooled(envelope: Envelope, blob: NewBlob, now: int) -> SpooledMessage:
    """The message as a worker knows it."""
    return SpooledMessage(
        envelope.id,
        now,
        envelope.sender,
        blob.id,
        blob.size_bytes,
        envelope.account_id,
        envelope.ret,
        envelope.envid,
        envelope.smtputf8,
        envelope.helo,
        envelope.priority,
        envelope.requires_tls,
        envelope.remote_address,
        envelope.authentication,
    )


async def _insert_message(
    tx: Tx, envelope: Envelope, message: SpooledMessage, *, open_count: int, finished_at: int | None = None
) -> None:
    await tx.execute(
        "INSERT INTO spool_message (id, created_at, sender, blob_id, size_bytes, account_id, account_domain, "
        "remote_address, helo, protocol, subject, message_id, ret, envid, smtputf8, held, priority, "
        "requires_tls, open_count, finished_at, authentication, checks) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?)",
        message.id,
        message.created_at,
        message.sender,
        message.blob_id,
        message.size_bytes,
        message.account_id,
        None if message.account_id is None else message.sender.rpartition("@")[2],
        envelope.remote_address,
        envelope.helo[:255],
        envelope.protocol,
        envelope.subject[:300],
        envelope.message_id[:300],
        message.ret,
        message.envid,
        int(message.is_smtputf8),
        message.priority,
        int(message.requires_tls),
        open_count,
        finished_at,
        message.authentication,
        envelope.checks,
    )
