"""TLS reports among the mail that is filed here: read, and kept for the domain they are about."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from backend.directory import resolve, settings
from backend.formats import headers, tls_report
from backend.formats.part import Part
from backend.formats.tls_report import PolicyResult, TlsReport
from backend.kit import ratelimit
from backend.kit.db import Tx
from backend.spool import tls_reports
from protocol_service.spool.router import LocalTarget

DAY_S = 86_400
# What is packed may unfold to a hundred times its size.
THREAD_BYTES = 16 * 1024
MOST_A_DAY = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """What of a report is kept for one recipient's domain."""

    domain_id: int
    report: TlsReport
    policies: tuple[PolicyResult, ...]
    sender: str


def may_report(raw: bytes) -> bool:
    """Whether a message can bring a report, by a glance at its header."""
    return tls_report.may_be(raw, headers.split(raw)[0])


async def find(raw: bytes, root: Part, targets: Iterable[LocalTarget]) -> dict[int, Kept]:
    """What is to be kept, by the id of the spool's recipient: of each domain its own policies."""
    if len(raw) > THREAD_BYTES:
        report = await asyncio.to_thread(tls_report.find, raw, root)
    else:
        report = tls_report.find(raw, root)
    if report is None:
        return {}
    sender = (headers.first(raw, b"from") or b"").decode("utf-8", "replace").replace("\0", "")
    found: dict[int, Kept] = {}
    for target in targets:
        name = await resolve.own_name(target.address.domain)
        policies = [one for one in report.policies if await resolve.own_name(one.domain) == name]
        if policies:
            domain_id = await settings.domain_of(target.account_id)
            key = f"tls-reports:{domain_id}"
            if (await ratelimit.take(key, MOST_A_DAY, DAY_S, fail_open=True)).allowed:
                found[target.recipient.id] = Kept(domain_id, report, tuple(policies), sender)
    return found


async def record(tx: Tx, kept: Kept | None) -> None:
    """Keep it, in the transaction that files the message."""
    if kept is not None:
        await tls_reports.record(tx, kept.domain_id, kept.report, kept.policies, kept.sender)
