"""TLS reports that other organisations send about a domain of ours (RFC 8460): kept, and shown to its
administrators.

A report is kept where it comes to an address of the domain that it is about, so nobody fills the table of
another one. It is what its sender says; `sender` is the From of its message.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from backend.directory import policy
from backend.directory.pages import Page
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.formats.tls_report import FailureDetail, PolicyResult, TlsReport
from backend.kit import clock, db, ids
from backend.kit.db import Row, Tx

KEEP_S = 180 * 86_400
MAX_PAGE = 200
_SLICE = 1000
_COLUMNS = (
    "id, policy_domain, policy_type, organization, report_id, contact, sender, begins_at, ends_at, successes,"
    " failures, details, received_at"
)


@dataclass(frozen=True, slots=True)
class View:
    """One policy of one report; times in Unix seconds."""

    id: int
    policy_domain: str
    policy_type: str
    organization: str
    report_id: str
    contact: str
    sender: str
    begins_at: int
    ends_at: int
    successes: int
    failures: int
    details: tuple[FailureDetail, ...]
    received_at: int


async def record(
    tx: Tx, domain_id: int, report: TlsReport, policies: Iterable[PolicyResult], sender: str
) -> None:
    """Keep these policies of a report; one that came before is left out."""
    for found in policies:
        details = [(d.result, d.sessions, d.mx_host, d.mx_address, d.information) for d in found.details]
        await tx.execute(
            f"INSERT INTO tls_report ({_COLUMNS}, domain_id) VALUES ({db.marks(14)})"
            " ON CONFLICT (domain_id, organization, report_id, policy_domain, policy_type) DO NOTHING",
            ids.new_id(),
            found.domain[:253],
            found.kind[:40],
            report.organization,
            report.report_id,
            report.contact,
            sender[:320],
            report.begins_at,
            report.ends_at,
            found.successes,
            found.failures,
            json.dumps(details, ensure_ascii=False),
            clock.now(),
            domain_id,
        )


async def list_page(
    actor: Principal, domain_id: int, *, before: int | None = None, limit: int = 50
) -> Page[View]:
    """Reports about a domain, those that came last first, older than the entry `before`."""
    policy.require(actor, Permission.REPORTS_READ, on=domain_id)
    limit = min(limit, MAX_PAGE)
    total = await db.fetch_value("SELECT count(*) FROM tls_report WHERE domain_id = ?", domain_id)
    rows = await db.scan(
        f"SELECT {_COLUMNS} FROM tls_report WHERE domain_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
        domain_id,
        2**63 - 1 if before is None else before,
        limit + 1,
    )
    return Page.cut([_view(row) for row in rows], limit, total)


def _view(row: Row) -> View:
    *facts, details, received_at = row
    values: list[Any] = [*facts, tuple(FailureDetail(*one) for one in json.loads(details)), received_at]
    return View(*values)


async def prune(older_than_s: int = KEEP_S) -> int:
    """Forget reports of long ago, a slice a transaction; how many went."""
    before = clock.now() - older_than_s
    total = 0
    while removed := await db.write(lambda tx: _prune(tx, before), durable=False):
        total += removed
    return total


async def _prune(tx: Tx, before: int) -> int:
    return await tx.execute(
        "DELETE FROM tls_report WHERE id IN"
        " (SELECT id FROM tls_report WHERE received_at < ? ORDER BY received_at LIMIT ?)",
        before,
        _SLICE,
    )
