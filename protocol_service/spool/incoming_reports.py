"""Delivery reports that come to our users: read when they are filed, and matched to what those users sent.

Only what comes from elsewhere with the null sender is looked at: every report has it (RFC 3464 §2), and what
our own reports say the spool knows already.
"""

from __future__ import annotations

from collections.abc import Iterable

from backend.directory import return_paths
from backend.formats import dsn_reading
from backend.formats.bounce_addresses import Kind, Tag
from backend.formats.dsn import DeliveryReport
from backend.formats.part import Part
from backend.kit.db import Tx
from backend.spool import reports
from backend.spool.reports import Finding
from backend.spool.types import SENT_BY_SYSTEM, SpooledMessage
from protocol_service.spool.router import LocalTarget

Findings = dict[int, list[Finding]]


def may_report(message: SpooledMessage) -> bool:
    """Whether a message can be a report of another host; what arose here was not greeted by anybody."""
    return message.sender == SENT_BY_SYSTEM and bool(message.helo)


async def find(raw: bytes, root: Part, targets: Iterable[LocalTarget]) -> Findings:
    """What the message reports to each of those it is for, by the id of the spool's recipient."""
    report = dsn_reading.read(raw, root)
    if report is None:
        return {}
    found: Findings = {}
    for target in targets:
        tag = await _tag(report, target)
        found[target.recipient.id] = await reports.find(report, target.account_id, tag)
    return found


async def _tag(report: DeliveryReport, target: LocalTarget) -> Tag | None:
    """The token the report brought: in the address it came to, or as the envelope's identifier."""
    tag = await return_paths.read(target.address)
    if tag is None:
        tag = await return_paths.read_token(report.envelope_id, target.address.domain)
    return tag if tag is not None and tag.kind is Kind.MESSAGE else None


async def record(tx: Tx, findings: Iterable[Finding]) -> None:
    """Write down what was found, in the transaction that files the report."""
    await reports.record(tx, findings)
