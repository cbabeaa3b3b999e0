"""Delivery into mailboxes here: filters, then one transaction that files the message and settles its
recipients.

So a message enters a mailbox exactly once: if another worker has settled a recipient meanwhile, everything
is undone (`LeaseLost`). What is forwarded besides is spooled by the same transaction. All local recipients
of a message share it; accounts are taken in order, so two messages to the same people cannot block each
other on PostgreSQL.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from backend.directory import limits, resolve
from backend.formats import authentication_results
from backend.formats.addresses import format_addr_spec
from backend.formats.part import unpack
from backend.kit import clock, config, db
from backend.kit.db import Tx
from backend.kit.errors import NotFound, OverQuota
from backend.mailstore import ingest, mute
from backend.mailstore.prepared import Prepared
from backend.spool import expansion, hard_bounces, settlements
from backend.spool.hard_bounces import Tally
from backend.spool.types import Attempt, SpooledMessage, SpoolRcpt
from backend.submission import follow_up
from protocol_service.filters import pipeline
from protocol_service.filters.verdict import Addressee, FilteredMessage, Verdict
from protocol_service.spool import (
    answers,
    incoming_reports,
    incoming_tls_reports,
    list_departures,
    notices,
    router,
)
from protocol_service.spool.answers import ReadyAnswer
from protocol_service.spool.incoming_reports import Reported
from protocol_service.spool.incoming_tls_reports import Kept
from protocol_service.spool.notices import Notice
from protocol_service.spool.outcome import Outcome, Result
from protocol_service.spool.router import LocalTarget

log = logging.getLogger(__name__)

DELIVERED_STATUS = "2.1.5"
SAME_PLACE = "Delivered with another recipient of the same address"


@dataclass(frozen=True, slots=True)
class Filing:
    """One recipient, ready for the transaction; `copies` are the recipients it is forwarded to, `domain` is
    the own name of its domain.
    """

    target: LocalTarget
    verdict: Verdict
    quota_bytes: int | None
    prefix: bytes
    copies: tuple[SpoolRcpt, ...] = ()
    domain: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether to put it into one mailbox is all there is to do."""
        return not self.copies and not self.verdict.copies and self.verdict.answer is None

    @property
    def place(self) -> tuple[int, str, str]:
        """Where it comes to in the end: recipients that share it share the one copy."""
        return self.target.account_id, self.target.address.localpart.lower(), self.domain

    @property
    def attempt(self) -> Attempt:
        """What is written down once it is filed."""
        checks = self.verdict.checks
        if self.copies:
            checks += (f"forward=copied {len(self.copies)}",)
        return Attempt(self.target.recipient.id, status=DELIVERED_STATUS, checks=checks)


async def deliver(
    message: SpooledMessage, filtered: FilteredMessage, targets: Sequence[LocalTarget]
) -> list[Outcome]:
    """File the message for all targets; the outcomes are those that did not get it. Raises `LeaseLost`."""
    filings, outcomes = await judge(filtered, targets)
    if filings:
        prepared = await ingest.prepare(blob=(message.blob_id, message.size_bytes, filtered.raw))
        reported: dict[int, Reported] = {}
        if incoming_reports.may_report(message):
            reported = await incoming_reports.find(filtered.raw, unpack(prepared.summary.parts), targets)
        kept: dict[int, Kept] = {}
        if incoming_tls_reports.may_report(filtered.raw):
            kept = await incoming_tls_reports.find(filtered.raw, unpack(prepared.summary.parts), targets)
        for group in _groups(filings):
            report = await _report(message, filtered.raw, group)
            told = {
                filing.target.recipient.id: await answers.prepare(
                    filing.target.account_id, filing.verdict.answer
                )
                for filing in group
                if filing.verdict.answer is not None
            }
            verb = partial(
                _file,
                message=message,
                prepared=prepared,
                filings=group,
                report=report,
                reported=reported,
                kept=kept,
                told=told,
            )
            # Mail and spool are settled in one transaction: where a power cut takes it back, the spool brings
            # the message again. What else a lost commit could mean is in `schema.after_power_loss`.
            refused, tallies = await db.write(verb, durable=db.dialect() == "postgres")
            outcomes += refused
            for tally in tallies:
                await hard_bounces.count_hour(tally)
    return outcomes


async def judge(
    filtered: FilteredMessage, targets: Sequence[LocalTarget]
) -> tuple[list[Filing], list[Outcome]]:
    """What the filters say for each target: filings in the order of accounts, and refusals."""
    refused: list[Outcome] = []
    filings: list[Filing] = []
    own = await list_departures.prefixes(filtered.sender, targets)
    for target in sorted(targets, key=lambda target: target.account_id):
        verdict = await pipeline.run(filtered, Addressee(target.address, target.account_id))
        if verdict.refusal is not None:
            refused.append(Outcome(target.recipient, Result.FAILED, *verdict.refusal, checks=verdict.checks))
        else:
            quota_bytes = await limits.delivery_quota(target.account_id)
            prefix = _prefix(filtered, target) + own.get(target.recipient.id, b"")
            copies = target.copies
            if verdict.forwards:
                copies += router.copies_for(target.recipient, verdict.forwards, target.address)
            domain = await resolve.own_name(target.address.domain)
            filings.append(Filing(target, verdict, quota_bytes or None, prefix, copies, domain))
    return filings, refused


def _groups(filings: Sequence[Filing]) -> Iterator[Sequence[Filing]]:
    """All in one transaction, but each by itself whose sender wants to hear of success."""
    plain = [filing for filing in filings if "SUCCESS" not in filing.target.recipient.notify]
    if plain:
        yield plain
    for filing in filings:
        if "SUCCESS" in filing.target.recipient.notify:
            yield [filing]


async def _report(message: SpooledMessage, raw: bytes, group: Sequence[Filing]) -> list[Notice]:
    done = [
        Outcome(filing.target.recipient, Result.DELIVERED, DELIVERED_STATUS, is_filed=True)
        for filing in group
        if filing.target.recipient.notify
    ]
    return await notices.prepare(message, raw, delivered=done) if done else []


def _prefix(message: FilteredMessage, target: LocalTarget) -> bytes:
    """What is this recipient's own before the shared body (RFC 5321 §4.4)."""
    address = format_addr_spec(target.address.localpart, target.address.domain)
    prefix = f"Return-Path: <{message.sender}>\r\nDelivered-To: {address}\r\n".encode()
    if not message.results:
        return prefix
    return prefix + authentication_results.field(config.current().hostname, message.results)


async def _file(
    tx: Tx,
    *,
    message: SpooledMessage,
    prepared: Prepared,
    filings: Sequence[Filing],
    report: Sequence[Notice],
    reported: Mapping[int, Reported],
    kept: Mapping[int, Kept],
    told: Mapping[int, ReadyAnswer],
) -> tuple[list[Outcome], list[Tally]]:
    """The whole of the transaction; those refused are left for `settle`, hard bounces are to be counted."""
    refused: list[Outcome] = []
    tallies: list[Tally] = []
    done: list[Attempt] = []
    filed: set[tuple[int, str, str]] = set()
    now = clock.now()
    for filing in filings:
        recipient = filing.target.recipient
        if filing.place in filed:
            done.append(Attempt(recipient.id, status=DELIVERED_STATUS, reply=SAME_PLACE))
            continue
        try:
            await file(tx, prepared, filing)
        except OverQuota:
            refused.append(Outcome(recipient, Result.DEFERRED, "4.2.2", "Mailbox is full"))
        except NotFound:
            refused.append(
                Outcome(recipient, Result.DEFERRED, "4.2.1", "The mailbox cannot be found just now")
            )
        else:
            filed.add(filing.place)
            done.append(filing.attempt)
            if recipient.id in reported:
                tally = await incoming_reports.record(tx, reported[recipient.id])
                tallies += [tally] if tally is not None else []
            if filing.copies:
                await expansion.copied(tx, recipient, filing.copies, now=now)
            await incoming_tls_reports.record(tx, kept.get(recipient.id))
            if recipient.id in told:
                await answers.enqueue(tx, told[recipient.id])
    if done:
        await settlements.delivered(tx, message.id, done, now=now)
        for notice in report:
            await notices.enqueue(tx, notice)
    return refused, tallies


async def file(tx: Tx, prepared: Prepared, filing: Filing, *, is_new_blob: bool = True) -> None:
    """Put the message into its mailbox, and into others where they have room. Raises OverQuota, NotFound."""
    account_id, verdict = filing.target.account_id, filing.verdict
    filed = await ingest.ingest(
        tx, prepared, account_id, verdict.mailbox, is_new_blob=is_new_blob, **filing_of(filing)
    )
    if verdict.mailbox == "inbox":
        await mute.keep_out(tx, account_id, prepared, filed)
    await follow_up.end_answered(tx, account_id, prepared, filed)
    for mailbox in verdict.copies:
        try:
            await ingest.ingest(tx, prepared, account_id, mailbox, is_new_blob=False, **filing_of(filing))
        except (OverQuota, NotFound) as error:
            # Refused before anything was written, and the message itself is safe.
            log.info("account %d gets no copy in %s: %s", account_id, mailbox, error.public)


def filing_of(filing: Filing) -> ingest.Filing:
    """How the mail store is told."""
    return {
        "flags": filing.verdict.flags,
        "keywords": filing.verdict.keywords,
        "prefix": filing.prefix,
        "quota_bytes": filing.quota_bytes,
    }
