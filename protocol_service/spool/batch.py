"""Filing several messages in one transaction: those with one recipient, whose mailbox is here and has room.

What arrives together for the same mailbox is written with one statement a table. Whatever is not that plain
is left to be delivered one by one; so is the whole batch where one of it fails, which is rare and costs no
more than time.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from backend.kit import clock, db
from backend.kit.db import Tx
from backend.mailstore import ingest, mute
from backend.mailstore.prepared import Prepared
from backend.spool import settlements
from backend.spool.types import Claim
from backend.submission import follow_up
from protocol_service.filters.verdict import FilteredMessage
from protocol_service.spool import incoming_reports, incoming_tls_reports, local, router
from protocol_service.spool.local import DELIVERED_STATUS, Filing
from protocol_service.spool.router import Plan

MOST = 32


@dataclass(slots=True)
class Work:
    """A claim with its message's bytes and the way its recipients go, as far as these are known yet."""

    claim: Claim
    raw: bytes | None
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """A claim that needs nothing but to be filed."""

    claim: Claim
    filing: Filing
    prepared: Prepared


async def sort(batch: Sequence[Work]) -> tuple[list[Ready], list[Work]]:
    """What may be filed together, and the rest."""
    ready: list[Ready] = []
    left: list[Work] = []
    for work in batch:
        one = await _ready(work)
        if one is None:
            left.append(work)
        else:
            ready.append(one)
            await asyncio.sleep(0)  # each was read through: others get their turn in between
    return ready, left


async def _ready(work: Work) -> Ready | None:
    claim, raw = work.claim, work.raw
    if raw is None or len(claim.recipients) != 1 or "SUCCESS" in claim.recipients[0].notify:
        return None
    if incoming_reports.may_report(claim.message):
        return None
    message = FilteredMessage(claim.message.sender, raw, claim.message.results, claim.message.account_id)
    plan = work.plan = await router.route(message, claim.recipients)
    if not plan.local or plan.local[0].copies or incoming_tls_reports.may_report(raw):
        return None
    filings, _ = await local.judge(message, plan.local)
    if not filings or not filings[0].is_plain:
        return None
    blob = (claim.message.blob_id, claim.message.size_bytes, raw)
    return Ready(claim, filings[0], await ingest.prepare(blob=blob))


async def file(batch: Sequence[Ready]) -> None:
    """File and settle all of them. Raises OverQuota, NotFound, `LeaseLost`, and then nothing has happened."""
    by_mailbox: dict[tuple[int, int | str], list[Ready]] = defaultdict(list)
    for one in batch:
        by_mailbox[one.filing.target.account_id, one.filing.verdict.mailbox].append(one)

    async def verb(tx: Tx) -> None:
        # Accounts in order, so that two batches cannot block each other on PostgreSQL.
        for (account_id, mailbox), ready in sorted(by_mailbox.items(), key=lambda item: item[0][0]):
            messages = [(one.prepared, local.filing_of(one.filing)) for one in ready]
            filed = await ingest.ingest_all(tx, messages, account_id, mailbox, is_new_blob=False)
            for one, where in zip(ready, filed, strict=True):
                if mailbox == "inbox":
                    await mute.keep_out(tx, account_id, one.prepared, where)
                await follow_up.end_answered(tx, account_id, one.prepared, where)
        claims = [one.claim for one in batch]
        checks = [one.filing.verdict.checks for one in batch]
        await settlements.delivered_alone(tx, claims, checks, status=DELIVERED_STATUS, now=clock.now())

    await db.write(verb, durable=db.dialect() == "postgres")
