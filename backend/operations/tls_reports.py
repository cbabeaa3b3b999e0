"""Sends the reports of a day to the domains that ask for them (RFC 8460), by mail or by HTTPS.

A report is signed in the name of the domain it comes from (§3); nobody is told where it cannot be delivered.
"""

from __future__ import annotations

import asyncio
import gzip
import logging
import secrets
from urllib.parse import unquote

import httpx

from backend.directory import settings
from backend.formats import tls_report
from backend.formats.addresses import Address
from backend.formats.errors import InvalidSyntax
from backend.formats.tls_report import PolicyResult, TlsReport
from backend.kit import clock, db, public_http
from backend.kit.errors import MailError
from backend.kit.resolver import DnsUnavailable, NoData, NoSuchName, Resolver
from backend.operations import daily_reports, report_mail
from backend.operations.report_mail import Mail
from backend.spool import tls_sessions
from backend.spool.tls_sessions import DAY_S

log = logging.getLogger(__name__)

SETTING = "tls_reports.send"
POST_S = 20.0


async def send_due(resolver: Resolver) -> int:
    """Report every day that is over; how many reports left."""
    submitter = await report_mail.submitter() if await settings.get(SETTING) else None

    async def report(day: int, domain: str, is_last: bool) -> int:
        return await _report(resolver, submitter, day, domain, is_last=is_last)

    return await daily_reports.send_due("TLS", tls_sessions.domains_before, report)


async def _report(resolver: Resolver, submitter: str | None, day: int, domain: str, *, is_last: bool) -> int:
    uris = []
    if submitter is not None:
        try:
            uris = await _wanted(resolver, domain)
        except DnsUnavailable as error:
            if not is_last:
                log.info("the TLS report to %s waits: %s", domain, error)
                return 0
    if submitter is None or not uris:
        await db.write(lambda tx: tls_sessions.forget(tx, day, domain), durable=False)
        return 0
    report = _made(submitter, day, await tls_sessions.of_day(day, domain))
    mails = [await _mail(report, submitter, to) for to in _mail_addresses(uris)]

    if not await daily_reports.leave(lambda tx: tls_sessions.forget(tx, day, domain), mails, durable=True):
        return 0
    posted = [await _post(uri, report) for uri in uris if uri.lower().startswith("https:")]
    return len(mails) + sum(posted)


async def _wanted(resolver: Resolver, domain: str) -> list[str]:
    try:
        answer = await resolver.resolve(f"_smtp._tls.{domain}", "TXT")
    except (NoSuchName, NoData):
        return []
    return tls_report.addresses([b"".join(record.strings).decode("utf-8", "replace") for record in answer])


def _mail_addresses(uris: list[str]) -> list[Address]:
    found = []
    for uri in uris:
        scheme, _, rest = uri.partition(":")
        if scheme.lower() == "mailto":
            try:
                found.append(Address.parse(unquote(rest.partition("?")[0])))
            except InvalidSyntax:
                log.info("%s is no address to report to", uri[:200])
    return list(dict.fromkeys(found))


def _made(submitter: str, day: int, policies: list[PolicyResult]) -> TlsReport:
    begins_at = day * DAY_S
    return TlsReport(
        organization=submitter,
        report_id=f"{begins_at}.{secrets.token_hex(8)}",
        begins_at=begins_at,
        ends_at=begins_at + DAY_S - 1,
        contact=f"postmaster@{submitter}",
        policies=tuple(policies),
    )


async def _mail(report: TlsReport, submitter: str, to: Address) -> Mail:
    message_id = report_mail.new_message_id()
    sender = Address("postmaster", submitter)
    raw = tls_report.build(report, sender, to, date=clock.now(), message_id=message_id)
    subject = f"TLS report about {report.policies[0].domain}"
    return await report_mail.signed(raw, sender, to, subject, message_id)


async def _post(uri: str, report: TlsReport) -> bool:
    content = gzip.compress(tls_report.to_json(report), mtime=0)
    headers = {"Content-Type": "application/tlsrpt+gzip"}
    try:
        async with asyncio.timeout(POST_S):
            status = await public_http.post(httpx.URL(uri), content, headers=headers, timeout_s=POST_S)
    except (OSError, TimeoutError, httpx.HTTPError, httpx.InvalidURL, MailError) as error:
        log.info("the TLS report to %s is lost: %r", uri[:200], error)
        return False
    if not 200 <= status < 300:
        log.info("the TLS report to %s was answered with %d", uri[:200], status)
    return 200 <= status < 300
