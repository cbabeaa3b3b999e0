"""Sends the DMARC reports of a day to the domains that ask for them (RFC 7489 §7).

An address outside the domain gets one only where that place says so in DNS (§7.1). Of several records that
held on a day each has a report of its own.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Sequence

from backend.directory import settings
from backend.formats import dmarc, dmarc_report
from backend.formats.addresses import Address
from backend.formats.dmarc_report import Destination, Outcome, Report
from backend.formats.lookups import Lookups, TemporaryFailure
from backend.kit import clock
from backend.operations import daily_reports, report_mail
from backend.operations.daily_reports import DAY_S
from backend.operations.report_mail import Mail
from backend.spool import dmarc_results

log = logging.getLogger(__name__)

SETTING = "dmarc_reports.send"
MOST_DESTINATIONS = 5
MOST_POLICIES = 10


async def send_due(lookups: Lookups) -> int:
    """Report every day that is over; how many reports left."""
    submitter = await report_mail.submitter() if await settings.get(SETTING) else None

    async def report(day: int, domain: str, is_last: bool) -> int:
        return await _report(lookups, submitter, day, domain, is_last=is_last)

    return await daily_reports.send_due("DMARC", dmarc_results.domains_before, report)


async def _report(lookups: Lookups, submitter: str | None, day: int, domain: str, *, is_last: bool) -> int:
    wanted: list[Destination] = []
    if submitter is not None:
        try:
            wanted = await _wanted(lookups, domain)
        except TemporaryFailure as error:
            if not is_last:
                log.info("the DMARC report to %s waits: %s", domain, error)
                return 0
    mails: list[Mail] = []
    if submitter is not None and wanted:
        by_policy = list((await dmarc_results.of_day(day, domain)).items())
        for published, outcomes in by_policy[:MOST_POLICIES]:
            mails += await _mails(_made(submitter, day, published, outcomes), wanted)

    has_left = await daily_reports.leave(
        lambda tx: dmarc_results.forget(tx, day, domain), mails, durable=bool(mails)
    )
    return len(mails) if has_left else 0


async def _wanted(lookups: Lookups, domain: str) -> list[Destination]:
    """Where the domain wants its reports, as its record says now."""
    record = await dmarc.published(lookups, domain)
    if record is None:
        return []
    found = dmarc_report.destinations(record.reports_to)[:MOST_DESTINATIONS]
    return [one for one in found if await _may_have(lookups, domain, one.address.domain)]


async def _may_have(lookups: Lookups, domain: str, host: str) -> bool:
    """Whether reports about a domain may go to that place (§7.1): else anybody could be flooded by them."""
    if await dmarc.organisation(lookups, host) == await dmarc.organisation(lookups, domain):
        return True
    texts = await lookups.txt(f"{domain}._report._dmarc.{host}")
    if any(dmarc.is_consent(text) for text in texts):
        return True
    log.info("%s does not want DMARC reports about %s", host, domain)
    return False


def _made(
    submitter: str, day: int, published: dmarc.Record, outcomes: Sequence[tuple[Outcome, int]]
) -> Report:
    begins_at = day * DAY_S
    return Report(
        organization=submitter,
        contact=f"postmaster@{submitter}",
        report_id=f"{begins_at}.{secrets.token_hex(8)}",
        begins_at=begins_at,
        ends_at=begins_at + DAY_S - 1,
        published=published,
        outcomes=outcomes,
    )


async def _mails(report: Report, wanted: Sequence[Destination]) -> list[Mail]:
    content = await asyncio.to_thread(dmarc_report.packed, report)
    sender = Address("postmaster", report.organization)
    subject = f"DMARC report about {report.published.name}"
    mails = []
    for one in wanted:
        if 0 < one.most_bytes < len(content):
            log.info("the DMARC report about %s is too large for %s", report.published.name, one.address)
            continue
        message_id = report_mail.new_message_id()
        raw = dmarc_report.build(
            report, content, sender, one.address, date=clock.now(), message_id=message_id
        )
        mails.append(await report_mail.signed(raw, sender, one.address, subject, message_id))
    return mails
