"""Delivery reports that come to our users: read when they are filed, and matched to what those users sent.

Only what comes from elsewhere with the null sender is looked at: every report has it (RFC 3464 §2), and what
our own reports say the spool knows already.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backend.directory import return_paths
from backend.formats import dsn_reading
from backend.formats.bounce_addresses import Kind, Tag
from backend.formats.dsn import Action, DeliveryReport
from backend.formats.part import Part
from backend.kit.db import Tx
from backend.spool import hard_bounces, reports
from backend.spool.hard_bounces import HardBounce, Tally
from backend.spool.reports import Finding
from backend.spool.types import SENT_BY_SYSTEM, SpooledMessage
from protocol_service.spool.router import LocalTarget


@dataclass(frozen=True, slots=True)
class Reported:
    """What a message reports to one of those it is for, and the hard bounces it proves."""

    findings: tuple[Finding, ...] = ()
    tally: Tally | None = None


def may_report(message: SpooledMessage) -> bool:
    """Whether a message can be a report of another host; what arose here was not greeted by anybody."""
    return message.sender == SENT_BY_SYSTEM and bool(message.helo)


async def find(raw: bytes, root: Part, targets: Iterable[LocalTarget]) -> dict[int, Reported]:
    """What the message reports to each of those it is for, by the id of the spool's recipient."""
    report = dsn_reading.read(raw, root)
    if report is None:
        return {}
    found: dict[int, Reported] = {}
    for target in targets:
        tag = await _tag(report, target)
        findings = await reports.find(report, target.account_id, tag)
        tally = await hard_bounces.tally(target.account_id, _hard(findings))
        found[target.recipient.id] = Reported(tuple(findings), tally)
    return found


def _hard(findings: Iterable[Finding]) -> list[HardBounce]:
    return [
        HardBounce(one.localpart, one.domain, one.status, one.diagnostic)
        for one in findings
        if one.is_verified and one.action is Action.FAILED and not one.is_behind_alias
    ]


async def _tag(report: DeliveryReport, target: LocalTarget) -> Tag | None:
    """The token the report brought: in the address it came to, or as the envelope's identifier."""
    tag = await return_paths.read(target.address)
    if tag is None:
        tag = await return_paths.read_token(report.envelope_id, target.address.domain)
    return tag if tag is not None and tag.kind is Kind.MESSAGE else None


async def record(tx: Tx, reported: Reported) -> Tally | None:
    """Write down what was found, in the transaction that files the report; what counts, the same report again
    apart.
    """
    new = await reports.record(tx, reported.findings)
    tally = reported.tally
    if tally is None or not any(one.is_verified for one in new):
        return None
    await hard_bounces.record(tx, tally)
    return tally
