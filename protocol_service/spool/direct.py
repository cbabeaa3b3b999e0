"""Delivery in the transaction of acceptance.

A message whose recipients all have their mailbox here needs no queue: it is filed before its 250, with its
history in the spool, by one commit instead of two. That is for quiet hours; where many arrive at a time they
are only spooled, since peers wait for the acceptance and nobody for the filing. Whatever does not go smoothly
(an alias, a forward, another server, a full mailbox, more than one mailbox, a refusal by a filter, a
notification of success) is
left to the queue, which knows how to defer and how to tell the sender; so is what may be a report to read,
and what other hosts send, whose origin is looked into first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.kit import clock, db
from backend.kit.blobs import NewBlob
from backend.kit.db import Tx
from backend.kit.errors import NotFound, OverQuota
from backend.mailstore import ingest
from backend.spool import enqueue
from backend.spool.types import SENT_BY_SYSTEM, UNVERIFIED, Envelope, SpooledRecipient
from protocol_service.filters.verdict import FilteredMessage
from protocol_service.spool import incoming_tls_reports, local, router
from protocol_service.spool.delivery import filed
from protocol_service.spool.local import Filing

MOST_RECIPIENTS = 20


async def deliver(envelope: Envelope, blob: NewBlob, raw: bytes) -> bool:
    """Accept and file, durably; False, and nothing has happened, where the queue must take the message."""
    if len(envelope.recipients) > MOST_RECIPIENTS or envelope.sender == SENT_BY_SYSTEM:
        return False
    if envelope.authentication == UNVERIFIED or incoming_tls_reports.may_report(raw):
        return False
    recipients = enqueue.recipients_of(envelope)
    message = enqueue.spooled(envelope, blob, clock.now())
    filtered = FilteredMessage(envelope.sender, raw, message.results, author_id=envelope.account_id)
    filings = await _filings(filtered, recipients)
    if not filings:
        return False
    prepared = replace(await ingest.prepare(blob=(blob.id, blob.size_bytes, raw)), new_blob=blob)
    attempts = {filing.target.recipient.id: filing.attempt for filing in filings}

    async def verb(tx: Tx) -> None:
        for number, filing in enumerate(filings):
            await local.file(tx, prepared, filing, is_new_blob=number == 0)
        await enqueue.record_delivered(tx, envelope, message, recipients, attempts)

    try:
        await db.write(verb)
    except (OverQuota, NotFound):
        return False
    filed.inc(len(filings))
    return True


async def _filings(message: FilteredMessage, recipients: Sequence[SpooledRecipient]) -> list[Filing]:
    """One for each recipient, or none where not all are plain."""
    if any("SUCCESS" in recipient.notify for recipient in recipients):
        return []
    plan = await router.route(message, recipients)
    if len(plan.local) != len(recipients) or any(target.copies for target in plan.local):
        return []
    filings, refused = await local.judge(message, plan.local)
    if refused or not all(filing.is_plain for filing in filings):
        return []
    return filings if len({filing.place for filing in filings}) == len(filings) else []
